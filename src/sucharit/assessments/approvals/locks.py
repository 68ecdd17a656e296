"""Whether a unit's data in a workflow may still be changed: what services of checklists and OIT ask.

from sucharit.assessments.approvals.locks import is_locked, require_unlocked

require_unlocked("round:3", unit)        # Refusal with a sentence that says what to do
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sucharit.assessments.engine.approval import Facts
from sucharit.assessments.models import Approval
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.orgs.models import Unit


@dataclass(frozen=True)
class Lock:
    """Why the data is locked: ``by`` the unit whose approval stands, or None when an unlock ran out."""

    by: Unit | None
    open_until: dt.date | None = None


def lock_of(workflow: str, unit: Unit, *, on: dt.date | None = None) -> Lock | None:
    """The lock on a unit's data, None when it may be changed. One query.

    Locked: the unit itself or one above it is approved; or an unlock was granted and its last day
    has passed without the unit having been approved again.
    """
    today = on or clock.today()
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    rows = (
        Approval.objects.of(workflow)
        .filter(unit__path__in=way)
        .select_related("unit")
        .order_by("-unit__path")
    )
    lapsed: Lock | None = None
    for row in rows:
        if Facts(row.approved_level).covers(row.unit.depth):
            return Lock(row.unit)
        if row.unit_id == unit.pk and row.open_until is not None and row.open_until < today:
            lapsed = Lock(None, row.open_until)
    return lapsed


def is_locked(workflow: str, unit: Unit, *, on: dt.date | None = None) -> bool:
    """Whether a unit's data in the workflow ("round:3", "campaign:12") may not be changed now."""
    return lock_of(workflow, unit, on=on) is not None


def require_unlocked(workflow: str, unit: Unit, *, on: dt.date | None = None) -> None:
    """Raise a Refusal that says who holds the lock and what to do; nothing when it is open."""
    lock = lock_of(workflow, unit, on=on)
    if lock is None:
        return
    if lock.by is None:
        raise Refusal(_("The time for changes after the unlock has ended. Ask for another unlock."))
    raise Refusal(
        _("The data is locked: %(unit)s has approved it. Ask for an unlock on the approval page.")
        % {"unit": lock.by}
    )
