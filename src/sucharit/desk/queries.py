"""What a person owes, from every app, by due date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.core.registry import DeskItem, registry

GROUPS = ("overdue", "week", "later", "no_date")
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Owed:
    """One item with its days: negative ``days_left`` means overdue, None means no due date."""

    item: DeskItem
    days_left: int | None


@dataclass(frozen=True)
class Desk:
    """All items, grouped; ``groups`` keeps the order of GROUPS, empty ones included."""

    groups: dict[str, list[Owed]]

    @property
    def total(self) -> int:
        return sum(len(items) for items in self.groups.values())


def group_of(due_on: dt.date | None, today: dt.date) -> str:
    """Overdue (before today), week (today and six days after), later, or no_date."""
    if due_on is None:
        return "no_date"
    if due_on < today:
        return "overdue"
    return "week" if due_on < today + WEEK else "later"


def collect(user: Any) -> list[DeskItem]:
    """Every item the registry's desk sources give the user, soonest first, undated last."""
    items = [item for source in registry.desk for item in source(user)]
    return sorted(items, key=lambda i: (i.due_on is None, i.due_on or dt.date.max, str(i.title)))


def desk_of(user: Any, *, today: dt.date) -> Desk:
    """The user's desk on the day (CE)."""
    groups: dict[str, list[Owed]] = {name: [] for name in GROUPS}
    for item in collect(user):
        left = None if item.due_on is None else (item.due_on - today).days
        groups[group_of(item.due_on, today)].append(Owed(item, left))
    return Desk(groups)
