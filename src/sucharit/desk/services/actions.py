"""Action items: open, work, hand in, accept or return. Every step is kept in its history.

The engine's table says which step leads where (``desk.engine.actions``); here are the rights: the lead unit
and the co-units work, only the unit the finding belongs to (``origin_unit``) accepts, returns, defers, cancels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.engine.actions import ORIGIN, STEPS
from sucharit.desk.models import ActionCoUnit, ActionEvent, ActionItem
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
    origin_unit: Unit | None = None,
    co_units: Sequence[Unit] = (),
    priority: int = ActionItem.Priority.NORMAL,
) -> ActionItem:
    """Make a finding an action item; a live one of the same finding is given back as it stands.

    ``origin_unit`` (default: the unit itself) owns the finding: the actor needs "actions.edit" there, and
    it may give work to units of its own subtree or to units the actor may edit; whoever calls for another
    tree (a resolution forwarded down) passes a System actor after its own check. ``title`` and ``why``
    are shown to the unit: no personal text. Refusal for an owner without a role at the unit.
    """
    origin = origin_unit or unit
    scope.require(actor, EDIT, origin)
    if not isinstance(actor, System) and not unit.path.startswith(origin.path):
        scope.require(actor, EDIT, unit)
    _fits(owner, unit)
    with transaction.atomic():
        item, created = ActionItem.objects.get_or_create(
            unit=unit,
            source_kind=source_kind,
            source_id=source_id,
            closed_at=None,
            defaults={
                "origin_unit": origin,
                "fiscal_year": fiscal_year,
                "title": title[:300],
                "why": why,
                "source_url": source_url,
                "owner": owner,
                "due_on": due_on,
                "original_due_on": due_on,
                "priority": priority,
                "created_by": _account(actor),
                "updated_at": clock.now(),
            },
        )
        if created:
            ActionCoUnit.objects.bulk_create(
                ActionCoUnit(action=item, unit=u) for u in co_units if u.pk != unit.pk
            )
            _remember("opened", item, actor=actor)
            record(
                actor=actor, action="desk.action.opened", target=item, unit=unit,
                fiscal_year=fiscal_year, source=source_kind, due=due_on.isoformat() if due_on else "",
                origin=origin.code, co_units=[u.code for u in co_units],
            )  # fmt: skip
    return item


def change_action(
    *, actor: Any, action: ActionItem, owner: User | None, due_on: dt.date | None,
    priority: int | None = None,
) -> ActionItem:  # fmt: skip
    """Hand a live item over, set its priority or its due date.

    Where the finding is another unit's, only that unit moves a date that was agreed: the lead unit asks
    (``ask_for_day``). The first date stays in ``original_due_on``.
    """
    with transaction.atomic():
        held = _locked(action, "change", actor=actor)
        _fits(owner, held.unit)
        if due_on != held.due_on and held.due_on is not None and not _is_origin(actor, held):
            raise Refusal(
                _("The day was agreed with the unit the finding belongs to: ask for another one."),
                where="due_on",
            )
        held.owner, held.due_on = owner, due_on
        held.original_due_on = held.original_due_on or due_on
        held.priority = held.priority if priority is None else priority
        return _done("change", held, actor=actor, fields=["owner", "due_on", "original_due_on", "priority"])  # fmt: skip


def report_progress(*, actor: Any, action: ActionItem, progress: int, note: str = "") -> ActionItem:
    """Say how far it is (0 to 100 per cent), with a sentence; work has begun from then on."""
    if not 0 <= progress <= 100:
        raise Refusal(_("Progress is a number from 0 to 100."), where="progress")
    with transaction.atomic():
        held = _locked(action, "report", actor=actor, note=note)
        held.progress, held.state = progress, STEPS["report"].target
        return _done("report", held, actor=actor, note=note, fields=["progress", "state"])


def start_action(*, actor: Any, action: ActionItem) -> ActionItem:
    """Work begins."""
    with transaction.atomic():
        held = _locked(action, "start", actor=actor)
        held.state = STEPS["start"].target
        return _done("start", held, actor=actor, fields=["state"])


def submit_action(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Hand in: what was done. The unit the finding belongs to looks at it now."""
    with transaction.atomic():
        held = _locked(action, "submit", actor=actor, note=note)
        held.state, held.progress = STEPS["submit"].target, 100
        held.submitted_at, held.submitted_by = clock.now(), _account(actor)
        held.closing_note = note.strip()
        fields = ["state", "progress", "submitted_at", "submitted_by", "closing_note"]
        return _done("submit", held, actor=actor, note=note, fields=fields)


