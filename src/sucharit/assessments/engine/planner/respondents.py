"""What packed answers tell beyond scores: the spread of respondents, the shares of sub-questions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from sucharit.assessments.engine.cube import CountCube, unit_counts
from sucharit.assessments.engine.inputs import UnitCounts
from sucharit.assessments.engine.layout import Layout
from sucharit.assessments.engine.model import Edition, EitMerge, Item, MergeMode

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Spread:
    """Respondents with a score of their own, and the sample SD of these scores (None below two)."""

    n: int
    sd: float | None


@dataclass(frozen=True, slots=True)
class QuestionFact:
    """A sub-question of an item: exact share of the item, exact value, answers behind it."""

    code: str
    share: Fraction
    value: Fraction
    n: int


def option_points(edition: Edition, instrument: str) -> Floats:
    """Points by column and byte, float64[columns, 256]; NaN for a missing answer."""
    questions = edition.subquestions(instrument)
    points = np.full((len(questions), 256), np.nan)
    for column, question in enumerate(questions):
        for byte, option in enumerate(question.scale.options):
            points[column, byte] = float(option.points)
    return points


def respondent_scores(edition: Edition, instrument: str, rows: Bytes) -> Floats:
    """Each respondent's own score of the instrument, float64[rows]; NaN where nothing was answered.

    `rows` uint8[rows, columns] as packed. The mean of means of what he answered, as for a unit.
    """
    layout = Layout(edition, instrument)
    points = option_points(edition, instrument)
    given = points[np.arange(layout.columns), rows]
    items = {
        cells.item.code: _mean(given[:, cells.columns.start : cells.columns.stop])
        for cells in layout.items
    }

    def score(code: str) -> Floats:
        if code in items:
            return items[code]
        below = [score(child) for child in edition.children(code)]
        return _mean(np.stack(below, axis=1)) if below else np.full(len(rows), np.nan)

    return score(instrument)


def _mean(values: Floats) -> Floats:
    """Mean of each row over what is known, NaN of nothing."""
    known = ~np.isnan(values)
    number = known.sum(axis=1)
    found = np.full(len(values), np.nan)
    np.divide(np.where(known, values, 0.0).sum(axis=1), number, out=found, where=number > 0)
    return found


def spread(scores: Floats) -> Spread:
    """Number and SD (n − 1) of the scores that are known."""
    known = scores[~np.isnan(scores)]
    if len(known) < 2:
        return Spread(len(known), None)
    middle = math.fsum(known) / len(known)
    squares = math.fsum((value - middle) ** 2 for value in known.tolist())
    return Spread(len(known), math.sqrt(squares / (len(known) - 1)))


def question_facts(
    edition: Edition, instrument: str, parts: npt.NDArray[np.int8], rows: Bytes, merge: EitMerge
) -> dict[str, tuple[QuestionFact, ...]]:
    """Shares and values of the sub-questions of each item with more than one, exact.

    `parts` int8[rows] places of the instrument's parts. An item is the sum of share × value over its
    sub-questions; the share of one is what its answers weigh, as respondents may skip others.
    """
    cube = CountCube.empty(edition, instrument, ("unit",))
    cube.add(np.zeros(len(rows), np.int64), parts, rows)
    counts = unit_counts(cube, 0)
    return {
        item.code: facts
        for item in edition.items_of(instrument)
        if len(item.subquestions) > 1 and (facts := _facts(edition, item, counts, merge))
    }


def _facts(
    edition: Edition, item: Item, counts: UnitCounts, merge: EitMerge
) -> tuple[QuestionFact, ...]:
    instrument = edition.instrument[edition.instrument_of(item.code)]
    parts = [p for p in instrument.part_codes if (item.code, p) in counts.items]
    if not parts:
        return ()  # nobody answered the item
    people = {p: _people(counts, item, p) for p in parts}
    weights = _part_weights(merge, parts, people, len(instrument.part_codes))
    facts = []
    for place, question in enumerate(item.subquestions):
        share, points, n = Fraction(0), Fraction(0), 0
        for part in parts:
            for answered, cells in enumerate(counts.items[item.code, part], 1):
                for option, number in enumerate(cells[place]):
                    if not number:
                        continue
                    worth = weights[part] * number / (answered * people[part])
                    share += worth
                    points += worth * question.scale.options[option].points
                    n += number
        if share:
            facts.append(QuestionFact(question.code, share, points / share, n))
    return tuple(facts)


def _people(counts: UnitCounts, item: Item, part: str) -> int:
    """Respondents of a part with an answer to the item."""
    cells = counts.items[item.code, part]
    given = [sum(sum(options) for options in by_question) for by_question in cells]
    return sum(number // answered for answered, number in enumerate(given, 1))


def _part_weights(
    merge: EitMerge, parts: list[str], people: Mapping[str, int], number: int
) -> dict[str, Fraction]:
    """What each part that has answers counts in the item; they add up to 1."""
    everybody = sum(people.values())
    if number == 1 or merge.mode is MergeMode.POOLED:
        return {part: Fraction(people[part], everybody) for part in parts}
    weights = {part: merge.part_weight(part, number) for part in parts}
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(parts, Fraction(1, len(parts)))
    return {part: weight / whole for part, weight in weights.items()}
