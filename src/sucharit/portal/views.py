"""The front page, the open data, and the few pages that say what this is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.core.exports import csv_response, json_response
from sucharit.portal import brief as briefs
from sucharit.portal import queries

FORMATS = {"csv": csv_response, "json": json_response}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Signed in: the active unit's scorecard. Signed out: what is announced, what Sucharit is."""
    if not request.user.is_authenticated:
        context = _announced(request)
        panels = queries.public_panels(context["year"])
        context |= {"panels": panels, "numbers": queries.numbers(panels)}
        return render(request, "portal/public.html", context)
    work = request.work  # type: ignore[attr-defined]
    panels = queries.panels(request.user, work.unit, work.fiscal_year) if work.unit else []
    numbers = queries.numbers(panels)
    return render(request, "portal/dashboard.html", {"panels": panels, "numbers": numbers})


@require_safe
@login_required
def brief(request: HttpRequest) -> HttpResponse:
    """One page for an executive: five numbers, what changed in a week, what is late. Prints on A4."""
    work = request.work  # type: ignore[attr-defined]
    found = None
    if work.unit is not None:
        found = briefs.brief(request.user, work.unit, work.fiscal_year, clock.today())
    return render(request, "portal/brief.html", {"brief": found, "unit": work.unit})


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every open table of a fiscal year, with its files."""
    return render(request, "portal/open_data.html", _announced(request))


@require_safe
def open_file(_request: HttpRequest, key: str, year: str, form: str) -> StreamingHttpResponse:
    """One open table of one fiscal year (BE) as CSV or JSON; no table of that name: 404."""
    table = queries.open_table(key)
    return FORMATS[form](f"{key}-{year}.{form}", table.columns, table.rows(int(year)))


def _announced(request: HttpRequest) -> dict[str, Any]:
    """The open tables of the fiscal year asked for, else of the most telling one up to now."""
    work = request.work  # type: ignore[attr-defined]
    announced = queries.years_announced(work.years[1:])  # the first is next year: plans only
    known = {str(y): y for y in announced}
    # Pages begin at the newest announced year; tables alone may be of another one.
    first = work.fiscal_year
    year = known.get(request.GET.get("year", "")) or (
        first if first in announced else queries.telling_year(announced, first)
    )
    return {"tables": queries.public_tables(year), "year": year, "years": list(announced)}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Sucharit is and what it is not."""
    return render(request, "portal/about.html")


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """How to use the pages: keyboard, screen reader, print, language, cookies."""
    return render(request, "portal/access.html")
