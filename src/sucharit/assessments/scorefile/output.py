"""Writing scores: one row for each unit and node, as CSV, JSON or Parquet, all of it or nothing."""

import csv
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TextIO

from sucharit.assessments.engine import NOT_SCORED, STATUSES, TOTAL, BulkScores, Level, units_text

from .problems import ScoreFileError
from .rows import connect

COLUMNS = ("unit", "node", "value", "display", "n", "level")
STATUS_COLUMNS = ("status", "level_code")
FORMATS = ("csv", "json", "parquet")

Row = tuple[str, str, str, str, str, str, str, str]
"""unit, node, value, display, n, level, status, level code; "" = none."""


def score_rows(scores: BulkScores) -> Iterator[Row]:
    """Rows of all units in order, nodes from the total down to the items.

    `value` has 12 decimals (floats are good to 11 digits after the point at 100), `display` is
    exact; `level` stands on the total only and is the Thai label as published.
    """
    digits = scores.edition.rounding.digits
    nodes = scores.edition.nodes
    shown = cache(lambda hundredths: units_text(hundredths, digits))
    for place, unit in enumerate(scores.units):
        values = scores.value[:, place].tolist()
        displays = scores.shown[:, place].tolist()
        people = scores.n[:, place].tolist()
        statuses = scores.status[:, place].tolist()
        level = level_of_unit(scores, place)
        for code, value, display, n, status in zip(
            nodes, values, displays, people, statuses, strict=True
        ):
            label, key = (level.label.th, level.code) if level and code == TOTAL else ("", "")
            number = f"{value:.12f}" if display >= 0 else ""
            count = str(n) if n >= 0 else ""
            text = shown(display) if display >= 0 else ""
            yield unit, code, number, text, count, label, str(STATUSES[status]), key


def level_of_unit(scores: BulkScores, place: int) -> Level | None:
    """Level of one unit, None where it cannot be told."""
    found = int(scores.level[place])
    if found == -2:
        return NOT_SCORED
    if found == -1:
        return None
    band = scores.edition.bands[found]
    return Level(band.level, band.label, band.passed)


def write_csv(scores: BulkScores, file: TextIO, *, status: bool = False) -> None:
    """Write rows as CSV, UTF-8 with commas; `status` adds the columns status and level_code."""
    width = len(COLUMNS) + (len(STATUS_COLUMNS) if status else 0)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((COLUMNS + STATUS_COLUMNS)[:width])
    writer.writerows(row[:width] for row in score_rows(scores))


def write_json(scores: BulkScores, file: TextIO) -> None:
    """Write rows as one JSON array; numbers with all decimals, None where there is no value."""
    mark = "["
    for unit, node, value, display, n, level, status, code in score_rows(scores):
        texts = {"unit": unit, "node": node}
        head = json.dumps(texts, ensure_ascii=False)[:-1]
        rest = {"display": display or None, "n": int(n) if n else None, "level": level or None}
        rest |= {"level_code": code or None, "status": status}
        tail = json.dumps(rest, ensure_ascii=False)[1:]
        file.write(f'{mark}\n{head}, "value": {value or "null"}, {tail}')
        mark = ","
    file.write("\n]\n" if mark == "," else "[]\n")


def write_file(scores: BulkScores, path: Path, format_: str, *, status: bool = False) -> None:
    """Write scores to a file, which appears whole or not at all. Raises ScoreFileError."""
    with _replacing(path) as made:
        if format_ == "parquet":
            _write_parquet(scores, made)
            return
        with made.open("w", encoding="utf-8", newline="") as file:
            if format_ == "json":
                write_json(scores, file)
            else:
                write_csv(scores, file, status=status)


def _write_parquet(scores: BulkScores, path: Path) -> None:
    """Through a CSV beside it: DuckDB reads that in a second and writes typed columns."""
    table = path.with_suffix(".csv")
    try:
        with table.open("w", encoding="utf-8", newline="") as file:
            write_csv(scores, file, status=True)
        types = {"value": "DOUBLE", "n": "BIGINT"}
        names = COLUMNS + STATUS_COLUMNS
        columns = ", ".join(f"{name}: '{types.get(name, 'VARCHAR')}'" for name in names)
        with connect() as connection:
            connection.execute(
                "COPY (SELECT * FROM read_csv("  # noqa: S608
                f"{_text(table)}, header=true, auto_detect=false, delim=',', quote='\"', "
                f"escape='\"', columns={{{columns}}})) TO {_text(path)} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
    finally:
        table.unlink(missing_ok=True)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder that takes the place of `path` when all went well."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".score-", suffix=".tmp")
    except OSError as error:
        raise ScoreFileError(f"{path}: cannot be written ({error.strerror})") from error
    os.close(handle)
    made = Path(name)
    try:
        yield made
        # mkstemp makes a private file; the result is an ordinary one.
        made.chmod(0o666 & ~_umask())
        made.replace(path)
    except OSError as error:
        raise ScoreFileError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        made.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
