"""What is known about one unit: answers or counts, marks, published figures, head counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .model import Edition, Item
from .packing import AnswerError


@dataclass(frozen=True, slots=True)
class Response:
    """Answers of one respondent: `{sub-question: option code}`, blank or absent = skipped."""

    instrument: str
    part: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class UnitCounts:
    """Counts of one unit for one instrument.

    `items[item, part]` is `[answered - 1][sub-question][option]` (see `layout`);
    `respondents[group, part]` counts respondents with an answer below a group of the instrument.
    """

    items: Mapping[tuple[str, str], Sequence[Sequence[Sequence[int]]]]
    respondents: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class UnitInput:
    """Everything a score is computed from.

    `rows` hold answers; `counts` by instrument may stand instead of rows of that instrument.
    `marks` by disclosure item: points, or None for "not applicable"; an item without a mark was not
    submitted and counts 0, but `marks=None` means that no marks are known at all. `values` are
    published figures by node. `population` by instrument is the number of people who may answer.
    """

    rows: Sequence[Response] = ()
    counts: Mapping[str, UnitCounts] = field(default_factory=dict)
    marks: Mapping[str, Fraction | None] | None = None
    values: Mapping[str, Fraction] = field(default_factory=dict)
    population: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sum of the respondents' item scores and their number."""

    points: Fraction
    n: int


@dataclass(frozen=True)
class Tallies:
    """Tallies by (item, part) and respondents by (group, part)."""

    items: dict[tuple[str, str], Tally]
    respondents: dict[tuple[str, str], int]


class InputError(ValueError):
    """The input does not fit the edition."""


def check_input(edition: Edition, unit: UnitInput) -> None:
    """Refuse marks, values and head counts the edition has no place for."""
    for code, points in (unit.marks or {}).items():
        check_mark(edition, code, points)
    for code, value in unit.values.items():
        check_value(edition, code, value)
    for code, people in unit.population.items():
        if code not in edition.instrument or people <= 0:
            raise InputError(f"population of {code!r}: {people!r} is no head count")


def check_mark(edition: Edition, code: str, points: Fraction | None) -> None:
    """Refuse a mark on a code that takes none, or points the item does not allow."""
    item = edition.item.get(code)
    if item is None:
        raise InputError(f"there is no item {code!r}")
    if item.surveyed:
        raise InputError(f"{code} is answered by respondents and takes no mark")
    if points is None and not item.not_applicable:
        raise InputError(f"{code} applies to every unit")
    if points is not None and points not in item.allowed_points:
        allowed = ", ".join(str(value) for value in item.allowed_points)
        raise InputError(f"{points} points are not allowed for {code} (allowed: {allowed})")


def check_value(edition: Edition, code: str, value: Fraction) -> None:
    """Refuse a published figure on an unknown node or outside 0–100."""
    if code not in edition.node_kind:
        raise InputError(f"there is no node {code!r}")
    if not 0 <= value <= 100:
        raise InputError(f"{value} is outside 0–100")


def tally(edition: Edition, unit: UnitInput) -> Tallies:
    """Add up the answers of a unit, literally by the formulas of the method."""
    tallies = Tallies({}, {})
    for response in unit.rows:
        if response.instrument in unit.counts:
            raise InputError(f"{response.instrument} has rows and counts")
        _tally_row(edition, tallies, response)
    for instrument, counts in unit.counts.items():
        if instrument not in edition.instrument:
            raise InputError(f"there is no instrument {instrument!r}")
        for (code, part), cells in counts.items.items():
            tallies.items[code, part] = _tally_cells(edition.item[code], cells)
        tallies.respondents.update(counts.respondents)
    return tallies


def _tally_row(edition: Edition, tallies: Tallies, response: Response) -> None:
    instrument = edition.instrument.get(response.instrument)
    place = instrument.part_index(response.part) if instrument else None
    if instrument is None or place is None:
        raise InputError(f"there is no part {response.part!r} of {response.instrument!r}")
    part = instrument.part_codes[place]
    items = edition.items_of(instrument.code)
    unknown = set(response.answers) - {q.code for item in items for q in item.subquestions}
    if unknown:
        raise AnswerError(min(unknown), f"is not a question of {instrument.code}")
    groups: set[str] = set()
    for item in items:
        points = _points(item, response.answers)
        if points:
            before = tallies.items.get((item.code, part), Tally(Fraction(0), 0))
            score = sum(points, Fraction(0)) / len(points)
            tallies.items[item.code, part] = Tally(before.points + score, before.n + 1)
            groups.update(edition.path(item.code)[1:-1])
    for group in groups:
        tallies.respondents[group, part] = tallies.respondents.get((group, part), 0) + 1


def _points(item: Item, answers: Mapping[str, str]) -> list[Fraction]:
    points = []
    for question in item.subquestions:
        option = answers.get(question.code, "")
        if option and option not in question.scale.index:
            raise AnswerError(question.code, f"has no option {option!r}")
        if option:
            points.append(question.scale.options[question.scale.index[option]].points)
    return points


def _tally_cells(item: Item, cells: Sequence[Sequence[Sequence[int]]]) -> Tally:
    total, people = Fraction(0), 0
    for answered, by_question in enumerate(cells, 1):
        given = 0
        for question, counts in zip(item.subquestions, by_question, strict=True):
            for place, count in enumerate(counts):
                if count:
                    total += count * question.scale.options[place].points / answered
                    given += int(count)
        people += given // answered
    return Tally(total, people)
