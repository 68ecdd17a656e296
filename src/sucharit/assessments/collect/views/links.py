"""A unit's address with its QR code, how many are asked, and its key cards."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.assessments.collect import keys, openings, queries
from sucharit.assessments.collect.forms import ExpectedForm, KeysForm
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import Campaign, CampaignUnit
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import Refusal
from sucharit.core.pdf import pdf_available, pdf_response
from sucharit.core.qr import qr_svg

EDIT = "assessments.edit"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Address, QR code and fill of a unit; how many are asked (POST)."""
    part = queries.part_or_404(request.user, campaign_id, code, EDIT)
    counter = getattr(part, "collect_counter", None)
    form = ExpectedForm(
        sent(request),
        initial={"expected": counter.expected, "cap": counter.cap} if counter else {},
    )
    if request.method == "POST" and form.is_valid():
        save = partial(
            openings.set_expected, actor=request.user, campaign_unit=part, **form.cleaned_data
        )
        if attempt(request, save, form=form, done=_("Saved.")):
            return redirect("assessments:collect_links", campaign_id=campaign_id, code=code)
    return _page(request, part, form)


@login_required
@require_safe
def links_pdf(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """The address with its QR code as an A4 sheet to pin up."""
    part = queries.part_or_404(request.user, campaign_id, code, EDIT)
    context = {"part": part, "campaign": part.campaign, **_address(part)}
    name = f"questionnaire-{part.campaign_id}-{part.unit.code}.pdf"
    return pdf_response(name, "assessments/collect/sheet_pdf.html", context)


@never_cache
@login_required
@require_POST
def cards(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Make one-use keys and give them as cards, this once: PDF, or a page where there is no PDF."""
    part = queries.part_or_404(request.user, campaign_id, code, EDIT)
    form = KeysForm(request.POST)
    if not form.is_valid():
        return _page(request, part, _expected(part), keys_form=form, status=422)
    try:
        plain = keys.issue_keys(actor=request.user, campaign_unit=part, n=form.cleaned_data["n"])
    except Refusal as refused:
        form.add_error("n", str(refused))
        return _page(request, part, _expected(part), keys_form=form, status=409)
    address = _address(part)["address"]
    context = {
        "part": part,
        "campaign": part.campaign,
        "address": address,
        # The part behind "#" never leaves the phone (RFC 3986 §3.5), so no log can hold the key.
        "cards": [(receipts.grouped(key), _qr(f"{address}#k={key}")) for key in plain],
    }
    if pdf_available():
        return pdf_response(
            f"cards-{part.campaign_id}-{code}.pdf", "assessments/collect/cards_pdf.html", context
        )
    return render(request, "assessments/collect/cards.html", context)


def _page(
    request: HttpRequest,
    part: CampaignUnit,
    form: ExpectedForm,
    *,
    keys_form: KeysForm | None = None,
    status: int = 200,
) -> HttpResponse:
    campaign = part.campaign
    keyed = campaign.access == Campaign.Access.ONE_USE_KEYS
    context: dict[str, Any] = {
        "part": part,
        "campaign": campaign,
        "form": form,
        "keys_form": keys_form or KeysForm(),
        "keyed": keyed,
        "keys_made": keys.keys_made(part) if keyed else 0,
        "fill": queries.fill_of(part),
        "is_open": campaign.state == Campaign.State.OPEN,
        "may_change": campaign.state in (Campaign.State.DRAFT, Campaign.State.OPEN),
        **_address(part),
    }
    if form.errors and status == 200:
        status = 422
    return render(request, "assessments/collect/links.html", context, status=status)


def _expected(part: CampaignUnit) -> ExpectedForm:
    counter = getattr(part, "collect_counter", None)
    return ExpectedForm(
        initial={"expected": counter.expected, "cap": counter.cap} if counter else {}
    )


def _address(part: CampaignUnit) -> dict[str, Any]:
    """Address and QR code; empty before the campaign is open."""
    found = getattr(part, "collect_code", None)
    if found is None:
        return {"address": "", "drawing": ""}
    address = settings.SITE_URL + str(reverse("assessments:collect_respond", args=[found.code]))
    return {"address": address, "drawing": _qr(address)}


def _qr(text: str) -> Any:
    return qr_svg(text, title=_("QR code of the address"))
