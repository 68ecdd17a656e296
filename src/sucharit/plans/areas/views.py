"""The country by province, and one area: a province, a district or a subdistrict."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.ledger import record
from sucharit.core.registry import registry
from sucharit.desk.services.actions import EDIT
from sucharit.orgs import scope
from sucharit.orgs.middleware import known_year
from sucharit.plans.areas import data, drawing, files, queries, services, words
from sucharit.plans.areas.forms import GapForm

UNIT_KIND = "orgs.unit"  # of registry.referring: committees and resolutions of the area
ACTIVITY = "plans.activity"


def asked_year(request: HttpRequest) -> int:
    """The fiscal year asked for by ?year=, else that of the work context."""
    this_year = fiscal_year_be(clock.today())
    work = getattr(request, "work", None)
    found = known_year(request.GET.get("year"), this_year)
    return found or (work.fiscal_year if work else this_year)


@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """Every province with the same figures, as map and table."""
    year = asked_year(request)
    figure = request.GET.get("figure", "")
    figure = figure if figure in words.FIGURES else "reported"
    found = queries.national(request.user, year)
    context: dict[str, Any] = {
        "fiscal_year": year,
        "figure": figure,
        "figures": words.FIGURES,
        "figure_title": words.FIGURES[figure],
        "found": found,
        "rows": [(p, p.figure(figure), p.step(figure)) for p in found.rows],
        "any_mine": any(p.mine for p in found.rows),
        "forms": files.FORMS,
        "synthetic": found.synthetic,
        **drawing.map_of(found.rows, figure, year),
    }
    return render(request, "plans/areas/national.html", context)


@require_safe
def provinces_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table of provinces as a file; an account's download is one ledger row."""
    _form_or_404(form)
    year = asked_year(request)
    found = queries.national(request.user, year)
    if request.user.is_authenticated:
        _note(request, "provinces", None, year, form, len(found.rows))
    return files.file_response(
        form, f"provinces-{year}", files.PROVINCES, files.province_rows(found.rows, year)
    )


@require_safe
@login_required
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Everything agencies do in an area, and what is missing."""
    found = queries.area_or_404(request.user, code)
    year = asked_year(request)
    page = queries.area_page(request.user, found, year)
    context = {
        "page": page,
        "area": found,
        "fiscal_year": year,
        "years": request.work.years[:6],  # type: ignore[attr-defined]
        "may_edit": scope.can(request.user, EDIT, found),
        "may_export": _exports(request, found),
        "referring": registry.referring(request.user, UNIT_KIND, found.code),
        "showing": data.showing(),
        "activities_shown": page.progress.expected <= data.showing().activities_shown,
        "forms": files.FORMS,
        "synthetic": page.synthetic,
    }
    return render(request, "plans/areas/area.html", context)


@require_safe
@login_required
def projects_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The projects of an area as a file."""
    found = queries.area_or_404(request.user, code)
    _form_or_404(form)
    if not _exports(request, found):
        raise Forbidden(_("Your role does not include exports."))
    year = asked_year(request)
    page = queries.area_page(request.user, found, year)
    _note(request, "projects", found, year, form, len(page.rows))
    return files.file_response(form, f"{code}-{year}", files.PROJECTS, files.project_rows(page))


@require_POST
@login_required
def gap_action(request: HttpRequest, code: str) -> HttpResponse:
    """Open an action item for a gap; with ``then=activity`` go on to making an activity of it."""
    found = queries.area_or_404(request.user, code)
    scope.require(request.user, EDIT, found)
    year = asked_year(request)
    back = redirect(f"{reverse('plans:area', args=[code])}?year={year}#gaps")
    form = GapForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the day like 31/3/2567, or leave it empty."))
        return back
    try:
        item = services.open_gap_action(
            actor=request.user, area=found, fiscal_year=year, gap=form.cleaned_data["gap"],
            due_on=form.cleaned_data["due_on"],
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return back
    messages.success(request, _("The action item was opened."))
    if request.POST.get("then") == "activity":
        offers = registry.offered(request.user, "desk.action", str(item.pk))
        wanted = next((link.url for link in offers if link.kind == ACTIVITY), "")
        if wanted:
            return redirect(wanted)
        messages.info(request, _("Make the activity from the page of the action item."))
    return redirect("desk:action", pk=item.pk)


def _form_or_404(form: str) -> None:
    if form not in files.FORMS:
        raise NotFoundInScope(_("There is no such file."))


def _exports(request: HttpRequest, unit: Any) -> bool:
    return scope.can(request.user, "export", unit)


def _note(request: HttpRequest, what: str, unit: Any, year: int, form: str, rows: int) -> None:
    record(
        actor=request.user, action="core.export", target=f"plans.areas:{what}", unit=unit,
        fiscal_year=year, format=form, rows=rows,
    )  # fmt: skip
