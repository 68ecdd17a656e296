"""Plan reports as page, PDF, DOCX and XLSX; the published page for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.exports import book_response, disposition
from sucharit.core.ledger import record
from sucharit.core.papers import DOCX, paper_docx, paper_pdf
from sucharit.core.pdf import pdf_available
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.models import PublishedReport
from sucharit.plans.reports import pages, queries, services
from sucharit.plans.reports.papers import report_paper
from sucharit.plans.reports.shapes import Document, from_json
from sucharit.plans.reports.sheets import sheets


class WithdrawForm(forms.Form):
    """Why a report leaves its page."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is taken off the page"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why it is taken off the page.")},
    )


@require_safe
@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """Both reports of the active unit and year, and what of them is published."""
    work = request.work  # type: ignore[attr-defined]
    unit, year = work.unit, work.fiscal_year
    rows = [
        (half, queries.published(unit, year, half), queries.versions(unit, year, half))
        for half in (1, 2)
        if unit is not None
    ]
    return render(
        request, "plans/reports/reports.html", {"rows": rows, "unit": unit, "fiscal_year": year}
    )


@require_safe
@login_required
def report(request: HttpRequest, fiscal_year: int, half: int, code: str) -> HttpResponse:
    """The report as it stands now; with the button that publishes it."""
    unit = _unit(request, code, half)
    found = queries.build(request.user, unit, fiscal_year, half, clock.today())
    context = {
        **pages.context(found),
        "unit": unit,
        "published": queries.published(unit, fiscal_year, half),
        "versions": queries.versions(unit, fiscal_year, half),
        "may_publish": scope.can(request.user, services.PUBLISH, unit),
        "may_export": scope.can(request.user, "export", unit),
        "pdf_available": pdf_available(),
    }
    return render(request, "plans/reports/report.html", context)


@require_safe
@login_required
def report_file(
    request: HttpRequest, fiscal_year: int, half: int, code: str, form: str
) -> HttpResponseBase:
    """The report as PDF, DOCX or XLSX."""
    unit = _unit(request, code, half)
    scope.require(request.user, "export", unit)
    found = queries.build(request.user, unit, fiscal_year, half, clock.today())
    record(
        actor=request.user, action="plans.report.exported", target=f"plan-report:{code}", unit=unit,
        fiscal_year=fiscal_year, half=half, format=form,
    )  # fmt: skip
    return _sent(found, form, _name(found))


@require_POST
@login_required
def publish(request: HttpRequest, fiscal_year: int, half: int, code: str) -> HttpResponse:
    """Put it on its public page."""
    unit = _unit(request, code, half)
    try:
        made = services.publish_report(
            actor=request.user, unit=unit, fiscal_year=fiscal_year, half=half
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:report", fiscal_year, half, code)
    messages.success(
        request,
        _("Published as version %(n)s. Its address may go into the OIT evidence.")
        % {"n": made.version},
    )
    return redirect("plans:report_public", fiscal_year, half, code)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, fiscal_year: int, half: int, code: str) -> HttpResponse:
    """Take the published version off its page, with a reason."""
    unit = _unit(request, code, half)
    scope.require(request.user, services.PUBLISH, unit)
    shown = queries.published(unit, fiscal_year, half)
    if shown is None:
        raise NotFoundInScope("Nothing is published.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_report(
            actor=request.user, report=shown, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The report was taken off its public page."))
        return redirect("plans:report", fiscal_year, half, code)
    context = {
        "form": form,
        "report": shown,
        "unit": unit,
        "half": half,
        "fiscal_year": fiscal_year,
    }
    return render(request, "plans/reports/withdraw.html", context)


@require_safe
def public(request: HttpRequest, fiscal_year: int, half: int, code: str) -> HttpResponse:
    """The published report, for everybody and for the OIT assessor: figures of the day it was published."""
    shown = _published(fiscal_year, half, code)
    context = {
        **pages.context(from_json(shown.document)),
        "unit": shown.unit,
        "published": shown,
        "pdf_available": pdf_available(),
        "address": request.build_absolute_uri(),
    }
    return render(request, "plans/reports/public.html", context)


@require_safe
def public_file(
    request: HttpRequest,  # noqa: ARG001 (everybody gets the same)
    fiscal_year: int,
    half: int,
    code: str,
    form: str,
) -> HttpResponseBase:
    """The published report as PDF, DOCX, XLSX, or as the very document its fingerprint is of (JSON)."""
    shown = _published(fiscal_year, half, code)
    name = f"plan-report-{code}-{fiscal_year}-{6 * half}m-v{shown.version}"
    if form == "json":
        answer = JsonResponse(
            shown.document, json_dumps_params={"ensure_ascii": False, "sort_keys": True}
        )
        answer["Content-Disposition"] = disposition(f"{name}.json")
        return answer
    reference = f"ฉบับที่ {shown.version} · SHA-256 {shown.sha256[:16]}…"
    return _sent(from_json(shown.document), form, name, reference=reference)


def _published(fiscal_year: int, half: int, code: str) -> PublishedReport:
    unit = Unit.objects.filter(code=code).first()
    shown = queries.published(unit, fiscal_year, half) if unit else None
    if shown is None:
        raise NotFoundInScope("No report is published at this address.")
    return shown


def _unit(request: HttpRequest, code: str, half: int) -> Unit:
    """The unit, within the reader's scope."""
    if half not in (1, 2):
        raise NotFoundInScope("No such report.")
    found = scope.get_or_404(Unit.objects.visible_to(request.user), code=code)
    assert isinstance(found, Unit)
    return found


def _name(found: Document) -> str:
    return f"plan-report-{found.unit['code']}-{found.fiscal_year}-{6 * found.half}m"


def _sent(found: Document, form: str, name: str, *, reference: str = "") -> HttpResponseBase:
    if form == "xlsx":
        return book_response(f"{name}.xlsx", sheets(found))
    paper = report_paper(found, reference=reference)
    makers: dict[str, tuple[Any, str]] = {
        "pdf": (paper_pdf, "application/pdf"),
        "docx": (paper_docx, DOCX),
    }
    make, kind = makers[form]
    response = HttpResponse(make(paper), content_type=kind)
    response["Content-Disposition"] = disposition(f"{name}.{form}")
    return response
