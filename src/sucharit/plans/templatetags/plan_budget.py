"""``{% load plan_budget %}``: the money block of a plan, project or activity, and figures in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse

from sucharit.core import rounding
from sucharit.orgs import scope
from sucharit.plans.budget import queries
from sucharit.plans.budget.services import SPEND
from sucharit.plans.engine.quadrant import cost_per_head
from sucharit.plans.models import BudgetLine

register = template.Library()


@register.filter
def percent(value: Fraction | None) -> str:
    """An exact percentage as shown, half up: 12.35 %; None gives an empty text (say why beside it)."""
    return "" if value is None else f"{rounding.hundredths_text(rounding.hundredths(value))} %"


@register.filter
def satang(value: Fraction | None) -> int | None:
    """Exact satang rounded half up to whole ones, to be shown as baht."""
    return None if value is None else rounding.half_up(value)


@register.inclusion_tag("plans/budget/_money.html", takes_context=True)
def budget_of(
    context: template.Context, plan: Any = None, project: Any = None, activity: Any = None
) -> dict[str, Any]:
    """``{% budget_of plan=p %}``, ``project=``, ``activity=``: sums, percentages, cost per head, links.

    Over the whole life of the thing, carried-over money once. One query; the lines are those of the plan, whoever
    spends them.
    """
    key, thing = next(
        (name, value)
        for name, value in (("activity", activity), ("project", project), ("plan", plan))
        if value is not None
    )
    path = "project__plan" if key == "plan" else key
    totals = queries.total(BudgetLine.objects.filter(**{path: thing}), whole_life=True)
    user = context["request"].user
    heads = getattr(thing, "heads_attended", None)
    lines = reverse("plans:budget_lines")
    return {
        "totals": totals,
        "key": key,
        "lines_url": f"{lines}?{key}={thing.pk}",
        "new_url": _new_url(user, key, thing),
        "per_head": satang(cost_per_head(totals.disbursed, heads)),
        "with_heads": key == "activity",
        "quadrant_url": _quadrant_url(key, thing),
    }


def _new_url(user: Any, key: str, thing: Any) -> str:
    """Where a line is added; empty where the reader may not spend or a plan is shown."""
    if key == "plan" or not scope.can_somewhere(user, SPEND):
        return ""
    project = thing if key == "project" else thing.project
    if project.state == "cancelled":
        return ""
    more = f"&activity={thing.pk}" if key == "activity" else ""
    return f"{reverse('plans:budget_line_new')}?project={project.pk}{more}"


def _quadrant_url(key: str, thing: Any) -> str:
    if key != "plan":
        return ""
    address = reverse("plans:budget_quadrant", args=[thing.fiscal_year, thing.owner.code])
    return f"{address}?plan={thing.pk}"
