"""Findings of an import as a file: one row each, CSV or JSON."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from sucharit.core.errors import Refusal
from sucharit.orgs import findings as texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sucharit.orgs.engine.register.shapes import Finding

COLUMNS = ("severity", "code", "file", "row", "column", "value", "unit", "what", "what_to_do")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_row(finding: Finding) -> dict[str, str | int | None]:
    """A finding by ``COLUMNS``, its texts in the language that is on."""
    f = finding
    told = (
        f.severity,
        f.code,
        f.file,
        f.row,
        f.column,
        f.value,
        f.unit,
        texts.sentence(f),
        texts.advice(f),
    )
    return dict(zip(COLUMNS, told, strict=True))


def write_report(path: Path, found: Iterable[Finding]) -> None:
    """Write CSV.

    UTF-8 with a mark, so that Excel reads Thai) or JSON, by the ending of the name.
    """
    rows = [as_row(f) for f in found]
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    elif path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows([_harmless(v) for v in row.values()] for row in rows)
    else:
        raise Refusal(f"{path.name}: a report ends in .csv or .json.", where=path.name)


def _harmless(value: str | int | None) -> str | int | None:
    """A cell of somebody's file must not run as a formula when the report is opened."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
