"""Months and weights of activities: planned against reached, and progress of many as one exact figure.

Shares are cumulative, in hundredths of a per cent (10,000 = done); months run from 1 = October to
12 = September. What nobody reported is None and never counts as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FULL = 10_000
MONTHS = range(1, 13)
QUARTERS = range(1, 5)
# Differences up to five points are on plan: months are planned in rough steps.
TOLERANCE = 500
AHEAD, ON_PLAN, BEHIND, NOT_BEGUN, UNKNOWN = "ahead", "on_plan", "behind", "not_begun", "unknown"


class PlanError(ValueError):
    """A month plan that cannot be: ``kind`` (range, falls, end, count) and the month it breaks in."""

    def __init__(self, kind: str, month: int) -> None:
        super().__init__(f"{kind} in month {month}")
        self.kind = kind
        self.month = month


@dataclass(frozen=True)
class Standing:
    """Where an activity stands at the end of a month: the verdict and the two figures it comes from."""

    month: int
    planned: int | None
    actual: int | None
    reported_in: int | None  # the month the actual figure is of
    verdict: str

    @property
    def difference(self) -> int | None:
        """Reached minus planned; None where either is unknown."""
        if self.planned is None or self.actual is None:
            return None
        return self.actual - self.planned


@dataclass(frozen=True)
class Part:
    """One activity in a weighted figure. ``progress`` None: not reported."""

    weight: int
    progress: int | None


@dataclass(frozen=True)
class Weighted:
    """Σ weight × progress / Σ weight over those that reported; ``value`` in hundredths of a per cent.

    ``floor`` takes what is missing as zero, for readers who ask for it by name. None: nothing reported.
    """

    value: Fraction | None
    floor: Fraction | None
    reported: int
    expected: int
    weight_reported: int
    weight: int

    @property
    def shown(self) -> int | None:
        """Whole hundredths, half up."""
        return None if self.value is None else half_up(self.value)

    @property
    def complete(self) -> bool:
        return self.reported == self.expected


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves up (values are not negative)."""
    return int(value + Fraction(1, 2))


def quarter_of_month(month: int) -> int:
    """Month 1–12 of the fiscal year → its quarter."""
    return (month - 1) // 3 + 1


def last_month(quarter: int) -> int:
    """The month a quarter ends in: 1 → 3 (December), 4 → 12 (September)."""
    return quarter * 3


def fill(values: Sequence[int | None]) -> tuple[int, ...]:
    """Twelve planned shares; an empty month adds nothing to the one before. PlanError where it cannot be.

    Cumulative: each within 0–100 %, none below the one before, the last that is planned at 100 %.
    """
    if len(values) != len(MONTHS):
        raise PlanError("count", len(values))
    filled: list[int] = []
    before = 0
    for month, value in zip(MONTHS, values, strict=True):
        now = before if value is None else value
        if not 0 <= now <= FULL:
            raise PlanError("range", month)
        if now < before:
            raise PlanError("falls", month)
        filled.append(now)
        before = now
    if before != FULL:
        raise PlanError("end", len(MONTHS))
    return tuple(filled)


def even(first: int, last: int) -> tuple[int, ...]:
    """The straight plan of an activity that works from month ``first`` to ``last``."""
    span = last - first + 1
    if not 1 <= first <= last <= len(MONTHS):
        raise PlanError("range", first)
    done = (min(max(month - first + 1, 0), span) for month in MONTHS)
    return tuple(half_up(Fraction(FULL * n, span)) for n in done)


def standing(
    planned: Mapping[int, int | None], actual: Mapping[int, int | None], month: int
) -> Standing:
    """Planned against reached at the end of ``month``; the latest actual up to then counts."""
    goal = planned.get(month)
    known = [m for m in MONTHS if m <= month and actual.get(m) is not None]
    at = known[-1] if known else None
    reached = actual.get(at) if at is not None else None
    return Standing(month, goal, reached, at, _verdict(goal, reached))


def _verdict(goal: int | None, reached: int | None) -> str:
    if goal is None:
        return UNKNOWN
    if reached is None:
        return NOT_BEGUN if goal == 0 else UNKNOWN
    if reached > goal + TOLERANCE:
        return AHEAD
    if reached < goal - TOLERANCE:
        return BEHIND
    return ON_PLAN


def by_quarter(
    planned: Mapping[int, int | None], actual: Mapping[int, int | None]
) -> tuple[Standing, ...]:
    """The four quarter ends; a quarter in which nothing was reported has no actual of its own."""
    found = []
    for quarter in QUARTERS:
        end = last_month(quarter)
        own = {m: actual.get(m) for m in range(end - 2, end + 1)}
        found.append(standing(planned, own, end))
    return tuple(found)


def weighted(parts: Iterable[Part]) -> Weighted:
    """Progress of a project or plan from its activities (without the cancelled ones)."""
    rows = tuple(parts)
    known = [(p.weight, p.progress) for p in rows if p.progress is not None]
    points = sum(weight * progress for weight, progress in known)
    weight_known = sum(weight for weight, _progress in known)
    weight = sum(p.weight for p in rows)
    return Weighted(
        value=Fraction(points, weight_known) if weight_known else None,
        floor=Fraction(points, weight) if weight else None,
        reported=len(known),
        expected=len(rows),
        weight_reported=weight_known,
        weight=weight,
    )
