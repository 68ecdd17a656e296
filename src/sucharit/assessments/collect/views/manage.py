"""Campaigns for who runs them: the list, the four steps of a new one, its page, open and close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.collect import campaigns, queries, results
from sucharit.assessments.collect.forms import NewForm
from sucharit.assessments.collect.tables import EXPORT, CampaignFilters, CampaignTable
from sucharit.assessments.models import Campaign
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock, fiscal
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.orgs.tables import may_export

PAGE = 50
DAYS = 14  # how long a new draft's window is until somebody sets it
STEPS: dict[str, Callable[..., Campaign]] = {
    "open": campaigns.open_campaign,
    "close": campaigns.close_campaign,
    "finalise": campaigns.finalise_campaign,
    "compute": results.compute,
}
NEXT = {"draft": "open", "open": "close", "closed": "finalise"}


@login_required
@require_safe
def campaign_list(request: HttpRequest) -> HttpResponseBase:
    """Campaigns in scope, newest year first."""
    may_create = scope.can_somewhere(request.user, campaigns.MANAGE)
    first = (
        FirstStep(
            _("Make the first one: choose an instrument, then units, access and dates."),
            reverse("assessments:collect_new"),
            _("New campaign"),
        )
        if may_create
        else FirstStep(_("A campaign appears here as soon as your unit takes part in one."))
    )
    return render_list(
        request,
        ListPage(
            name="assessments.campaigns",
            title=_("Campaigns"),
            queryset=queries.campaigns_of(request.user),
            table_class=CampaignTable,
            filterset_class=CampaignFilters,
            first_step=first,
            export=EXPORT,
            may_export=may_export("assessments.view"),
            template="assessments/collect/list.html",
            context={"may_create": may_create, "owed": list(queries.owed(request.user))},
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Step 1 of 4: instrument, who answers, year and title. Makes the draft."""
    owner = owner_of(request)
    today = clock.today()
    form = NewForm(
        sent(request),
        owner=owner,
        initial={"fiscal_year": fiscal.fiscal_year_be(today), "mode": Campaign.Mode.PEOPLE},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        make = partial(
            campaigns.create_campaign, actor=request.user, framework=data["framework"], owner=owner,
            mode=data["mode"], title_th=data["title_th"], title_en=data["title_en"],
            fiscal_year=data["fiscal_year"], opens_on=today, closes_on=today + dt.timedelta(days=DAYS),
        )  # fmt: skip
        made: list[Campaign] = []
        done = _("The draft was made. Now choose the units that take part.")
        if attempt(request, lambda: made.append(make()), form=form, done=done):
            return redirect("assessments:collect_units", campaign_id=made[0].pk)
    return render(request, "assessments/collect/new.html", {"form": form, "owner": owner, "at": 1})


@login_required
@require_safe
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: where it stands, what comes next, how far each unit has come."""
    campaign = queries.campaign_or_404(request.user, campaign_id)
    may_manage = scope.can(request.user, campaigns.MANAGE, campaign.owner)
    asked = request.GET.get("q", "").replace("\0", "")[:100]
    parts = queries.units_of(request.user, campaign)
    if asked:
        parts = parts.filter(unit__name_th__icontains=asked)
    pages = Paginator(parts, PAGE)
    page = pages.get_page(request.GET.get("page"))
    edit = scope.paths(request.user, "assessments.edit")
    rows = [
        {
            "part": part,
            "fill": queries.fill_of(part),
            "may_edit": any(part.unit.path.startswith(p) for p in edit),
        }
        for part in page.object_list
    ]
    context = {
        "campaign": campaign, "people": campaign.mode == Campaign.Mode.PEOPLE, "may_manage": may_manage,
        "page": page, "rows": rows, "asked": asked, "next": NEXT.get(campaign.state, "") if may_manage else "",
        "has_units": campaign.units.exists(), "late": campaign.state == "open" and campaign.closes_on < clock.today(),
        "results": campaign.state in ("closed", "final"), "checklist_url": _checklist_url(campaign),
    }  # fmt: skip
    return render(request, "assessments/collect/campaign.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_step(request: HttpRequest, campaign_id: int, action: str) -> HttpResponse:
    """Ask before a step, then take it."""
    campaign = queries.campaign_or_404(request.user, campaign_id)
    if action not in STEPS:
        raise NotFoundInScope(_("There is no such step."))
    scope.require(request.user, campaigns.MANAGE, campaign.owner)
    if request.method == "POST":
        attempt(
            request, lambda: STEPS[action](actor=request.user, campaign=campaign), done=_("Done.")
        )
        return redirect("assessments:collect_campaign", campaign_id=campaign.pk)
    context = {"campaign": campaign, "action": action, "n_units": campaign.units.count()}
    return render(request, "assessments/collect/step.html", context)


def owner_of(request: HttpRequest) -> Unit:
    """The unit at which the user runs campaigns (the highest one)."""
    paths = scope.paths(request.user, campaigns.MANAGE)
    if not paths:
        raise Forbidden(_("Campaigns are made by an anti-corruption centre."))
    found = Unit.objects.filter(path=paths[0]).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit."))
    return found


def _checklist_url(campaign: Campaign) -> str:
    """Where a campaign of mode "unit" is worked on, if that room shows pages."""
    if campaign.mode != Campaign.Mode.UNIT:
        return ""
    try:
        return reverse("assessments:checklists_campaign", args=[campaign.pk])
    except NoReverseMatch:
        return ""
