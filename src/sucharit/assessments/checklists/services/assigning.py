"""A checklist split among colleagues: by section or item, submitted, returned with comments, accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import rights
from sucharit.assessments.checklists.base import LONGEST, Held, hold, note, sheet_of, take
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import (
    CampaignUnit,
    ChecklistAssignment,
    ChecklistAssignmentEvent,
)
from sucharit.assessments.services.steps import account
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import User

_S = ChecklistAssignment.State
WORKING = (_S.ASSIGNED, _S.RETURNED)


def assign(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    user: User,
    sections: Iterable[str] = (),
    items: Iterable[str] = (),
    due_on: dt.date | None = None,
    on: dt.date | None = None,
) -> ChecklistAssignment:
    """Give sections and items to a colleague; a second time for the same person replaces the list.

    ValidationError by field: nobody who may edit here, nothing chosen, an item another colleague has.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        take(actor=actor, held=held, action="assign", on=on)
        wanted = _items(held, sections, items)
        wrong: dict[str, str] = {}
        if not scope.can(user, "assessments.edit", held.unit):
            wrong["user"] = _("This account may not answer for the unit.")
        if not wanted:
            wrong["sections"] = _("Choose at least one section or item.")
        others = held.cu.checklist_assignments.exclude(account=user)
        taken = [i for row in others for i in row.items if i in wanted]
        if taken:
            wrong["sections"] = _("A colleague has these already: %(items)s") % {
                "items": ", ".join(taken)
            }
        if wrong:
            raise ValidationError(wrong)
        made, _new = ChecklistAssignment.objects.update_or_create(
            campaign_unit=held.cu,
            account=user,
            defaults={
                "items": wanted,
                "state": _S.ASSIGNED,
                "due_on": due_on,
                "made_by": account(actor),
            },
        )
        _event(made, actor=actor)
        note(actor=actor, held=held, action="assigned", target=made, items=len(wanted))
    return made


def submit_assignment(*, actor: Any, assignment: ChecklistAssignment) -> ChecklistAssignment:
    """The colleague hands the part in; from then on only whoever accepts it moves it."""
    return _step(assignment, WORKING, _S.SUBMITTED, actor=actor, own=True)


def return_assignment(
    *, actor: Any, assignment: ChecklistAssignment, words: str, comments: Mapping[str, str]
) -> ChecklistAssignment:
    """Send a part back: a comment per item, or one for all. ValidationError when there is none."""
    found = {i: t.strip() for i, t in comments.items() if t.strip()}
    if not found and not words.strip():
        raise ValidationError({"note": _("Say what has to be changed.")})
    if len(words) > LONGEST or any(len(t) > LONGEST for t in found.values()):
        raise ValidationError({"note": _("At most %(n)s characters.") % {"n": LONGEST}})
    return _step(
        assignment,
        (_S.SUBMITTED, _S.ACCEPTED),
        _S.RETURNED,
        actor=actor,
        words=words,
        comments=found,
    )


def accept_assignment(*, actor: Any, assignment: ChecklistAssignment) -> ChecklistAssignment:
    """Take a part as done. Not by the colleague who did it, unless he approves for the unit."""
    return _step(assignment, (_S.SUBMITTED,), _S.ACCEPTED, actor=actor)


def withdraw_assignment(*, actor: Any, assignment: ChecklistAssignment) -> None:
    """Take work back from a colleague; what was answered stays."""
    with transaction.atomic():
        held, row = _held(assignment, actor=actor)
        if row.account_id == getattr(actor, "pk", None) and row.made_by_id != row.account_id:
            raise Forbidden(_("Whoever gave you this work can take it back."))
        note(
            actor=actor, held=held, action="assignment_withdrawn", target=row, items=len(row.items)
        )
        row.events.all().delete()
        row.delete()


def require_turn(held: Held, item: str, *, actor: Any) -> None:
    """Refusal where a colleague works on the item, or it was handed in and not returned."""
    who = account(actor)
    for row in held.cu.checklist_assignments.select_related("account"):
        if item not in row.items:
            continue
        if row.state in {_S.SUBMITTED, _S.ACCEPTED}:
            raise Refusal(
                _("This part was handed in by %(who)s. Return it if something must be changed.")
                % {"who": row.account}
            )
        if who is not None and row.account_id != who.pk:
            raise Refusal(
                _("%(who)s works on this item. Take the assignment back if you must change it.")
                % {"who": row.account}
            )


def open_assignments(cu: CampaignUnit) -> list[ChecklistAssignment]:
    """Parts that are not accepted yet."""
    return list(cu.checklist_assignments.exclude(state=_S.ACCEPTED).select_related("account"))


def _items(held: Held, sections: Iterable[str], items: Iterable[str]) -> list[str]:
    chosen, single = set(sections), set(items)
    return [i.id for i in sheet_of(held.cu).items if i.section in chosen or i.id in single]


def _held(assignment: ChecklistAssignment, *, actor: Any) -> tuple[Held, ChecklistAssignment]:
    held = hold(assignment.campaign_unit)
    take(actor=actor, held=held, action="assign")
    row = ChecklistAssignment.objects.filter(pk=assignment.pk, campaign_unit=held.cu).first()
    if row is None:
        raise NotFoundInScope(_("There is no such assignment."))
    return held, row


def _step(
    assignment: ChecklistAssignment,
    states: Iterable[str],
    to: str,
    *,
    actor: Any,
    own: bool = False,
    words: str = "",
    comments: Mapping[str, str] | None = None,
) -> ChecklistAssignment:
    with transaction.atomic():
        held, row = _held(assignment, actor=actor)
        mine = row.account_id == getattr(actor, "pk", None)
        if own and not mine and account(actor) is not None:
            raise Forbidden(_("Only the colleague who has this part hands it in."))
        if not own and mine and workflow.APPROVE not in rights.rights(actor, held.cu):
            raise Forbidden(_("Somebody else looks over your part."))
        if row.state not in states:
            raise Refusal(_("This part stands elsewhere now. Reload the page to see where."))
        row.state = to
        row.save(update_fields=["state"])
        _event(row, actor=actor, words=words, comments=comments)
        note(actor=actor, held=held, action=f"assignment_{to}", target=row, items=len(row.items))
    return row


def _event(
    row: ChecklistAssignment,
    *,
    actor: Any,
    words: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    ChecklistAssignmentEvent.objects.create(
        assignment=row,
        state=row.state,
        by=account(actor),
        note=words.strip(),
        comments=dict(comments or {}),
    )
