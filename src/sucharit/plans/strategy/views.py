"""The ladder of strategies and one goal. The nation's plans are public."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.registry import registry
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.indicators import queries as indicators
from sucharit.plans.models import Goal, Target
from sucharit.plans.strategy import queries


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The tree of plans in force in the year; ``?all=yes``: every version."""
    every = request.GET.get("all") == "yes"
    year = _year(request)
    rungs = queries.ladder(request.user, None if every else year)
    context = {"rungs": rungs, "every": every, "fiscal_year": year}
    return render(request, "plans/strategy/ladder.html", context)


@require_safe
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal: its indicators with targets by year, and the projects that contribute."""
    seen = queries.visible(request.user).order_by().values("pk")
    found = scope.get_or_404(
        Goal.objects.filter(strategy__in=seen).select_related("strategy__parent"), pk=pk
    )
    assert isinstance(found, Goal)
    sheets, aligned, others = queries.goal_page(request.user, found)
    root: Unit | None = Unit.objects.filter(depth=1).order_by("path").first()
    targets = Target.objects.filter(
        indicator__in=sheets, unit=root, period="year", superseded=False
    )
    by_indicator: dict[int, list[Target]] = {}
    for target in targets.order_by("fiscal_year"):
        by_indicator.setdefault(target.indicator_id, []).append(target)
    year = _year(request)
    rows = indicators.unit_rows(request.user, root, year) if root else []
    now = {row.indicator.pk: row for row in rows}
    context = {
        "goal": found,
        "fiscal_year": year,
        "root": root,
        "sheets": [(i, by_indicator.get(i.pk, []), now.get(i.pk)) for i in sheets],
        "aligned": aligned,  # all within the reader's scope: no link needs to be asked for
        "others": others,
        "backlinks": registry.referring(request.user, "plans.goal", str(pk)),
        "ladder": reverse("plans:strategies"),
    }
    return render(request, "plans/strategy/goal.html", context)


def _year(request: HttpRequest) -> int:
    work: Any = getattr(request, "work", None)
    return int(work.fiscal_year) if work else fiscal_year_be(clock.today())
