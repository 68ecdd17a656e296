"""Records of a CSV, JSON lines or Parquet file as texts, with the number of their line.

This reader is plain Python and names the exact place of every problem. Large answer files are read
by `fast` first and come here only when something looks wrong (or DuckDB cannot parse the file).
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from .problems import Problems, ScoreFileError, shorten

Record = tuple[int, Sequence[str]]
_KINDS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_BATCH = 10_000


@dataclass(frozen=True)
class Columns:
    """Columns a kind of file must have and those it may have besides."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Required columns first."""
        return self.required + self.optional


@dataclass(frozen=True)
class Table:
    """An opened file: its columns in order, and a function that starts reading its records."""

    columns: tuple[str, ...]
    records: Callable[[], Iterator[Record]]


def kind_of(path: Path) -> str:
    """csv, jsonl or parquet by the name; raises ScoreFileError for others and for no file."""
    if not path.is_file():
        raise ScoreFileError(f"{path}: there is no such file")
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise ScoreFileError(f"{path.name}: name the file .csv, .jsonl or .parquet")
    return kind


def problems_of(path: Path) -> Problems:
    """An empty list of problems for a file."""
    return Problems(path, "row" if kind_of(path) == "parquet" else "line")


def open_table(path: Path, wanted: Columns, problems: Problems) -> Table:
    """Open a file and check its columns; problems are added, and stop it, when they do not fit."""
    kind = kind_of(path)
    if kind == "jsonl":
        return Table(wanted.all, lambda: _json_records(path, wanted, problems))
    names = _csv_header(path, problems) if kind == "csv" else tuple(parquet_columns(path))
    _check_columns(names, wanted, problems)
    if kind == "csv":
        return Table(names, lambda: _csv_records(path, len(names), problems))
    return Table(names, lambda: _parquet_records(path, names))


def _check_columns(names: Sequence[str], wanted: Columns, problems: Problems) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            problems.add(1, name, "stands twice in the header")
        elif name not in wanted.all:
            problems.add(1, name or f"number {place + 1}", _unknown(name, wanted))
    for name in wanted.required:
        if name not in names:
            problems.add(1, name, "is missing from the header")
    problems.stop()


def _unknown(name: str, wanted: Columns) -> str:
    below = [column for column in wanted.all if column.startswith(f"{name}.")]
    if name and below:
        return f"has sub-questions, each in a column of its own: {', '.join(below)}"
    if ";" in name or "\t" in name:
        return "is not a known column; separate the columns with commas"
    near = get_close_matches(name, wanted.all, 1)
    return "is not a known column" + (f"; did you mean {near[0]}?" if near else "")


# --- CSV


def _csv_header(path: Path, problems: Problems) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        try:
            names = next(csv.reader(file, strict=True), None)
        except csv.Error as error:
            raise ScoreFileError(f"{path.name}, line 1: {error}") from error
    if not names:
        raise ScoreFileError(
            f"{path.name}: the file is empty; its first line must name the columns"
        )
    if any(_undecodable(name) for name in names):
        problems.add(1, "", "is not UTF-8 text")
        problems.stop()
    return tuple(name.strip() for name in names)


def _csv_records(path: Path, width: int, problems: Problems) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, strict=True)
        next(reader)
        line = reader.line_num + 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                problems.add(line, "", f"cannot be read as CSV: {error}")
                return
            if cells is None:
                return
            if len(cells) not in (0, width):
                problems.add(line, "", f"has {len(cells)} cells, the header has {width}")
            elif cells:
                _refuse_bytes(cells, line, problems)
                yield line, cells
            line = reader.line_num + 1


def _refuse_bytes(cells: Sequence[str], line: int, problems: Problems) -> None:
    if _undecodable("".join(cells)):
        place = next(place for place, cell in enumerate(cells, 1) if _undecodable(cell))
        problems.add(line, f"number {place}", "is not UTF-8 text")
        problems.stop()


def _undecodable(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text)


# --- JSON lines


def _json_records(path: Path, wanted: Columns, problems: Problems) -> Iterator[Record]:
    with path.open("rb") as file:
        for line, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            pairs = _json_pairs(raw, line, problems)
            if pairs is None:
                continue
            cells = _json_cells(pairs, line, wanted, problems)
            yield line, [cells.get(name, "") for name in wanted.all]


def _json_pairs(raw: bytes, line: int, problems: Problems) -> list[tuple[str, Any]] | None:
    try:
        text = raw.decode("utf-8-sig" if line == 1 else "utf-8")
        found = json.loads(text, object_pairs_hook=_Pairs, parse_float=str)
    except UnicodeDecodeError as error:
        problems.add(line, "", f"is not UTF-8 text (byte {error.start + 1})")
        return None
    except json.JSONDecodeError as error:
        problems.add(line, "", f"is not JSON: {error.msg} at character {error.colno}")
        return None
    if not isinstance(found, _Pairs):
        problems.add(line, "", "must hold one JSON object")
        return None
    return found


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as written, so that repeated ones are seen."""


def _json_cells(
    pairs: list[tuple[str, Any]], line: int, wanted: Columns, problems: Problems
) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in pairs:
        if name not in wanted.all:
            problems.add(line, name, _unknown(name, wanted))
        elif name in cells:
            problems.add(line, name, "stands twice in the object")
        elif isinstance(value, (list, bool)):
            problems.add(
                line, name, f"must be a text or a number, not {shorten(json.dumps(value))}"
            )
        else:
            cells[name] = "" if value is None else str(value)
    return cells


# --- Parquet


def connect() -> duckdb.DuckDBPyConnection:
    """A fresh in-memory DuckDB that never draws a progress bar into our output."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection


def parquet_columns(path: Path) -> dict[str, str]:
    """Columns of a Parquet file with the SQL that gives each as text ("" = null)."""
    query = "DESCRIBE SELECT * FROM read_parquet(?)"
    try:
        with connect() as connection:
            described = connection.execute(query, [str(path)]).fetchall()
    except duckdb.Error as error:
        raise ScoreFileError(f"{path.name}: is not a Parquet file that can be read") from error
    texts = {}
    for name, type_, *_ in described:
        quoted = '"' + name.replace('"', '""') + '"'
        if type_ in ("FLOAT", "DOUBLE"):
            quoted = f"CASE WHEN isnan({quoted}) THEN NULL ELSE {quoted} END"
        texts[name] = f"coalesce(CAST({quoted} AS VARCHAR), '')"
    return texts


def _parquet_records(path: Path, names: tuple[str, ...]) -> Iterator[Record]:
    texts = parquet_columns(path)
    # The only text put into the query is column names, quoted in `parquet_columns`.
    query = f"SELECT {', '.join(texts[name] for name in names)} FROM read_parquet(?)"  # noqa: S608
    with connect() as connection:
        found = connection.execute(query, [str(path)])
        row = 0
        while batch := found.fetchmany(_BATCH):
            for cells in batch:
                row += 1
                yield row, cells