def block_action(*, actor: Any, action: ActionItem, reason: str) -> ActionItem:
    """It cannot go on, and why."""
    with transaction.atomic():
        held = _locked(action, "block", actor=actor, note=reason)
        held.state, held.blocked_reason = STEPS["block"].target, reason.strip()
        return _done("block", held, actor=actor, note=reason, fields=["state", "blocked_reason"])


def unblock_action(*, actor: Any, action: ActionItem, note: str = "") -> ActionItem:
    """What stood in the way is gone."""
    with transaction.atomic():
        held = _locked(action, "unblock", actor=actor, note=note)
        held.state, held.blocked_reason = STEPS["unblock"].target, ""
        return _done("unblock", held, actor=actor, note=note, fields=["state", "blocked_reason"])


def ask_for_day(
    *, actor: Any, action: ActionItem, due_on: dt.date | None, reason: str
) -> ActionItem:
    """Ask the unit the finding belongs to for a later day."""
    if due_on is None or due_on <= clock.today():
        raise Refusal(_("Ask for a day that lies ahead."), where="due_on")
    with transaction.atomic():
        held = _locked(action, "ask", actor=actor, note=reason)
        held.asked_due_on, held.asked_reason = due_on, reason.strip()
        return _done("ask", held, actor=actor, note=reason, fields=["asked_due_on", "asked_reason"])


def defer_action(
    *, actor: Any, action: ActionItem, due_on: dt.date | None = None, note: str = ""
) -> ActionItem:
    """Agree to a new day: the one asked for, or another one."""
    with transaction.atomic():
        held = _locked(action, "defer", actor=actor, note=note)
        day = due_on or held.asked_due_on
        if day is None or day <= clock.today():
            raise Refusal(_("Say the new day; it lies ahead."), where="due_on")
        held.due_on, held.state = day, STEPS["defer"].target
        held.original_due_on = held.original_due_on or day
        held.asked_due_on, held.asked_reason = None, ""
        fields = ["due_on", "original_due_on", "state", "asked_due_on", "asked_reason"]
        return _done("defer", held, actor=actor, note=note, fields=fields)


