"""From draft to approved: handed in with a stored copy, returned item by item, approved, reopened."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.assessments.checklists import judging, values
from sucharit.assessments.checklists.base import (
    LONGEST,
    Held,
    answers_of,
    event,
    hold,
    move,
    note,
    sheet_of,
    take,
)
from sucharit.assessments.checklists.services.assigning import open_assignments
from sucharit.assessments.checklists.services.results import compute
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import (
    CampaignUnit,
    ChecklistAnswer,
    ChecklistAssignment,
    ChecklistCopy,
    ChecklistMark,
)
from sucharit.assessments.proof import services as proof
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.errors import Refusal

_KEPT = ("submitted_at", "submitted_by", "approved_at", "approved_by")


@dataclass(frozen=True)
class Gaps:
    """What stands in the way of handing in, by kind; item ids in order."""

    unconfirmed: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    parts: list[ChecklistAssignment] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)  # no answer, though none is required

    @property
    def blocking(self) -> bool:
        return bool(self.unconfirmed or self.required or self.evidence or self.wrong or self.parts)


def gaps_of(cu: CampaignUnit, *, on: dt.date | None = None) -> Gaps:
    """What is missing before the checklist can be handed in."""
    answers = answers_of(cu)
    judged = judging.judge(cu, judging.answered(answers.values()), today=on)
    uses = proof.attached_by_item(campaign_unit=cu)
    asked = judging.relevant_items(judged, cu)
    given = {i for i, a in answers.items() if not values.is_empty(a.value) or a.not_applicable}
    waiting = {i for i, a in answers.items() if a.must_confirm}
    waiting |= {i for i, found in uses.items() if any(u.must_confirm for u in found)}
    return Gaps(
        unconfirmed=[i.id for i in asked if i.id in waiting],
        required=[i.id for i in asked if i.required and i.id not in given],
        evidence=[
            i.id
            for i in asked
            if i.evidence == "required" and i.id not in uses and _claims(i, answers.get(i.id))
        ],
        wrong=judged.problems(),
        parts=open_assignments(cu),
        empty=[i.id for i in asked if not i.required and i.id not in given],
    )


def submit(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    incomplete_ok: bool = False,
    on: dt.date | None = None,
) -> ChecklistCopy:
    """Hand the checklist to the head: answers, notes and evidence hashes are copied as they stand.

    Refusal names the items that block it; items without an answer must be confirmed.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="submit", on=on)
        gaps = gaps_of(held.cu, on=on)
        _refuse(gaps, incomplete_ok=incomplete_ok)
        copy = _copy(held, actor=actor)
        move(held, to, submitted_at=clock.now(), submitted_by=account(actor))
        event(held, "submitted", actor=actor)
        note(
            actor=actor, held=held, action="submitted", target=copy, number=copy.number,
            sha256=copy.sha256, empty=len(gaps.empty),
        )  # fmt: skip
    return copy


def return_checklist(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    words: str = "",
    comments: Mapping[str, str] | None = None,
    on: dt.date | None = None,
) -> None:
    """The head sends it back: a comment per item, or one for all."""
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="return", on=on)
        found = _comments(held, comments or {})
        if not found and not words.strip():
            raise ValidationError({"note": _("Say what has to be changed.")})
        if len(words) > LONGEST:
            raise ValidationError({"note": _("At most %(n)s characters.") % {"n": LONGEST}})
        move(held, to)
        event(held, "returned", actor=actor, note=words.strip(), comments=found)
        note(actor=actor, held=held, action="returned", items=sorted(found))


def approve(*, actor: Any, campaign_unit: CampaignUnit, on: dt.date | None = None) -> ChecklistCopy:
    """The head approves what was handed in: frozen from here on; the unit's own result is computed."""
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="approve", on=on)
        copy = held.cu.checklist_copies.order_by("-number").first()
        if copy is None:  # pragma: no cover - a submitted checklist has its copy
            raise Refusal(_("There is no stored copy: return the checklist and submit it again."))
        move(held, to, approved_at=clock.now(), approved_by=account(actor))
        _own_marks(held, actor=actor)
        event(held, "approved", actor=actor)
        compute(held, actor=actor, stage=workflow.SELF)
        note(
            actor=actor, held=held, action="approved", target=copy, number=copy.number, sha256=copy.sha256
        )  # fmt: skip
    return copy


