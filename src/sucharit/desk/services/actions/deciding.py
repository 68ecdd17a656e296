"""Decisions of the unit the finding belongs to: a later day, return, accept, cancel, reopen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.desk.engine.actions import STEPS
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions.steps import account, done, locked, require_other_eyes


def defer_action(
    *, actor: Any, action: ActionItem, due_on: dt.date | None = None, note: str = ""
) -> ActionItem:
    """Agree to a new day: the one asked for, or another one."""
    with transaction.atomic():
        held = locked(action, "defer", actor=actor, note=note)
        day = due_on or held.asked_due_on
        if day is None or day <= clock.today():
            raise Refusal(_("Say the new day; it lies ahead."), where="due_on")
        if held.due_on is not None and day <= held.due_on:
            raise Refusal(_("The new day must be later than the present one."), where="due_on")
        held.due_on, held.state = day, STEPS["defer"].target
        held.original_due_on = held.original_due_on or day
        held.asked_due_on, held.asked_reason = None, ""
        fields = ["due_on", "original_due_on", "state", "asked_due_on", "asked_reason"]
        return done("defer", held, actor=actor, note=note, fields=fields)


def refuse_day(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Keep the day that was agreed, and say why."""
    with transaction.atomic():
        held = locked(action, "refuse", actor=actor, note=note)
        if held.asked_due_on is None:
            raise Refusal(_("Nobody asked for another day."))
        held.asked_due_on, held.asked_reason = None, ""
        return done("refuse", held, actor=actor, note=note, fields=["asked_due_on", "asked_reason"])  # fmt: skip


def return_action(*, actor: Any, action: ActionItem, note: str) -> ActionItem:
    """Give what was handed in back: what is missing."""
    with transaction.atomic():
        held = locked(action, "return", actor=actor, note=note)
        require_other_eyes(held, actor=actor)
        held.state = STEPS["return"].target
        return done("return", held, actor=actor, note=note, fields=["state"])


def accept_action(*, actor: Any, action: ActionItem, note: str = "") -> ActionItem:
    """The remedy holds: the item is closed. By the unit the finding belongs to, never by who handed in."""
    with transaction.atomic():
        held = locked(action, "accept", actor=actor, note=note)
        require_other_eyes(held, actor=actor)
        held.state = STEPS["accept"].target
        held.closed_at, held.closed_by = clock.now(), account(actor=actor)
        held.asked_due_on, held.asked_reason = None, ""
        fields = ["state", "closed_at", "closed_by", "asked_due_on", "asked_reason"]
        return done("accept", held, actor=actor, note=note, fields=fields)


def cancel_action(*, actor: Any, action: ActionItem, reason: str) -> ActionItem:
    """Nothing is to be done any more, and why."""
    with transaction.atomic():
        held = locked(action, "cancel", actor=actor, note=reason)
        held.state = STEPS["cancel"].target
        held.closed_at, held.closed_by = clock.now(), account(actor=actor)
        held.closing_note = reason.strip()
        held.asked_due_on, held.asked_reason, held.blocked_reason = None, "", ""
        fields = [
            "state", "closed_at", "closed_by", "closing_note", "asked_due_on", "asked_reason",
            "blocked_reason",
        ]  # fmt: skip
        return done("cancel", held, actor=actor, note=reason, fields=fields)


def reopen_action(
    *, actor: Any, action: ActionItem, note: str, due_on: dt.date | None = None
) -> ActionItem:
    """Open an item again whose remedy does not hold; ``note`` says why.

    Refusal while the same finding has a newer live item, also one that is opened at this very moment.
    """
    try:
        # Its own savepoint: what breaks inside leaves the caller's transaction whole.
        with transaction.atomic():
            return _reopened(actor=actor, action=action, note=note, due_on=due_on)
    except IntegrityError as twin:
        raise _newer() from twin


def _newer() -> Refusal:
    return Refusal(_("The same finding has a newer open action item already."))


def _reopened(*, actor: Any, action: ActionItem, note: str, due_on: dt.date | None) -> ActionItem:
    held = locked(action, "reopen", actor=actor, note=note)
    twin = ActionItem.objects.open().filter(
        unit=held.unit, source_kind=held.source_kind, source_id=held.source_id
    )
    if twin.exists():
        raise _newer()
    held.state, held.closed_at, held.closed_by = STEPS["reopen"].target, None, None
    held.closing_note, held.due_on = "", due_on or held.due_on
    held.submitted_at, held.submitted_by, held.progress = None, None, 0
    held.reopened_count += 1
    fields = [
        "state", "closed_at", "closed_by", "closing_note", "due_on", "submitted_at",
        "submitted_by", "progress", "reopened_count",
    ]  # fmt: skip
    return done("reopen", held, actor=actor, note=note, fields=fields)
