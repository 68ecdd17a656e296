"""The public page of a certificate: genuine, revoked, or unknown, and what it certifies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sucharit.assessments.engine.moral import is_serial, tidy
from sucharit.assessments.models import MoralCertificate
from sucharit.assessments.moral.data import TITLES
from sucharit.assessments.moral.forms import VerifyForm

LONGEST = 40


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """A serial typed from paper."""
    form = VerifyForm(request.GET if "serial" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("assessments:moral_verify", serial=form.cleaned_data["serial"])
    return render(request, "assessments/moral/verify_ask.html", {"form": form})


@require_GET
def verify(request: HttpRequest, serial: str) -> HttpResponse:
    """What the serial stands for. An unknown one is 404, with words that help."""
    plain = tidy(serial[:LONGEST])
    if plain != serial and is_serial(plain):
        return redirect("assessments:moral_verify", serial=plain)
    found = (
        MoralCertificate.objects.select_related(
            "campaign_unit__unit",
            "campaign_unit__campaign__owner",
            "campaign_unit__campaign__framework",
        )
        .filter(serial=plain)
        .first()
        if is_serial(plain)
        else None
    )
    if found is None:
        context = {
            "typed": serial[:LONGEST],
            "mistyped": not is_serial(plain),
            "form": VerifyForm(),
        }
        return render(request, "assessments/moral/verify.html", context, status=404)
    campaign = found.campaign_unit.campaign
    context = {
        "certificate": found,
        "unit": found.campaign_unit.unit,
        "campaign": campaign,
        "kind": TITLES.get(campaign.framework.code, ""),
        "verified": campaign.framework.document.get("verified") == "yes",
    }
    return render(request, "assessments/moral/verify.html", context)
