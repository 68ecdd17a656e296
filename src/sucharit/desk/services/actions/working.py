"""Steps of the units that work: lead unit and co-units. Handing over and setting a day, too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.desk.engine.actions import STEPS
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions.steps import (
    account,
    done,
    is_origin,
    locked,
    require_owner_fits,
)

if TYPE_CHECKING:
    from sucharit.orgs.models import User


def change_action(
    *, actor: Any, action: ActionItem, owner: User | None, due_on: dt.date | None,
    priority: int | None = None,
) -> ActionItem:  # fmt: skip
    """Hand a live item over, set its priority or its due date.

    Where the finding is another unit's, only that unit moves a date that was agreed: the lead unit asks
    (``ask_for_day``). The first date stays in ``original_due_on``.
    """
    with transaction.atomic():
        held = locked(action, "change", actor=actor)
        require_owner_fits(owner, held.unit)
        if due_on != held.due_on and held.due_on is not None and not is_origin(actor, held):
            raise Refusal(
                _("The day was agreed with the unit the finding belongs to: ask for another one."),
                where="due_on",
            )
        if priority is not None and priority != held.priority and not is_origin(actor, held):
            raise Refusal(_("The unit the finding belongs to sets its priority."), where="priority")
        held.owner, held.due_on = owner, due_on
        held.original_due_on = held.original_due_on or due_on
        held.priority = held.priority if priority is None else priority
        return done("change", held, actor=actor, fields=["owner", "due_on", "original_due_on", "priority"])  # fmt: skip


def start_action(*, actor: Any, action: ActionItem) -> ActionItem:
    """Work begins."""
    with transaction.atomic():
        held = locked(action, "start", actor=actor)
        held.state = STEPS["start"].target
        return done("start", held, actor=actor, fields=["state"])


def report_progress(*, actor: Any, action: ActionItem, progress: int, note: str = "") -> ActionItem:
    """Say how far it is (0 to 100 per cent), with a sentence; work has begun from then on."""
    if not 0 <= progress <= 100:
        raise Refusal(_("Progress is a number from 0 to 100."), where="progress")
    with transaction.atomic():
        held = locked(action, "report", actor=actor, note=note)
        held.progress, held.state = progress, STEPS["report"].target
        return done("report", held, actor=actor, note=note, fields=["progress", "state"])


def submit_action(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Hand in: what was done. The unit the finding belongs to looks at it now."""
    with transaction.atomic():
        held = locked(action, "submit", actor=actor, note=note)
        held.state, held.progress = STEPS["submit"].target, 100
        held.submitted_at, held.submitted_by = clock.now(), account(actor=actor)
        held.closing_note = note.strip()
        fields = ["state", "progress", "submitted_at", "submitted_by", "closing_note"]
        return done("submit", held, actor=actor, note=note, fields=fields)


def block_action(*, actor: Any, action: ActionItem, reason: str) -> ActionItem:
    """It cannot go on, and why."""
    with transaction.atomic():
        held = locked(action, "block", actor=actor, note=reason)
        held.state, held.blocked_reason = STEPS["block"].target, reason.strip()
        return done("block", held, actor=actor, note=reason, fields=["state", "blocked_reason"])


def unblock_action(*, actor: Any, action: ActionItem, note: str = "") -> ActionItem:
    """What stood in the way is gone."""
    with transaction.atomic():
        held = locked(action, "unblock", actor=actor, note=note)
        held.state, held.blocked_reason = STEPS["unblock"].target, ""
        return done("unblock", held, actor=actor, note=note, fields=["state", "blocked_reason"])


def ask_for_day(
    *, actor: Any, action: ActionItem, due_on: dt.date | None, reason: str
) -> ActionItem:
    """Ask the unit the finding belongs to for a later day."""
    if due_on is None or due_on <= clock.today():
        raise Refusal(_("Ask for a day that lies ahead."), where="due_on")
    with transaction.atomic():
        held = locked(action, "ask", actor=actor, note=reason)
        if held.due_on is not None and due_on <= held.due_on:
            raise Refusal(_("Ask for a day that is later than the present one."), where="due_on")
        held.asked_due_on, held.asked_reason = due_on, reason.strip()
        return done("ask", held, actor=actor, note=reason, fields=["asked_due_on", "asked_reason"])
