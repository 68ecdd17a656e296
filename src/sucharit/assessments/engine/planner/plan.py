"""The cheapest set of mends that reaches a level: an exact integer programme, told as a plan.

Variables: a marked item below full marks is mended or not; a survey item rises by 0, 1, … points.
Constraints: the displayed total and every displayed instrument reach the level. Least is wanted, in
this order: effort, number of items touched, place in the document (see `search`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from sucharit.assessments.engine.model import TOTAL, Band, Edition
from sucharit.assessments.engine.planner.alternatives import best_sets
from sucharit.assessments.engine.planner.gaps import least
from sucharit.assessments.engine.planner.levers import Lever, levers, shares
from sucharit.assessments.engine.planner.search import Block, Choice, Problem
from sucharit.assessments.engine.planner.standing import (
    Outcome,
    Standing,
    Values,
    outcome_of,
    values_of,
    what_if,
)


@dataclass(frozen=True)
class Efforts:
    """Work per item: per mended disclosure item, per point of a survey item. 0 = cannot be mended.

    `survey_most` is how many points one survey item may rise at most.
    """

    items: Mapping[str, int] = field(default_factory=dict)
    survey_most: int = 100
    marked: int = 1
    surveyed: int = 1

    def of(self, item: str, *, surveyed: bool) -> int:
        """Effort of an item, the default where nothing was set."""
        return self.items.get(item, self.surveyed if surveyed else self.marked)


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to do: bring the item from `old` to `new`, for `effort`; the total gains `gain`."""

    item: str
    instrument: str
    old: Fraction
    new: Fraction
    effort: int
    gain: Fraction


@dataclass(frozen=True)
class Option:
    """A set of mends with its effort and what comes of it."""

    mends: tuple[Mend, ...]
    effort: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Unmet:
    """A floor or the total ("total") that cannot be met: what it would reach, and what is asked."""

    node: str
    reach: Fraction | None
    wanted: Fraction


@dataclass(frozen=True)
class Plan:
    """`status`: reached (nothing to do) · planned · infeasible · unknown (there is no total).

    `best` is the cheapest set when planned; `others` the next ones, each leaving out at least one
    item of every set before it. When infeasible, `best` is everything that can be mended.
    """

    band: Band
    status: str
    best: Option | None = None
    others: tuple[Option, ...] = ()
    unmet: tuple[Unmet, ...] = ()


def plan(
    standing: Standing, level: str, efforts: Efforts | None = None, *, others: int = 3
) -> Plan:
    """The cheapest mends that reach a level (its code), and up to `others` next-best sets.

    Raises KeyError for a level the edition does not have, ValueError for a negative effort.
    """
    efforts = efforts or Efforts()
    if efforts.survey_most < 0 or any(n < 0 for n in efforts.items.values()):
        raise ValueError("an effort is a whole number from 0")
    band = next((b for b in standing.edition.bands if b.level == level), None)
    if band is None:
        raise KeyError(level)
    values = values_of(standing)
    if any(values[i.code] is None for i in standing.edition.instruments):
        return Plan(band, "unknown")
    if _meets(outcome_of(standing.edition, values), band):
        return Plan(band, "reached")
    moves = _moves(standing, efforts, values)
    everything = _option(standing, {m.lever.item: m.steps for m in moves}, moves)
    if not _meets(everything.outcome, band):
        return Plan(band, "infeasible", everything, unmet=_unmet(everything.outcome, band))
    problem = _problem(standing.edition, band, values, moves)
    found = [_option(standing, chosen, moves) for chosen in best_sets(problem, 1 + others)]
    for option in found:
        # The search works on scaled whole numbers; what it found must hold in fractions, too.
        assert _meets(option.outcome, band)
    return Plan(band, "planned", found[0], tuple(found[1:]))


@dataclass(frozen=True, slots=True)
class _Move:
    """How an item may be moved: `steps` of `step` points each, `effort` a step."""

    lever: Lever
    within: Fraction  # what a point of the item adds to its instrument
    effort: int
    step: Fraction
    steps: int


def _moves(standing: Standing, efforts: Efforts, values: Values) -> list[_Move]:
    found = []
    for lever in levers(standing):
        effort = efforts.of(lever.item, surveyed=lever.surveyed)
        left = lever.full - lever.value
        step = Fraction(1) if lever.surveyed else left
        steps = min(floor(left), efforts.survey_most) if lever.surveyed else int(left > 0)
        _share, within = shares(standing, lever.item, values)
        if effort and steps:
            found.append(_Move(lever, within, effort, step, steps))
    place = {item.code: n for n, item in enumerate(standing.edition.items)}
    return sorted(found, key=lambda move: place[move.lever.item])


def _option(standing: Standing, chosen: Mapping[str, int], moves: list[_Move]) -> Option:
    mends = tuple(
        Mend(
            m.lever.item,
            m.lever.instrument,
            m.lever.value,
            m.lever.value + n * m.step,
            n * m.effort,
            m.lever.share * n * m.step,
        )
        for m in moves
        if (n := chosen.get(m.lever.item, 0))
    )
    outcome = what_if(standing, {mend.item: mend.new for mend in mends})
    return Option(mends, sum(mend.effort for mend in mends), outcome)


def _meets(outcome: Outcome, band: Band) -> bool:
    return not _unmet(outcome, band)


def _unmet(outcome: Outcome, band: Band) -> tuple[Unmet, ...]:
    wanted = {TOTAL: band.min_total}
    if band.min_each is not None:
        wanted |= {i.code: band.min_each for i in outcome.edition.instruments}
    return tuple(
        Unmet(code, outcome.values[code], mark)
        for code, mark in wanted.items()
        if (value := outcome.values[code]) is None or value < least(outcome.edition, mark)
    )


def _problem(edition: Edition, band: Band, values: Values, moves: list[_Move]) -> Problem:
    """The programme in whole numbers: a common denominator makes every gain and limit one."""
    common = lcm(1, *((m.within * m.step).denominator for m in moves))
    weights = lcm(1, *(i.weight.denominator for i in edition.instruments))
    divisor = gcd(*(m.effort for m in moves)) or 1
    blocks = []
    for instrument in edition.instruments:
        value = values[instrument.code]
        assert value is not None
        lack = Fraction(0)
        if band.min_each is not None:
            lack = max(least(edition, band.min_each) - value, lack)
        choices = tuple(
            Choice(m.lever.item, m.effort // divisor, int(m.within * m.step * common), m.steps)
            for m in moves
            if m.lever.instrument == instrument.code
        )
        blocks.append(
            Block(instrument.code, int(instrument.weight * weights), ceil(lack * common), choices)
        )
    total = values[TOTAL]
    assert total is not None
    need = max(least(edition, band.min_total) - total, Fraction(0))
    return Problem(tuple(blocks), ceil(need * common * weights))
