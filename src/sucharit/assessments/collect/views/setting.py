"""Steps 2 to 4 of a new campaign: its units, how people get in and what counts, its window."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.collect import campaigns, openings, queries
from sucharit.assessments.collect.forms import SetUpForm, UnitsForm, WindowForm
from sucharit.assessments.models import Campaign
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.orgs import scope
from sucharit.orgs.labels import KINDS
from sucharit.orgs.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def units(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Step 2: which units take part."""
    campaign = _managed(request, campaign_id)
    below = Unit.objects.under(campaign.owner).alive(clock.today())
    kinds = [
        (kind, f"{KINDS.get(kind, kind)} ({n:,})")
        for kind, n in below.order_by("kind").values_list("kind").annotate(n=Count("pk"))
    ]
    form = UnitsForm(sent(request), kinds=kinds)
    if request.method == "POST" and form.is_valid():
        add = partial(_add, request, campaign, below, form)
        if attempt(request, add, form=form, done=_("The units were saved.")):
            if campaign.state != Campaign.State.DRAFT:
                return redirect("assessments:collect_campaign", campaign_id=campaign.pk)
            step = "set_up" if campaign.mode == Campaign.Mode.PEOPLE else "window"
            return redirect(f"assessments:collect_{step}", campaign_id=campaign.pk)
    context = {"form": form, "campaign": campaign, "at": 2, "n_units": campaign.units.count()}
    return render(request, "assessments/collect/units.html", context)


def _add(request: HttpRequest, campaign: Campaign, below: Any, form: UnitsForm) -> None:
    data = form.cleaned_data
    codes = set(data["codes"].replace(",", " ").split())
    found = {u.code: u for u in below.filter(code__in=codes)}
    unknown = sorted(codes - set(found))
    if unknown:
        raise ValidationError(
            {"codes": _("No such unit below the owner: %(codes)s") % {"codes": ", ".join(unknown)}}
        )
    wanted = {u.pk: u for u in [*below.filter(kind__in=data["kinds"]), *found.values()]}
    if not wanted and not campaign.units.exists():
        raise ValidationError({"kinds": _("Choose at least one kind or one unit.")})
    campaigns.add_units(actor=request.user, campaign=campaign, units=wanted.values())


@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Step 3: how people get in, and what counts."""
    campaign = _managed(request, campaign_id)
    before = (
        queries.managed_by(request.user)
        .filter(mode=Campaign.Mode.PEOPLE, settings__own_code=True)
        .exclude(pk=campaign.pk)
    )
    now = campaign.settings
    form = SetUpForm(
        sent(request),
        before=before,
        kind=campaign.framework.kind,
        initial={
            "access": campaign.access, "min_report_n": campaign.min_report_n,
            "own_code": now.get("own_code", False), "pairs_with": campaign.pairs_with_id,
            "attempts": now.get("attempts", 1), "counts": now.get("counts", "best"),
            "pass_mark": now.get("pass_mark", ""), "show_score": now.get("show_score", False),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        save = partial(
            openings.set_up,
            actor=request.user,
            campaign=campaign,
            plan=openings.SetUp(**form.cleaned_data),
        )
        if attempt(request, save, form=form, done=_("Saved.")):
            return redirect("assessments:collect_window", campaign_id=campaign.pk)
    return render(
        request, "assessments/collect/set_up.html", {"form": form, "campaign": campaign, "at": 3}
    )


@login_required
@require_http_methods(["GET", "POST"])
def window(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Step 4: the days. Also later, to extend."""
    campaign = _managed(request, campaign_id)
    names = ("opens_on", "closes_on", "review_to")
    form = WindowForm(sent(request), initial={name: getattr(campaign, name) for name in names})
    if campaign.mode == Campaign.Mode.PEOPLE:
        del form.fields["review_to"]
    if request.method == "POST" and form.is_valid():
        save = partial(
            campaigns.update_window, actor=request.user, campaign=campaign, **form.cleaned_data
        )
        if attempt(request, save, form=form, done=_("The dates were saved.")):
            return redirect("assessments:collect_campaign", campaign_id=campaign.pk)
    return render(
        request, "assessments/collect/window.html", {"form": form, "campaign": campaign, "at": 4}
    )


def _managed(request: HttpRequest, campaign_id: int) -> Campaign:
    campaign = queries.campaign_or_404(request.user, campaign_id)
    scope.require(request.user, campaigns.MANAGE, campaign.owner)
    return campaign
