"""Words of the desk. Apps add the names of their findings to ``SOURCES`` from their ``showing``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# kind of source ("assessments.planner") -> what people call it
SOURCES: dict[str, Any] = {"desk.manual": _("Opened by hand")}

# state of an item -> (state of the house, word)
STATES: dict[str, tuple[str, Any]] = {
    "open": ("open", _("To be done")),
    "in_progress": ("in_progress", _("Being worked on")),
    "submitted": ("submitted", _("Handed in, waits for acceptance")),
    "returned": ("returned", _("Returned: something is missing")),
    "blocked": ("pending", _("Blocked")),
    "deferred": ("scheduled", _("A later day was agreed")),
    "accepted": ("accepted", _("Accepted: done")),
    "cancelled": ("cancelled", _("Cancelled with a reason")),
}

EVENTS: dict[str, Any] = {
    "opened": _("Item opened"),
    "changed": _("Owner, priority or due date changed"),
    "started": _("Work began"),
    "reported": _("Progress reported"),
    "submitted": _("Handed in"),
    "returned": _("Returned: something is missing"),
    "accepted": _("Accepted: done"),
    "blocked": _("Blocked"),
    "unblocked": _("Can go on"),
    "asked": _("A later day was asked for"),
    "deferred": _("A later day was agreed"),
    "refused": _("The later day was not agreed"),
    "cancelled": _("Cancelled with a reason"),
    "reopened": _("Opened again"),
    # rows of before there were these states
    "done": _("Closed as done"),
    "dropped": _("Dropped with a reason"),
    "verified": _("Remedy verified"),
}

# groups of "my work" (queries.board.GROUPS)
GROUPS: dict[str, Any] = {
    "overdue": _("Overdue"),
    "week": _("In the next seven days"),
    "later": _("Later"),
    "no_date": _("Without a due date"),
}

PRIORITIES: dict[int, Any] = {1: _("High"), 2: _("Normal"), 3: _("Low")}


def closing_words(closing: Any) -> dict[str, str]:
    """Rate in per cent and median days of a ``Closing`` as shown; a dash where there is nothing to count."""
    rate, days = closing.rate, closing.median_days
    return {
        "rate": "–" if rate is None else f"{shown(rate * 100)} %",
        "days": "–" if days is None else shown(days),
    }


def shown(number: Fraction) -> str:
    """A number with one decimal, rounded half-up."""
    tenths = (number * 20 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"


def source(kind: str) -> Any:
    """What a kind of source is called; an unknown one by its key."""
    return SOURCES.get(kind, kind)


def unit_name(unit: Any) -> str:
    """A unit's name in the page's language."""
    thai = (get_language() or "th").startswith("th")
    return str(unit.name_th if thai else (unit.name_en or unit.name_th))
