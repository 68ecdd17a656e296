"""One indicator: its record, a new sheet, a new version, its end, a unit's target."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.registry import registry
from sucharit.orgs import scope
from sucharit.orgs.middleware import known_year
from sucharit.orgs.models import Unit
from sucharit.plans.indicators import queries, services
from sucharit.plans.indicators.forms import SheetForm, TargetForm, WhyForm
from sucharit.plans.indicators.services.sheets import FIELDS
from sucharit.plans.indicators.sheet import sheet_of
from sucharit.plans.indicators.views.shared import (
    attempt,
    indicator_or_404,
    own_unit,
    unit_or_404,
)
from sucharit.plans.models import Indicator, Target

EDIT = "plans.edit"


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Reference sheet, targets and figures of a unit (?unit=, ?year=), chart, and why a figure is what it is."""
    found = indicator_or_404(request, pk)
    unit, year = _unit(request, found), _year(request)
    sheet = sheet_of(request.user, found, unit, year)
    versions = Indicator.objects.filter(code=found.code).order_by("-version")
    context = {
        "indicator": found,
        "unit": unit,
        "fiscal_year": year,
        "sheet": sheet,
        "versions": versions,
        "edits": scope.can(request.user, EDIT, found.owner_unit) and found.retired_at is None,
        "enters": scope.can(request.user, EDIT, unit) and found.retired_at is None,
        "approves": scope.can(request.user, "plans.approve", unit),
        "backlinks": registry.referring(request.user, "plans.indicator", str(pk)),
        "offers": registry.offered(request.user, "plans.indicator", str(pk)),
        "explained": [
            (name, value) for name, value in sheet.row.attainment.parts if value is not None
        ],
    }
    return render(request, "plans/indicators/record.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a reference sheet for the unit of the header."""
    unit = _editing_unit(request)
    form = SheetForm(request.POST or None, units=_reviewers(unit))
    made: list[Indicator] = []
    if request.method == "POST" and form.is_valid():

        def do() -> None:
            made.append(
                services.create_indicator(
                    actor=request.user, owner_unit=unit, code=form.cleaned_data["code"], values=form.values(),
                )
            )  # fmt: skip

        if attempt(request, do, form=form, done=_("The indicator was saved.")):
            return redirect("plans:indicator", pk=made[0].pk)
    return render(request, "plans/indicators/form.html", {"form": form, "unit": unit, "of": None})


@login_required
@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a sheet."""
    found = indicator_or_404(request, pk)
    scope.require(request.user, EDIT, found.owner_unit)
    now: dict[str, Any] = {name: getattr(found, name) for name in FIELDS}
    now["reviewer_unit"] = found.reviewer_unit.code if found.reviewer_unit else None
    units = _reviewers(found.owner_unit)
    form = SheetForm(request.POST or None, units=units, of=found, initial=now)
    made: list[Indicator] = []
    if request.method == "POST" and form.is_valid():

        def do() -> None:
            made.append(
                services.new_version(
                    actor=request.user, indicator=found, values=form.values(),
                    change_note=form.cleaned_data["change_note"],
                )
            )  # fmt: skip

        if attempt(request, do, form=form, done=_("The new version is in use.")):
            return redirect("plans:indicator", pk=made[0].pk)
    context = {"form": form, "unit": found.owner_unit, "of": found}
    return render(request, "plans/indicators/form.html", context)


@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """End an indicator, with a reason."""
    found = indicator_or_404(request, pk)
    scope.require(request.user, EDIT, found.owner_unit)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    attempt(
        request,
        lambda: services.retire_indicator(actor=request.user, indicator=found, why=why),
        done=_("The indicator is no longer used."),
    )
    return redirect("plans:indicator", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: int, code: str, fiscal_year: int) -> HttpResponse:
    """A unit's target and baseline of a year; who may, approves it."""
    found, unit = indicator_or_404(request, pk), own_unit(request, code, EDIT)
    before = queries.yearly_targets(unit, fiscal_year).get(found.pk)
    initial = {"value": before.value_e4, "upper": before.upper_e4} if before else {}
    form = TargetForm(request.POST or None, indicator=found, initial=initial)
    back = f"{reverse('plans:indicator', args=[pk])}?unit={code}&year={fiscal_year}"
    if request.POST.get("go") == "approve" and before is not None:
        which = before
        attempt(
            request,
            lambda: services.approve_target(actor=request.user, target=which),
            done=_("The target is approved."),
        )
        return redirect(back)
    if request.method == "POST" and form.is_valid():

        def do() -> None:
            _save_target(request, found, unit, fiscal_year, form.cleaned_data)

        if attempt(request, do, form=form, done=_("The target was saved.")):
            return redirect(back)
    context = {
        "indicator": found, "unit": unit, "fiscal_year": fiscal_year, "form": form, "before": before,
        "back": back, "approves": scope.can(request.user, "plans.approve", unit),
    }  # fmt: skip
    return render(request, "plans/indicators/target.html", context)


def _save_target(
    request: HttpRequest, found: Indicator, unit: Unit, year: int, data: dict[str, Any]
) -> None:
    services.set_target(
        actor=request.user, indicator=found, unit=unit, fiscal_year=year, value_e4=data["value"],
        upper_e4=data.get("upper"), rationale=data["rationale"],
    )  # fmt: skip
    if data["baseline"] is not None:
        services.set_baseline(
            actor=request.user, indicator=found, unit=unit, fiscal_year=year - 1, value_e4=data["baseline"]
        )  # fmt: skip


def _unit(request: HttpRequest, found: Indicator) -> Unit:
    """The unit asked for, else the one of the header, else the owner."""
    asked = request.GET.get("unit", "")
    if asked:
        unit = unit_or_404(asked)
        if not found.public and not scope.can(request.user, "view", unit):
            raise NotFoundInScope(_("There is no such unit."))
        return unit
    work: Any = getattr(request, "work", None)
    mine = work.unit if work else None
    if mine is not None and Target.objects.filter(indicator=found, unit=mine).exists():
        return mine
    if found.actuals.filter(unit=found.owner_unit).exists() or mine is None:
        return found.owner_unit
    return mine


def _year(request: HttpRequest) -> int:
    this = fiscal_year_be(clock.today())
    work: Any = getattr(request, "work", None)
    asked = known_year(request.GET.get("year"), this)
    return asked or (work.fiscal_year if work else this)


def _editing_unit(request: HttpRequest) -> Unit:
    work: Any = getattr(request, "work", None)
    unit = work.unit if work else None
    if unit is None or not scope.can(request.user, EDIT, unit):
        raise Forbidden(_("Your role does not include writing indicators for this unit."))
    return unit


def _reviewers(unit: Unit) -> Any:
    """The unit and those above it: who may verify its figures."""
    ways = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    return Unit.objects.filter(path__in=ways)
