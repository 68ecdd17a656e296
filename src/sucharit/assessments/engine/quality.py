"""Signals about how a unit's survey was answered: reasons to look, never verdicts, never about a person.

All of them are shares or scores of one unit and one instrument. Input is the packed answers (one byte a
question) and the weeks they came in: nothing finer is kept (docs/anonymity.md). Method and thresholds
are data (`Rules`, `data/quality`), proposals until the assessment's own office publishes some.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .packing import MISSING

Bytes = npt.NDArray[np.uint8]


class Code(StrEnum):
    """The signals, in the order they are listed."""

    STRAIGHT_LINE = "straight_line"
    """Share of respondents who took the same option at every question of the commonest scale."""
    SAME_ANSWERS = "same_answers"
    """Share of respondents whose whole sheet equals the commonest sheet."""
    BURST = "burst"
    """Share of answers that came in the fullest week."""
    CEILING = "ceiling"
    """Score of the instrument (0–100)."""
    PART_GAP = "part_gap"
    """Points between what the public answered itself and what assessors collected."""


class Status(StrEnum):
    """What a signal says."""

    TRIGGERED = "triggered"
    NOT_TRIGGERED = "not_triggered"
    INSUFFICIENT = "insufficient"
    """Too few answers, questions or weeks to say anything."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a signal triggers: value ≥ `at_least`. `least_n` respondents, `least_size` questions or weeks."""

    at_least: Fraction
    least_n: int
    least_size: int = 0


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of one unit and instrument.

    `value` is a share 0–1, a score or points; None where there is none. `n` respondents it rests on;
    `facts` further figures in words a page can show.
    """

    code: Code
    status: Status
    value: Fraction | None
    at_least: Fraction | None
    n: int
    facts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Answers:
    """What is known of one instrument of one unit.

    `rows` uint8[respondent, question] of option positions (255 = no answer); `scale_of` int[question]
    tells which questions share a scale; `weeks` int[respondent], any numbering; `open_weeks` how many
    weeks the survey was open; `mean` unrounded score or None; `part_means` by part with their n.
    """

    rows: Bytes
    scale_of: npt.NDArray[np.integer]
    weeks: npt.NDArray[np.integer]
    open_weeks: int
    mean: Fraction | None
    part_means: tuple[tuple[Fraction, int], ...] = ()


def signals(answers: Answers, rules: Mapping[Code, Rule]) -> tuple[Signal, ...]:
    """All signals `rules` know, in the order of `Code`."""
    found = {
        Code.STRAIGHT_LINE: _straight_line,
        Code.SAME_ANSWERS: _same_answers,
        Code.BURST: _burst,
        Code.CEILING: _ceiling,
        Code.PART_GAP: _part_gap,
    }
    return tuple(found[code](answers, rules[code]) for code in Code if code in rules)


def _straight_line(answers: Answers, rule: Rule) -> Signal:
    scales, sizes = np.unique(answers.scale_of, return_counts=True)
    if not len(scales) or sizes.max() < rule.least_size:
        return Signal(Code.STRAIGHT_LINE, Status.NOT_APPLICABLE, None, rule.at_least, 0)
    columns = answers.rows[:, answers.scale_of == scales[sizes.argmax()]]
    given = columns != MISSING
    enough = given.sum(axis=1) >= rule.least_size
    low = np.where(given, columns, 255).min(axis=1)
    high = np.where(given, columns, 0).max(axis=1)
    n, same = int(enough.sum()), int((enough & (low == high)).sum())
    facts = (("questions", int(sizes.max())), ("respondents", same))
    return _judge(Code.STRAIGHT_LINE, rule, n, _share(same, n), facts)


def _same_answers(answers: Answers, rule: Rule) -> Signal:
    enough = (answers.rows != MISSING).sum(axis=1) >= rule.least_size
    sheets = Counter(row.tobytes() for row in answers.rows[enough])
    n = int(enough.sum())
    most = max(sheets.values(), default=0)
    # A sheet that stands alone equals nobody's.
    same = most if most > 1 else 0
    facts = (("respondents", same), ("sheets", len(sheets)))
    return _judge(Code.SAME_ANSWERS, rule, n, _share(same, n), facts)


def _burst(answers: Answers, rule: Rule) -> Signal:
    n = len(answers.weeks)
    if answers.open_weeks < rule.least_size:
        return Signal(Code.BURST, Status.NOT_APPLICABLE, None, rule.at_least, n)
    _, sizes = np.unique(answers.weeks, return_counts=True)
    fullest = int(sizes.max()) if len(sizes) else 0
    facts = (("respondents", fullest), ("weeks", answers.open_weeks))
    return _judge(Code.BURST, rule, n, _share(fullest, n), facts)


def _ceiling(answers: Answers, rule: Rule) -> Signal:
    return _judge(Code.CEILING, rule, len(answers.rows), answers.mean)


def _part_gap(answers: Answers, rule: Rule) -> Signal:
    if len(answers.part_means) < 2:
        return Signal(Code.PART_GAP, Status.NOT_APPLICABLE, None, rule.at_least, 0)
    values = [value for value, _ in answers.part_means]
    smallest = min(n for _, n in answers.part_means)
    return _judge(Code.PART_GAP, rule, smallest, max(values) - min(values))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _judge(
    code: Code,
    rule: Rule,
    n: int,
    value: Fraction | None,
    facts: Sequence[tuple[str, int]] = (),
) -> Signal:
    if value is None or n < rule.least_n:
        # A share of a handful of people would be about persons: it is not even computed.
        return Signal(code, Status.INSUFFICIENT, None, rule.at_least, n)
    status = Status.TRIGGERED if value >= rule.at_least else Status.NOT_TRIGGERED
    return Signal(code, status, value, rule.at_least, n, tuple(facts))
