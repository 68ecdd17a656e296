"""Words of plans: kinds, states, groups, verdicts, gaps; a state is (state of the house, word)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.core.thaidate import MONTHS_EN, MONTHS_TH_SHORT

MANUAL = _("Check against the current eMENSCR manual before sending")

KINDS: dict[str, Any] = {
    "annual": _("Annual action plan"),
    "integrity": _("Anti-corruption action plan"),
    "integrated": _("Integrated anti-corruption plan (NACC)"),
    "province": _("Provincial action plan"),
    "other": _("Another plan"),
}
PLAN: dict[str, tuple[str, Any]] = {
    "draft": ("draft", _("Plan being written")),
    "submitted": ("submitted", _("Plan waits for approval")),
    "approved": ("approved", _("Plan approved")),
    "closed": ("closed", _("Plan closed")),
}
PROJECT: dict[str, tuple[str, Any]] = {
    "draft": ("draft", _("Project being written")),
    "approved": ("approved", _("Project approved")),
    "running": ("in_progress", _("Project running")),
    "finished": ("done", _("Project finished")),
    "cancelled": ("cancelled", _("Project cancelled")),
}
ACTIVITY: dict[str, tuple[str, Any]] = {
    "planned": ("planned", _("Not begun")),
    "running": ("in_progress", _("Activity running")),
    "done": ("done", _("Activity done")),
    "blocked": ("pending", _("Activity blocked")),
    "cancelled": ("cancelled", _("Activity cancelled")),
}
GROUPS: dict[str, Any] = {
    "youth": _("Children and youth"),
    "public_personnel": _("Public personnel"),
    "private": _("Private sector"),
    "people": _("People's networks"),
}
VERDICTS: dict[str, tuple[str, Any]] = {
    "ahead": ("on_time", _("Ahead of the plan")),
    "on_plan": ("on_time", _("On plan")),
    "behind": ("late", _("Behind the plan")),
    "not_begun": ("planned", _("Not to have begun yet")),
    "unknown": ("missing", _("Not reported")),
}
RUNGS: dict[str, Any] = {
    "y": _("Y: target of the sub-plan"),
    "z": _("Z: target of the issue"),
    "other": _("Another plan"),
}
GAPS: dict[str, Any] = {
    "no_y": _("No reasoned contribution to a target of a sub-plan (Y) yet"),
    "no_reason": _("A contribution is told too shortly to be understood"),
    "not_from_y": _("A target Z does not follow from the Y of the project"),
}


def months() -> list[str]:
    """Short month names from October to September in the page's language."""
    thai = (get_language() or "th").startswith("th")
    names = MONTHS_TH_SHORT if thai else [m[:3] for m in MONTHS_EN]
    return [*names[9:], *names[:9]]


def title(thing: Any) -> str:
    """A thing's title in the page's language."""
    thai = (get_language() or "th").startswith("th")
    return str(thing.title_th if thai else (thing.title_en or thing.title_th))
