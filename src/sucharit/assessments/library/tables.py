"""Published results from a table (CSV or XLSX): one row is one figure of a unit, year and node."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from sucharit.assessments.library import places
from sucharit.assessments.library.canonical import sha256_of
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.published import PublishedFile, PublishedResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Column → the headings it may have; the Thai ones are what an office would write.
COLUMNS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "รหัสหน่วยงาน", "หน่วยงาน"),
    "year": ("year", "fiscal_year", "ปีงบประมาณ", "ปี"),
    "node": ("node", "ตัวชี้วัด", "รายการ"),
    "value": ("value", "คะแนน", "ค่าคะแนน"),
    "source": ("source", "ที่มา", "แหล่งที่มา"),
    "level": ("level", "ระดับ", "ระดับผลการประเมิน"),
    "verified": ("verified", "ตรวจสอบแล้ว"),
}
_REQUIRED = ("unit", "year", "node", "value", "source")
_NODES = {"คะแนนรวม": "total", "รวม": "total"}
_MARKS = {"": False, "no": False, "yes": True, "ใช่": True, "ไม่ใช่": False}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_YEAR = re.compile(r"2[56][0-9]{2}")
_VALUE = re.compile(r"[0-9]+(\.[0-9]+)?")


def read_table(path: str | Path, name: str = "") -> PublishedFile:
    """Read a CSV or XLSX file (first sheet, headings in its first row).

    `name` is the identity of the file over its revisions, the file's stem unless given. Raises
    LibraryError with every finding, each with file, row and cell (`results.csv:7: D7 value: …`).
    """
    path = Path(path)
    rows = list(_rows(path))
    return _made(rows, path, name or path.stem)


def _made(rows: Sequence[Sequence[str]], path: Path, name: str) -> PublishedFile:
    file = places.display_name(path)
    where = _columns(file, rows[0] if rows else ())
    reader = _Reader(file, where)
    results = [reader.row(at, row) for at, row in enumerate(rows[1:], 2) if any(row)]
    if not results:
        reader.problems.append(FileProblem(file, 0, "(document)", "no row holds a figure"))
    if reader.problems:
        raise LibraryError(reader.problems)
    return PublishedFile(
        id=name,
        title={"th": name, "en": name},
        sources={},
        groups={"nation": {"th": "ทั้งประเทศ", "en": "Nation"}},
        units={},
        results=tuple(row for row in results if row),
        statistics=(),
        sha256=sha256_of([list(row) for row in rows]),
        path=path,
    )


class _Reader:
    """Reads rows one by one and collects what is wrong with them."""

    def __init__(self, file: str, where: Mapping[str, int]) -> None:
        self.file = file
        self.where = where
        self.problems: list[FileProblem] = []
        self.seen: dict[tuple[str, int, str], int] = {}

    def row(self, line: int, cells: Sequence[str]) -> PublishedResult | None:
        before = len(self.problems)
        text = {c: cells[at] if at < len(cells) else "" for c, at in self.where.items()}
        place = {c: f"{_letter(at)}{line} {c}" for c, at in self.where.items()}
        year = text["year"].translate(_THAI_DIGITS)
        value = text["value"].translate(_THAI_DIGITS)
        mark = text.get("verified", "").lower()

        def wrong(column: str, message: str) -> None:
            self.problems.append(FileProblem(self.file, line, place[column], message))

        for column in ("unit", "node", "source"):
            if not text[column]:
                wrong(column, "must not be empty")
        if not _YEAR.fullmatch(year):
            wrong("year", f"{text['year']!r} is not a fiscal year in Buddhist era, such as 2567")
        if not _VALUE.fullmatch(value) or Fraction(value) > 100:
            wrong(
                "value", f"{text['value']!r} is not a number from 0 to 100 (unknown: leave it out)"
            )
        if mark not in _MARKS:
            wrong("verified", f"{mark!r} is not yes or no")
        if len(self.problems) > before:
            return None
        node = _NODES.get(text["node"], text["node"])
        first = self.seen.setdefault((text["unit"], int(year), node), line)
        if first != line:
            wrong("value", f"row {first} has a figure for this unit, year and node already")
        return PublishedResult(
            unit=text["unit"],
            year=int(year),
            node=node,
            value=Fraction(value),
            level=text.get("level", ""),
            source=text["source"],
            verified=_MARKS[mark],
            note={},
            line=line,
            places=place,
        )


def _rows(path: Path) -> Iterable[list[str]]:
    try:
        if path.suffix.lower() == ".xlsx":
            return _sheet(path)
        return _csv(path.read_bytes())
    except OSError as error:
        name, message = places.display_name(path), f"cannot be read ({error.strerror or error})"
        raise LibraryError([FileProblem(name, 0, "(document)", message)]) from error


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Thai Windows writes when Excel saves plain CSV.
        text = data.decode("cp874", errors="replace")
    heading = text.split("\n", maxsplit=1)[0]
    delimiter = max(",;\t", key=heading.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[cell.strip() for cell in row] for row in rows]


def _sheet(path: Path) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = (
            CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
    except (CalamineError, OSError) as error:
        name = places.display_name(path)
        raise LibraryError(
            [FileProblem(name, 0, "(document)", f"cannot be read ({error})")]
        ) from error
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: object) -> str:
    """A cell as the text a person sees: 2567.0 is 2567, and 93.05 keeps its two digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()


def _columns(file: str, heading: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    problems = []
    for at, text in enumerate(heading):
        column = next((c for c, names in COLUMNS.items() if text.lower() in names), None)
        cell = f"{_letter(at)}1"
        if not text:
            continue
        if column is None:
            known = ", ".join(COLUMNS)
            message = f"unknown column {text!r}; known: {known}"
            problems.append(FileProblem(file, 1, cell, message))
        elif column in found:
            problems.append(FileProblem(file, 1, cell, f"the column {column} is there twice"))
        else:
            found[column] = at
    missing = [column for column in _REQUIRED if column not in found]
    if missing:
        message = f"columns are missing: {', '.join(missing)}"
        problems.append(FileProblem(file, 1, "(headings)", message))
    if problems:
        raise LibraryError(problems)
    return found


def _letter(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
