"""Objections: once per item, until the day named; decided once, with a reason. Then the result is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import judging, rights, values
from sucharit.assessments.checklists.base import (
    LONGEST,
    Held,
    answers_of,
    event,
    hold,
    move,
    note,
    take,
)
from sucharit.assessments.checklists.services.answers import known_item
from sucharit.assessments.checklists.services.marking import holding_mark, put_mark
from sucharit.assessments.checklists.services.results import compute
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistObjection,
    ChecklistState,
    Proof,
)
from sucharit.assessments.proof.queries import newest_revision
from sucharit.assessments.services.steps import account, day_text
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope

_O = ChecklistObjection.State
NOT_APPLICABLE = "n/a"


def raise_objection(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    item: str,
    reason: str,
    wanted: str = "",
    proofs: Iterable[Proof] = (),
    on: dt.date | None = None,
) -> ChecklistObjection:
    """Object to what holds for an item. ``wanted``: the value the unit thinks right; ``proofs`` of its library.

    ValidationError by field; Refusal after the day, a second time, or where nothing better is possible.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="object", on=on)
        asked = known_item(held.cu, item)
        last = held.state.objections_to
        if last is None or (on or clock.today()) > last:
            raise Refusal(
                _("Objections were possible until %(day)s.")
                % {"day": day_text(last) if last else "–"}
            )
        if ChecklistObjection.objects.filter(campaign_unit=held.cu, item=item).exists():
            raise Refusal(_("There is an objection to this item already. One is allowed per item."))
        if not objectionable(held.cu, asked):
            raise Refusal(_("Nothing better is possible for this item."))
        clean = _check(reason, wanted, decisions(held.cu, asked)[1:])
        assert held.state.decide_by is not None  # named together with objections_to
        made = ChecklistObjection.objects.create(
            campaign_unit=held.cu, item=item, reason=reason.strip(), wanted=clean,
            evidence=_frozen(held, proofs), decide_by=held.state.decide_by, raised_by=account(actor),
        )  # fmt: skip
        move(held, to)
        event(held, "objected", actor=actor, comments={item: ""})
        note(actor=actor, held=held, action="objection_raised", target=made, item=item)
    return made


def decide_objection(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    item: str,
    value: str,
    answer: str,
    on: dt.date | None = None,
) -> ChecklistObjection:
    """Decide: the present value keeps the mark, a better one becomes the ministry's next turn; then final.

    ValidationError by field, Refusal when there is none or it is decided, Forbidden with a stake.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        take(actor=actor, held=held, action="decide", on=on)
        rights.require_no_stake(actor, held.cu)
        objection = ChecklistObjection.objects.filter(campaign_unit=held.cu, item=item).first()
        if objection is None:
            raise NotFoundInScope(_("There is no objection to this item."))
        if objection.state != _O.OPEN:
            raise Refusal(_("This objection has been decided already, and the decision is final."))
        asked = known_item(held.cu, item)
        current, *better = decisions(held.cu, asked)
        wrong: dict[str, Any] = {}
        if value not in {current, *better}:
            wrong["value"] = _("The mark stays as it is or becomes better.")
        if not answer.strip():
            wrong["answer"] = _("Give the unit a reason, whichever way you decide.")
        elif len(answer) > LONGEST:
            wrong["answer"] = _("At most %(n)s characters.") % {"n": LONGEST}
        if wrong:
            raise ValidationError(wrong)
        changed = value != current
        if changed:
            before = holding_mark(held.cu, item, workflow.MINISTRY)
            turn = (before.turn if before else 0) + 1
            put_mark(
                held, asked, workflow.MINISTRY, value, turn, actor=actor, comment=answer,
                na=value == NOT_APPLICABLE,
            )  # fmt: skip
        _decided(held, objection, answer, actor=actor, changed=changed)
        note(
            actor=actor, held=held, action="objection_decided", target=objection, item=item,
            was=current, value=value, state=objection.state,
            late=(on or clock.today()) > objection.decide_by,
        )  # fmt: skip
    return objection


def finalise_due(*, actor: Any, campaign: Campaign, on: dt.date | None = None) -> int:
    """Make final what nobody can object to any more; gives how many units. Needs "assessments.manage"."""
    today = on or clock.today()
    scope.require(actor, "assessments.manage", campaign.owner)
    rows = ChecklistState.objects.filter(
        campaign_unit__campaign=campaign,
        state=workflow.MINISTRY_MARKED,
        objections_to__lt=today,
    ).select_related("campaign_unit")
    done = 0
    for state in rows.order_by("campaign_unit_id"):
        with transaction.atomic():
            held = hold(state.campaign_unit)
            if held.state.state != workflow.MINISTRY_MARKED:  # moved meanwhile
                continue
            to = take(actor=actor, held=held, action="finalise", on=on)
            move(held, to, final_at=clock.now())
            event(held, "final", actor=actor)
            note(actor=actor, held=held, action="final")
        done += 1
    return done


def refuse_while_marked(*, actor: Any, campaign: Campaign) -> None:  # noqa: ARG001 (a guard's shape)
    """A campaign of mode "unit" ends only when no unit's checklist is on its way between the stages."""
    left = (
        ChecklistState.objects.filter(campaign_unit__campaign=campaign)
        .exclude(state__in=[workflow.DRAFT, workflow.SUBMITTED, workflow.FINAL])
        .count()
    )
    if left:
        raise Refusal(
            _("%(n)s units are still being marked or may object. Make their results final first.")
            % {"n": left}
        )


