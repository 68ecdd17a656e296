"""Drafts and files of signed-in persons, before they send.

A draft is the person's own and is deleted when it is sent; no ledger row: it would be a clock beside
the answers that follow.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.collect.eligible import may_answer
from sucharit.assessments.collect.layout import FILES
from sucharit.assessments.collect.lookup import Opened
from sucharit.assessments.collect.reading import Form, one
from sucharit.assessments.models import CampaignUnit, CollectDraft, CollectTurn
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.evidence.services import add_evidence
from sucharit.core.models import Evidence
from sucharit.orgs import scope

EVIDENCE_KIND = "assessments.collect"


def save_draft(*, actor: Any, opened: Opened, form: Form) -> None:
    """Keep what a person has filled in so far (never the own code)."""
    if not opened.signed_in or not may_answer(actor, opened.unit_id):
        raise NotFoundInScope(_("This questionnaire is not open."))
    kept = {n: list(v) for n, v in form.items() if not n.startswith("~") or n.startswith("~n:")}
    with transaction.atomic():
        CollectDraft.objects.update_or_create(
            person_id=actor.pk,
            campaign_unit_id=opened.campaign_unit_id,
            defaults={"form": kept, "saved_at": clock.now()},
        )


def draft_of(person: Any, campaign_unit_id: int) -> CollectDraft | None:
    """The person's draft, if there is one."""
    return CollectDraft.objects.filter(
        person_id=person.pk, campaign_unit_id=campaign_unit_id
    ).first()


def turns_taken(person: Any, campaign_unit_id: int) -> int:
    """How often the person has answered."""
    found = CollectTurn.objects.filter(person_id=person.pk, campaign_unit_id=campaign_unit_id)
    return found.values_list("n", flat=True).first() or 0


def take_files(
    *, actor: Any, opened: Opened, form: Form, files: Mapping[str, File[bytes]]
) -> dict[str, str]:
    """Store sent files as evidence of the unit; gives field → id, also of files kept from before.

    Refusal (bad file) names the field. An id that is not the person's own counts as none.
    """
    layout, found = opened.questionnaire.layout, {}
    for field in [*form, *files]:
        question = layout.questions.get(field.rsplit(":", 1)[-1])
        if question is None or question.type not in FILES or field in found:
            continue
        if field in files:
            found[field] = _stored(actor, opened, question.id, files[field])
        elif kept := _own(actor, opened, one(form, field)):
            found[field] = kept
    return found


def _stored(actor: Any, opened: Opened, item: str, upload: File[bytes]) -> str:
    part = CampaignUnit.objects.select_related("unit", "campaign").get(pk=opened.campaign_unit_id)
    made = add_evidence(
        actor=actor,
        unit=part.unit,
        fiscal_year=part.campaign.fiscal_year,
        title=f"{part.campaign.title_th} · {item}"[:200],
        owner_kind=EVIDENCE_KIND,
        owner_id=part.pk,
        upload=upload,
    )
    return str(made.pk)


def _own(actor: Any, opened: Opened, text: str) -> str:
    try:
        wanted = uuid.UUID(text)
    except ValueError:
        return ""
    mine = Evidence.objects.filter(
        pk=wanted,
        created_by_id=actor.pk,
        owner_kind=EVIDENCE_KIND,
        owner_id=str(opened.campaign_unit_id),
        withdrawn_at=None,
    )
    return text if mine.exists() else ""


def may_see_file(user: Any, owner_id: str) -> bool:
    """Files of answers: whoever works for the unit in this campaign."""
    if not str(owner_id).isdigit():
        return False
    part = CampaignUnit.objects.select_related("unit").filter(pk=int(owner_id)).first()
    return part is not None and scope.can(user, "assessments.edit", part.unit)
