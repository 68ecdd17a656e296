"""Marks of province and ministry: one by one, each a new row; a stage is finished when every item has its mark."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.assessments.checklists import judging, rights, values
from sucharit.assessments.checklists.base import (
    LONGEST,
    Held,
    StaleError,
    answers_of,
    event,
    hold,
    move,
    note,
    take,
)
from sucharit.assessments.checklists.services.answers import known_item
from sucharit.assessments.checklists.services.results import compute
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.engine.checklists.holding import latest
from sucharit.assessments.models import CampaignUnit, ChecklistMark, ChecklistSample
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.errors import Refusal

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


def mark_item(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    item: str,
    value: str = "",
    not_applicable: bool = False,
    comment: str = "",
    turn: int = 0,
    on: dt.date | None = None,
) -> ChecklistMark:
    """Judge one item at the stage whose turn it is. ``turn``: of the mark the page showed (0: none).

    Where the judgement differs from the one below it, a comment is required: the unit will read it.
    ValidationError by field, StaleError, Refusal, Forbidden with a stake in the unit.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        stage = stage_now(held)
        take(actor=actor, held=held, action=f"mark_{stage}", on=on)
        rights.require_no_stake(actor, held.cu)
        asked = known_item(held.cu, item)
        judged = judged_below(held, stage)
        if item not in judging.to_mark(judged, held.cu):
            raise Refusal(
                _("This item is not marked: it does not apply, or the unit gave nothing.")
            )
        _require_sample(held, stage, item)
        last = held.cu.checklist_marks.filter(item=item, stage=stage).order_by("-turn").first()
        if (last.turn if last else 0) != turn:
            raise StaleError(last)
        clean = check_mark(asked, value, comment, judged, not_applicable=not_applicable)
        made = put_mark(
            held, asked, stage, clean, turn + 1, actor=actor, comment=comment, na=not_applicable
        )
        note(
            actor=actor, held=held, action="marked", target=made, item=item, stage=stage, turn=made.turn,
            value=made.value, points=made.points, not_applicable=made.not_applicable,
        )  # fmt: skip
    return made


def finish_stage(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    objections_to: dt.date | None = None,
    decide_by: dt.date | None = None,
    on: dt.date | None = None,
) -> str:
    """Close the stage whose turn it is; gives its name. Every item that is to be marked must have a mark.

    The ministry's stage names the days: until when the unit may object, until when that is decided.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        stage = stage_now(held)
        to = take(actor=actor, held=held, action=f"finish_{stage}", on=on)
        rights.require_no_stake(actor, held.cu)
        left = left_to_mark(held, stage)
        if left:
            raise Refusal(
                ngettext(
                    "%(n)s item is not marked yet: %(items)s.",
                    "%(n)s items are not marked yet: %(items)s.",
                    len(left),
                )
                % {"n": len(left), "items": ", ".join(left)}
            )
        done: dict[str, Any] = {f"{stage}_done_at": clock.now(), f"{stage}_done_by": account(actor)}
        if stage == workflow.MINISTRY:
            _check_days(objections_to, decide_by, on or clock.today())
            done |= {"objections_to": objections_to, "decide_by": decide_by}
        move(held, to, **done)
        event(held, f"{stage}_marked", actor=actor)
        result = compute(held, actor=actor, stage=stage)
        note(
            actor=actor, held=held, action=f"{stage}_finished", total=result.total, band=result.band,
            run=result.run,
        )  # fmt: skip
    return stage


def reopen_province(*, actor: Any, campaign_unit: CampaignUnit, words: str) -> None:
    """The province takes its stage up again, as long as the ministry has not begun."""
    with transaction.atomic():
        held = hold(campaign_unit)
        to = take(actor=actor, held=held, action="reopen_province")
        rights.require_no_stake(actor, held.cu)
        if not words.strip():
            raise ValidationError({"note": _("Say what has to be changed.")})
        if held.cu.checklist_marks.filter(stage=workflow.MINISTRY).exists():
            raise Refusal(_("The ministry has begun to mark: the province's marks stand."))
        move(held, to, province_done_at=None, province_done_by=None)
        event(held, "province_reopened", actor=actor, note=words.strip()[:LONGEST])
        note(actor=actor, held=held, action="province_reopened")


def stage_now(held: Held) -> str:
    """The stage whose turn it is; where none has it, the last one (its step then says why not)."""
    turn = held.state.awaits
    if turn == workflow.PROVINCE or held.state.state in {workflow.DRAFT, workflow.SUBMITTED}:
        return held.stages[0]
    return workflow.MINISTRY


def judged_below(held: Held, stage: str) -> judging.Judged:
    """What holds before a stage speaks."""
    below = workflow.SELF if stage == held.stages[0] else workflow.PROVINCE
    answers = judging.answered(answers_of(held.cu).values())
    marks = judging.found(held.cu.checklist_marks.all())
    return judging.judge(held.cu, answers, marks, upto=below)


def left_to_mark(held: Held, stage: str) -> list[str]:
    """Items the stage still has to judge: all that are to be marked, or those of the ministry's sample."""
    wanted = judging.to_mark(judged_below(held, stage), held.cu)
    if stage == workflow.MINISTRY:
        wanted = judging.only(wanted, sampled(held.cu))
    done = set(held.cu.checklist_marks.filter(stage=stage).values_list("item", flat=True))
    return [i for i in wanted if i not in done]


