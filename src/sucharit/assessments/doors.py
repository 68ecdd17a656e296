"""Doors from a round's, a unit's or a result's page into the other rooms of assessments.

A room adds a callable to the list it wants to be reached from; the page asks them all and knows no room
by name. Each gives the doors its reader may pass, none otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Door:
    """A link with its words; ``icon`` is one of core.icons, "" for none."""

    label: Any
    url: str
    icon: str = ""


ROUND: list[Callable[..., Iterable[Door]]] = []  # (user, round)
PARTICIPATION: list[Callable[..., Iterable[Door]]] = []  # (user, participation)
RESULT: list[Callable[..., Iterable[Door]]] = []  # (user, unit, fiscal_year)


def through(doors: list[Callable[..., Iterable[Door]]], *facts: Any) -> list[Door]:
    """All doors of a page for a reader, in the order the rooms handed them in."""
    return [door for room in doors for door in room(*facts)]
