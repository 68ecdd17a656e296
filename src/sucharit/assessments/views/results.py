"""Result pages: the ministry's year, a unit's year, and "why?" for each figure. Announced results are public."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sucharit.assessments import doors
from sucharit.assessments.queries import charts, groups, results
from sucharit.assessments.queries.behind import behind
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import labels
from sucharit.orgs.models import Unit

PAGE = 50


def unit_or_404(code: str) -> Unit:
    """The unit of that code; names of units are public, results are not."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFoundInScope("No such unit.")
    return found


def group_units(kind: str) -> QuerySet[Unit]:
    """Units of a kind ("" = every kind that takes part in the ministry's round)."""
    return (
        Unit.objects.filter(kind=kind)
        if kind in Unit.Kind.values
        else Unit.objects.exclude(kind=Unit.Kind.MINISTRY)
    )


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The year of the work context when it has results, else the newest that has."""
    years = results.years_with_results(request.user)
    work = getattr(request, "work", None)
    if not years:
        return render(
            request,
            "assessments/results/nothing.html",
            {"fiscal_year": work.fiscal_year if work else None},
        )
    year = work.fiscal_year if work and work.fiscal_year in years else years[0]
    return redirect("assessments:results", fiscal_year=year)


@require_GET
def group(request: HttpRequest, fiscal_year: int) -> HttpResponse:
    """The ministry's year: means, pass share, levels, and every unit with its figures."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in labels.KINDS else ""
    years = results.years_with_results(request.user)
    found = groups.group_year(request.user, group_units(kind), fiscal_year)
    context: dict[str, Any] = {
        "fiscal_year": fiscal_year,
        "years": years,
        "kind": kind,
        "kinds": [(k, labels.kind(k)) for k in labels.KINDS if k != Unit.Kind.MINISTRY],
        "group": found,
        "mean_total": found.means.get("total"),
        "instrument_means": [(i, found.means.get(i)) for i in results.INSTRUMENTS],
        **page_of(request, found),
        "levels_chart": charts.levels(found),
        "history_chart": charts.history(results.group_history("moi"), "moi-history"),
        "nation_chart": charts.history(results.group_history("nation"), "nation-history"),
        "synthetic": found.synthetic,
    }
    return render(request, "assessments/results/group.html", context)


@require_GET
def unit(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """A unit's year: its own result, and the standing of the units below it."""
    found_unit = unit_or_404(code)
    found = results.unit_year(request.user, found_unit, fiscal_year)
    marks = results.history(request.user, found_unit)
    below = groups.group_year(request.user, units_below(found_unit), fiscal_year)
    if found is None and not marks and not below.standings:
        raise NotFoundInScope("No result of this unit that you may see.")
    context: dict[str, Any] = {
        "unit": found_unit,
        "fiscal_year": fiscal_year,
        "found": found,
        "years": sorted({m.fiscal_year for m in marks}, reverse=True),
        "marks": marks,
        "history_chart": charts.history(marks, "unit-history") if len(marks) > 1 else None,
        "synthetic": below.synthetic or bool(found and found.result.run.synthetic),
        "group": below,
        "kind": "",
        "mean_total": below.means.get("total"),
        **page_of(request, below),
        "doors": doors.through(doors.RESULT, request.user, found_unit, fiscal_year),
    }
    if found:
        context |= {
            "indicators_chart": charts.indicators(found),
            "sections": sections_of(found),
            "total": found.figures.get("total"),
        }
    return render(request, "assessments/results/unit.html", context)


def units_below(parent: Unit) -> QuerySet[Unit]:
    """Everything under a unit; a district's results count for its province, too."""
    return Unit.objects.under(parent).exclude(pk=parent.pk)


def page_of(request: HttpRequest, group: groups.GroupYear) -> dict[str, Any]:
    """One page of the table of many units, narrowed by ``?q=`` (a part of the name)."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    standings = group.standings
    if asked:
        named = Unit.objects.filter(Q(name_th__icontains=asked) | Q(name_en__icontains=asked))
        standings = standings.only(named.values_list("pk", flat=True))
    page = Paginator(standings, PAGE).get_page(request.GET.get("page"))
    rows = [
        {"standing": s, "instruments": [(i, s.hundredths(i)) for i in results.INSTRUMENTS]}
        for s in page.object_list
    ]
    query = request.GET.copy()
    query.pop("page", None)
    return {"rows": rows, "page": page, "q": asked, "query": query.urlencode()}


def sections_of(found: results.UnitYear) -> list[dict[str, Any]]:
    """Instruments with their indicators, sub-indicators and items, in the framework's order."""
    if found.edition is None:
        return []
    sections = []
    for instrument in found.edition.children("total"):
        figure = found.figures.get(instrument)
        if figure is not None:
            sections.append({"figure": figure, "rows": _rows(found, instrument, 0)})
    return sections


def _rows(found: results.UnitYear, parent: str, depth: int) -> list[tuple[int, results.Figure]]:
    rows: list[tuple[int, results.Figure]] = []
    for figure in found.group(parent):
        rows.append((depth, figure))
        rows.extend(_rows(found, figure.node, depth + 1))
    return rows


@require_GET
def why(request: HttpRequest, fiscal_year: int, code: str, node: str) -> HttpResponse:
    """How one figure came about, down to what it was computed from."""
    found_unit = unit_or_404(code)
    result = results.best_result(request.user, found_unit, fiscal_year)
    opened = results.explanation(result, node) if result else None
    if result is None or opened is None:
        raise NotFoundInScope("No such figure that you may see.")
    tree, trail = opened
    context: dict[str, Any] = {
        "unit": found_unit,
        "fiscal_year": fiscal_year,
        "result": result,
        "tree": tree,
        "trail": trail,
        "synthetic": result.run.synthetic,
        "rank": results.band_rank(result, results.edition_of(result)),
        "behind": behind(request.user, result, node),
    }
    return render(request, "assessments/results/why.html", context)
