"""Campaigns and units a user may see, and where they stand."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sucharit.assessments.checklists.base import stages_of
from sucharit.assessments.checklists.rights import MARKS_SHOWN
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistResult, ChecklistState
from sucharit.core.errors import NotFoundInScope


def campaigns_of(user: Any) -> QuerySet[Campaign]:
    """Checklist campaigns in scope, newest year first, with counts of the units in the user's scope."""
    mine = CampaignUnit.objects.visible_to(user).values("pk")
    in_scope = Q(units__in=mine)
    return (
        Campaign.objects.visible_to(user)
        .filter(mode=Campaign.Mode.UNIT)
        .select_related("owner", "framework")
        .defer("framework__document")
        .annotate(
            n_units=Count("units", filter=in_scope, distinct=True),
            n_approved=Count(
                "units",
                filter=in_scope & Q(units__checklist__approved_at__isnull=False),
                distinct=True,
            ),
            n_final=Count(
                "units",
                filter=in_scope & Q(units__checklist__state=workflow.FINAL),
                distinct=True,
            ),
        )
        .order_by("-fiscal_year", "-pk")
    )


def campaign_or_404(user: Any, pk: int) -> Campaign:
    """A checklist campaign within the user's scope."""
    found = (
        Campaign.objects.visible_to(user)
        .filter(mode=Campaign.Mode.UNIT, pk=pk)
        .select_related("owner", "framework")
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such campaign."))
    return found


def unit_or_404(user: Any, campaign_id: int, code: str) -> CampaignUnit:
    """A unit in a checklist campaign, within the user's scope."""
    found = (
        CampaignUnit.objects.visible_to(user)
        .filter(campaign_id=campaign_id, unit__code=code, campaign__mode=Campaign.Mode.UNIT)
        .select_related("unit", "campaign__owner", "campaign__framework")
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such unit in this campaign."))
    return found


def state_of(cu: CampaignUnit) -> ChecklistState:
    """The unit's state; an unsaved draft where nobody has touched it yet."""
    found = (
        ChecklistState.objects.filter(campaign_unit=cu)
        .select_related("submitted_by", "approved_by")
        .first()
    )
    return found or ChecklistState(campaign_unit=cu)


def units_of(user: Any, campaign: Campaign, *, insider: bool) -> QuerySet[CampaignUnit]:
    """Units of a campaign in scope with their state and the result the reader may see (one query).

    ``insider``: marks or manages; others see the stages' results when the ministry has finished.
    """
    newest = ChecklistResult.objects.filter(campaign_unit=OuterRef("pk")).order_by("-run")
    if not insider:
        newest = newest.filter(
            Q(stage=workflow.SELF) | Q(campaign_unit__checklist__state__in=MARKS_SHOWN)
        )
    return (
        CampaignUnit.objects.visible_to(user)
        .filter(campaign=campaign)
        .select_related("unit")
        .annotate(
            state=Coalesce(F("checklist__state"), Value(workflow.DRAFT)),
            awaits=Coalesce(F("checklist__awaits"), Value("officer")),
            answered=Count(
                "checklist_answers", filter=Q(checklist_answers__must_confirm=False), distinct=True
            ),
            hundredths=Subquery(newest.values("hundredths")[:1]),
            band=Subquery(newest.values("band")[:1]),
            result_stage=Subquery(newest.values("stage")[:1]),
        )
        .order_by(F("unit__sort_key").asc(nulls_last=True), "unit__code")
    )


def state_counts(user: Any, campaign: Campaign) -> dict[str, int]:
    """How many units of the user's scope stand in each state, in the order of the way."""
    rows = (
        CampaignUnit.objects.visible_to(user)
        .filter(campaign=campaign)
        .annotate(state=Coalesce(F("checklist__state"), Value(workflow.DRAFT)))
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    found = dict.fromkeys(workflow.STATES, 0)
    found.update(dict(rows))
    return found


def actions_of(user: Any, cu: CampaignUnit, state: ChecklistState) -> frozenset[str]:
    """What the user may do now; outside the campaign's dates nothing of them."""
    from sucharit.assessments.checklists.rights import rights
    from sucharit.core import clock

    found = workflow.possible(state.state, cu.campaign.state, stages_of(cu), rights(user, cu))
    today = clock.today()
    if not cu.campaign.opens_on <= today <= cu.campaign.closes_on:
        found -= {s.action for s in workflow.STEPS.values() if s.window}
    if state.objections_to is None or today > state.objections_to:
        found -= {"object"}
    return found
