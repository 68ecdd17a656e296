"""A workbook's sheets as cells with their addresses: values, formulas and merged ranges.

An own reader rather than a spreadsheet library, because the refusals name what those don't tell:
which cell is a formula, which range is merged, what Excel took for a date. Memory is bounded by
what is written in the cells, not by the area they span or by how often a long text is repeated.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from sucharit.assessments.xlsform.figures import date_styles, day_text, number_text
from sucharit.assessments.xlsform.package import Package
from sucharit.assessments.xlsform.problems import FormError
from sucharit.assessments.xlsform.xml import parse

MOST_ROWS, MOST_COLUMNS = 10_000, 1_000
MOST_CELLS = 300_000
MOST_TEXT = 20_000_000  # characters in all cells of a sheet, a repeated text counted each time
_ADDRESS = re.compile(r"([A-Z]{1,4})([0-9]{1,8})$")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. ``kind``: text | number | yes_no | date | error; rows count from 1."""

    text: str
    kind: str = "text"
    formula: bool = False


@dataclass
class Sheet:
    """A sheet's filled cells by (row, column), both from 1, and its merged ranges."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """1 → "A", 27 → "AA"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """(14, 3) → "C14"."""
    return f"{letters(column)}{row}"


class Book:
    """The sheets of a workbook, read one by one when asked for."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._folder = ""
        self.names: list[str] = []
        self._parts: dict[str, str] = {}
        self._from_1904 = False
        self._open()

    def _open(self) -> None:
        workbook = "xl/workbook.xml"
        for kind, target, _id in self._related("_rels/.rels", ""):
            if kind == "officeDocument":
                workbook = target
        self._folder = posixpath.dirname(workbook)
        rels = posixpath.join(self._folder, "_rels", posixpath.basename(workbook) + ".rels")
        found = self._related(rels, self._folder)
        by_id = {identity: target for _kind, target, identity in found}
        parts = {kind: target for kind, target, _id in found}
        for tag, attributes in self._tags(workbook):
            if tag == "sheet" and "name" in attributes:
                self.names.append(attributes["name"])
                self._parts.setdefault(attributes["name"], by_id.get(attributes.get("id", ""), ""))
            elif tag == "workbookPr":
                self._from_1904 = attributes.get("date1904") in {"1", "true"}
        self._texts = _shared(self._part(parts.get("sharedStrings", "")))
        self._dates = date_styles(self._part(parts.get("styles", "")))

    def _part(self, name: str) -> bytes:
        return (self._package.part(name) if name else None) or b""

    def _tags(self, name: str) -> list[tuple[str, dict[str, str]]]:
        content = self._package.part(name)
        if content is None:
            raise FormError("broken")
        found: list[tuple[str, dict[str, str]]] = []
        parse(content, start=lambda tag, attributes: found.append((tag, attributes)))
        return found

    def _related(self, name: str, folder: str) -> list[tuple[str, str, str]]:
        """(kind, part, id) of a relationship part; nothing where it is absent."""
        if self._package.part(name) is None:
            return []
        return [
            (
                attributes.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).strip(
                    "/"
                ),
                attributes.get("Id", ""),
            )
            for tag, attributes in self._tags(name)
            if tag == "Relationship"
        ]

    def sheet(self, name: str) -> Sheet:
        """One sheet's cells. FormError when it is broken or larger than any form."""
        content = self._part(self._parts.get(name, ""))
        reader = _SheetReader(name, self._texts, self._dates, from_1904=self._from_1904)
        if content:
            parse(content, start=reader.start, end=reader.end, text=reader.text)
        return reader.sheet


def _plain(text: str) -> str:
    """Text as a person typed it: ``_x000D_`` is how the file writes control characters."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _shared(content: bytes) -> list[str]:
    """The table of shared texts; phonetic readings are left out."""
    texts: list[str] = []
    open_tags: list[str] = []
    now: list[str] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        open_tags.append(tag)
        if tag == "si":
            now.clear()

    def end(tag: str) -> None:
        open_tags.pop()
        if tag == "si":
            texts.append(_plain("".join(now)))

    def text(data: str) -> None:
        if open_tags and open_tags[-1] == "t" and "rPh" not in open_tags:
            now.append(data)

    if content:
        parse(content, start=start, end=end, text=text)
    return texts


class _SheetReader:
    """Takes a sheet's tags as they come by and keeps the filled cells."""

    def __init__(
        self, name: str, texts: list[str], dates: frozenset[int], *, from_1904: bool
    ) -> None:
        self.sheet = Sheet(name)
        self._texts, self._dates, self._from_1904 = texts, dates, from_1904
        self._row = self._column = 0
        self._attributes: dict[str, str] | None = None
        self._value: list[str] = []
        self._inline: list[str] = []
        self._formula = False
        self._open: list[str] = []
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An opening tag."""
        self._open.append(tag)
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isascii() and given.isdigit() else self._row + 1
            self._column = 0
        elif tag == "c":
            self._attributes = attributes
            self._value, self._inline, self._formula = [], [], False
            self._place(attributes.get("r", ""))
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell" and len(self.sheet.merged) < MOST_CELLS:
            self.sheet.merged.append(attributes.get("ref", ""))

    def _place(self, given: str) -> None:
        found = _ADDRESS.match(given)
        if not found:
            self._column += 1
            return
        self._column = 0
        for letter in found[1]:
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(found[2])

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._attributes is None or not self._open:
            return
        if self._open[-1] == "v":
            self._value.append(data)
        elif self._open[-1] == "t" and "rPh" not in self._open:
            self._inline.append(data)

    def end(self, tag: str) -> None:
        """A closing tag; a cell is complete with it."""
        self._open.pop()
        if tag != "c" or self._attributes is None:
            return
        cell = self._cell(self._attributes)
        self._attributes = None
        if cell.formula or cell.text.strip():
            self._keep(cell)

    def _cell(self, attributes: dict[str, str]) -> Cell:
        kind, value = attributes.get("t", "n"), "".join(self._value)
        if self._formula:
            return Cell(value, formula=True)
        if kind == "n":
            return self._number(attributes, value.strip())
        if kind == "b":
            return Cell("yes" if value.strip() == "1" else "no", "yes_no")
        if kind == "e":
            return Cell(value, "error")
        return Cell(self._text_of(kind, value))

    def _text_of(self, kind: str, value: str) -> str:
        if kind == "inlineStr":
            return _plain("".join(self._inline))
        if kind != "s":
            return _plain(value)
        at = int(value) if value.isascii() and value.isdigit() else -1
        if not 0 <= at < len(self._texts):
            raise FormError("broken")
        return self._texts[at]

    def _number(self, attributes: dict[str, str], value: str) -> Cell:
        style = attributes.get("s", "0")
        if value and style.isascii() and style.isdigit() and int(style) in self._dates:
            return Cell(day_text(value, from_1904=self._from_1904), "date")
        return Cell(number_text(value), "number")

    def _keep(self, cell: Cell) -> None:
        name = self.sheet.name
        if self._row > MOST_ROWS:
            raise FormError("too_many_rows", name, most=MOST_ROWS)
        if self._column > MOST_COLUMNS:
            raise FormError("too_many_columns", name, most=MOST_COLUMNS)
        self._size += len(cell.text)
        if self._size > MOST_TEXT or len(self.sheet.cells) >= MOST_CELLS:
            raise FormError("too_much_text", name)
        self.sheet.cells[self._row, self._column] = cell
