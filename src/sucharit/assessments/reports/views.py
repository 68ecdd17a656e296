"""Reports of results as page, PDF and DOCX; the national file; answers of a closed round."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sucharit.assessments.engine.codebook import code_list, ddi
from sucharit.assessments.queries import results
from sucharit.assessments.reports import codebooks, files, memos, services
from sucharit.assessments.reports.group import GroupReport, group_report
from sucharit.assessments.reports.nation import nation
from sucharit.assessments.views.results import unit_or_404
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.exports import csv_response, disposition
from sucharit.core.memo import Memo, memo_docx
from sucharit.core.papers import DOCX
from sucharit.core.pdf import pdf_response
from sucharit.orgs.models import Unit


def _docx(filename: str, memo: Memo) -> HttpResponse:
    response = HttpResponse(memo_docx(memo), content_type=DOCX)
    response["Content-Disposition"] = disposition(filename)
    return response


@require_GET
def unit_memo(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """A unit's result as an official memo."""
    unit = unit_or_404(code)
    found = results.unit_year(request.user, unit, fiscal_year)
    if found is None:
        raise NotFoundInScope("No result of this unit that you may see.")
    services.note_export(
        actor=request.user, kind="memo", form="docx", fiscal_year=fiscal_year, unit=unit,
        rows=len(found.figures),
    )  # fmt: skip
    return _docx(f"ita-{fiscal_year}-{code}.docx", memos.unit_memo(found, unit, clock.today()))


def _report(request: HttpRequest, fiscal_year: int, code: str) -> GroupReport:
    """The report; of a unit nobody may see anything of it is not there."""
    unit = unit_or_404(code) if code else None
    found = group_report(request.user, unit, fiscal_year)
    if unit is not None and not found.group.standings:
        raise NotFoundInScope("No result that you may see.")
    return found


def _context(found: GroupReport) -> dict[str, Any]:
    return {
        "report": found,
        "unit": found.unit,
        "fiscal_year": found.fiscal_year,
        "sources": memos.sources(found.runs),
        "synthetic": found.group.synthetic,
    }


@require_GET
def report(request: HttpRequest, fiscal_year: int, code: str = "") -> HttpResponse:
    """The report of the ministry, or of a unit with all below it."""
    found = _report(request, fiscal_year, code)
    return render(request, "assessments/reports/report.html", _context(found))


def _file(request: HttpRequest, fiscal_year: int, code: str, form: str) -> GroupReport:
    found = _report(request, fiscal_year, code)
    if not found.group.standings:
        raise Refusal(
            _("Nothing has been announced for this year yet: there is nothing to report.")
        )
    services.note_export(
        actor=request.user, kind="report", form=form, fiscal_year=fiscal_year, unit=found.unit,
        rows=len(found.group.standings),
    )  # fmt: skip
    return found


def _name(fiscal_year: int, code: str, form: str) -> str:
    return f"ita-report-{fiscal_year}{'-' + code if code else ''}.{form}"


@require_GET
def report_pdf(request: HttpRequest, fiscal_year: int, code: str = "") -> HttpResponse:
    """The report as PDF."""
    found = _file(request, fiscal_year, code, "pdf")
    return pdf_response(
        _name(fiscal_year, code, "pdf"), "assessments/reports/report_pdf.html", _context(found)
    )


@require_GET
def report_docx(request: HttpRequest, fiscal_year: int, code: str = "") -> HttpResponse:
    """The report as an official memo."""
    found = _file(request, fiscal_year, code, "docx")
    office = found.unit or Unit.objects.filter(kind=Unit.Kind.MINISTRY).first()
    name = office.name_th if office else ""
    memo = memos.group_memo(found, name, name, clock.today())
    return _docx(_name(fiscal_year, code, "docx"), memo)


@require_GET
def nation_csv(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """Every unit of the year with every node and its status, as CSV."""
    found = nation(request.user, fiscal_year)
    _note_nation(request, fiscal_year, "csv", len(found.rows))
    lines = files.csv_lines(found.cells(guarded=True))
    return files.csv_answer(f"ita-{fiscal_year}-nation.csv", found.columns, lines)


@require_GET
def nation_parquet(request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
    """The same as Parquet."""
    found = nation(request.user, fiscal_year)
    _note_nation(request, fiscal_year, "parquet", len(found.rows))
    lines = files.csv_lines(found.cells(guarded=False))
    return files.parquet_answer(f"ita-{fiscal_year}-nation.parquet", found.columns, lines)


def _note_nation(request: HttpRequest, fiscal_year: int, form: str, rows: int) -> None:
    services.note_export(
        actor=request.user, kind="nation", form=form, fiscal_year=fiscal_year, unit=None, rows=rows
    )


@require_GET
def responses_csv(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """The answers of a closed round as CSV."""
    found = services.release_answers(
        actor=request.user, round_id=round_id, kind="responses", form="csv"
    )
    return files.csv_answer(f"responses-{round_id}.csv", found.columns, found.lines())


@require_GET
def responses_parquet(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """The same as Parquet."""
    found = services.release_answers(
        actor=request.user, round_id=round_id, kind="responses", form="parquet"
    )
    return files.parquet_answer(f"responses-{round_id}.parquet", found.columns, found.lines())


@require_GET
def codebook_xml(request: HttpRequest, round_id: int) -> HttpResponse:
    """The codebook of a closed round's answers as DDI Codebook 2.5."""
    found = services.release_answers(
        actor=request.user, round_id=round_id, kind="codebook", form="xml"
    )
    body = ddi(codebooks.codebook_of(found, clock.today()))
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = disposition(f"codebook-{round_id}.xml")
    return response


@require_GET
def codebook_csv(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """The same as a plain code list."""
    found = services.release_answers(
        actor=request.user, round_id=round_id, kind="codebook", form="csv"
    )
    head, *rows = code_list(codebooks.codebook_of(found, clock.today()))
    return csv_response(f"codebook-{round_id}.csv", head, rows)