def reopen(
    *, actor: Any, campaign_unit: CampaignUnit, words: str, on: dt.date | None = None
) -> None:
    """The head takes the approval back, as long as nobody has begun to mark."""
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="reopen", on=on)
        if not words.strip():
            raise ValidationError({"note": _("Say what has to be changed.")})
        if held.cu.checklist_marks.exclude(stage=workflow.SELF).exists():
            raise Refusal(_("Marking has begun: the answers can no longer be changed."))
        move(held, to, **dict.fromkeys(_KEPT))
        event(held, "reopened", actor=actor, note=words.strip()[:LONGEST])
        note(actor=actor, held=held, action="reopened")


def _claims(item: Any, answer: ChecklistAnswer | None) -> bool:
    """Whether the answer claims something evidence must show: not for "does not apply" or 0 points."""
    if answer is None or answer.not_applicable or values.is_empty(answer.value):
        return False
    points = None if isinstance(answer.value, list) else item.worth(answer.value)
    return points is None or points > 0


def _refuse(gaps: Gaps, *, incomplete_ok: bool) -> None:
    by_kind = (
        (gaps.unconfirmed, _("Taken over from last year and not confirmed yet: %(items)s.")),
        (gaps.required, _("These items need an answer: %(items)s.")),
        (gaps.evidence, _("These items need evidence: %(items)s.")),
        (list(gaps.wrong), _("These answers do not fit together: %(items)s.")),
    )
    said = [text % {"items": ", ".join(items)} for items, text in by_kind if items]
    if gaps.parts:
        who = ", ".join(str(p.account) for p in gaps.parts)
        said.append(_("Parts of colleagues are not accepted yet: %(who)s.") % {"who": who})
    if said:
        raise Refusal(" ".join(said))
    if gaps.empty and not incomplete_ok:
        raise Refusal(
            ngettext(
                "%(n)s item has no answer: %(items)s. Answer it, or confirm that it stays empty.",
                "%(n)s items have no answer: %(items)s. Answer them, or confirm that they stay empty.",
                len(gaps.empty),
            )
            % {"n": len(gaps.empty), "items": ", ".join(gaps.empty)},
            where="incomplete_ok",
        )


def _copy(held: Held, *, actor: Any) -> ChecklistCopy:
    answers, uses = answers_of(held.cu), proof.attached_by_item(campaign_unit=held.cu)
    framework, sheet = held.campaign.framework, sheet_of(held.cu)
    items = {}
    for item in sheet.items:
        answer = answers.get(item.id)
        if answer is None and item.id not in uses:
            continue
        items[item.id] = {
            "value": answer.value if answer else None,
            "note": answer.note if answer else "",
            "not_applicable": bool(answer and answer.not_applicable),
            "reason": answer.reason if answer else "",
            "evidence": proof.frozen_uses(uses.get(item.id, [])),
        }
    content = {
        "instrument": {
            "code": framework.code, "version": framework.version, "sha256": framework.sha256
        },
        "profile": sheet.profile,
        "items": items,
    }  # fmt: skip
    last = held.cu.checklist_copies.order_by("-number").first()
    return ChecklistCopy.objects.create(
        campaign_unit=held.cu,
        number=(last.number if last else 0) + 1,
        content=content,
        sha256=fingerprint(content),
        by=account(actor),
    )


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a copy's canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _comments(held: Held, comments: Mapping[str, str]) -> dict[str, str]:
    known = sheet_of(held.cu).by_id
    found = {i: t.strip() for i, t in comments.items() if t.strip() and i in known}
    if any(len(t) > LONGEST for t in found.values()):
        raise ValidationError({"note": _("At most %(n)s characters.") % {"n": LONGEST}})
    return found


def _own_marks(held: Held, *, actor: Any) -> None:
    """What the unit claims, kept beside what the stages will find."""
    sheet, answers = sheet_of(held.cu), answers_of(held.cu)
    before = judging_turns(held.cu)
    ChecklistMark.objects.bulk_create(
        ChecklistMark(
            campaign_unit=held.cu,
            item=item.id,
            stage=workflow.SELF,
            turn=before.get(item.id, 0) + 1,
            value="" if answer.value is None else str(answer.value),
            points="" if answer.not_applicable else values.worth(item, answer.value),
            not_applicable=answer.not_applicable,
            by=account(actor),
        )
        for item in sheet.items
        if item.markable
        and (answer := answers.get(item.id))
        and (answer.not_applicable or not values.is_empty(answer.value))
    )


def judging_turns(cu: CampaignUnit) -> dict[str, int]:
    """The highest turn of the unit's own marks by item."""
    from django.db.models import Max

    rows = cu.checklist_marks.filter(stage=workflow.SELF).values_list("item")
    return dict(rows.annotate(Max("turn")))
