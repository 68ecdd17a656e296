"""Work beside money: four quadrants, cost per head, and percentages of a budget. Plain Python, exact numbers.

Rules: spec of the Ministry's integrated plan (percent paid, percent done, cost per head). Every function gives
None where a part is not known: a project without a report has no progress, not zero progress.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Where = Literal["money_ahead", "work_ahead", "on_track", "both_behind", "unknown"]
WHOLE = 100


@dataclass(frozen=True)
class Thresholds:
    """Dated data: ``gap`` and ``behind`` in percentage points."""

    gap: Fraction  # work and money further apart than this are flagged
    behind: Fraction  # both further below what was planned than this are behind


@dataclass(frozen=True)
class Placed:
    """Where a project stands and the figures that put it there (per cent, exact)."""

    where: Where
    work: Fraction | None
    money: Fraction | None
    planned: Fraction | None
    gap: Fraction | None  # money less work, percentage points


def percent(part: int, whole: int) -> Fraction | None:
    """Part of whole in per cent; None where there is no whole (nothing allocated is no 0 %)."""
    return Fraction(part * WHOLE, whole) if whole > 0 else None


def place(
    work: Fraction | None, money: Fraction | None, planned: Fraction | None, rule: Thresholds
) -> Placed:
    """Quadrant of progress (%) against disbursement (%); ``planned`` is the progress due by now (%).

    Both behind comes first only when work and money are close together: a gap is the more useful thing to ask
    about. Without a plan there is no "behind". A flag is a reason to look, never a verdict.
    """
    if work is None or money is None:
        return Placed("unknown", work, money, planned, None)
    gap = money - work
    where: Where = "on_track"
    if gap > rule.gap:
        where = "money_ahead"
    elif -gap > rule.gap:
        where = "work_ahead"
    elif planned is not None and planned - max(work, money) > rule.behind:
        where = "both_behind"
    return Placed(where, work, money, planned, gap)


def cost_per_head(paid_satang: int, heads: int | None) -> Fraction | None:
    """Satang a head that attended; None where heads are unknown or nobody came."""
    return Fraction(paid_satang, heads) if heads else None


def weighted(parts: list[tuple[Fraction | None, int]]) -> Fraction | None:
    """Weighted mean of the known parts (value, weight ≥ 0); None when nothing is known or weighs."""
    known = [(value, weight) for value, weight in parts if value is not None and weight > 0]
    total = sum(weight for _value, weight in known)
    if not total:
        return None
    return sum((value * weight for value, weight in known), Fraction(0)) / total
