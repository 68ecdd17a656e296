"""Pieces of reports for pages: ``{% load reports %}`` gives the filter signed and the tag province_map."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from django import template
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.queries.groups import GroupYear, Standing
from sucharit.assessments.reports.memos import signed as with_sign
from sucharit.core import maps
from sucharit.core.rounding import hundredths_text
from sucharit.orgs.models import Unit

register = template.Library()
KEPT = 60 * 60 * 24  # seconds a drawn map is kept


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
    marked = [_marked(s, fiscal_year) for s in standings]
    words = Counter((_level(s), s.band) for s in standings)
    return {
        "drawing": _drawing(outlines, marked) if outlines and marked else "",
        "legend": [(w, band, n) for (w, band), n in sorted(words.items(), key=lambda k: -k[0][1])],
        "standings": standings,
        "fiscal_year": fiscal_year,
    }


def _level(standing: Standing) -> str:
    thai = (get_language() or "th").startswith("th")
    result = standing.result
    return (result.level_th if thai else result.level_en) or _("No level")


def _marked(standing: Standing, fiscal_year: int) -> maps.Marked:
    total = standing.result.total_hundredths
    words = _("no result") if total is None else f"{hundredths_text(total)} · {_level(standing)}"
    url = reverse("assessments:unit_result", args=[fiscal_year, standing.unit.code])
    return maps.Marked(standing.unit.code, standing.unit.name_th, words, url, standing.band)


def _drawing(outlines: maps.Outlines, marked: list[maps.Marked]) -> SafeString:
    """The drawn map, kept by what it shows: a new run or another reader's scope has its own."""
    label = _("Map of the provinces by level")
    shown = repr((label, [(m.code, m.name, m.words, m.url, m.band) for m in marked]))
    key = "map:" + hashlib.sha256(shown.encode()).hexdigest()
    drawing = cache.get(key)
    if drawing is None:
        shapes = maps.drawn(outlines, marked)
        context = {"view_box": outlines.view_box, "shapes": shapes, "label": label}
        drawing = render_to_string("core/map.html", context)
        cache.set(key, drawing, KEPT)
    return mark_safe(drawing)  # noqa: S308 (rendered by our own escaping template)
