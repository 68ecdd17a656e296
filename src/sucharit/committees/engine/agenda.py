"""The agenda: five standard sections (ระเบียบวาระการประชุม), which kinds stand where, and places without gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CHAIR, CERTIFY, FOLLOW_UP, CONSIDER, OTHER = 1, 2, 3, 4, 5
# What an item of a section may be; the first one is what it is unless said.
KINDS: Mapping[int, tuple[str, ...]] = {
    CHAIR: ("inform",),
    CERTIFY: ("certify",),
    FOLLOW_UP: ("follow_up", "inform"),
    CONSIDER: ("consider", "approve"),
    OTHER: ("other", "inform", "consider"),
}
# Kinds the meeting has to say something on before its minutes go round.
NEEDS_RESOLUTION = frozenset({"certify", "consider", "approve"})
# Decided only with a quorum; taking note and putting off are not decisions.
DECISIONS = frozenset({"approved", "approved_with_conditions", "assigned", "rejected", "elected"})


def kind_fits(section: int, kind: str) -> bool:
    """Whether an item of that kind may stand in the section."""
    return kind in KINDS.get(section, ())


def moved(order: Sequence[int], item: int, up: bool) -> tuple[int, ...]:
    """The order of a section's items after one goes a place up or down; at the edge nothing changes."""
    places = list(order)
    at = places.index(item)
    to = at - 1 if up else at + 1
    if 0 <= to < len(places):
        places[at], places[to] = places[to], places[at]
    return tuple(places)


def numbered(items: Sequence[tuple[int, int]]) -> dict[int, str]:
    """(id, section) in order → "4.2": sections keep their number, places run without gaps."""
    count: dict[int, int] = {}
    found: dict[int, str] = {}
    for key, section in items:
        count[section] = count.get(section, 0) + 1
        found[key] = f"{section}.{count[section]}"
    return found


@dataclass(frozen=True, slots=True)
class Followed:
    """How an assigned task stands before a meeting. ``change``: new, moved, same, done or cancelled."""

    days_overdue: int  # 0: not overdue, or no day set
    change: str
    before: int | None = None  # progress in per cent at the last meeting; None: not known


def follow(
    *,
    state: str,
    due_on: dt.date | None,
    progress: int,
    opened_on: dt.date,
    state_before: str | None,
    progress_before: int | None,
    last_meeting_on: dt.date | None,
    today: dt.date,
) -> Followed:
    """Days overdue and what changed since the last meeting (None: there was none).

    ``state_before``: as it stood when that meeting began; None where it was not there yet.
    """
    late = max(0, (today - due_on).days) if due_on and state not in _RESTING else 0
    if state in {"accepted", "cancelled"}:
        return Followed(0, "done" if state == "accepted" else "cancelled", progress_before)
    # A task that meeting gave itself did not stand before it, though it bears its day.
    if last_meeting_on is None or opened_on > last_meeting_on or state_before is None:
        return Followed(late, "new")
    same = state == state_before and progress == progress_before
    return Followed(late, "same" if same else "moved", progress_before)


_RESTING = frozenset({"submitted", "accepted", "cancelled"})
