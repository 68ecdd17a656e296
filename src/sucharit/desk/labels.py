"""Words of the desk. Apps add the names of their findings to ``SOURCES`` from their ``showing``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# kind of source ("assessments.planner") -> what people call it
SOURCES: dict[str, Any] = {}

# state of an item -> (state of the house, word)
STATES: dict[str, tuple[str, Any]] = {
    "open": ("in_progress", _("To be done")),
    "done": ("done", _("Closed as done")),
    "dropped": ("cancelled", _("Dropped with a reason")),
    "verified": ("verified", _("Done and verified")),
}

EVENTS: dict[str, Any] = {
    "opened": _("Item opened"),
    "changed": _("Owner or due date changed"),
    "done": _("Closed as done"),
    "dropped": _("Dropped with a reason"),
    "verified": _("Remedy verified"),
    "reopened": _("Opened again"),
}


def source(kind: str) -> Any:
    """What a kind of source is called; an unknown one by its key."""
    return SOURCES.get(kind, kind)


def unit_name(unit: Any) -> str:
    """A unit's name in the page's language."""
    thai = (get_language() or "th").startswith("th")
    return str(unit.name_th if thai else (unit.name_en or unit.name_th))