def sampled(cu: CampaignUnit) -> set[str] | None:
    """Items of this unit in the campaign's verification sample; None when none was drawn."""
    sample = ChecklistSample.objects.filter(campaign=cu.campaign_id).first()
    return None if sample is None else {i for u, i in sample.pairs if u == cu.unit.code}


def check_mark(
    asked: SheetItem, value: str, comment: str, below: judging.Judged, *, not_applicable: bool
) -> str:
    """The value in its one spelling, or ValidationError by field."""
    wrong: dict[str, Any] = {}
    clean = ""
    if not_applicable:
        if not asked.may_be_na:
            wrong["not_applicable"] = _("This item applies to every unit.")
    elif not str(value).strip():
        wrong["value"] = _("Choose what you found.")
    else:
        try:
            clean = str(values.clean(asked, value) or "")
        except ValidationError as error:
            wrong["value"] = error.messages
    before = below.held.get(asked.id)
    said = (
        (before.not_applicable, "" if before.not_applicable else str(before.value))
        if before
        else None
    )
    if not wrong and said != (not_applicable, clean) and not comment.strip():
        wrong["comment"] = _(
            "This differs from the judgement before: say why, the unit will read it."
        )
    if len(comment) > LONGEST:
        wrong["comment"] = _("At most %(n)s characters.") % {"n": LONGEST}
    if wrong:
        raise ValidationError(wrong)
    return clean


def put_mark(
    held: Held,
    asked: SheetItem,
    stage: str,
    value: str,
    turn: int,
    *,
    actor: Any,
    comment: str,
    na: bool,
) -> ChecklistMark:
    """A new row of marks; nothing is ever changed in an old one."""
    return ChecklistMark.objects.create(
        campaign_unit=held.cu,
        item=asked.id,
        stage=stage,
        turn=turn,
        value="" if na else value,
        points="" if na else values.worth(asked, value),
        not_applicable=na,
        comment=comment.strip(),
        by=account(actor),
    )


def holding_mark(cu: CampaignUnit, item: str, stage: str) -> ChecklistMark | None:
    """The mark of a stage that holds for an item."""
    return cu.checklist_marks.filter(item=item, stage=stage).order_by("-turn").first()


def current_marks(cu: CampaignUnit) -> dict[tuple[str, str], ChecklistMark]:
    """The holding marks by (item, stage), with their authors (one query)."""
    rows = list(cu.checklist_marks.select_related("by"))
    by_key = {(m.item, m.stage, m.turn): m for m in rows}
    from sucharit.assessments.engine.checklists import Found

    found = latest(Found(m.item, m.stage, m.turn, m.value, m.not_applicable) for m in rows)
    return {key: by_key[(*key, f.turn)] for key, f in found.items()}


def _require_sample(held: Held, stage: str, item: str) -> None:
    chosen = sampled(held.cu) if stage == workflow.MINISTRY else None
    if chosen is not None and item not in chosen:
        raise Refusal(
            _("This item is not in the verification sample: the judgement below it stands.")
        )


def _check_days(objections_to: dt.date | None, decide_by: dt.date | None, today: dt.date) -> None:
    wrong = {}
    if objections_to is None:
        wrong["objections_to"] = _("Say until when the unit may object.")
    elif objections_to < today:
        wrong["objections_to"] = _("This day has passed.")
    if decide_by is None:
        wrong["decide_by"] = _("Say until when objections are decided.")
    elif objections_to is not None and decide_by < objections_to:
        wrong["decide_by"] = _("Objections cannot be decided before they can be raised.")
    if wrong:
        raise ValidationError(wrong)
