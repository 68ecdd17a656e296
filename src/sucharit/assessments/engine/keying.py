"""Keying paper forms: digits to bytes, two entries compared, pasted tables read with row errors.

A batch is a grid of ``forms`` rows and one column a question. A digit 1 to 9 is the place of the
ticked option as printed, 0 means left blank on the paper. The bytes are those of ``packing``
(option index, 255 = not answered) plus ``NOT_KEYED`` for a cell nobody has filled yet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .packing import MISSING

NOT_KEYED = 254
"""The byte of a cell that was not keyed yet."""
BLANK = "0"
"""What is keyed where the paper was left blank."""

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SEPARATORS = re.compile(r"[,;\t ]")


@dataclass(frozen=True, slots=True)
class Column:
    """One question: its code and how many options are printed (1 to 9)."""

    code: str
    options: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell on which two entries disagree: form number (from 1), column (from 0), both bytes."""

    form: int
    column: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row of a pasted table: line number (from 1), code of the fault, its place.

    Codes: ``form`` (no such form), ``twice`` (a form stands in two rows), ``columns`` (another
    number of answers), ``digit`` (no such option); ``detail`` holds the column's code or a count.
    """

    line: int
    code: str
    detail: str


class Grid:
    """The cells of one entry; a new one is all ``NOT_KEYED``."""

    def __init__(self, columns: Sequence[Column], forms: int, cells: bytes = b"") -> None:
        """Raise ValueError when ``cells`` has another size than ``forms`` rows of ``columns``."""
        self.columns = tuple(columns)
        self.forms = forms
        self.cells = bytearray(cells or bytes([NOT_KEYED]) * (forms * len(self.columns)))
        if len(self.cells) != forms * len(self.columns):
            raise ValueError(f"{len(self.cells)} cells for {forms} × {len(self.columns)}")

    def row(self, form: int) -> bytes:
        """The bytes of a form, numbered from 1."""
        width = len(self.columns)
        return bytes(self.cells[(form - 1) * width : form * width])

    def digits(self, form: int) -> list[str]:
        """The form as it was keyed: "" for what was not."""
        return [digit_of(byte) for byte in self.row(form)]

    def put(self, form: int, given: Sequence[str]) -> list[int]:
        """Write a form's digits; gives the columns whose digit is no option (they stay unkeyed)."""
        if not 1 <= form <= self.forms or len(given) != len(self.columns):
            raise ValueError(f"form {form} with {len(given)} answers")
        wrong, start = [], (form - 1) * len(self.columns)
        for place, (column, text) in enumerate(zip(self.columns, given, strict=True)):
            byte = byte_of(text, column)
            if byte is None:
                wrong.append(place)
                byte = NOT_KEYED
            self.cells[start + place] = byte
        return wrong

    def set(self, form: int, column: int, byte: int) -> None:
        """Write one cell."""
        self.cells[(form - 1) * len(self.columns) + column] = byte

    def unkeyed(self) -> list[int]:
        """Forms that are not keyed to the end."""
        return [n for n in range(1, self.forms + 1) if NOT_KEYED in self.row(n)]

    def rows(self) -> list[bytes]:
        """All forms as packed answers. Raises ValueError while a cell is not keyed."""
        if NOT_KEYED in self.cells:
            raise ValueError("not keyed to the end")
        return [self.row(n) for n in range(1, self.forms + 1)]


def byte_of(text: str, column: Column) -> int | None:
    """The byte of a keyed digit; None: no such option."""
    digit = text.strip().translate(_THAI_DIGITS)
    if not digit:
        return NOT_KEYED
    if digit == BLANK:
        return MISSING
    if len(digit) == 1 and digit.isdecimal() and int(digit) <= column.options:
        return int(digit) - 1
    return None


def digit_of(byte: int) -> str:
    """The digit of a byte, as it would be keyed."""
    if byte == NOT_KEYED:
        return ""
    return BLANK if byte == MISSING else str(byte + 1)


def compare(first: Grid, second: Grid) -> list[Difference]:
    """Cells on which two entries of one batch disagree, form by form.

    Raises ValueError for grids of two shapes or one that is not keyed to the end.
    """
    if first.columns != second.columns or first.forms != second.forms:
        raise ValueError("entries of two batches")
    width = len(first.columns)
    pairs = zip(first.rows(), second.rows(), strict=True)
    return [
        Difference(form, place, a[place], b[place])
        for form, (a, b) in enumerate(pairs, 1)
        for place in range(width)
        if a[place] != b[place]
    ]


def settle(first: Grid, second: Grid, decided: Mapping[tuple[int, int], int]) -> Grid:
    """One grid from two: what agrees, and for each difference what the paper says.

    ``decided``: (form, column) → byte. Raises ValueError when a difference is undecided or a
    decision is about a cell on which both agree.
    """
    differences = {(d.form, d.column) for d in compare(first, second)}
    if set(decided) != differences:
        raise ValueError(f"{len(differences ^ set(decided))} cells undecided or not in dispute")
    made = Grid(first.columns, first.forms, bytes(first.cells))
    for (form, column), byte in decided.items():
        made.set(form, column, byte)
    return made


def read_table(
    text: str, columns: Sequence[Column], forms: int
) -> tuple[dict[int, list[str]], list[RowError]]:
    """Rows of a pasted table, "form number, answer, answer, …": ({form: digits}, row errors).

    Separators: comma, semicolon, tab or blank. Thai digits will do. A first line that does not begin
    with a number is a heading. Only rows without fault are given.
    """
    found: dict[int, list[str]] = {}
    errors: list[RowError] = []
    lines = [line.strip("\ufeff \r") for line in text.split("\n")]
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        cells = [c.strip(' "') for c in _split(line.translate(_THAI_DIGITS))]
        if number == 1 and not cells[0].isdecimal():
            continue
        error = _fault(cells, columns, forms, found)
        if error is None:
            found[int(cells[0])] = cells[1:]
        else:
            errors.append(RowError(number, *error))
    return found, errors


def _split(line: str) -> list[str]:
    for separator in (",", ";", "\t"):
        if separator in line:
            return line.split(separator)
    return _SEPARATORS.split(re.sub(" +", " ", line))


def _fault(
    cells: list[str], columns: Sequence[Column], forms: int, found: Mapping[int, list[str]]
) -> tuple[str, str] | None:
    name = cells[0]
    # A number of more than six digits is no form of ours, and int() of a long one is slow.
    if not (name.isascii() and name.isdecimal() and len(name) <= 6 and 1 <= int(name) <= forms):
        return "form", name[:20]
    if int(name) in found:
        return "twice", str(int(name))
    if len(cells) - 1 != len(columns):
        return "columns", str(len(cells) - 1)
    for column, text in zip(columns, cells[1:], strict=True):
        if byte_of(text, column) in (None, NOT_KEYED):
            return "digit", column.code
    return None
