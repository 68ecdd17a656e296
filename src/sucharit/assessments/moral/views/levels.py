"""The year's levels, and a unit's page. What was announced is public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sucharit.assessments.engine.moral import Change
from sucharit.assessments.moral import data, queries
from sucharit.assessments.moral.charts import COLUMNS, csv_rows, level_name, pyramid_chart
from sucharit.assessments.moral.sheet import sheet
from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import Hundredths, csv_response
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

PAGE = 50
UNIT_COLUMNS = (
    "unit", "name_th", "kind", "instrument", "level", "level_th", "last_level", "change", "points",
    "announced", "verified", "synthetic",
)  # fmt: skip


def unit_or_404(code: str) -> Unit:
    """The unit of that code; names of units are public, their levels only when announced."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit."))
    return found


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The year of the work context where it has levels, else the newest that has."""
    years = queries.years(request.user)
    work = getattr(request, "work", None)
    if not years:
        return render(request, "assessments/moral/nothing.html", {})
    year = work.fiscal_year if work and work.fiscal_year in years else years[0]
    return redirect("assessments:moral_year", fiscal_year=year)


@require_GET
def year(request: HttpRequest, fiscal_year: int) -> HttpResponse:
    """Pyramid by level, list of units, changes: of the unit in view and everything below it."""
    code, under = _code(request), _in_view(request)
    found = queries.overview(request.user, fiscal_year, code, under)
    context: dict[str, Any] = {
        "fiscal_year": fiscal_year,
        "years": queries.years(request.user),
        "under": under,
        "whole": request.GET.get("whole") == "yes",
        **_listed(request, found, under),
    }
    return render(request, "assessments/moral/year.html", context)


@require_GET
def year_csv(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """The units of the page as CSV; an account's download is one ledger row."""
    found = queries.overview(request.user, fiscal_year, _code(request), _asked_unit(request))
    _note(request, fiscal_year, "levels", len(found.standings))
    rows = (
        (
            s.unit.code, s.unit.name_th, s.unit.kind, s.code, s.level,
            found.titles.get(s.level, {}).get("th", "") if s.level is not None else "", s.last,
            s.change.value, Hundredths(s.hundredths), s.announced, found.verified, s.campaign.synthetic,
        )
        for s in found.standings
    )  # fmt: skip
    return csv_response(f"moral-{fiscal_year}-{found.code}.csv", UNIT_COLUMNS, rows)


@require_GET
def pyramid_csv(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """Counts and shares by level as CSV."""
    found = queries.overview(request.user, fiscal_year, _code(request), _asked_unit(request))
    _note(request, fiscal_year, "pyramid", len(found.pyramid.counts))
    return csv_response(f"moral-pyramid-{fiscal_year}-{found.code}.csv", COLUMNS, csv_rows(found))


@require_GET
def unit(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """A unit's own levels with the way to the next one, and the pyramid of what lies below it."""
    found_unit = unit_or_404(code)
    standings = queries.standings_of_unit(request.user, found_unit, fiscal_year)
    chosen = _code(request, default=_first_below(found_unit, fiscal_year))
    below = queries.overview(request.user, fiscal_year, chosen, found_unit, within=False)
    mine = scope.can(request.user, "assessments.view", found_unit)
    if not mine and not below.standings and not any(s.announced for s in standings):
        raise NotFoundInScope(_("There is no moral level of this unit that you may see."))
    sheets = [s for s in (sheet(request.user, one) for one in standings) if s is not None]
    context: dict[str, Any] = {
        "unit": found_unit,
        "fiscal_year": fiscal_year,
        "years": queries.years(request.user),
        "standings": standings,
        "sheets": sheets,
        "mine": mine,
        "has_below": bool(below.standings) or found_unit.numchild > 0,
        **_listed(request, below, found_unit),
    }
    return render(request, "assessments/moral/unit.html", context)


def _listed(request: HttpRequest, found: queries.Overview, under: Unit | None) -> dict[str, Any]:
    """The pyramid, and one page of its units narrowed by ?q= (name), ?level= and ?change=."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    level, moved = request.GET.get("level", ""), request.GET.get("change", "")
    rows = [
        s
        for s in found.standings
        if (not asked or asked.lower() in f"{s.unit.name_th} {s.unit.name_en}".lower())
        and (level not in {"0", "1", "2", "3"} or s.level == int(level))
        and (moved not in set(Change) or s.change == moved)
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "found": found,
        "code": found.code,
        "tabs": list(data.TITLES.items()),
        "chart": pyramid_chart(found),
        "csv_url": _files(
            reverse("assessments:moral_pyramid", args=[found.fiscal_year]), found, under
        ),
        "levels": [(c.level, level_name(found, c.level)) for c in found.pyramid.counts],
        "changes": [(k, n) for k, n in found.changes.items() if n],
        "page": page,
        "q": asked,
        "level": level,
        "change": moved,
        "narrowed": bool(asked or level or moved),
        "query": query.urlencode(),
    }


def _files(address: str, found: queries.Overview, under: Unit | None) -> str:
    """The address of a file about the page's figures."""
    asked = {"of": found.code} | ({"under": under.code} if under else {})
    return f"{address}?{urlencode(asked)}"


def _code(request: HttpRequest, default: str = data.ORGANISATION) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in data.CODES else default


def _first_below(unit: Unit, fiscal_year: int) -> str:
    """The first instrument that units below a unit took part in."""
    rows = queries.units_in(fiscal_year, data.CODES, unit).exclude(unit=unit)
    there = set(rows.order_by().values_list("campaign__framework__code", flat=True).distinct())
    return next((c for c in data.CODES if c in there), data.ORGANISATION)


def _in_view(request: HttpRequest) -> Unit | None:
    """The unit of the header when it has units below it; None: everything (or ?whole=yes)."""
    work = getattr(request, "work", None)
    found = work.unit if work and request.GET.get("whole") != "yes" else None
    return found if found is not None and found.numchild and found.depth > 1 else None


def _asked_unit(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("under", "")
    return unit_or_404(asked) if asked else None


def _note(request: HttpRequest, fiscal_year: int, what: str, rows: int) -> None:
    if request.user.is_authenticated:
        record(
            actor=request.user, action="core.export", target=f"assessments.moral:{what}:{fiscal_year}",
            unit=None, fiscal_year=fiscal_year, format="csv", rows=rows,
        )  # fmt: skip
