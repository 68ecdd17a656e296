"""The map of provinces: what each shows in words, and the drawing, kept by what it shows."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.queries.groups import Standing
from sucharit.core import maps
from sucharit.core.rounding import hundredths_text

KEPT = 60 * 60 * 24  # seconds a drawn map is kept


def level_words(standing: Standing) -> str:
    """The level in the page's language."""
    thai = (get_language() or "th").startswith("th")
    result = standing.result
    return (result.level_th if thai else result.level_en) or _("No level")


def marked_of(standing: Standing, fiscal_year: int) -> maps.Marked:
    """A province as the map shows it."""
    total = standing.result.total_hundredths
    words = (
        _("no result") if total is None else f"{hundredths_text(total)} · {level_words(standing)}"
    )
    url = reverse("assessments:unit_result", args=[fiscal_year, standing.unit.code])
    return maps.Marked(standing.unit.code, standing.unit.name_th, words, url, standing.band)


def drawing_of(outlines: maps.Outlines, marked: list[maps.Marked]) -> SafeString:
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
