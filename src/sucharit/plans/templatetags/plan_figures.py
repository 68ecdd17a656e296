"""Figures on pages: ``{% load plan_figures %}`` gives e4, percent, named, word_of and the tag level_chip."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sucharit.core.templatetags.ui import chip, icon
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import data, words

register = template.Library()
register.filter("named", words.name)
register.filter("measured_in", words.measured_in)
register.filter("with_unit", words.with_unit)


@register.filter
def e4(value: int | None, decimals: int = 2) -> str:
    """Ten-thousandths as text; a dash where there is none, which the page explains."""
    return "–" if value is None else text_of(of_e4(value), int(decimals))


@register.filter
def number(value: Fraction | None, decimals: int = 2) -> str:
    """An exact number as text; a dash where there is none."""
    return "–" if value is None else text_of(value, int(decimals))


@register.filter
def percent(value: Fraction | None) -> str:
    """An exact percentage with two places, not capped; a dash where there is none."""
    return "–" if value is None else f"{text_of(value, 2)} %"


@register.filter
def word_of(key: str, table: str) -> str:
    """The word of a key in a table of ``indicators.words``: ``{{ i.measure|word_of:"MEASURES" }}``."""
    return str(getattr(words, table).get(key, key))


@register.simple_tag
def level_chip(level: int | None, fiscal_year: int) -> SafeString:
    """The colour word with its icon; no data is said, never coloured."""
    band = data.band_at(level, fiscal_year)
    if band is None:
        return chip("missing")
    return format_html(
        '<span class="chip chip-band{}">{} {}</span>',
        band.level,
        icon(band.icon, 16),
        data.word(band),
    )


@register.simple_tag
def bands_badge(fiscal_year: int) -> SafeString | str:
    """Says that the bands are not verified, where they are not."""
    found = data.bands(fiscal_year)
    return "" if found is None or found.verified else chip("unverified")


@register.simple_tag
def period_name(kind: str, seq: Any, fiscal_year: int) -> str:
    """The period's name."""
    return words.period(kind, int(seq), fiscal_year)
