"""The map of provinces by one figure: what each shows in words, and the drawing, kept by what it shows."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sucharit.core import maps
from sucharit.core.rounding import hundredths_text
from sucharit.plans.areas import data, words
from sucharit.plans.areas.queries import Province

KEPT = 60 * 60 * 24  # seconds a drawn map is kept


def map_of(rows: list[Province], figure: str, fiscal_year: int) -> dict[str, Any]:
    """Drawing ("" where the map is not installed) and legend (words, band, provinces)."""
    outlines = maps.thailand()
    steps = Counter(row.step(figure) for row in rows)
    legend = [
        (step_words(step), step, steps[step])
        for step in range(len(data.showing().steps) + 1, -1, -1)
    ]
    if outlines is None or not rows:
        return {"drawing": "", "legend": legend}
    label = _("Map of provinces: %(figure)s") % {"figure": words.FIGURES[figure]}
    return {"drawing": _drawn(outlines, rows, figure, fiscal_year, label), "legend": legend}


def step_words(step: int) -> str:
    """Words of a step of the map: "no data", "20 % to below 40 %"."""
    bounds = (0, *data.showing().steps)
    if step == 0:
        return _("no data yet")
    if step == len(bounds):
        return _("%(low)d %% and more") % {"low": bounds[-1]}
    return _("%(low)d %% to below %(high)d %%") % {"low": bounds[step - 1], "high": bounds[step]}


def _drawn(
    outlines: maps.Outlines, rows: list[Province], figure: str, fiscal_year: int, label: str
) -> SafeString:
    marked = [_marked(row, figure, fiscal_year) for row in rows]
    shown = repr((label, [(m.code, m.name, m.words, m.url, m.band) for m in marked]))
    key = "areas-map:" + hashlib.sha256(shown.encode()).hexdigest()
    drawing = cache.get(key)
    if drawing is None:
        context = {
            "view_box": outlines.view_box, "shapes": maps.drawn(outlines, marked), "label": label,
        }  # fmt: skip
        drawing = render_to_string("core/map.html", context)
        cache.set(key, drawing, KEPT)
    return mark_safe(drawing)  # noqa: S308 (rendered by our own escaping template)


def _marked(row: Province, figure: str, fiscal_year: int) -> maps.Marked:
    value = row.figure(figure)
    url = (
        f"{reverse('plans:area', args=[row.unit.code])}?year={fiscal_year}"
        if row.mine
        else f"#{row.unit.code}"
    )
    told = _("no data yet") if value is None else f"{hundredths_text(value)} %"
    return maps.Marked(row.unit.code, words.name(row.unit), told, url, row.step(figure))
