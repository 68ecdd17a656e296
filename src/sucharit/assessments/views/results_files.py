"""Results as files: CSV, XLSX, PDF. The same figures as the pages; each download of an account is a ledger row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from sucharit.assessments.queries import groups, results
from sucharit.assessments.views.results import group_units, sections_of, unit_or_404
from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import Hundredths, csv_response, xlsx_response
from sucharit.core.ledger import record
from sucharit.core.pdf import pdf_response
from sucharit.orgs.models import Unit

GROUP_COLUMNS = (
    "rank",
    "unit",
    "name_th",
    "kind",
    "total",
    "change",
    "level",
    "level_th",
    "IIT",
    "EIT",
    "OIT",
    "source",
    "synthetic",
)
UNIT_COLUMNS = (
    "fiscal_year",
    "unit",
    "node",
    "title_th",
    "title_en",
    "value",
    "status",
    "n",
    "change",
    "synthetic",
)


def _note(request: HttpRequest, fmt: str, fiscal_year: int, unit: Unit | None, rows: int) -> None:
    """One ledger row an export; the public's downloads of announced figures are not written down."""
    if request.user.is_authenticated:
        target = f"assessments.results:{fiscal_year}"
        record(
            actor=request.user,
            action="core.export",
            target=target,
            unit=unit,
            fiscal_year=fiscal_year,
            format=fmt,
            rows=rows,
        )


def _group_rows(group: groups.GroupYear) -> Iterator[tuple[Any, ...]]:
    for s in group.standings:
        r = s.result
        figures = [Hundredths(s.hundredths(i)) for i in results.INSTRUMENTS]
        yield (
            s.rank,
            s.unit.code,
            s.unit.name_th,
            s.unit.kind,
            Hundredths(r.total_hundredths),
            Hundredths(s.change),
            r.level,
            r.level_th,
            *figures,
            r.run.source,
            r.run.synthetic,
        )


def _group(request: HttpRequest, fiscal_year: int, fmt: str) -> groups.GroupYear:
    found = groups.group_year(request.user, group_units(request.GET.get("kind", "")), fiscal_year)
    _note(request, fmt, fiscal_year, None, len(found.standings))
    return found


@require_GET
def group_csv(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """Every unit's figures of a year as CSV."""
    return csv_response(
        f"ita-{fiscal_year}.csv", GROUP_COLUMNS, _group_rows(_group(request, fiscal_year, "csv"))
    )


@require_GET
def group_xlsx(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """Every unit's figures of a year as XLSX."""
    return xlsx_response(
        f"ita-{fiscal_year}.xlsx",
        f"ITA {fiscal_year}",
        GROUP_COLUMNS,
        _group_rows(_group(request, fiscal_year, "xlsx")),
    )


def _unit(request: HttpRequest, fiscal_year: int, code: str, fmt: str) -> results.UnitYear:
    found = results.unit_year(request.user, unit_or_404(code), fiscal_year)
    if found is None:
        raise NotFoundInScope("No result of this unit that you may see.")
    _note(request, fmt, fiscal_year, found.result.unit, len(found.figures))
    return found


def _unit_rows(found: results.UnitYear, code: str) -> Iterator[tuple[Any, ...]]:
    order = found.edition.nodes if found.edition else tuple(found.figures)
    for f in (found.figures[node] for node in order if node in found.figures):
        yield (
            found.result.fiscal_year,
            code,
            f.node,
            f.title_th,
            f.title_en,
            Hundredths(f.hundredths),
            f.status,
            f.n,
            Hundredths(f.change),
            found.result.run.synthetic,
        )


@require_GET
def unit_csv(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponseBase:
    """Every node of a unit as CSV."""
    return csv_response(
        f"ita-{fiscal_year}-{code}.csv",
        UNIT_COLUMNS,
        _unit_rows(_unit(request, fiscal_year, code, "csv"), code),
    )


@require_GET
def unit_xlsx(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponseBase:
    """Every node of a unit as XLSX."""
    return xlsx_response(
        f"ita-{fiscal_year}-{code}.xlsx",
        f"ITA {fiscal_year} {code}",
        UNIT_COLUMNS,
        _unit_rows(_unit(request, fiscal_year, code, "xlsx"), code),
    )


@require_GET
def unit_pdf(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """A unit's result as a PDF report."""
    found = _unit(request, fiscal_year, code, "pdf")
    assert found.result.unit is not None  # asked by its code
    context = {
        "unit": found.result.unit,
        "fiscal_year": fiscal_year,
        "found": found,
        "sections": sections_of(found),
        "marks": results.history(request.user, found.result.unit),
    }
    return pdf_response(
        f"ita-{fiscal_year}-{code}.pdf", "assessments/results/report_pdf.html", context
    )
