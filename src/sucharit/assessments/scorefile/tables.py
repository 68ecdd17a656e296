"""Files of marks, published values and head counts: small, read row by row, every doubt refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sucharit.assessments.engine import (
    Edition,
    InputError,
    check_mark,
    check_value,
    exact,
)

from .problems import Problems, shorten
from .responses import unit_problem
from .rows import Columns, open_table, problems_of

MARKS = Columns(("unit", "item", "points"))
VALUES = Columns(("unit", "node", "value"))
POPULATION = Columns(("unit", "instrument", "n"))
NOT_APPLICABLE_WORDS = ("NA", "N/A", "n/a")

Marks = dict[tuple[str, str], Fraction | None]
Values = dict[tuple[str, str], Fraction]
Population = dict[tuple[str, str], int]


@dataclass(frozen=True)
class _Entry:
    line: int
    unit: str
    code: str
    text: str


def read_marks(path: Path, edition: Edition) -> Marks:
    """Points by (unit, item), None = does not apply. Raises ScoreFileError."""
    problems, marks = problems_of(path), Marks()
    for entry in _entries(path, MARKS, problems):
        code, unit = entry.code, entry.unit
        try:
            na = entry.text in NOT_APPLICABLE_WORDS
            points = None if na else exact(entry.text)
        except ValueError:
            points = Fraction(-1)
        column = "points" if code in edition.item and not edition.item[code].surveyed else "item"
        if column == "points" and points == -1:
            problems.add(entry.line, column, _no_points(entry.text))
            continue
        try:
            check_mark(edition, code, points)
        except InputError as error:
            problems.add(entry.line, column, str(error))
        marks[unit, code] = points
    problems.stop()
    return marks


def _no_points(text: str) -> str:
    if text:
        return f"{shorten(text)} is not a number of points (NA = does not apply)"
    return "is blank; leave out the row of an item that was not submitted (NA = does not apply)"


def read_values(path: Path, edition: Edition) -> Values:
    """Published figures by (unit, node), 0–100. Raises ScoreFileError."""
    problems, values = problems_of(path), Values()
    for entry in _entries(path, VALUES, problems):
        if entry.code not in edition.node_kind:
            problems.add(entry.line, "node", f"there is no node {shorten(entry.code)}")
            continue
        try:
            value = exact(entry.text)
            check_value(edition, entry.code, value)
        except ValueError as error:
            problems.add(entry.line, "value", str(error))
            continue
        values[entry.unit, entry.code] = value
    problems.stop()
    return values


def read_population(path: Path, edition: Edition) -> Population:
    """Head counts by (unit, instrument). Raises ScoreFileError."""
    problems, population = problems_of(path), Population()
    surveyed = [instrument.code for instrument in edition.instruments if instrument.surveyed]
    for entry in _entries(path, POPULATION, problems):
        if entry.code not in surveyed:
            known = ", ".join(surveyed)
            message = f"{shorten(entry.code)} is not a surveyed instrument (known: {known})"
            problems.add(entry.line, "instrument", message)
            continue
        text = entry.text.removesuffix(".0")
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            problems.add(
                entry.line, "n", f"{shorten(entry.text)} is not a number of people above 0"
            )
            continue
        population[entry.unit, entry.code] = int(text)
    problems.stop()
    return population


def _entries(path: Path, columns: Columns, problems: Problems) -> Iterator[_Entry]:
    """Rows of a three-column table; a (unit, code) that comes again is a problem."""
    table = open_table(path, columns, problems)
    places = [table.columns.index(name) for name in columns.required]
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.records():
        unit, code, text = (cells[place] for place in places)
        wrong = unit_problem(unit)
        if wrong:
            problems.add(line, "unit", wrong)
        first = seen.setdefault((unit, code), line)
        if first != line:
            where = f"{unit} {code} stands already on {problems.unit} {first}"
            problems.add(line, columns.required[1], f"duplicate row: {where}")
            continue
        yield _Entry(line, unit, code, text)
