"""Reads of campaigns: what a person may see, how far a unit has come, who still owes an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.collect.eligible import own_units
from sucharit.assessments.collect.lookup import attempts_of
from sucharit.assessments.models import Campaign, CampaignUnit, CollectResult, CollectTurn
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.registry import DeskItem

STEP = (
    5  # fill figures move in steps of five while open: a watched counter must not time one answer
)


@dataclass(frozen=True, slots=True)
class Fill:
    """How many have answered, as it may be shown. ``text`` "5+" or exact once closed."""

    at_least: int
    text: str
    expected: int | None
    exact: bool

    @property
    def percent(self) -> int | None:
        """Whole percent of those asked, rounded down; None where nobody said how many are asked."""
        return min(100, self.at_least * 100 // self.expected) if self.expected else None


def campaigns_of(user: Any) -> QuerySet[Campaign]:
    """Campaigns in scope, newest year first."""
    return (
        Campaign.objects.visible_to(user)
        .select_related("owner", "framework")
        .defer("framework__document")
        .annotate(n_units=Count("units", distinct=True))
        .order_by("-fiscal_year", "-opens_on", "-pk")
    )


def managed_by(user: Any) -> QuerySet[Campaign]:
    """Campaigns in whose scope the user manages campaigns."""
    found: QuerySet[Campaign] = Campaign.objects.visible_to(user, "assessments.manage")
    return found


def campaign_or_404(user: Any, campaign_id: int) -> Campaign:
    """A campaign the user sees; 404 otherwise."""
    found = (
        Campaign.objects.visible_to(user)
        .select_related("owner", "framework", "pairs_with")
        .defer("framework__document")
        .filter(pk=campaign_id)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such campaign."))
    return found


def units_of(user: Any, campaign: Campaign) -> QuerySet[CampaignUnit]:
    """Units of the campaign within the user's scope, with counter and address at hand."""
    return (
        CampaignUnit.objects.visible_to(user)
        .filter(campaign=campaign)
        .select_related("unit", "campaign", "collect_counter", "collect_code")
        .order_by("unit__sort_key", "unit__code")
    )


def part_or_404(user: Any, campaign_id: int, code: str, permission: str) -> CampaignUnit:
    """A unit of a campaign at which the user holds the permission; 404 otherwise."""
    found = (
        CampaignUnit.objects.visible_to(user, permission)
        .filter(campaign_id=campaign_id, unit__code=code)
        .select_related("unit", "campaign__owner", "collect_counter", "collect_code")
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such unit in this campaign."))
    return found


def fill_of(part: CampaignUnit) -> Fill:
    """How far a unit has come: in steps of five while the campaign is open, exact afterwards."""
    counter = getattr(part, "collect_counter", None)
    n = counter.n if counter else 0
    expected = counter.expected if counter else None
    if part.campaign.state in (Campaign.State.CLOSED, Campaign.State.FINAL):
        shown = n >= part.campaign.min_report_n or n == 0
        text = str(n) if shown else _("fewer than %(n)s") % {"n": part.campaign.min_report_n}
        return Fill(n if shown else 0, text, expected, exact=shown)
    down = n - n % STEP
    text = _("%(n)s or more") % {"n": down} if down else _("fewer than %(n)s") % {"n": STEP}
    return Fill(down, text, expected, exact=False)


def latest_results(campaign: Campaign) -> dict[int | None, CollectResult]:
    """Results of the newest run: by campaign unit, and of the whole (None)."""
    last = campaign.collect_results.order_by("-run").values_list("run", flat=True).first()
    if last is None:
        return {}
    found = campaign.collect_results.filter(run=last).select_related("campaign_unit__unit")
    return {one.campaign_unit_id: one for one in found}


def owed(person: Any) -> Iterable[tuple[CampaignUnit, int]]:
    """Open signed-in questionnaires of the person's own units that were not answered yet (with turns left)."""
    today = clock.today()
    mine = CollectTurn.objects.filter(person_id=person.pk, campaign_unit=OuterRef("pk"))
    found = (
        CampaignUnit.objects.filter(
            unit_id__in=own_units(person).values("unit_id"),
            campaign__state=Campaign.State.OPEN,
            campaign__mode=Campaign.Mode.PEOPLE,
            campaign__access=Campaign.Access.SIGNED_IN,
            campaign__opens_on__lte=today,
            campaign__closes_on__gte=today,
            collect_code__isnull=False,
        )
        .filter(~Exists(mine))
        .select_related("unit", "campaign", "collect_code")
        .order_by("campaign__closes_on", "pk")
    )
    for part in found:
        yield part, attempts_of(part.campaign)


def desk_items(user: Any) -> Iterable[DeskItem]:
    """For "my work": questionnaires one still owes, and campaigns whose last day has passed."""
    for part, _attempts in owed(user):
        yield DeskItem(
            title=_("Answer the questionnaire: %(title)s") % {"title": part.campaign.title},
            url=reverse("assessments:collect_answer", args=[part.collect_code.code]),
            unit=part.unit,
            kind="assessments.collect",
            kind_label=_("Campaign"),
            due_on=part.campaign.closes_on,
            fiscal_year=part.campaign.fiscal_year,
        )
    yield from _to_close(user)


def _to_close(user: Any) -> Iterable[DeskItem]:
    from sucharit.orgs import scope

    if not scope.can_somewhere(user, "assessments.manage"):
        return
    late = scope.limit(
        Campaign.objects.filter(
            state=Campaign.State.OPEN, mode=Campaign.Mode.PEOPLE, closes_on__lt=clock.today()
        ),
        user,
        path_field="owner__path",
        permission="assessments.manage",
    )
    for campaign in late.select_related("owner"):
        yield DeskItem(
            title=_("Close the campaign: %(title)s") % {"title": campaign.title},
            url=reverse("assessments:collect_campaign", args=[campaign.pk]),
            unit=campaign.owner,
            kind="assessments.collect",
            kind_label=_("Campaign"),
            due_on=campaign.closes_on,
            fiscal_year=campaign.fiscal_year,
        )
