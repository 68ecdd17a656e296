"""Closing rate and days to close of action items: the two numbers executives read.

Rate = accepted / (all − cancelled), kept as numerator and denominator (spec: events-plans §2.2), so that
units add up without averaging percentages. Days run from the day an item was opened to the day it was accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

# Steps that end an item's life or begin it again; every other step leaves it alive.
_ACCEPTED, _CANCELLED = frozenset({"accepted", "verified"}), frozenset({"cancelled", "dropped"})
TURNS = (*sorted(_ACCEPTED), *sorted(_CANCELLED), "reopened")


@dataclass(frozen=True)
class Closing:
    """Items by how they ended, days to close of the accepted ones (ascending), and how many are late now."""

    opened: int = 0
    accepted: int = 0
    cancelled: int = 0
    late: int = 0
    days: tuple[int, ...] = ()

    @property
    def counted(self) -> int:
        """The denominator: all but the cancelled ones."""
        return self.opened - self.cancelled

    @property
    def rate(self) -> Fraction | None:
        """Accepted of all that were not cancelled; None where there is nothing to count."""
        return Fraction(self.accepted, self.counted) if self.counted else None

    @property
    def median_days(self) -> Fraction | None:
        """The middle of the days to close (between two, their mean); None while nothing is closed."""
        return median(self.days)

    def __add__(self, other: Closing) -> Closing:
        return Closing(
            self.opened + other.opened,
            self.accepted + other.accepted,
            self.cancelled + other.cancelled,
            self.late + other.late,
            tuple(sorted((*self.days, *other.days))),
        )


def median(days: Sequence[int]) -> Fraction | None:
    """The median of whole days, exactly; None of nothing."""
    ordered = sorted(days)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def ending(kinds: Iterable[str]) -> str:
    """How an item stands after these steps of its history, oldest first: accepted, cancelled or live."""
    state = "live"
    for kind in kinds:
        state = ending_of(kind) if kind in TURNS else state
    return state


def ending_of(kind: str) -> str:
    """What the last turn of a life means ("": there was none)."""
    if kind in _ACCEPTED:
        return "accepted"
    return "cancelled" if kind in _CANCELLED else "live"
