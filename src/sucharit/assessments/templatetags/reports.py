"""Small filters of reports: ``{% load reports %}`` gives signed."""

from __future__ import annotations

from django import template

from sucharit.assessments.reports.memos import signed as with_sign

register = template.Library()


@register.filter
def signed(value: int | None) -> str:
    """A change in hundredths with its sign: 120 → "+1.20", None → "–"."""
    return with_sign(value)
