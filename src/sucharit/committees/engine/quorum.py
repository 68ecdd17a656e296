"""Quorum (องค์ประชุม): how many seats count, how many must be there, how many are, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

PRESENT, REPRESENTED = "present", "represented"


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat on the day: does it vote, had it ended, and how it came ("" where nothing is recorded)."""

    id: Any
    voting: bool = True
    ended: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """The result and its parts. ``lacks``: how many more must come; ``unrecorded``: seats nobody spoke of."""

    seats: int
    needed: int
    present: int
    represented: int  # of ``present``: by somebody in the member's place
    not_counted: int  # came by an alternate where alternates do not count
    aside: int  # stand aside on the item: neither a seat nor present
    unrecorded: tuple[Any, ...] = field(default=())

    @property
    def met(self) -> bool:
        """Enough are there. A committee without seats has no quorum."""
        return self.seats > 0 and self.present >= self.needed

    @property
    def lacks(self) -> int:
        return max(0, self.needed - self.present) if self.seats else 1


def quorum(
    seats: Sequence[SeatFact],
    share: Fraction,
    *,
    alternates_count: bool = True,
    aside: Collection[Any] = (),
) -> Quorum:
    """Count a quorum. ``share`` of the voting seats not ended, rounded up; ``aside``: ids that stand aside.

    A seat that stands aside on an item is no seat of that item: neither needed nor present.
    """
    voting = [s for s in seats if s.voting and not s.ended]
    counted = [s for s in voting if s.id not in aside]
    by_proxy = sum(1 for s in counted if s.status == REPRESENTED)
    there = sum(1 for s in counted if s.status == PRESENT)
    return Quorum(
        seats=len(counted),
        needed=ceil(share * len(counted)),
        present=there + (by_proxy if alternates_count else 0),
        represented=by_proxy if alternates_count else 0,
        not_counted=0 if alternates_count else by_proxy,
        aside=len(voting) - len(counted),
        unrecorded=tuple(s.id for s in counted if not s.status),
    )


def votes_fit(votes: tuple[int | None, int | None, int | None], present: int) -> str:
    """What is wrong with a count of votes ("" nothing): "part" not all three given, "many" more than present."""
    given = [v for v in votes if v is not None]
    if not given:
        return ""
    if len(given) < len(votes):
        return "part"
    return "many" if sum(given) > present else ""


# Decisions that a count of votes must carry; a tie is the chair's to break.
_FOR = frozenset({"approved", "approved_with_conditions", "elected", "assigned"})


def votes_carry(kind: str, votes_for: int | None, votes_against: int | None) -> bool:
    """Whether the count agrees with the kind of resolution; without a count nothing is said against it."""
    if votes_for is None or votes_against is None:
        return True
    if kind in _FOR:
        return votes_for >= votes_against
    return kind != "rejected" or votes_against >= votes_for
