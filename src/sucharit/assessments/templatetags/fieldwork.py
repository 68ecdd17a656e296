"""How counts of answers are told: ``{% load fieldwork %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from sucharit.assessments.fieldwork.queries import figure

if TYPE_CHECKING:
    from sucharit.assessments.engine.fill import Fill

register = template.Library()


@register.filter
def answered(fill: Fill) -> str:
    """The count in words: "fewer than 5", "20 to 24", or the number itself."""
    return figure(fill)
