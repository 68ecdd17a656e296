"""A unit's answers: saved item by item while the checklist is a draft; what was taken over is confirmed here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import judging, values
from sucharit.assessments.checklists.base import (
    LONGEST,
    Held,
    StaleError,
    answers_of,
    hold,
    note,
    sheet_of,
    take,
)
from sucharit.assessments.checklists.services.assigning import require_turn
from sucharit.assessments.engine.checklists import SheetItem
from sucharit.assessments.models import CampaignUnit, ChecklistAnswer
from sucharit.assessments.services.steps import account
from sucharit.core.errors import NotFoundInScope, Refusal


def save_answer(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    item: str,
    value: Any = None,
    words: str = "",
    not_applicable: bool = False,
    reason: str = "",
    version: int = 0,
    on: dt.date | None = None,
) -> ChecklistAnswer:
    """Save a draft of one item. ``value`` as typed; ``words`` is the note; ``version``: what the page showed.

    Saving confirms what was taken over from another year. ValidationError by field (``value``, ``note``,
    ``not_applicable``, ``reason``), StaleError when another save came in between, Refusal when the
    checklist is no draft, its time is over, or a colleague works on the item.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        take(actor=actor, held=held, action="edit", on=on)
        asked = known_item(held.cu, item)
        require_turn(held, item, actor=actor)
        answers = answers_of(held.cu)
        answer = answers.get(item) or ChecklistAnswer(campaign_unit=held.cu, item=item)
        if answer.version != version:
            raise StaleError(answer)
        _fill(answer, asked, value, words, not_applicable, reason)
        answers[item] = answer
        _check_rules(held, asked, answers, on)
        stamp(answer, actor=actor)
        answer.save()
        note(
            actor=actor, held=held, action="saved", target=answer, item=item, version=answer.version,
            not_applicable=answer.not_applicable,
        )  # fmt: skip
    return answer


def confirm_item(
    *, actor: Any, campaign_unit: CampaignUnit, item: str, on: dt.date | None = None
) -> ChecklistAnswer:
    """Say that what was taken over for an item still holds: the answer and its evidence.

    Refusal when nothing waits for a word, or when the answer does not stand the instrument's rules.
    """
    from sucharit.assessments.proof import services as proof

    with transaction.atomic():
        held = hold(campaign_unit)
        take(actor=actor, held=held, action="edit", on=on)
        asked = known_item(held.cu, item)
        require_turn(held, item, actor=actor)
        answers = answers_of(held.cu)
        answer = answers.get(item)
        uses = [u for u in proof.attached(campaign_unit=held.cu, item=item) if u.must_confirm]
        if answer is None or not (answer.must_confirm or uses):
            raise Refusal(_("This item needs no confirmation."))
        answer.must_confirm = False
        try:
            _check_rules(held, asked, answers, on)
        except ValidationError as error:
            raise Refusal(" ".join(error.messages)) from None
        stamp(answer, actor=actor)
        answer.save()
        for use in uses:
            proof.confirm_use(actor=actor, use=use, on=on)
        note(
            actor=actor, held=held, action="confirmed", target=answer, item=item, version=answer.version,
            evidence=len(uses),
        )  # fmt: skip
    return answer


def guard_evidence(who: Any, campaign_unit: CampaignUnit, item: str) -> None:
    """Evidence of an item changes only where its answer may: the proof library asks inside its transaction."""
    held = hold(campaign_unit)
    take(actor=who, held=held, action="edit")
    known_item(held.cu, item)
    require_turn(held, item, actor=who)
    answer = ChecklistAnswer.objects.filter(campaign_unit=held.cu, item=item).first()
    answer = answer or ChecklistAnswer(campaign_unit=held.cu, item=item)
    editor = account(who)
    if editor is not None and editor.pk not in answer.editors:
        answer.editors = [*answer.editors, editor.pk]
        answer.save()


def known_item(cu: CampaignUnit, item: str) -> SheetItem:
    """The item as this unit is asked it; NotFoundInScope otherwise."""
    found = sheet_of(cu).by_id.get(item)
    if found is None or found.inside_repeat:
        raise NotFoundInScope(_("There is no such item."))
    return found


def stamp(answer: ChecklistAnswer, *, actor: Any) -> None:
    """Count the save and note the hand: whoever had one in the answers may not mark them."""
    answer.version += 1
    answer.updated_by = account(actor)
    who = account(actor)
    if who is not None and who.pk not in answer.editors:
        answer.editors = [*answer.editors, who.pk]


def _fill(
    answer: ChecklistAnswer,
    asked: SheetItem,
    value: Any,
    words: str,
    not_applicable: bool,
    reason: str,
) -> None:
    """Put what was typed into the answer, or ValidationError with every wrong field."""
    wrong: dict[str, Any] = {}
    try:
        clean = values.clean(asked, value)
    except ValidationError as error:
        clean, wrong["value"] = None, error.messages
    if not_applicable and not asked.may_be_na:
        wrong["not_applicable"] = _("This item applies to every unit.")
    elif not_applicable and not reason.strip():
        wrong["reason"] = _("Say why the item does not apply.")
    elif not_applicable and clean is not None:
        wrong["not_applicable"] = _("Either an answer, or that the item does not apply.")
    for name, text in (("note", words), ("reason", reason)):
        if len(text) > LONGEST:
            wrong[name] = _("At most %(n)s characters.") % {"n": LONGEST}
    if wrong:
        raise ValidationError(wrong)
    answer.value, answer.note = clean, words.strip()
    answer.not_applicable, answer.reason = not_applicable, reason.strip() if not_applicable else ""
    answer.must_confirm = False


def _check_rules(
    held: Held, asked: SheetItem, answers: dict[str, ChecklistAnswer], on: dt.date | None
) -> None:
    """The instrument's own rules for this item, given all other answers."""
    judged = judging.judge(held.cu, judging.answered(answers.values()), today=on)
    wrong = judged.problems().get(asked.id, [])
    if wrong:
        raise ValidationError({"value": wrong})
