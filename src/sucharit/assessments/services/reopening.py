"""An approved self-report opened again, under an unlock that was granted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import Approval, Participation
from sucharit.assessments.services.freezing import fingerprint
from sucharit.assessments.services.steps import locked_participation, take_step
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record


def unlocked_until(participation: Participation) -> dt.date | None:
    """Last day of the unlock granted to the unit in its round; None without one."""
    held = Approval.objects.filter(
        workflow=f"round:{participation.round_id}", unit=participation.unit_id
    ).first()
    return held.open_until if held else None


def reopen_report(
    *, actor: Any, participation: Participation, reason: str, on: dt.date | None = None
) -> Participation:
    """Make an approved self-report a draft again; what was frozen is frozen anew at the next approval.

    The fingerprint of what had been approved goes into the ledger. Refusal without a reason, without an
    unlock that runs today, or where the calendar or the round's state do not allow it.
    """
    text = reason.strip()
    if not text:
        raise Refusal(_("Say what has to be changed."), where="reason")
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="reopen", on=on)
        until = unlocked_until(held)
        if until is None or until < (on or clock.today()):
            raise Refusal(
                _("An approved self-report opens again only under an unlock. Ask for one on the approval page.")
            )  # fmt: skip
        entries = held.entries.select_for_update()
        before = {e.item: e.frozen for e in entries.exclude(frozen=None)}
        entries.update(frozen=None, frozen_at=None)
        held.oit_state, held.approved_at, held.approved_by = state, None, None
        held.returned_note = text
        held.save(update_fields=["oit_state", "approved_at", "approved_by", "returned_note"])
        record(
            actor=actor, action="assessments.oit.reopened", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, sha256=fingerprint(before), until=until.isoformat(),
        )  # fmt: skip
    return held
