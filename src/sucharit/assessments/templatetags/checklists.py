"""State words of checklists and values in words: ``{% load checklists %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from sucharit.assessments.checklists.words import WORDS
from sucharit.assessments.engine import display
from sucharit.core.templatetags.ui import chip

register = template.Library()


@register.simple_tag
def cstate(what: str, value: Any) -> SafeString:
    """A state of a checklist as a chip with icon and word."""
    house, word = WORDS.get((what, str(value)), (str(value), ""))
    return chip(house, word)


@register.simple_tag
def cword(what: str, value: Any) -> str:
    """The word of a state alone."""
    return str(WORDS.get((what, str(value)), ("", value))[1])


@register.filter
def words(texts: Mapping[str, str] | None) -> str:
    """A text of an instrument in the page's language."""
    from sucharit.assessments.checklists import values

    return values.words(texts or {})


@register.filter
def shown(item: Any, value: Any) -> str:
    """A stored value of an item in words."""
    from sucharit.assessments.checklists import values

    return values.shown(item, value)


@register.filter
def get(mapping: Mapping[str, Any] | None, key: Any) -> Any:
    """An entry of a mapping; "" where there is none."""
    return (mapping or {}).get(str(key), "")


@register.filter
def title_of(view: Any, name: str) -> str:
    """The title a result's view knows for a name in its rules."""
    return str(view.title(name))


@register.filter
def figure(value: Any) -> str:
    """An exact figure with two places; a dash where there is none."""
    return display(value) or "–"


@register.filter
def agreement(difference: Any) -> str:
    """The share on which two stages agree, in percent."""
    return display(None if difference.agreement is None else difference.agreement * 100) or "–"
