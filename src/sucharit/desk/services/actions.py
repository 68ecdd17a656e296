"""Action items: open, hand over, close, verify, open again. Every step is kept in its history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.orgs import scope
from sucharit.orgs.models import User

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit


def open_action(
    *,
    actor: Any,
    unit: Unit,
    fiscal_year: int,
    title: str,
    source_kind: str,
    source_id: str,
    source_url: str = "",
    why: str = "",
    owner: User | None = None,
    due_on: dt.date | None = None,
) -> ActionItem:
    """Make a finding an action item; an open one of the same finding is given back as it stands.

    ``title`` and ``why`` are shown to the unit: no personal text, no name. Raises Forbidden or
    NotFoundInScope without "actions.edit" at the unit, Refusal for an owner outside the unit.
    """
    scope.require(actor, "actions.edit", unit)
    if owner is not None and not scope.can(owner, "actions.edit", unit):
        raise Refusal(_("The owner must hold a role at the unit."), where="owner")
    with transaction.atomic():
        item, created = ActionItem.objects.get_or_create(
            unit=unit,
            source_kind=source_kind,
            source_id=source_id,
            state=ActionItem.State.OPEN,
            defaults={
                "fiscal_year": fiscal_year,
                "title": title[:300],
                "why": why,
                "source_url": source_url,
                "owner": owner,
                "due_on": due_on,
                "created_by": actor if isinstance(actor, User) else None,
            },
        )
        if created:
            _remember(ActionEvent.Kind.OPENED, item, actor=actor)
            record(
                actor=actor, action="desk.action.opened", target=item, unit=unit,
                fiscal_year=fiscal_year, source=source_kind, due=due_on.isoformat() if due_on else "",
            )  # fmt: skip
    return item


def change_action(
    *, actor: Any, action: ActionItem, owner: User | None, due_on: dt.date | None
) -> ActionItem:
    """Hand an open item over, or set its due date."""
    with transaction.atomic():
        held = _locked_open(action, actor=actor)
        if owner is not None and not scope.can(owner, "actions.edit", held.unit):
            raise Refusal(_("The owner must hold a role at the unit."), where="owner")
        held.owner, held.due_on = owner, due_on
        held.save(update_fields=["owner", "due_on"])
        _remember(ActionEvent.Kind.CHANGED, held, actor=actor)
        record(
            actor=actor, action="desk.action.changed", target=held, unit=held.unit,
            fiscal_year=held.fiscal_year, due=due_on.isoformat() if due_on else "",
        )  # fmt: skip
    return held


def close_action(*, actor: Any, action: ActionItem, note: str, done: bool = True) -> ActionItem:
    """Close an open item as done, or dropped; both say how or why."""
    if not note.strip():
        raise Refusal(_("Say in a sentence what was done, or why it is dropped."), where="note")
    with transaction.atomic():
        held = _locked_open(action, actor=actor)
        held.state = ActionItem.State.DONE if done else ActionItem.State.DROPPED
        held.closed_at, held.closing_note = clock.now(), note.strip()
        held.closed_by = actor if isinstance(actor, User) else None
        held.save(update_fields=["state", "closed_at", "closed_by", "closing_note"])
        _remember(held.state, held, actor=actor, note=held.closing_note)
        record(
            actor=actor, action="desk.action.closed", target=held, unit=held.unit,
            fiscal_year=held.fiscal_year, state=held.state,
        )  # fmt: skip
    return held


def verify_action(*, actor: Any, action: ActionItem, note: str = "") -> ActionItem:
    """Confirm that what was done holds; by somebody else than who closed it."""
    with transaction.atomic():
        held = _locked_done(action, actor=actor)
        held.verified_at = clock.now()
        held.verified_by = actor if isinstance(actor, User) else None
        held.save(update_fields=["verified_at", "verified_by"])
        _remember(ActionEvent.Kind.VERIFIED, held, actor=actor, note=note.strip())
        record(
            actor=actor, action="desk.action.verified", target=held, unit=held.unit,
            fiscal_year=held.fiscal_year,
        )  # fmt: skip
    return held


def reopen_action(
    *, actor: Any, action: ActionItem, note: str, due_on: dt.date | None = None
) -> ActionItem:
    """Open an item again whose remedy does not hold; ``note`` says why."""
    if not note.strip():
        raise Refusal(_("Say why it is opened again."), where="note")
    with transaction.atomic():
        held = _locked_done(action, actor=actor)
        twin = ActionItem.objects.open().filter(
            unit=held.unit, source_kind=held.source_kind, source_id=held.source_id
        )
        if twin.exists():
            raise Refusal(_("The same finding has a newer open action item already."))
        held.state, held.closed_at, held.closed_by = ActionItem.State.OPEN, None, None
        held.closing_note, held.due_on = "", due_on or held.due_on
        held.save()
        _remember(ActionEvent.Kind.REOPENED, held, actor=actor, note=note.strip())
        record(
            actor=actor, action="desk.action.reopened", target=held, unit=held.unit,
            fiscal_year=held.fiscal_year,
        )  # fmt: skip
    return held


def _locked_done(action: ActionItem, *, actor: Any) -> ActionItem:
    """A done item that waits for verification, locked; never for who closed it himself."""
    held = ActionItem.objects.select_for_update().filter(pk=action.pk).first()
    if held is None:
        raise NotFoundInScope(_("There is no such action item."))
    scope.require(actor, "actions.edit", held.unit)
    if held.state != ActionItem.State.DONE or held.verified_at is not None:
        raise Refusal(_("Only what was closed as done, and not verified yet, is looked at again."))
    if isinstance(actor, User) and actor.pk == held.closed_by_id:
        raise Forbidden(_("Somebody else verifies what you closed."))
    return held


def _remember(kind: str, item: ActionItem, *, actor: Any, note: str = "") -> None:
    ActionEvent.objects.create(
        action=item,
        kind=kind,
        owner=item.owner,
        due_on=item.due_on,
        note=note,
        by=actor if isinstance(actor, User) else None,
        at=clock.now(),
    )


def _locked_open(action: ActionItem, *, actor: Any) -> ActionItem:
    held = ActionItem.objects.select_for_update().filter(pk=action.pk).first()
    if held is None:
        raise NotFoundInScope(_("There is no such action item."))
    scope.require(actor, "actions.edit", held.unit)
    if held.state != ActionItem.State.OPEN:
        raise Refusal(_("This action item is closed already."))
    return held
