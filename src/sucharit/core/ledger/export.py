"""The ledger of this database as rows for the verifier, and as an export file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from sucharit.core.ledger.reading import QUERY, as_json, line_of_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sucharit.core.ledger.chain import Line


def lines() -> Iterator[Line]:
    """Every row in order, read past the model: a tampered column must not stop the reading."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(QUERY)
        while rows := cursor.fetchmany(2000):
            for row in rows:
                yield line_of_columns(row)


def write_export(path: str | Path) -> int:
    """Write all rows as JSON lines (UTF-8); gives how many. The file must not exist yet."""
    count = 0
    with Path(path).open("x", encoding="utf-8", newline="\n") as file:
        for line in lines():
            file.write(as_json(line) + "\n")
            count += 1
    return count
