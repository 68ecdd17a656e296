"""The meeting itself: attendance, opening with its quorum, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.committees.engine import flow
from sucharit.committees.meetings import base, follow
from sucharit.committees.meetings.services.planning import step
from sucharit.committees.models import Attendance, Meeting, Member
from sucharit.core import clock
from sucharit.core.errors import Refusal

Status = Attendance.Status


@dataclass(frozen=True)
class Came:
    """How a seat came (``seat_id``), or a guest (``seat_id`` None, ``name`` given)."""

    seat_id: int | None
    status: str
    name: str = ""
    position: str = ""
    instead_name: str = ""
    instead_position: str = ""
    reason: str = ""


def record_attendance(*, actor: Any, meeting: Meeting, rows: Sequence[Came]) -> int:
    """Who came: replaces what was recorded. The quorum is counted anew where the meeting has opened.

    Refusal: a represented seat without a name, a seat of another committee, minutes already circulated.
    """
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        base.must(
            held,
            flow.ATTENDANCE_OPEN,
            _("Attendance is recorded from the invitation until the minutes go round."),
        )
        seats = {s.pk: s for s in base.seats_on(held)}
        holders = holders_on(held)
        made = [_row(held, place, row, seats, holders) for place, row in enumerate(rows, start=1)]
        held.attendance.all().delete()
        Attendance.objects.bulk_create(made)
        if held.opened_at is not None:
            _count(held)
            if held.quorum_present < held.quorum_needed and not held.consultation_reason:  # type: ignore[operator]
                raise Refusal(_("With this the meeting had no quorum when it opened."), where="attendance")  # fmt: skip
            held.save(update_fields=["quorum_seats", "quorum_needed", "quorum_present"])
        base.note(actor, "meeting.attendance", held, rows=len(made))
    return len(made)


def holders_on(meeting: Meeting) -> dict[int, Member]:
    """Seat id → who holds it on the meeting's day."""
    rows = Member.objects.filter(seat__committee=meeting.committee_id).in_force(base.day(meeting))
    return {m.seat_id: m for m in rows.order_by("starts_on", "id")}


def open_meeting(
    *, actor: Any, meeting: Meeting, at: dt.datetime | None = None, consultation_reason: str = ""
) -> Meeting:
    """Open it: the quorum is counted and kept, section 3 is written for the last time.

    Without a quorum it opens only as a consultation (ประชุมหารือ) with a reason; such a meeting takes note
    and puts off, but decides nothing.
    """
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        follow.write_itself(held)
        met = _count(held)
        held.consultation_reason = "" if met else consultation_reason.strip()
        step(held, "open")
        held.opened_at = at or clock.now()
        held.save()
        base.note(
            actor, "meeting.opened", held, seats=held.quorum_seats, needed=held.quorum_needed,
            present=held.quorum_present, consultation=not met,
        )  # fmt: skip
    return held


def close_meeting(*, actor: Any, meeting: Meeting, at: dt.datetime | None = None) -> Meeting:
    """The chair closes it; the minutes are drafted from now on."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        step(held, "close")
        closed = at or clock.now()
        if held.opened_at and closed < held.opened_at:
            raise Refusal(_("The meeting ends before it begins."), where="at")
        held.closed_at = closed
        held.save()
        base.note(actor, "meeting.closed", held)
    return held


def _count(held: Meeting) -> bool:
    found = base.quorum_of(held)
    held.quorum_seats, held.quorum_needed = found.seats, found.needed
    held.quorum_present = found.present
    return found.met


def _row(
    held: Meeting, place: int, row: Came, seats: dict[int, Any], holders: dict[int, Member]
) -> Attendance:
    if row.seat_id is None:
        if not row.name.strip():
            raise Refusal(_("Say the name of the guest."), where="guests")
        return Attendance(
            meeting=held,
            name=row.name.strip(),
            position=row.position,
            status=Status.GUEST,
            place=place,
        )
    seat = seats.get(row.seat_id)
    if seat is None:
        raise Refusal(_("This seat does not belong to the meeting."))
    if row.status == Status.REPRESENTED and not row.instead_name.strip():
        raise Refusal(_("Say who came in the member's place."), where=f"instead_{seat.pk}")
    member = holders.get(seat.pk)
    return Attendance(
        meeting=held, seat=seat, member=member, name=member.name if member else seat.post_th,
        position=seat.post_th, status=row.status, instead_name=row.instead_name.strip(),
        instead_position=row.instead_position.strip(), reason=row.reason.strip(), place=place,
    )  # fmt: skip
