"""The life of a meeting: which step leads from which state to which, who takes it, what must be there first.

    planned ─invite→ invited ─open→ in_progress ─close→ minutes_draft ─circulate→ minutes_circulated ─certify→ certified
       └──────┴─cancel→ cancelled                            ↑──────────revise─────────┘

A certified meeting is locked for ever: no step leads out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EDIT, CERTIFY = "committees.edit", "committees.certify"


@dataclass(frozen=True, slots=True)
class Step:
    """From which states, to which, with which right, and the facts that must hold (names of ``Facts``)."""

    sources: frozenset[str]
    target: str
    right: str = EDIT
    needs: tuple[str, ...] = ()


STEPS: Mapping[str, Step] = {
    "invite": Step(frozenset({"planned"}), "invited", needs=("place", "seats", "items")),
    "open": Step(frozenset({"invited"}), "in_progress", needs=("attendance", "quorum")),
    "close": Step(frozenset({"in_progress"}), "minutes_draft", needs=("recusals",)),
    "circulate": Step(
        frozenset({"minutes_draft"}), "minutes_circulated", needs=("taker", "recusals", "resolved")
    ),
    "revise": Step(frozenset({"minutes_circulated"}), "minutes_draft"),
    "certify": Step(
        frozenset({"minutes_circulated"}), "certified", CERTIFY, ("version", "comments")
    ),
    "cancel": Step(frozenset({"planned", "invited"}), "cancelled"),
}
# States in which things of the meeting may be written.
AGENDA_OPEN = frozenset({"planned", "invited", "in_progress"})
OUTCOMES_OPEN = frozenset({"in_progress", "minutes_draft"})
ATTENDANCE_OPEN = frozenset({"invited", "in_progress", "minutes_draft"})
FINAL = frozenset({"certified", "cancelled"})
HELD = frozenset({"in_progress", "minutes_draft", "minutes_circulated", "certified"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a step may ask for; each is true when nothing lacks."""

    place: bool = False  # a venue or an address for an online meeting
    seats: bool = False  # at least one voting seat
    items: bool = False  # something in section 4, 3 or 1
    attendance: bool = False  # every voting seat is spoken of
    quorum: bool = False  # met, or a reason to hold it as a consultation
    recusals: bool = False  # every recusal is decided
    resolved: bool = False  # every item that needs a resolution has one
    taker: bool = False  # who took the minutes
    version: bool = False  # the circulated version is what the minutes say now
    comments: bool = False  # every comment was answered, and what was taken is in a newer version


def missing(step: str, facts: Facts) -> tuple[str, ...]:
    """Names of what lacks before the step, in the order people mend it."""
    return tuple(name for name in STEPS[step].needs if not getattr(facts, name))


def allowed(step: str, state: str) -> bool:
    """Whether the step leads out of the state."""
    return step in STEPS and state in STEPS[step].sources


def possible(state: str, rights: frozenset[str]) -> tuple[str, ...]:
    """Steps out of the state that the rights allow, in order."""
    return tuple(n for n, s in STEPS.items() if state in s.sources and s.right in rights)
