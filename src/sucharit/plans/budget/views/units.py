"""A unit's money in a year: by source and category against the targets, month by month, work beside money."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock, fiscal
from sucharit.core.errors import NotFoundInScope
from sucharit.desk.labels import unit_name
from sucharit.orgs.models import Unit
from sucharit.plans.budget import flows, queries, rules, standing, words
from sucharit.plans.budget.charts import months_chart, quadrant_chart
from sucharit.plans.models import Plan


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The budget of the unit and year chosen in the header."""
    work: Any = request.work  # type: ignore[attr-defined]
    if work.unit is None:
        raise NotFoundInScope(_("You have no role at a unit yet."))
    return redirect("plans:budget_unit", fiscal_year=work.fiscal_year, code=work.unit.code)


def _unit(request: HttpRequest, code: str) -> Unit:
    found = Unit.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit within your scope."))
    return found


def _frame(unit: Unit, fiscal_year: int, tab: str) -> dict[str, Any]:
    return {"unit": unit, "unit_name": unit_name(unit), "year": fiscal_year, "tab": tab}


@require_safe
@login_required
def unit(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Sums of the unit's subtree by source and by category, and the national targets."""
    found = _unit(request, code)
    lines = queries.lines_of(found, fiscal_year)
    by_source = queries.grouped(lines, "source")
    by_category = queries.grouped(lines, "category")
    total = queries.NOTHING
    for part in by_source.values():
        total = total.plus(part)
    list_url = f"{reverse('plans:budget_lines')}?fiscal_year={fiscal_year}"
    return render(
        request,
        "plans/budget/unit.html",
        {
            **_frame(found, fiscal_year, "unit"),
            "total": total,
            "groups": [
                (
                    _("By source"),
                    [
                        (words.SOURCES[k], v, f"{list_url}&source={k}")
                        for k, v in sorted(by_source.items())
                    ],
                ),
                (
                    _("By category"),
                    [
                        (words.CATEGORIES[k], v, f"{list_url}&category={k}")
                        for k, v in sorted(by_category.items())
                    ],
                ),
            ],
            "targets": [
                (row, words.TARGETS[row.target.kind])
                for row in standing.targets(found, fiscal_year)
            ],
            "list_url": list_url,
        },
    )


@require_safe
@login_required
def months(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Monthly report of what was paid."""
    found = _unit(request, code)
    today, period = clock.today(), fiscal.year(fiscal_year)
    past = 12 if today > period.end else fiscal.month_of(today) if today in period else 0
    total = queries.totals(found, fiscal_year)
    chart = (
        months_chart(flows.by_month(found, fiscal_year), total.allocated, past)
        if total.lines
        else None
    )
    return render(
        request, "plans/budget/months.html",
        {**_frame(found, fiscal_year, "months"), "total": total, "chart": chart},
    )  # fmt: skip


@require_safe
@login_required
def quadrant(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Work beside money: projects of the unit, or with ``?plan=`` activities of a plan."""
    found, today = _unit(request, code), clock.today()
    asked, plan = request.GET.get("plan", ""), None
    if asked:
        seen = Plan.objects.visible_to(request.user)  # type: ignore[arg-type]
        plan = seen.filter(pk=asked, fiscal_year=fiscal_year).first() if asked.isdigit() else None
        if plan is None:
            raise NotFoundInScope(_("There is no such plan within your scope."))
    rows = (
        standing.of_plan(plan, today)
        if plan
        else standing.of_unit(request.user, found, fiscal_year, today)
    )
    counts = {key: sum(row.placed.where == key for row in rows) for key in words.QUADRANTS}
    shown = rows[: standing.MOST]
    return render(
        request,
        "plans/budget/quadrant.html",
        {
            **_frame(found, fiscal_year, "quadrant"),
            "plan": plan,
            "rows": [(row, *words.QUADRANTS[row.placed.where]) for row in shown],
            "more": len(rows) - len(shown),
            "counts": [(counts[key], *words.QUADRANTS[key]) for key in words.QUADRANTS],
            "chart": quadrant_chart(shown) if shown else None,
            "rule": rules.watch(today),
        },
    )
