"""Results of a closed campaign: the whole for its owner, each unit for itself; exports."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.assessments.collect import exporting, queries, result_pages
from sucharit.assessments.models import Campaign
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.exports import csv_response, xlsx_response
from sucharit.core.ledger import record
from sucharit.orgs import scope

VIEW = "assessments.view"


@login_required
@require_safe
def results(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Figures of the whole (for who sees its owner), and the units in scope."""
    campaign = _closed(request, campaign_id)
    found = queries.latest_results(campaign)
    sees_whole = scope.can(request.user, VIEW, campaign.owner)
    context: dict[str, Any] = {
        "campaign": campaign,
        "computed": bool(found),
        "may_manage": scope.can(request.user, "assessments.manage", campaign.owner),
        "may_export": scope.can_somewhere(request.user, "export"),
        "sees_whole": sees_whole,
        "whole": None,
        "units": result_pages.unit_rows(campaign, found, queries.units_of(request.user, campaign)),
        "unit": None,
    }
    if sees_whole and None in found:
        context["whole"] = result_pages.shown(campaign, found[None].figures, _language())
    return render(request, "assessments/collect/results.html", context)


@login_required
@require_safe
def unit_results(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Figures of one unit."""
    campaign = _closed(request, campaign_id)
    part = queries.part_or_404(request.user, campaign_id, code, VIEW)
    found = queries.latest_results(campaign)
    context: dict[str, Any] = {
        "campaign": campaign,
        "computed": bool(found),
        "unit": part.unit,
        "may_manage": False,
        "may_export": False,
        "sees_whole": True,
        "units": [],
        "whole": None,
    }
    if part.pk in found:
        context["whole"] = result_pages.shown(campaign, found[part.pk].figures, _language())
    return render(request, "assessments/collect/results.html", context)


@login_required
@require_safe
def export(request: HttpRequest, campaign_id: int, form: str) -> HttpResponseBase:
    """Figures of the units in scope (and of the whole) as CSV or XLSX; small cells stay empty."""
    if form not in ("csv", "xlsx"):
        raise NotFoundInScope(_("There is no such file."))
    campaign = _closed(request, campaign_id)
    if not scope.can_somewhere(request.user, "export"):
        raise Forbidden(_("Your role does not include exports."))
    found = queries.latest_results(campaign)
    parts = list(queries.units_of(request.user, campaign))
    whole = scope.can(request.user, VIEW, campaign.owner)
    rows = exporting.rows(campaign, found, parts, with_whole=whole, language=_language())
    record(
        actor=request.user, action="assessments.campaign.exported", target=campaign, unit=campaign.owner,
        fiscal_year=campaign.fiscal_year, rows=len(rows), form=form,
    )  # fmt: skip
    name = f"campaign-{campaign.pk}-results.{form}"
    if form == "csv":
        return csv_response(name, exporting.columns(), rows)
    return xlsx_response(name, _("Results of the campaign"), exporting.columns(), rows)


def _closed(request: HttpRequest, campaign_id: int) -> Campaign:
    campaign = queries.campaign_or_404(request.user, campaign_id)
    if campaign.mode != Campaign.Mode.PEOPLE or campaign.state not in ("closed", "final"):
        raise NotFoundInScope(_("There are no results yet: the campaign is not closed."))
    return campaign


def _language() -> str:
    return "th" if (get_language() or "th").startswith("th") else "en"
