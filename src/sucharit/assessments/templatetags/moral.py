"""Levels, changes and shares of the moral pages: ``{% load moral %}``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.utils.safestring import SafeString

from sucharit.assessments.checklists.values import words
from sucharit.assessments.engine import display
from sucharit.assessments.moral import charts
from sucharit.assessments.moral.words import CHANGES, NO_RESULT
from sucharit.core.templatetags.ui import band, chip

register = template.Library()
_LOOK = {0: 1, 1: 3, 2: 4, 3: 5}  # level -> step of the look's bands


@register.simple_tag
def mlevel(level: int | None, titles: dict[int, dict[str, str]] | None = None) -> SafeString:
    """A level as band with number and name; no result yet is not level 0."""
    if level is None:
        return chip("missing", NO_RESULT)
    return band(f"{level} {words((titles or {}).get(level, {}))}".strip(), _LOOK.get(level, 1))


@register.simple_tag
def mchange(kind: Any) -> SafeString:
    """How a level moved, in icon and word."""
    state, word = CHANGES.get(str(kind), CHANGES["unknown"])
    return chip(state, word)


@register.filter
def percent(share: Fraction | None) -> str:
    """A share of 1 in percent."""
    return charts.percent(share)


@register.filter
def hundred(share: Fraction | None) -> str:
    """A figure that is in percent already."""
    return "–" if share is None else f"{display(share)} %"


@register.filter
def pts(value: Fraction | None) -> str:
    """Points as people write them: 2, 1.5; a dash where there are none yet."""
    if value is None:
        return "–"
    return str(value.numerator) if value.denominator == 1 else display(value)
