"""XYZ: project X contributes to the sub-plan's target Y, which carries the issue's target Z.

A project without a reasoned Y is not complete; Z is never chosen freely, it follows from Y's strategy.
Source: NESDC's XYZ notion as told in spec (unverified in wording).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Y, Z, OTHER = "y", "z", "other"
# Fewer letters than this say nothing: "-", "ok", "ตามแผน".
SHORTEST_REASON = 15
NO_Y, NO_REASON, NOT_FROM_Y = "no_y", "no_reason", "not_from_y"


@dataclass(frozen=True)
class Aim:
    """One alignment: its rung, the goal's id (None: a whole strategy), the goal's strategy, the reason."""

    rung: str
    goal: int | None
    strategy: int | None
    reason: str


@dataclass(frozen=True)
class Gap:
    """What is missing: "no_y", "no_reason" or "not_from_y", and the goal it is about."""

    kind: str
    goal: int | None = None


def reasoned(text: str) -> bool:
    """Whether a contribution is told in words, not in a dash."""
    return len("".join(c for c in text if c.isalnum() or _thai_mark(c))) >= SHORTEST_REASON


def _thai_mark(letter: str) -> bool:
    return "\u0e30" <= letter <= "\u0e4e"


def follows(
    aims: Iterable[Aim], parents: Mapping[int, int | None], goals: Mapping[int, tuple[int, ...]]
) -> tuple[int, ...]:
    """Goals Z that follow from the Ys: the goals of the strategies above theirs, each once, in order.

    ``parents``: strategy → the one above it; ``goals``: strategy → its goals' ids.
    """
    found: dict[int, None] = {}
    for aim in aims:
        above = parents.get(aim.strategy) if aim.rung == Y and aim.strategy is not None else None
        if above is not None:
            found.update(dict.fromkeys(goals.get(above, ())))
    return tuple(found)


def gaps(aims: Iterable[Aim], may_be_z: Iterable[int] = ()) -> tuple[Gap, ...]:
    """What keeps a project from being submitted, most important first; empty: it is aligned."""
    rows = tuple(aims)
    allowed = set(may_be_z)
    found = [Gap(NO_REASON, a.goal) for a in rows if not reasoned(a.reason)]
    found += [
        Gap(NOT_FROM_Y, a.goal)
        for a in rows
        if a.rung == Z and a.goal is not None and a.goal not in allowed
    ]
    if not any(a.rung == Y and a.goal is not None and reasoned(a.reason) for a in rows):
        found.insert(0, Gap(NO_Y))
    return tuple(found)
