"""Splitting a self-report between officers: given, handed in, returned with a comment, accepted.

An item is in one person's hands at most. That is about who owes it, not about rights: whoever may
edit the unit's self-report still may. Everything that happens is kept as an event of the item.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import OitAssignment, OitItemEvent, Participation
from sucharit.assessments.services.entries import known_item
from sucharit.assessments.services.returning import LONGEST_NOTE, note_event
from sucharit.assessments.services.steps import account, locked_participation, take_step
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import User

State, What = OitAssignment.State, OitItemEvent.What


def assign_items(
    *,
    actor: Any,
    participation: Participation,
    items: Sequence[str],
    assignee: User,
    on: dt.date | None = None,
) -> list[OitAssignment]:
    """Give items to an account that may edit the unit's self-report; from whoever had them before.

    ValidationError: no item, or somebody who may not edit here. Refusal: not a draft any more.
    """
    with transaction.atomic():
        held = _held(participation, actor=actor, on=on)
        wanted = list(dict.fromkeys(items))
        wrong: dict[str, str] = {}
        if not wanted:
            wrong["items"] = _("Choose at least one item.")
        if not scope.can(assignee, "assessments.edit", held.unit):
            wrong["assignee"] = _("This account may not fill in the self-report of this unit.")
        if wrong:
            raise ValidationError(wrong)
        for code in wanted:
            known_item(held, code)
        made = []
        for code in wanted:
            row = OitAssignment.objects.filter(participation=held, item=code).first()
            row = row or OitAssignment(participation=held, item=code)
            row.assignee, row.state = assignee, State.ASSIGNED
            row.save()
            made.append(row)
            note_event(held, code, What.ASSIGNED, actor=actor, to=assignee)
        _note("assigned", held, wanted, actor=actor, to=assignee.pk)
    return made


def take_back(
    *,
    actor: Any,
    participation: Participation,
    items: Sequence[str],
    on: dt.date | None = None,
) -> int:
    """Take items out of whoever's hands; gives how many were in somebody's."""
    with transaction.atomic():
        held = _held(participation, actor=actor, on=on)
        rows = OitAssignment.objects.filter(participation=held, item__in=items)
        gone = sorted(rows.values_list("item", flat=True))
        if not gone:
            raise ValidationError({"items": _("Choose items that somebody has.")})
        for row in rows.select_related("assignee"):
            note_event(held, row.item, What.TAKEN_BACK, actor=actor, to=row.assignee)
        rows.delete()
        _note("taken_back", held, gone, actor=actor)
    return len(gone)


def submit_item(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    comment: str = "",
    on: dt.date | None = None,
) -> OitAssignment:
    """The person who has the item says that it is done. Forbidden for anybody else."""
    with transaction.atomic():
        held = _held(participation, actor=actor, on=on)
        row = _row(held, item)
        who = account(actor)
        if who is not None and row.assignee_id != who.pk:
            raise Forbidden(_("This item is in somebody else's hands."))
        if row.state not in {State.ASSIGNED, State.RETURNED}:
            raise Refusal(_("This item has been handed in already."))
        entry = held.entries.filter(item=item).first()
        if entry is not None and entry.must_confirm:
            raise Refusal(
                _("The answer was copied from an earlier year: confirm or change it first.")
            )
        if entry is None or not (entry.nothing_to_show or entry.links.exists()):
            raise Refusal(
                _("The item has no answer yet: give links, or say that nothing is published.")
            )
        return _move(row, held, State.SUBMITTED, What.SUBMITTED, comment, actor=actor)


def accept_item(
    *, actor: Any, participation: Participation, item: str, on: dt.date | None = None
) -> OitAssignment:
    """Somebody else than the one who did it finds it good."""
    with transaction.atomic():
        held = _held(participation, actor=actor, on=on)
        row = _handed_in(held, item, actor=actor)
        return _move(row, held, State.ACCEPTED, What.ACCEPTED, "", actor=actor)


def return_item(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    comment: str,
    on: dt.date | None = None,
) -> OitAssignment:
    """Give a handed-in item back with what has to be changed (ValidationError without words)."""
    with transaction.atomic():
        held = _held(participation, actor=actor, on=on)
        row = _handed_in(held, item, actor=actor)
        if not comment.strip():
            raise ValidationError({"comment": _("Say what has to be changed.")})
        return _move(row, held, State.RETURNED, What.RETURNED, comment, actor=actor)


def _held(participation: Participation, *, actor: Any, on: dt.date | None) -> Participation:
    held = locked_participation(participation)
    take_step(actor=actor, participation=held, action="edit", on=on)
    return held


def _row(held: Participation, item: str) -> OitAssignment:
    row = OitAssignment.objects.filter(participation=held, item=item).first()
    if row is None:
        raise NotFoundInScope(_("This item is in nobody's hands."))
    return row


def _handed_in(held: Participation, item: str, *, actor: Any) -> OitAssignment:
    """A row that waits to be looked at, by somebody else than its own hand."""
    row = _row(held, item)
    if row.state != State.SUBMITTED:
        raise Refusal(_("This item has not been handed in."))
    who = account(actor)
    if who is not None and row.assignee_id == who.pk:
        raise Forbidden(_("Somebody else looks at what you have done."))
    return row


def _move(
    row: OitAssignment, held: Participation, state: str, what: str, comment: str, *, actor: Any
) -> OitAssignment:
    if len(comment) > LONGEST_NOTE:
        raise ValidationError({"comment": _("At most %(n)s characters.") % {"n": LONGEST_NOTE}})
    row.state = state
    row.save(update_fields=["state", "changed_at"])
    note_event(held, row.item, what, actor=actor, comment=comment.strip(), to=row.assignee)
    _note(str(what), held, [row.item], actor=actor)
    return row


def _note(what: str, held: Participation, items: list[str], *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"assessments.oit.item_{what}", target=held, unit=held.unit,
        fiscal_year=held.round.fiscal_year, items=items, **data,
    )  # fmt: skip
