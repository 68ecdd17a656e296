"""Pieces of the planner for other pages: ``{% load planner %}`` gives planner_margin, planner_box and small filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse

from sucharit.assessments.engine import Edition
from sucharit.assessments.engine.planner import LevelGap, Plan
from sucharit.assessments.planner.margins import margin_words
from sucharit.assessments.planner.queries import Desk, margin_of
from sucharit.core.rounding import hundredths
from sucharit.orgs import scope

register = template.Library()


@register.inclusion_tag("assessments/planner/_margin.html")
def planner_margin(desk: Desk) -> dict[str, Any]:
    """Whether the sample can tell the total from the pass mark."""
    return margin_words(desk.margin, desk.edition.pass_mark)


@register.inclusion_tag("assessments/planner/_result_box.html", takes_context=True)
def planner_box(context: template.Context, result: Any, edition: Edition | None) -> dict[str, Any]:
    """For a result's page: the margin, and the ways to planner and comparison."""
    user = context["user"]
    margin = margin_of(result, edition) if edition else None
    may = scope.can(user, "assessments.view", result.unit) and bool(result.explanation)
    plan = reverse("assessments:planner", args=[result.fiscal_year, result.unit.code])
    return margin_words(margin, edition.pass_mark if edition else None) | {
        "plan_url": plan if may else "",
        "compare_url": reverse("assessments:planner_compare", args=[result.unit.code]),
    }


@dataclass(frozen=True)
class _Unmet:
    node: str
    reach: int | None
    wanted: int


@register.filter
def unmet(plan: Plan) -> list[_Unmet]:
    """What cannot be met, in hundredths."""
    return [
        _Unmet(u.node, None if u.reach is None else hundredths(u.reach), hundredths(u.wanted))
        for u in plan.unmet
    ]


@register.filter
def alone(gap: LevelGap) -> list[tuple[str, int | None]]:
    """How far one instrument alone would have to rise, in hundredths (rounded up: that much is needed)."""
    found: Mapping[str, Fraction | None] = gap.alone
    return [
        (code, None if points is None else -(-points * 100 // 1)) for code, points in found.items()
    ]


@register.filter
def plain(value: Fraction) -> str:
    """An assumed figure as a form field holds it."""
    return f"{float(value):.2f}"
