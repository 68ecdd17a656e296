"""Makers of committees and meetings in every state."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sucharit.committees.bodies import services as bodies
from sucharit.committees.meetings.services import items, minutes, planning, sitting
from sucharit.committees.models import AgendaItem, Committee, Meeting, Resolution
from sucharit.committees.resolutions import services as resolutions
from sucharit.core import clock
from sucharit.core.actors import System

SYSTEM = System("test")
DAY = dt.timedelta(days=1)


def committee(unit: Any, code: str = "push", seats: int = 4, **fields: Any) -> Committee:
    """A committee with voting seats, the first one the chair."""
    made = bodies.create_committee(
        actor=SYSTEM, unit=unit, code=code, name_th=f"คณะกรรมการ {code}", level="province", **fields
    )
    for n in range(seats):
        bodies.add_seat(actor=SYSTEM, committee=made, role="member" if n else "chair", post_th=f"ตำแหน่ง {n + 1}")  # fmt: skip
    return made


def planned(body: Committee, days: int = 0, **fields: Any) -> Meeting:
    """A meeting some days from now, with one item to consider."""
    made = planning.plan_meeting(
        actor=SYSTEM, committee=body, starts_at=clock.now() + days * DAY, venue="ห้อง", **fields
    )
    items.add_item(actor=SYSTEM, meeting=made, section=4, title="เรื่องพิจารณา")
    return made


def came(meeting: Meeting, present: int = 4) -> None:
    """The first seats are present, the others absent."""
    seats = list(meeting.committee.seats.all())
    rows = [sitting.Came(s.pk, "present" if n < present else "absent") for n, s in enumerate(seats)]
    sitting.record_attendance(actor=SYSTEM, meeting=meeting, rows=rows)


def held(body: Committee, days: int = 0, present: int = 4, **fields: Any) -> Meeting:
    """A meeting in progress."""
    made = planned(body, days)
    planning.invite(actor=SYSTEM, meeting=made)
    came(made, present)
    return sitting.open_meeting(actor=SYSTEM, meeting=made, **fields)


def item(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(section=4)


def resolved(item_: AgendaItem, kind: str = "approved", **fields: Any) -> Resolution:
    return resolutions.resolve(actor=SYSTEM, item=item_, kind=kind, text="เห็นชอบ", **fields)


def closed(meeting: Meeting) -> Meeting:
    sitting.close_meeting(actor=SYSTEM, meeting=meeting)
    meeting.refresh_from_db()
    Meeting.objects.filter(pk=meeting.pk).update(minutes_taker="ผู้จด")
    meeting.refresh_from_db()
    return meeting


def certified(meeting: Meeting, actor: Any = SYSTEM) -> Meeting:
    closed(meeting)
    minutes.circulate(actor=SYSTEM, meeting=meeting)
    minutes.certify(actor=actor, meeting=meeting)
    meeting.refresh_from_db()
    return meeting
