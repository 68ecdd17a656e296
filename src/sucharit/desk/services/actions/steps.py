"""What every step of an action item shares: the lock, the right, the history, the ledger row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.engine.actions import ORIGIN, STEPS
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.desk.notices.actions import after_step
from sucharit.orgs import scope
from sucharit.orgs.models import User

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit

EDIT = "actions.edit"
_EVENTS = {
    "start": "started",
    "report": "reported",
    "submit": "submitted",
    "block": "blocked",
    "unblock": "unblocked",
    "ask": "asked",
    "change": "changed",
    "defer": "deferred",
    "refuse": "refused",
    "return": "returned",
    "accept": "accepted",
    "cancel": "cancelled",
    "reopen": "reopened",
}


def works(user: Any, item: ActionItem) -> bool:
    """Whether the user works on the item: "actions.edit" at its lead unit or at a co-unit."""
    if isinstance(user, System) or scope.can(user, EDIT, item.unit):
        return True
    return any(scope.can(user, EDIT, c.unit) for c in item.co_units.select_related("unit"))


def is_origin(user: Any, item: ActionItem) -> bool:
    """Whether the user decides for the unit the finding belongs to."""
    return isinstance(user, System) or scope.can(user, EDIT, item.origin_unit)


def account(*, actor: Any) -> User | None:
    """The account to name on a row; the system has none."""
    return actor if isinstance(actor, User) else None


def require_owner_fits(owner: User | None, unit: Unit) -> None:
    """Refusal for an owner without "actions.edit" at the unit."""
    if owner is not None and not scope.can(owner, EDIT, unit):
        raise Refusal(_("The owner must hold a role at the unit."), where="owner")


def require_other_eyes(held: ActionItem, *, actor: Any) -> None:
    """Forbidden for the person who handed the item in."""
    if isinstance(actor, User) and actor.pk == held.submitted_by_id:
        raise Forbidden(_("Somebody else looks at what you handed in."))


def locked(action: ActionItem, step: str, *, actor: Any, note: str = "") -> ActionItem:
    """The item, locked, when the actor may take the step in the state it is in and said why where needed."""
    held = ActionItem.objects.select_for_update().filter(pk=action.pk).first()
    if held is None or not (
        isinstance(actor, System)
        or ActionItem.objects.visible_to(actor).filter(pk=held.pk).exists()
    ):
        raise NotFoundInScope(_("There is no such action item."))
    rule = STEPS[step]
    allowed = is_origin(actor, held) if rule.by == ORIGIN else works(actor, held)
    if not allowed and not (step == "change" and is_origin(actor, held)):
        raise Forbidden(
            _("Only the unit the finding belongs to decides this.")
            if rule.by == ORIGIN
            else _("Your role does not include this step.")
        )
    if held.state not in rule.sources:
        raise Refusal(_("The action item is not in a state for this step any more."))
    if rule.needs_note and not note.strip():
        raise Refusal(_("Say in a sentence what was done, or why."), where="note")
    return held


def done(
    step: str, held: ActionItem, *, actor: Any, fields: list[str], note: str = ""
) -> ActionItem:
    """Save the fields, write the history and, last, the ledger row (state and day, no text)."""
    held.updated_at = clock.now()
    held.save(update_fields=[*fields, "updated_at"])
    remember(_EVENTS[step], held, actor=actor, note=note.strip())
    after_step(step, held, actor)
    record(
        actor=actor, action=f"desk.action.{_EVENTS[step]}", target=held, unit=held.unit,
        fiscal_year=held.fiscal_year, state=held.state,
        due=held.due_on.isoformat() if held.due_on else "",
    )  # fmt: skip
    return held


def remember(kind: str, item: ActionItem, *, actor: Any, note: str = "") -> None:
    """One row of the item's history; who sees the item in "my work" counts anew after the commit."""
    ActionEvent.objects.create(
        action=item,
        kind=kind,
        owner=item.owner,
        due_on=item.due_on,
        progress=item.progress,
        note=note,
        by=account(actor=actor),
        at=clock.now(),
    )
    people = {u.pk for u in (item.owner, account(actor=actor)) if u is not None}
    transaction.on_commit(lambda: cache.delete_many([f"desk-count-{pk}" for pk in people]))
