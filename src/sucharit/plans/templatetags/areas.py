"""Pieces of the area pages: ``{% load areas %}`` gives names, months and shares."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.core.rounding import hundredths_text
from sucharit.core.templatetags.ui import band, chip
from sucharit.core.thaidate import MONTHS_EN, MONTHS_TH_SHORT
from sucharit.plans.areas import words
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import data as bands

register = template.Library()
FIRST = 9  # place of October among the months

register.filter("area_name", words.name)
register.filter("plan_title", words.title)


@register.filter
def percent_e2(value: int | None) -> str:
    """Hundredths of a per cent: 8416 → "84.16 %"; None → "–" with its reason."""
    return f"– ({_('no data yet')})" if value is None else f"{hundredths_text(value)} %"


@register.filter
def figure_e4(value: int | None, decimals: int = 2) -> str:
    """An indicator's figure in ten-thousandths; None → "–"."""
    return "–" if value is None else text_of(of_e4(value), decimals)


@register.filter
def month_names(months: Iterable[int]) -> str:
    """Months of the fiscal year (1 = October) in words; runs are joined: (1, 2, 3, 6) → "Oct–Dec, Mar"."""
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    return ", ".join(_month(a) if a == b else f"{_month(a)}–{_month(b)}" for a, b in runs)


@register.simple_tag
def met_band(level: int | None, fiscal_year: int) -> SafeString:
    """How an indicator stands: colour, icon and word of its band; no data is no band."""
    found = bands.band_at(level, fiscal_year)
    return (
        chip("missing", _("no data yet")) if found is None else band(bands.word(found), found.level)
    )


def _month(number: int) -> str:
    place = (FIRST + number - 1) % 12
    thai = (get_language() or "th").startswith("th")
    return MONTHS_TH_SHORT[place] if thai else MONTHS_EN[place][:3]
