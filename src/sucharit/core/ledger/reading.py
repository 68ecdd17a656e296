"""Where the verifier reads rows from: an export, the SQLite file, PostgreSQL. No Django."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sucharit.core.ledger.chain import COLUMNS, Line, instant

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = f"SELECT {', '.join(COLUMNS)} FROM core_ledgerentry ORDER BY seq"  # noqa: S608 (constants)
_SQLITE_MAGIC = b"SQLite format 3\x00"


def read(source: str) -> Iterator[Line]:
    """Rows in order from a file or a postgres:// address; ValueError when it holds no ledger."""
    if source.startswith(("postgres://", "postgresql://")):
        return _postgresql(source)
    with Path(source).open("rb") as file:
        magic = file.read(len(_SQLITE_MAGIC))
    return _sqlite(source) if magic == _SQLITE_MAGIC else _json_lines(source)


def as_json(line: Line) -> str:
    """One row as a line of an export: all columns, readable by ``read``."""
    return json.dumps({c: getattr(line, c) for c in COLUMNS}, ensure_ascii=False)


def _json_lines(name: str) -> Iterator[Line]:
    with Path(name).open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                row = json.loads(text)
                if not isinstance(row["seq"], int):
                    raise TypeError("seq is not a whole number")  # noqa: TRY301
                yield Line(**{c: row[c] for c in COLUMNS})
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"line {number} of {name} is no ledger row ({error})") from error


def _sqlite(name: str) -> Iterator[Line]:
    address = f"{Path(name).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        try:
            yield from map(line_of_columns, database.execute(QUERY))
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{name}: {error}") from error


def _postgresql(address: str) -> Iterator[Line]:
    import psycopg

    try:
        with psycopg.connect(address) as database, database.cursor("ledger") as cursor:
            cursor.itersize = 5000
            cursor.execute(QUERY)
            yield from map(line_of_columns, cursor)
    except psycopg.Error as error:
        raise ValueError(str(error).strip()) from error


def line_of_columns(row: tuple[Any, ...]) -> Line:
    """A database row; what is no time stays the text it is, so that its hash differs."""
    values = dict(zip(COLUMNS, row, strict=True))
    at = values["at"]
    if isinstance(at, str):
        try:
            at = dt.datetime.fromisoformat(at)
        except ValueError:
            at = values["at"]
    values["at"] = instant(at) if isinstance(at, dt.datetime) else str(at)
    return Line(**values)
