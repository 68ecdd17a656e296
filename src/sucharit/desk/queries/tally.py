"""Counts for the side bar, the digest and the executive page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.desk.models import ActionItem
from sucharit.desk.queries.board import totals
from sucharit.orgs.models import Unit


@dataclass(frozen=True)
class Tally:
    """Items that wait for a person: past their day, due within seven days (today included), and all."""

    overdue: int
    soon: int
    total: int


def tally(user: Any, today: dt.date) -> Tally:
    """How many items wait for the user on the day; put off and handed over ones are left out."""
    numbers = totals(user, today)
    return Tally(numbers[0], numbers[1], sum(numbers))


def top_late(user: Any, unit: Unit, today: dt.date, n: int = 5) -> list[ActionItem]:
    """The n action items of the unit's subtree within the user's scope that are late the longest."""
    rows = ActionItem.objects.visible_to(user).overdue(today)
    rows = rows.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    return list(rows.select_related("unit", "owner").order_by("due_on", "priority", "pk")[:n])
