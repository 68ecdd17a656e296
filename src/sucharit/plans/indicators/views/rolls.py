"""Every indicator of a unit and of everything below it, with files of it; the unit's own figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sucharit.core import clock, fiscal
from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import csv_response, xlsx_response
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.indicators import duties, exports, iati, queries, rolled, services, words
from sucharit.plans.indicators.services.base import EDIT
from sucharit.plans.indicators.views.shared import own_unit

FORMS = {"csv", "xlsx", "json"}


@require_safe
@login_required
def unit(request: HttpRequest, code: str, fiscal_year: int) -> HttpResponse:
    """The unit's own figures: what is there, what is due, what the colour says."""
    found = own_unit(request, code)
    rows = queries.unit_rows(request.user, found, fiscal_year)
    context = {
        "unit": found,
        "fiscal_year": fiscal_year,
        "rows": rows,
        "due": duties.owed(request.user, found, fiscal_year, clock.today()),
        "below": found.numchild > 0,
        "counts": fiscal.fiscal_year_be(clock.today()) == fiscal_year
        and scope.can(request.user, EDIT, found)
        and any(row.indicator.measured_by for row in rows),
    }
    return render(request, "plans/indicators/unit.html", context)


@require_POST
@login_required
def count(request: HttpRequest, code: str, fiscal_year: int) -> HttpResponse:
    """Count the figures the platform counts itself, as they stand today."""
    found = own_unit(request, code)
    made = services.pull_measures(
        actor=request.user, unit=found, fiscal_year=fiscal_year, until=clock.today()
    )
    if made:
        messages.success(request, _("%(n)s figures were counted anew.") % {"n": len(made)})
    else:
        messages.info(request, _("Nothing has changed since the last count."))
    return redirect("plans:indicators_unit", code=code, fiscal_year=fiscal_year)


@require_safe
@login_required
def roll(request: HttpRequest, code: str, fiscal_year: int) -> HttpResponse:
    """Every indicator over the unit's subtree; ``?with=submitted`` also what is not verified; ``?of=`` opens one."""
    found = own_unit(request, code)
    status = rolled.SUBMITTED if request.GET.get("with") == "submitted" else rolled.OFFICIAL
    tree = rolled.roll_tree(request.user, found, fiscal_year, status=status)
    rows = rolled.rows_at(tree, found)
    context = {
        "unit": found,
        "fiscal_year": fiscal_year,
        "rows": rows,
        "submitted": status == rolled.SUBMITTED,
        "opened": _opened(request, tree, found),
        "reported": sum(r.rolled.reported for r in rows),
        "expected": sum(r.rolled.expected for r in rows),
    }
    return render(request, "plans/indicators/roll.html", context)


@require_safe
@login_required
def files(request: HttpRequest, code: str, fiscal_year: int, form: str) -> HttpResponseBase:
    """The roll-up as CSV or XLSX, or the unit's results in the shape of IATI as JSON."""
    found = own_unit(request, code, "export")
    if form not in FORMS:
        raise NotFoundInScope(_("There is no such file."))
    name = f"indicators-{code}-{fiscal_year}"
    response: Any
    if form == "json":
        document = iati.results(request.user, found, fiscal_year)
        count = len(document["results"])
        response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    else:
        tree = rolled.roll_tree(request.user, found, fiscal_year)
        rows = [exports.line(found, r) for r in rolled.rows_at(tree, found)]
        columns, count = exports.columns(), len(rows)
        response = (
            csv_response(f"{name}.csv", columns, rows)
            if form == "csv"
            else xlsx_response(f"{name}.xlsx", _("Indicators"), columns, rows)
        )
    record(
        actor=request.user, action="core.export", target=f"plans.indicators:{code}:{fiscal_year}",
        unit=found, fiscal_year=fiscal_year, format=form, rows=count,
    )  # fmt: skip
    return response


def _opened(request: HttpRequest, tree: rolled.Tree, unit: Unit) -> dict[str, Any] | None:
    """The units directly below with the asked indicator's figures, and the rows it rests on."""
    asked = request.GET.get("of", "")
    numbers = {str(i.pk): n for n, i in enumerate(tree.indicators)}
    if asked not in numbers:
        return None
    number = numbers[asked]
    children = Unit.objects.get_children(unit).order_by("sort_key", "code")
    rows = []
    for child in children:
        part = tree.rolled(number, child.pk)
        if part.expected or part.apart_expected:
            rows.append((child, part))
    return {
        "indicator": tree.indicators[number],
        "rows": rows,
        "own": tree.indicators[number].actuals.filter(
            unit=unit, fiscal_year=tree.fiscal_year, official=True
        ).exists(),
        "whole": tree.rolled(number, unit.pk),
        "title": words.name(tree.indicators[number]),
    }  # fmt: skip
