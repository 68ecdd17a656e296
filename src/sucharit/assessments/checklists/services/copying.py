"""Last year's checklist taken over: values, notes, evidence; all of it to be confirmed before it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import inferring, values
from sucharit.assessments.checklists.base import (
    Held,
    answers_of,
    hold,
    note,
    sheet_of,
    take,
)
from sucharit.assessments.checklists.services.answers import stamp
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistAnswer
from sucharit.assessments.proof import services as proof
from sucharit.core.errors import Refusal


@dataclass(frozen=True)
class Copied:
    """What was taken over: item ids by where they came from, and how many pieces of evidence."""

    last_year: list[str] = field(default_factory=list)
    mapped: list[str] = field(default_factory=list)
    evidence: int = 0


def copy_last_year(*, actor: Any, campaign_unit: CampaignUnit, on: dt.date | None = None) -> Copied:
    """Take over answers, notes and evidence of the last checklist with this framework, for empty items.

    Where an item has no answer there, what follows from another framework over a mapping is taken over
    instead, marked as inferred. Nothing counts before the unit confirms it. Refusal: there is nothing.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        take(actor=actor, held=held, action="edit", on=on)
        source = last_year_of(held.cu)
        made = _from_last_year(held, source, actor=actor) if source else []
        mapped = _from_mappings(held, actor=actor)
        if not made and not mapped:
            raise Refusal(
                _(
                    "There is nothing to take over: no earlier checklist, or every item has an answer."
                )
            )
        uses = []
        if source and made:
            uses = proof.copy_uses(
                actor=actor, campaign_unit=held.cu, source=source, items={i: i for i in made}
            )
        note(
            actor=actor, held=held, action="copied", items=made, mapped=mapped, evidence=len(uses),
            source=source.pk if source else 0,
        )  # fmt: skip
    return Copied(made, mapped, len(uses))


def last_year_of(cu: CampaignUnit) -> CampaignUnit | None:
    """The unit's newest earlier checklist with the same framework."""
    campaign = cu.campaign
    return (
        CampaignUnit.objects.filter(
            unit=cu.unit,
            campaign__mode=Campaign.Mode.UNIT,
            campaign__framework__code=campaign.framework.code,
            campaign__fiscal_year__lt=campaign.fiscal_year,
        )
        .select_related("campaign__framework", "campaign__owner", "unit")
        .order_by("-campaign__fiscal_year", "-campaign_id")
        .first()
    )


def _from_last_year(held: Held, source: CampaignUnit, *, actor: Any) -> list[str]:
    there, here = answers_of(source), answers_of(held.cu)
    made = []
    for item in sheet_of(held.cu).items:
        old = there.get(item.id)
        if old is None or old.must_confirm or item.id in here:
            continue
        try:
            value = values.clean(item, old.value)
        except ValidationError:  # the item asks for something else this year
            value = None
        na = old.not_applicable and item.may_be_na
        if value is None and not na and not old.note:
            continue
        origin = {
            "kind": "last_year",
            "fiscal_year": source.campaign.fiscal_year,
            "campaign_unit": source.pk,
            "item": item.id,
        }
        _take_over(
            held,
            item.id,
            origin,
            actor=actor,
            value=value,
            words=old.note,
            reason=old.reason if na else "",
        )
        made.append(item.id)
    return made


def _from_mappings(held: Held, *, actor: Any) -> list[str]:
    here, made = answers_of(held.cu), []
    for item, guess in inferring.inferred_for(held.cu).items():
        asked = sheet_of(held.cu).by_id.get(item)
        value = guess.value_for(asked) if asked else None
        if item in here or value is None:
            continue
        _take_over(held, item, {"kind": "mapped", **guess.origin}, actor=actor, value=value)
        made.append(item)
    return made


def _take_over(
    held: Held,
    item: str,
    origin: dict[str, Any],
    *,
    actor: Any,
    value: Any,
    words: str = "",
    reason: str = "",
) -> None:
    answer = ChecklistAnswer(
        campaign_unit=held.cu,
        item=item,
        value=value,
        note=words,
        not_applicable=bool(reason),
        reason=reason,
        must_confirm=True,
        origin=origin,
    )
    stamp(answer, actor=actor)
    answer.save(force_insert=True)
