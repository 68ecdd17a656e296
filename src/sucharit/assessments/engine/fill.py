"""How full a survey is, told so that watching the figure betrays no single answer.

While a survey is open, its count is shown in steps; each step covers at least ``STEP`` counts, and
the least number of answers is itself the foot of a step, so that "enough" changes together with
the figure and never by itself (docs/anonymity.md).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

STEP = 5
"""Counts a step covers at least; also the smallest number of answers ever told exactly."""

NEAR = Fraction(4, 5)
"""Share of the least number from which a unit counts as near; a choice of ours, only for the look."""


class FillState(StrEnum):
    """Traffic light of one survey of one unit."""

    ENOUGH = "enough"
    NEAR = "near"
    FAR = "far"
    UNKNOWN = "unknown"  # no head count, so no least number
    HIDDEN = "hidden"  # so few people that any state would tell on one of them


@dataclass(frozen=True, slots=True)
class Fill:
    """What may be shown: between ``low`` and ``high`` answers (``high`` None: no upper end named).

    ``exact``: low is the count itself. ``least``: answers needed, None without a head count.
    """

    least: int | None
    low: int
    high: int | None
    exact: bool
    state: FillState

    @property
    def missing(self) -> int | None:
        """At most this many are missing; None when the least number is unknown or not told."""
        if self.least is None or self.state is FillState.HIDDEN:
            return None
        return max(0, self.least - self.low)

    @property
    def percent(self) -> int | None:
        """Whole percent of the least number reached for sure, 0 to 100, rounded down."""
        if not self.least or self.state is FillState.HIDDEN:
            return None
        return min(100, self.low * 100 // self.least)


def fill(n: int, least: int | None, *, still_open: bool) -> Fill:
    """How full a survey with ``n`` answers is when ``least`` are needed.

    Shape: counts of answers. After closing the count is told exactly, but for 1 to 4. Raises
    ValueError for a negative count or a least number below 1.
    """
    if n < 0 or (least is not None and least < 1):
        raise ValueError(f"{n} answers of {least}")
    low, high = _step(n, least) if still_open else _told_after(n)
    exact = not still_open and low == n == high
    return Fill(least, low, high, exact, _state(low, least))


def _step(n: int, least: int | None) -> tuple[int, int]:
    """First and last count of the step ``n`` lies in."""
    anchor = least or 0
    if anchor < STEP:  # multiples of STEP
        low = n - n % STEP
        return low, low + STEP - 1
    if n >= anchor:  # anchor, anchor + STEP, …
        low = n - (n - anchor) % STEP
        return low, low + STEP - 1
    last_foot = (anchor - STEP) // STEP * STEP  # the step below the anchor is the longer one
    low = min(n - n % STEP, last_foot)
    return low, (anchor - 1 if low == last_foot else low + STEP - 1)


def _told_after(n: int) -> tuple[int, int]:
    return (n, n) if n == 0 or n >= STEP else (1, STEP - 1)


def _state(low: int, least: int | None) -> FillState:
    if least is None:
        return FillState.UNKNOWN
    if least < STEP:
        return FillState.HIDDEN
    if low >= least:
        return FillState.ENOUGH
    return FillState.NEAR if low >= NEAR * least else FillState.FAR
