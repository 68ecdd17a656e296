"""The switch of unit and fiscal year: kept in the session, obeyed by every page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.orgs import scope
from sucharit.orgs.middleware import known_year
from sucharit.orgs.models import Unit
from sucharit.orgs.models.unit import UnitQuerySet

SHOWN = 60


def _back(request: HttpRequest, given: str) -> str:
    """Where to go after the switch: a page of ours, or the front page."""
    ours = url_has_allowed_host_and_scheme(
        given, {request.get_host()}, require_https=request.is_secure()
    )
    return given if ours and given.startswith("/") else "/"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """GET: choose among the units in scope. POST ``unit`` (code) and/or ``fiscal_year``: keep and go back."""
    if request.method == "POST":
        _keep(request)
        return redirect(_back(request, request.POST.get("next", "")))
    query = request.GET.get("q", "").replace("\x00", "").strip()
    found = _found(request, query)
    current = request.work.unit  # type: ignore[attr-defined]
    return render(
        request,
        "orgs/switch.html",
        {
            "q": query,
            "next": _back(request, request.GET.get("next", "")),
            "units": found[:SHOWN],
            "more": len(found) > SHOWN,
            "current": current,
            "above": _above(request, current),
        },
    )


def _keep(request: HttpRequest) -> None:
    year = request.POST.get("fiscal_year")
    if year:
        known = known_year(year, fiscal_year_be(clock.today()))
        if known is None:
            messages.error(request, _("There is no such fiscal year to choose."))
        else:
            request.session["fiscal_year"] = known
    code = request.POST.get("unit", "").replace("\x00", "")
    if code:
        unit = scope.get_or_404(Unit.objects.visible_to(request.user), code=code)
        request.session["unit"] = unit.code  # type: ignore[attr-defined]


def _found(request: HttpRequest, query: str) -> list[Unit]:
    """Units that match the words; without words those right below the active unit. One more than shown."""
    alive = Unit.objects.visible_to(request.user).alive(clock.today())
    if query:
        alive = alive.filter(
            Q(name_th__icontains=query)
            | Q(name_en__icontains=query)
            | Q(code__iexact=query)
            | Q(short_th=query)
        )
        return list(alive.by_name()[: SHOWN + 1])
    current = request.work.unit  # type: ignore[attr-defined]
    return [] if current is None else list(_below(alive, current).by_name()[: SHOWN + 1])


def _below(units: UnitQuerySet, unit: Unit) -> UnitQuerySet:
    return units.under(unit).filter(depth=unit.depth + 1)


def _above(request: HttpRequest, unit: Unit | None) -> list[Unit]:
    """The unit's superiors that are in scope, top first."""
    if unit is None:
        return []
    step = Unit.steplen
    paths = [unit.path[:end] for end in range(step, len(unit.path), step)]
    return list(Unit.objects.visible_to(request.user).filter(path__in=paths).order_by("path"))