def refuse_day(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Keep the day that was agreed, and say why."""
    with transaction.atomic():
        held = _locked(action, "refuse", actor=actor, note=note)
        if held.asked_due_on is None:
            raise Refusal(_("Nobody asked for another day."))
        held.asked_due_on, held.asked_reason = None, ""
        return _done("refuse", held, actor=actor, note=note, fields=["asked_due_on", "asked_reason"])  # fmt: skip


def return_action(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Give what was handed in back: what is missing."""
    with transaction.atomic():
        held = _locked(action, "return", actor=actor, note=note)
        _other_eyes(held, actor)
        held.state = STEPS["return"].target
        return _done("return", held, actor=actor, note=note, fields=["state"])


def accept_action(*, actor: Any, action: ActionItem, note: str = "") -> ActionItem:
    """The remedy holds: the item is closed. By the unit the finding belongs to, never by who handed in."""
    with transaction.atomic():
        held = _locked(action, "accept", actor=actor, note=note)
        _other_eyes(held, actor)
        held.state = STEPS["accept"].target
        held.closed_at, held.closed_by = clock.now(), _account(actor)
        return _done("accept", held, actor=actor, note=note, fields=["state", "closed_at", "closed_by"])  # fmt: skip


def cancel_action(*, actor: Any, action: ActionItem, reason: str) -> ActionItem:
    """Nothing is to be done any more, and why."""
    with transaction.atomic():
        held = _locked(action, "cancel", actor=actor, note=reason)
        held.state = STEPS["cancel"].target
        held.closed_at, held.closed_by = clock.now(), _account(actor)
        held.closing_note = reason.strip()
        fields = ["state", "closed_at", "closed_by", "closing_note"]
        return _done("cancel", held, actor=actor, note=reason, fields=fields)


def reopen_action(
    *, actor: Any, action: ActionItem, note: str, due_on: dt.date | None = None
) -> ActionItem:
    """Open an item again whose remedy does not hold; ``note`` says why."""
    with transaction.atomic():
        held = _locked(action, "reopen", actor=actor, note=note)
        twin = ActionItem.objects.open().filter(
            unit=held.unit, source_kind=held.source_kind, source_id=held.source_id
        )
        if twin.exists():
            raise Refusal(_("The same finding has a newer open action item already."))
        held.state, held.closed_at, held.closed_by = STEPS["reopen"].target, None, None
        held.closing_note, held.due_on = "", due_on or held.due_on
        held.submitted_at, held.submitted_by, held.progress = None, None, 0
        held.reopened_count += 1
        fields = [
            "state", "closed_at", "closed_by", "closing_note", "due_on", "submitted_at",
            "submitted_by", "progress", "reopened_count",
        ]  # fmt: skip
        return _done("reopen", held, actor=actor, note=note, fields=fields)


def works(user: Any, item: ActionItem) -> bool:
    """Whether the user works on the item: "actions.edit" at its lead unit or at a co-unit."""
    if isinstance(user, System) or scope.can(user, EDIT, item.unit):
        return True
    return any(scope.can(user, EDIT, c.unit) for c in item.co_units.select_related("unit"))


def _is_origin(user: Any, item: ActionItem) -> bool:
    return isinstance(user, System) or scope.can(user, EDIT, item.origin_unit)


def _account(actor: Any) -> User | None:
    return actor if isinstance(actor, User) else None


def _fits(owner: User | None, unit: Unit) -> None:
    if owner is not None and not scope.can(owner, EDIT, unit):
        raise Refusal(_("The owner must hold a role at the unit."), where="owner")


def _other_eyes(held: ActionItem, actor: Any) -> None:
    if isinstance(actor, User) and actor.pk == held.submitted_by_id:
        raise Forbidden(_("Somebody else looks at what you handed in."))


def _locked(action: ActionItem, step: str, *, actor: Any, note: str = "") -> ActionItem:
    """The item, locked, when the actor may take the step in the state it is in and said why where needed."""
    held = ActionItem.objects.select_for_update().filter(pk=action.pk).first()
    if held is None or not (
        isinstance(actor, System)
        or ActionItem.objects.visible_to(actor).filter(pk=held.pk).exists()
    ):
        raise NotFoundInScope(_("There is no such action item."))
    rule = STEPS[step]
    allowed = _is_origin(actor, held) if rule.by == ORIGIN else works(actor, held)
    if not allowed and not (step == "change" and _is_origin(actor, held)):
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


def _done(
    step: str, held: ActionItem, *, actor: Any, fields: list[str], note: str = ""
) -> ActionItem:
    held.updated_at = clock.now()
    held.save(update_fields=[*fields, "updated_at"])
    _remember(_EVENTS[step], held, actor=actor, note=note.strip())
    record(
        actor=actor, action=f"desk.action.{_EVENTS[step]}", target=held, unit=held.unit,
        fiscal_year=held.fiscal_year, state=held.state,
        due=held.due_on.isoformat() if held.due_on else "",
    )  # fmt: skip
    return held


def _remember(kind: str, item: ActionItem, *, actor: Any, note: str = "") -> None:
    ActionEvent.objects.create(
        action=item,
        kind=kind,
        owner=item.owner,
        due_on=item.due_on,
        progress=item.progress,
        note=note,
        by=_account(actor),
        at=clock.now(),
    )
