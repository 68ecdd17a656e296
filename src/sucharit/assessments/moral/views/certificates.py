"""Certificates of a unit and of everything below it: list, issue, PDF, revoke."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.models import Framework, MoralCertificate
from sucharit.assessments.moral import services
from sucharit.assessments.moral.data import TITLES
from sucharit.assessments.moral.forms import RevokeForm
from sucharit.assessments.moral.views.levels import unit_or_404
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.core.pdf import pdf_available, pdf_response
from sucharit.core.qr import qr_svg
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

PAGE = 50
MOST = 1000  # certificates in one PDF


@login_required
@require_http_methods(["GET", "POST"])
def of_unit(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Certificates at and below a unit; who publishes issues all that are due with one button."""
    unit = _unit(request, code)
    if request.method == "POST":
        scope.require(request.user, services.PUBLISH, unit)
        done = services.issue_all(actor=request.user, unit=unit, fiscal_year=fiscal_year)
        messages.success(
            request,
            ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", done) % {"n": done},
        )
        return redirect("assessments:moral_certificates", fiscal_year=fiscal_year, code=code)
    rows = _certificates(unit, fiscal_year)
    due = services.eligible(unit, fiscal_year)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "unit": unit,
        "fiscal_year": fiscal_year,
        "page": page,
        "in_force": rows.in_force().count(),
        "due": len(due),
        "publishes": any(_publishes(request, cu.campaign.owner) for cu in due),
        "pdf_available": pdf_available(),
        "publisher": {
            c.pk
            for c in page.object_list
            if c.revoked_at is None and _publishes(request, c.campaign_unit.campaign.owner)
        },
    }
    return render(request, "assessments/moral/certificates.html", context)


@login_required
@require_GET
def all_pdf(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Every certificate in force at and below a unit, one page each."""
    unit = _unit(request, code)
    rows = list(_certificates(unit, fiscal_year).in_force().order_by("unit_th", "pk")[:MOST])
    if not rows:
        raise Refusal(_("No certificate is in force here: issue them first."))
    return _pdf(request, f"moral-{fiscal_year}-{code}.pdf", rows, unit, fiscal_year)


@login_required
@require_GET
def one_pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """One certificate; a revoked one can no longer be printed."""
    found = _one(request, serial)
    if found.revoked_at is not None:
        raise Refusal(_("This certificate was revoked: it can no longer be printed."))
    cu = found.campaign_unit
    return _pdf(request, f"{found.serial}.pdf", [found], cu.unit, cu.campaign.fiscal_year)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, serial: str) -> HttpResponse:
    """Take a certificate back, with a reason."""
    found = _one(request, serial)
    cu = found.campaign_unit
    scope.require(request.user, services.PUBLISH, cu.campaign.owner)
    form = RevokeForm(sent(request))
    back = redirect(
        "assessments:moral_certificates", fiscal_year=cu.campaign.fiscal_year, code=cu.unit.code
    )
    if request.method == "POST" and form.is_valid():

        def do() -> None:
            services.revoke_certificate(
                actor=request.user, certificate=found, reason=form.cleaned_data["reason"]
            )

        if attempt(request, do, form=form, done=_("The certificate was revoked.")):
            return back
    context = {"certificate": found, "form": form, "unit": cu.unit, "campaign": cu.campaign}
    return render(request, "assessments/moral/revoke.html", context)


def address(serial: str) -> str:
    """The public page of a certificate."""
    return settings.SITE_URL + str(reverse("assessments:moral_verify", args=[serial]))


def _unit(request: HttpRequest, code: str) -> Unit:
    unit = unit_or_404(code)
    scope.require(request.user, "assessments.view", unit)
    return unit


def _one(request: HttpRequest, serial: str) -> MoralCertificate:
    found = _full(MoralCertificate.objects.visible_to(request.user)).filter(serial=serial).first()
    if found is None:
        raise NotFoundInScope(_("There is no such certificate."))
    return found


def _certificates(unit: Unit, fiscal_year: int) -> Any:
    rows = MoralCertificate.objects.under(unit)
    return _full(rows.filter(campaign_unit__campaign__fiscal_year=fiscal_year))


def _full(rows: Any) -> QuerySet[MoralCertificate]:
    found: QuerySet[MoralCertificate] = rows.select_related(
        "campaign_unit__unit",
        "campaign_unit__campaign__owner",
        "campaign_unit__campaign__framework",
    ).defer("campaign_unit__campaign__framework__document")
    return found


def _publishes(request: HttpRequest, owner: Unit) -> bool:
    return scope.can(request.user, services.PUBLISH, owner)


def _pdf(
    request: HttpRequest, name: str, rows: Iterable[MoralCertificate], unit: Unit, fiscal_year: int
) -> HttpResponse:
    wanted = list(rows)
    frameworks = {c.campaign_unit.campaign.framework_id for c in wanted}
    verified = {
        f.pk: f.document.get("verified") == "yes"
        for f in Framework.objects.filter(pk__in=frameworks)
    }
    pages = [
        {
            "certificate": c,
            "campaign": c.campaign_unit.campaign,
            "kind": TITLES.get(c.campaign_unit.campaign.framework.code, ""),
            "verified": verified[c.campaign_unit.campaign.framework_id],
            "address": address(c.serial),
            "drawing": qr_svg(address(c.serial), title=_("QR code of the page that verifies it")),
        }
        for c in wanted
    ]
    response = pdf_response(name, "assessments/moral/certificate_pdf.html", {"pages": pages})
    record(
        actor=request.user, action="core.export", target=f"assessments.moral:certificates:{fiscal_year}",
        unit=unit, fiscal_year=fiscal_year, format="pdf", rows=len(pages),
    )  # fmt: skip
    return response
