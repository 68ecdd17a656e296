"""What a roll-up carries: sums and counts from which the figure is made at the very end, exactly.

Two parts of disjoint units join into the part of both; so the roll-up of parts is the roll-up of the
whole, whatever the order. All numbers are integers in ten-thousandths, of Python's unlimited kind.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from sucharit.core.rounding import half_up
from sucharit.plans.engine.figures import E4, share

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARES = frozenset({"percent", "ratio"})


@dataclass(frozen=True)
class Rule:
    """How an indicator's figures become one: its measure and its two aggregation rules."""

    measure: str
    over_time: str  # sum, last, average, weighted, max, min, none
    over_space: str  # sum, weighted, average, count_met, none
    cumulative: bool = False  # a period's figure counts from 1 October: the last one is the year's

    @property
    def shares(self) -> bool:
        """Whether a figure is a numerator over a denominator, which alone may be added up."""
        return self.measure in SHARES or "weighted" in {self.over_time, self.over_space}


@dataclass(frozen=True)
class Figure:
    """A unit's figure of a period, or of its year. ``met``: reaches the unit's own target; None: not known."""

    unit: int
    seq: int
    value_e4: int | Fraction | None = None  # a fraction only where periods were averaged
    numerator_e4: int | None = None
    denominator_e4: int | None = None
    met: bool | None = None
    apart: bool = False  # counted beside, never in the roll-up (Bangkok in a count of provinces)
    row: int | None = None
    as_of: dt.datetime | None = None

    def exact(self, measure: str) -> Fraction | None:
        """The figure itself: from its parts where it has them."""
        if measure in SHARES or self.value_e4 is None:
            return share(self.numerator_e4, self.denominator_e4, measure)
        return Fraction(self.value_e4, E4)


@dataclass(frozen=True)
class Part:
    """Sums of the figures of some units. ``expected``: units that should have one."""

    expected: int = 0
    reported: int = 0
    value_e4: int | Fraction = 0
    numerator_e4: int = 0
    denominator_e4: int = 0
    met: int = 0
    judged: int = 0  # reported, with a target of their own
    apart_expected: int = 0
    apart_met: int = 0
    as_of: dt.datetime | None = None  # newest verification among the rows
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rolled:
    """A rolled-up figure with how it came about. None: nothing reported, or the rule allows no roll-up.

    ``zero`` is the same with every missing unit counted as nothing; of a share its denominator has to be
    assumed (``zero_assumed``: missing units are as large as the mean of those that reported).
    """

    reported_only: Fraction | None
    zero: Fraction | None
    zero_assumed: bool
    numerator_e4: int | None  # of an average: the sum, rounded to a ten-thousandth
    denominator_e4: int | None
    reported: int
    expected: int
    rule: str
    apart_met: int = 0
    apart_expected: int = 0
    as_of: dt.datetime | None = None
    rows: tuple[int, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The figure that is shown first: of a count of units all that are expected, else what was reported."""
        return self.zero if self.rule == "count_met" else self.reported_only

    @property
    def missing(self) -> int:
        return self.expected - self.reported


def join(parts: Iterable[Part]) -> Part:
    """The part of all units together (units of the parts must not overlap)."""
    return reduce(_add, parts, Part())


def usable(figure: Figure, rule: Rule) -> bool:
    """Whether a figure can be added up: a share needs its denominator, anything else a value."""
    return bool(figure.denominator_e4) if rule.shares else figure.value_e4 is not None


def part_of(figure: Figure | None, rule: Rule) -> Part:
    """One expected unit: its year's figure, or None where it is missing.

    A share without its denominator cannot be added up: the unit counts as not reported.
    """
    if figure is None:
        return Part(expected=1)
    if figure.apart:
        return Part(apart_expected=1, apart_met=int(bool(figure.met)))
    if not usable(figure, rule):
        return Part(expected=1)
    return Part(
        expected=1,
        reported=1,
        value_e4=figure.value_e4 or 0,
        numerator_e4=figure.numerator_e4 or 0,
        denominator_e4=figure.denominator_e4 or 0,
        met=int(bool(figure.met)),
        judged=int(figure.met is not None),
        as_of=figure.as_of,
        rows=() if figure.row is None else (figure.row,),
    )


def result(part: Part, rule: Rule) -> Rolled:
    """The figure a part stands for, by the indicator's rule over space."""
    way = "weighted" if rule.shares and rule.over_space in {"sum", "average"} else rule.over_space
    only, zero, assumed = _figures(part, rule, way)
    numerator: int | None = None
    denominator: int | None = None
    if way == "count_met":
        numerator, denominator = part.met * E4, part.expected * E4
    elif way == "weighted" and part.reported:
        numerator, denominator = part.numerator_e4, part.denominator_e4
    elif way == "average" and part.reported:
        numerator, denominator = half_up(part.value_e4), part.reported * E4
    return Rolled(
        only, zero, assumed, numerator, denominator, part.reported, part.expected, way,
        part.apart_met, part.apart_expected, part.as_of, part.rows,
    )  # fmt: skip


def _figures(part: Part, rule: Rule, way: str) -> tuple[Fraction | None, Fraction | None, bool]:
    """(reported only, missing as zero, whether the latter had to assume a denominator)."""
    if not part.reported or way == "none":
        return None, None, False
    if way == "count_met":
        only = Fraction(100 * part.met, part.judged) if part.judged else None
        return only, Fraction(100 * part.met, part.expected), False
    if way == "weighted":
        only = share(part.numerator_e4, part.denominator_e4, rule.measure)
        if only is None or part.reported == part.expected:
            return only, only, False
        return only, only * Fraction(part.reported, part.expected), True
    total = Fraction(part.value_e4, E4)
    if way == "average":
        return total / part.reported, total / part.expected, False
    return total, total, False


def _add(one: Part, two: Part) -> Part:
    return Part(
        one.expected + two.expected,
        one.reported + two.reported,
        one.value_e4 + two.value_e4,
        one.numerator_e4 + two.numerator_e4,
        one.denominator_e4 + two.denominator_e4,
        one.met + two.met,
        one.judged + two.judged,
        one.apart_expected + two.apart_expected,
        one.apart_met + two.apart_met,
        max((d for d in (one.as_of, two.as_of) if d is not None), default=None),
        one.rows + two.rows,
    )
