"""Pieces of reports for pages: ``{% load reports %}`` gives the filter signed and the tag province_map."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template

from sucharit.assessments.queries.groups import GroupYear
from sucharit.assessments.reports import provinces
from sucharit.assessments.reports.memos import signed as with_sign
from sucharit.core import maps
from sucharit.orgs.models import Unit

register = template.Library()


@register.filter
def signed(value: int | None) -> str:
    """A change in hundredths with its sign: 120 → "+1.20", None → "–"."""
    return with_sign(value)


@register.inclusion_tag("assessments/reports/_map.html")
def province_map(group: GroupYear, fiscal_year: int) -> dict[str, Any]:
    """The provinces of a group on the map, beside their table; nothing where there are none or no map."""
    outlines = maps.thailand()
    rows = [r.unit for r in group.standings.rows if r.table.kind[r.place] == Unit.Kind.PROVINCE]
    standings = list(group.standings.only(rows)) if outlines and rows else []
    marked = [provinces.marked_of(s, fiscal_year) for s in standings]
    words = Counter((provinces.level_words(s), s.band) for s in standings)
    return {
        "drawing": provinces.drawing_of(outlines, marked) if outlines and marked else "",
        "legend": [(w, band, n) for (w, band), n in sorted(words.items(), key=lambda k: -k[0][1])],
        "standings": standings,
        "fiscal_year": fiscal_year,
    }
