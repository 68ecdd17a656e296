"""The life of an action item: which step leads from which state to which, and who may take it.

    open ─start→ in_progress ─submit→ submitted ─accept→ accepted
      │              ↑    ↑              │ return
      │          unblock  └── returned ←─┘
      ├─block→ blocked        deferred ←─ agree to a new day
      └─cancel→ cancelled     (a deferred item is worked on like an open one)

"Worker" is the lead unit or a co-unit, "origin" the unit whose finding or resolution it is. Overdue is computed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

WORKER, ORIGIN = "worker", "origin"


@dataclass(frozen=True)
class Step:
    """One step: the states it may be taken in, the state it leads to ("": stays), and who takes it."""

    name: str
    sources: frozenset[str]
    target: str
    by: str
    needs_note: bool = False


_WORKING = frozenset({"open", "in_progress", "returned", "deferred"})
_LIVE = _WORKING | {"blocked", "submitted"}

STEPS: Mapping[str, Step] = {
    s.name: s
    for s in (
        Step("start", frozenset({"open", "deferred", "returned"}), "in_progress", WORKER),
        Step("report", _WORKING, "in_progress", WORKER, needs_note=True),
        Step("submit", _WORKING, "submitted", WORKER, needs_note=True),
        Step("block", _WORKING, "blocked", WORKER, needs_note=True),
        Step("unblock", frozenset({"blocked"}), "in_progress", WORKER),
        Step("ask", _WORKING | {"blocked"}, "", WORKER, needs_note=True),
        Step("change", _LIVE, "", WORKER),
        Step("defer", _WORKING | {"blocked"}, "deferred", ORIGIN),
        Step("refuse", _WORKING | {"blocked"}, "", ORIGIN, needs_note=True),
        Step("return", frozenset({"submitted"}), "returned", ORIGIN, needs_note=True),
        Step("accept", frozenset({"submitted"}), "accepted", ORIGIN),
        Step("cancel", _LIVE, "cancelled", ORIGIN, needs_note=True),
        Step(
            "reopen", frozenset({"accepted", "cancelled"}), "in_progress", ORIGIN, needs_note=True
        ),
    )
}


def possible(
    state: str, *, worker: bool, origin: bool, own_submission: bool, asked: bool
) -> frozenset[str]:
    """Names of the steps that may be taken now.

    ``own_submission``: the person handed it in himself, so he accepts or returns it not (four eyes).
    ``asked``: a new day was asked for and waits for the origin.
    """
    found = {
        s.name
        for s in STEPS.values()
        if state in s.sources and ((worker and s.by == WORKER) or (origin and s.by == ORIGIN))
    }
    if own_submission:
        found -= {"accept", "return"}
    if not asked:
        found.discard("refuse")
    return frozenset(found)


def overdue(state: str, due_on: dt.date | None, today: dt.date) -> bool:
    """Past its day while somebody still owes the work; what was handed in is not late any more."""
    return due_on is not None and due_on < today and state in _LIVE - {"submitted"}


def days_late(due_on: dt.date | None, today: dt.date, done_on: dt.date | None = None) -> int:
    """Days past the due day, at the day it was handed in or today; 0 when in time or without a day."""
    if due_on is None:
        return 0
    return max(0, ((done_on or today) - due_on).days)
