"""The verification sample of a campaign: which items of which units the ministry looks at itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import judging
from sucharit.assessments.checklists.base import sheet_of
from sucharit.assessments.engine.checklists import ALGORITHM, workflow
from sucharit.assessments.engine.checklists.sample import sample_pairs
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistAnswer,
    ChecklistMark,
    ChecklistSample,
)
from sucharit.assessments.services.steps import account
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

LONGEST_SEED = 100
ADOPTED = (workflow.APPROVED, workflow.PROVINCE_MARKED)


def draw_sample(*, actor: Any, campaign: Campaign, seed: str, n: int) -> ChecklistSample:
    """Draw ``n`` (unit, item) pairs from all claims of approved checklists; once per campaign.

    Only after the campaign is closed, so that nothing joins the population later, and before the
    ministry's first mark. Anybody can repeat it: the seed, the algorithm and the population are kept.
    """
    with transaction.atomic():
        held = Campaign.objects.select_for_update().filter(pk=campaign.pk).first()
        if held is None:
            raise NotFoundInScope(_("There is no such campaign."))
        scope.require(actor, "assessments.manage", held.owner)
        _check(held, seed, n)
        population = claims_of(held)
        if not population:
            raise Refusal(
                _("No unit has an approved checklist yet: there is nothing to draw from.")
            )
        made = ChecklistSample.objects.create(
            campaign=held,
            seed=seed.strip(),
            algorithm=ALGORITHM,
            population=[list(p) for p in population],
            pairs=[list(p) for p in sample_pairs(population, seed.strip(), n)],
            by=account(actor),
        )
        record(
            actor=actor, action="assessments.checklist.sample_drawn", target=made, unit=held.owner,
            fiscal_year=held.fiscal_year, n=len(made.pairs), of=len(population), algorithm=ALGORITHM,
        )  # fmt: skip
    return made


def claims_of(campaign: Campaign) -> list[tuple[str, str]]:
    """(unit code, item) of everything the ministry could mark, sorted: the population of the sample."""
    rows = (
        CampaignUnit.objects.filter(campaign=campaign, checklist__state__in=ADOPTED)
        .select_related("unit", "campaign__framework", "campaign__owner")
        .order_by("unit__code")
    )
    answers: dict[int, list[ChecklistAnswer]] = {}
    for answer in ChecklistAnswer.objects.filter(campaign_unit__in=rows):
        answers.setdefault(answer.campaign_unit_id, []).append(answer)
    found = []
    for cu in rows:
        judged = judging.judge(cu, judging.answered(answers.get(cu.pk, [])))
        claimed = {i for i in judging.to_mark(judged, cu) if i in judged.held}
        found += [(cu.unit.code, i.id) for i in sheet_of(cu).items if i.id in claimed]
    return sorted(found)


def _check(held: Campaign, seed: str, n: int) -> None:
    if held.mode != Campaign.Mode.UNIT:
        raise Refusal(_("This campaign is answered by people: it has no verification sample."))
    if held.state != Campaign.State.CLOSED:
        raise Refusal(
            _("A sample is drawn when the campaign is closed: nothing may join it later.")
        )
    if ChecklistSample.objects.filter(campaign=held).exists():
        raise Refusal(_("The sample has been drawn already, and it is drawn once."))
    if ChecklistMark.objects.filter(campaign_unit__campaign=held, stage=workflow.MINISTRY).exists():
        raise Refusal(_("The ministry has begun to mark: the sample comes before that."))
    wrong: dict[str, str] = {}
    if not seed.strip() or "|" in seed or len(seed.strip()) > LONGEST_SEED:
        wrong["seed"] = _("A short text without the sign |, for example a number drawn in public.")
    if n < 1:
        wrong["n"] = _("At least 1.")
    if wrong:
        raise ValidationError(wrong)