def decisions(cu: CampaignUnit, asked: SheetItem) -> list[str]:
    """Values an objection may end with: the present one first, then every better one.

    A number, or an item the unit says does not apply (``NOT_APPLICABLE``), can only go back to what the
    unit said: for these nothing is better or worse by itself.
    """
    judged = _judged(cu)
    current, claimed = _text(judged, asked.id), _claimed(cu, asked.id)
    here = asked.worth(current)
    better = [
        o.value
        for o in asked.options
        if o.points is not None and (here is None or o.points > here) and o.value != current
    ]
    if claimed not in {"", current, *better} and (asked.full is None or claimed == NOT_APPLICABLE):
        better.append(claimed)
    return [current, *better]


def objectionable(cu: CampaignUnit, asked: SheetItem) -> bool:
    """Whether an objection to the item could change anything."""
    return asked.markable and len(decisions(cu, asked)) > 1


def _judged(cu: CampaignUnit) -> judging.Judged:
    answers = judging.answered(answers_of(cu).values())
    marks = judging.found(cu.checklist_marks.all())
    return judging.judge(cu, answers, marks, upto=workflow.MINISTRY)


def _text(judged: judging.Judged, item: str) -> str:
    """The value that holds for an item; "" where nothing was found."""
    found = judged.held.get(item)
    if found is None:
        return ""
    return NOT_APPLICABLE if found.not_applicable else str(found.value)


def _claimed(cu: CampaignUnit, item: str) -> str:
    own = answers_of(cu).get(item)
    if own is None or (values.is_empty(own.value) and not own.not_applicable):
        return ""
    return NOT_APPLICABLE if own.not_applicable else str(own.value)


def _check(reason: str, wanted: str, better: list[str]) -> str:
    wrong: dict[str, Any] = {}
    if not reason.strip():
        wrong["reason"] = _("Say why the mark should be different.")
    elif len(reason) > LONGEST:
        wrong["reason"] = _("At most %(n)s characters.") % {"n": LONGEST}
    if wanted and wanted not in better:
        wrong["wanted"] = _("Name a better value than the present one.")
    if wrong:
        raise ValidationError(wrong)
    return wanted


def _frozen(held: Held, proofs: Iterable[Proof]) -> list[dict[str, Any]]:
    """The pieces of evidence as they stand now: nothing that changes later reaches the objection."""
    found = []
    for proof in proofs:
        if proof.unit_id != held.unit.pk or proof.state != Proof.State.CURRENT:
            raise NotFoundInScope(_("There is no such evidence in this unit's library."))
        revision = newest_revision(proof)
        found.append(
            {
                "proof": proof.pk,
                "revision": revision.number,
                "kind": str(proof.kind),
                "title": proof.title,
                "url": revision.url,
                "file": str(revision.file.evidence_id) if revision.file else "",
                "version": revision.file.number if revision.file else None,
                "sha256": revision.sha256,
            }
        )
    return found


def _decided(
    held: Held, objection: ChecklistObjection, answer: str, *, actor: Any, changed: bool
) -> None:
    objection.state = _O.CHANGED if changed else _O.UPHELD
    objection.answer = answer.strip()
    objection.decided_at, objection.decided_by = clock.now(), account(actor)
    objection.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    left = held.cu.checklist_objections.filter(state=_O.OPEN).exists()
    move(held, workflow.OBJECTION if left else workflow.MINISTRY_MARKED)
    event(held, "decided", actor=actor, comments={objection.item: ""})
    if changed:
        compute(held, actor=actor, stage=workflow.MINISTRY)
