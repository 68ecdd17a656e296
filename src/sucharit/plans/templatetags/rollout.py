"""Pieces of the roll-out pages: ``{% load rollout %}`` gives standings, states and differences in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from sucharit.core.rounding import hundredths_text
from sucharit.core.templatetags.ui import chip
from sucharit.orgs.labels import kind
from sucharit.plans.areas import words as areas
from sucharit.plans.rollout import words

register = template.Library()


@register.simple_tag
def standing(value: str) -> SafeString:
    """How a unit stands to a template, in icon and word."""
    return chip(*words.STANDINGS[value])


@register.simple_tag
def template_state(value: str) -> SafeString:
    """The state of a template, in icon and word."""
    return chip(*words.STATES[value])


@register.filter
def standing_word(value: str) -> Any:
    """The word alone."""
    return words.STANDINGS[value][1]


@register.filter
def kind_words(kinds: list[str]) -> str:
    """Kinds of units, in words."""
    return ", ".join(str(kind(k)) for k in kinds)


@register.filter
def difference_kind(value: str) -> Any:
    """Added, left out or changed."""
    return words.KINDS[value]


@register.filter
def difference_field(value: str) -> Any:
    """The field of a difference in words."""
    return words.FIELDS.get(value, value)


@register.filter
def difference_value(value: Any) -> str:
    """A field's value as shown text: months as shares, goals as codes, groups in words; "" is "–"."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return ", ".join(str(g.get("goal", "")) for g in value)
        return " ".join("–" if m is None else hundredths_text(m) for m in value) or "–"
    if isinstance(value, str) and value in areas.GROUPS:
        return str(areas.GROUPS[value])
    return str(value or "–")
