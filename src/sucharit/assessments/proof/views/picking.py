"""Choosing evidence for an item: from the library, or new and kept there at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.models import CampaignUnit, Proof, ProofUse
from sucharit.assessments.proof import queries, services
from sucharit.assessments.proof.views.library import EDIT, new_form
from sucharit.assessments.queries import report as reports
from sucharit.assessments.queries import rounds
from sucharit.assessments.views._shared import attempt
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope

PAGE = 20


@dataclass(frozen=True)
class Place:
    """The item evidence is chosen for, and where the way leads back to."""

    unit: Any
    item: str
    title: str
    target: dict[str, Any]  # participation= or campaign_unit=
    back: str
    here: str


@login_required
@require_http_methods(["GET", "POST"])
def pick(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """Evidence for an item of the OIT self-report."""
    p = rounds.participation_or_404(request.user, round_id, code)
    row = reports.report_of(p).row(item)
    keys = {"round_id": round_id, "code": code, "item": item}
    place = Place(
        p.unit, item, f"{item} {row.title}", {"participation": p},
        reverse("assessments:oit_item", kwargs=keys), reverse("assessments:proof_pick", kwargs=keys),
    )  # fmt: skip
    return _page(request, place)


@login_required
@require_http_methods(["GET", "POST"])
def pick_campaign(request: HttpRequest, campaign_id: int, code: str, item: str) -> HttpResponse:
    """Evidence for an item of a checklist campaign; ``?back=`` is where the way leads back to."""
    held = (
        CampaignUnit.objects.visible_to(request.user)  # type: ignore[arg-type]
        .select_related("unit", "campaign__framework")
        .filter(campaign_id=campaign_id, unit__code=code)
        .first()
    )
    document = held.campaign.framework.document if held else {}
    found = next((i for i in document.get("items", []) if i.get("id") == item), None)
    if held is None or found is None:
        raise NotFoundInScope(_("There is no such item."))
    here = reverse("assessments:proof_pick_campaign", args=[campaign_id, code, item])
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("assessments:proofs")
    else:
        here = f"{here}?{request.GET.urlencode()}"
    title = f"{item} {_text(found.get('label') or found.get('title') or {})}"
    return _page(request, Place(held.unit, item, title, {"campaign_unit": held}, back, here))


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    scope.require(request.user, EDIT, place.unit)
    adding = request.method == "POST" and request.POST.get("go") == "add"
    if request.method == "POST" and not adding:
        return _change(request, place)
    form = new_form(request)
    if adding and form.is_valid():
        made: list[Proof] = []
        add = partial(services.add_proof, actor=request.user, unit=place.unit, **form.cleaned_data)
        if attempt(request, lambda: made.append(add()), form=form):
            # Kept is kept: an item that takes no more links says so, the evidence is in the library.
            _attach(request, place, made[0])
            return HttpResponseRedirect(place.back)
    search = request.GET.get("q", "")[:100]
    choices = queries.choices_for(
        request.user, place.unit, item=place.item, search=search, **place.target
    )
    return render(
        request,
        "assessments/proof/pick.html",
        {
            "place": place,
            "q": search,
            "page": Paginator(choices, PAGE).get_page(request.GET.get("page")),
            "uses": services.attached(item=place.item, **place.target),
            "form": form,
            "adding": adding,
        },
    )


def _change(request: HttpRequest, place: Place) -> HttpResponse:
    """Attach, take off or confirm what a button names."""
    if request.POST.get("attach"):
        _attach(request, place, queries.proof_or_404(request.user, _id(request, "attach")))
        return HttpResponseRedirect(place.back)
    name = "detach" if request.POST.get("detach") else "confirm"
    use = ProofUse.objects.filter(pk=_id(request, name), item=place.item, **place.target).first()
    if use is None:
        raise NotFoundInScope(_("This evidence is not attached here any more."))
    if name == "detach":
        do: Any = partial(services.detach, actor=request.user, use=use)
        done = _("The evidence was taken off the item. It stays in the library.")
    else:
        do, done = partial(services.confirm_use, actor=request.user, use=use), _("Confirmed.")
    attempt(request, do, done=done)
    return redirect((request.POST.get("from") == "item" and place.back) or place.here)


def _attach(request: HttpRequest, place: Place, proof: Proof) -> None:
    attempt(
        request,
        partial(services.attach, actor=request.user, proof=proof, item=place.item, **place.target),
        done=_("Attached from the library: %(title)s") % {"title": proof.title},
    )


def _id(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdigit() or len(value) > 15:
        raise NotFoundInScope(_("There is no such evidence."))
    return int(value)


def _text(label: dict[str, str]) -> str:
    thai = (get_language() or "th").startswith("th")
    return label.get("th" if thai else "en") or label.get("th", "")
