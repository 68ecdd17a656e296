"""Words of the area pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, Any] = {
    "youth": _("Children and youth"),
    "public_personnel": _("Public personnel"),
    "private": _("Private sector"),
    "people": _("General public"),
}
FIGURES: dict[str, Any] = {
    "reported": _("Activities that reported"),
    "disbursed": _("Disbursed of the allocation"),
    "met": _("Indicators that met their target"),
}
RUNGS: dict[str, Any] = {
    "nation": _("National strategy and master plan"),
    "region4": _("Administrative region"),
    "region6": _("Geographical region"),
    "cluster18": _("Provincial cluster"),
    "province": _("Province"),
    "district": _("District"),
    "subdistrict": _("Subdistrict"),
}


def name(thing: Any) -> str:
    """Name of a unit, grouping or indicator in the page's language."""
    return _chosen(thing.name_th, thing.name_en)


def title(thing: Any) -> str:
    """Title of a plan, project, activity, goal or strategy in the page's language."""
    return _chosen(thing.title_th, thing.title_en)


def _chosen(thai: str, english: str) -> str:
    return thai if (get_language() or "th").startswith("th") else english or thai
