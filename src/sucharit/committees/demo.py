"""Demo of committees: the ministry's and 76 provincial ones; two provinces with a fiscal year of meetings. All invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sucharit.committees import library
from sucharit.committees.bodies import services as bodies
from sucharit.committees.engine import agenda
from sucharit.committees.meetings.services import items, minutes, planning, recusals, sitting
from sucharit.committees.models import (
    AgendaItem,
    Committee,
    Forwarding,
    Meeting,
    Member,
    Resolution,
    Seat,
)
from sucharit.committees.resolutions import services as resolutions
from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.ledger import record
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.orgs.models import Unit

MINISTRY, WITH_MEETINGS = "moi", ("th-38", "th-66")
CODE, TEMPLATE = "pushing-demo", "pushing-province"
COMING = dt.timedelta(days=20)  # the planned meeting, from today
_MARK = "(ตัวอย่าง)"
_DAYS = (dt.date(2023, 12, 15), dt.date(2024, 3, 28), dt.date(2024, 9, 5))
_ABOVE = (dt.date(2024, 1, 10), dt.date(2024, 5, 20))
_SENT = "ข้อเสนอขอรับการสนับสนุนหลักสูตรป้องกันผลประโยชน์ทับซ้อน"
_DONE = "รวบรวมสถานะการเผยแพร่ข้อมูล OIT ของทุกหน่วยงานในจังหวัด"
_LATE = "จัดทำแผนแก้ไขหน่วยงานที่ผลการประเมินไม่ผ่านเกณฑ์"


def make(actor: Any, activities: Mapping[str, tuple[str, str]] | None = None) -> int:
    """The committees; gives how many are new. Does nothing where they are there or the ministry is missing.

    ``activities``: unit code → (id, title) of an activity of a plan to stand on its first agenda.
    """
    ministry = Unit.objects.filter(code=MINISTRY).first()
    if ministry is None or Committee.objects.filter(unit=ministry, code=CODE).exists():
        return 0
    provinces = list(Unit.objects.filter(kind=Unit.Kind.PROVINCE).order_by("code"))
    with transaction.atomic():
        above = _bodies([ministry], "ministry", "ministry", None)[0]
        below = _bodies(provinces, TEMPLATE, "province", above)
        full = [c for c in below if c.unit.code in WITH_MEETINGS]
        _members([above, *full])
        sent = [_first_half(actor, c, (activities or {}).get(c.unit.code)) for c in full]
        _ministry(actor, above, sent)
        for committee in full:
            _second_half(actor, committee)
        record(
            actor=actor, action="committees.demo", target="committees.committee:demo", unit=ministry,
            committees=len(below) + 1,
        )  # fmt: skip
    return len(below) + 1


def _bodies(
    units: Sequence[Unit], template: str, level: str, parent: Committee | None
) -> list[Committee]:
    chosen = library.templates()[template]
    made = [
        Committee(
            unit=u, code=CODE, level=level, parent=parent, template=template, synthetic=True,
            name_th=f"{bodies.template_name(chosen, u)} {_MARK}", order_no=f"{n}/2566 {_MARK}",
            order_on=dt.date(2023, 10, 2), starts_on=dt.date(2023, 10, 2), **bodies.template_values(chosen),
        )
        for n, u in enumerate(units, start=101)
    ]  # fmt: skip
    Committee.objects.bulk_create(made)
    Seat.objects.bulk_create(s for c in made for s in bodies.seats_of_template(c, chosen))
    return made


def _members(committees: Sequence[Committee]) -> None:
    Member.objects.bulk_create(
        Member(
            seat=s, name=f"นายสมมุติ ตัวอย่างที่{n}", position=s.post_th, starts_on=dt.date(2023, 10, 2)
        )
        for n, s in enumerate(
            Seat.objects.filter(committee__in=committees).order_by("committee", "place"), start=1
        )
    )


def _first_half(actor: Any, committee: Committee, activity: tuple[str, str] | None) -> Forwarding:
    """Two meetings: a task that gets done, one that gets late, a proposal sent up."""
    first = _plan(actor, committee, _DAYS[0])
    _activity(actor, first, activity)
    _hold(actor, first)
    done = _task(actor, first, _DONE, dt.date(2024, 2, 29))
    _finish(actor, first)
    _accept(done, dt.date(2024, 2, 20))
    second = _plan(actor, committee, _DAYS[1])
    asked = items.add_item(actor=actor, meeting=second, section=4, title=f"{_SENT} {_MARK}")
    _hold(actor, second, aside=asked)
    _task(actor, second, _LATE, dt.date(2024, 6, 30))
    _finish(actor, second)
    minutes.certify(actor=actor, meeting=first, by_meeting=second)
    _back(first, certified=_DAYS[1])
    return resolutions.forward(
        actor=actor, resolution=asked.resolutions.get(), to=_above(committee)
    )


def _ministry(actor: Any, above: Committee, sent: Sequence[Forwarding]) -> None:
    """Two meetings of the ministry's committee; the second answers what the provinces sent."""
    first = _plan(actor, above, _ABOVE[0])
    _hold(actor, first)
    _finish(actor, first)
    second = _plan(actor, above, _ABOVE[1])
    placed = [resolutions.place(actor=actor, forwarding=f, meeting=second) for f in sent]
    _hold(actor, second)
    _finish(actor, second)
    minutes.certify(actor=actor, meeting=first, by_meeting=second)
    _back(first, certified=_ABOVE[1])
    for item, forwarding in zip(placed, sent, strict=True):
        home = forwarding.resolution.item.meeting.committee
        resolutions.forward(actor=actor, resolution=item.resolutions.get(), to=home)


def _second_half(actor: Any, committee: Committee) -> None:
    """The third meeting takes note of the answer; its minutes go round. Another meeting is planned."""
    third = _plan(actor, committee, _DAYS[2])
    for forwarding in Forwarding.objects.filter(to=committee, state=Forwarding.State.SENT):
        resolutions.place(actor=actor, forwarding=forwarding, meeting=third)
    _hold(actor, third)
    _finish(actor, third)
    second = Meeting.objects.get(committee=committee, starts_at=_moment(_DAYS[1]))
    minutes.certify(actor=actor, meeting=second, by_meeting=third)
    _back(second, certified=_DAYS[2])
    _plan(actor, committee, clock.today() + COMING)


def _plan(actor: Any, committee: Committee, on: dt.date) -> Meeting:
    return planning.plan_meeting(
        actor=actor, committee=committee, starts_at=_moment(on), venue=f"ห้องประชุมตัวอย่าง {_MARK}"
    )


def _moment(on: dt.date, hour: int = 9) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time(hour, 30)))


def _activity(actor: Any, meeting: Meeting, activity: tuple[str, str] | None) -> None:
    """An activity of the province stands on the agenda, where the demo has plans."""
    if activity is not None:
        number, title = activity
        items.add_item(
            actor=actor, meeting=meeting, section=4, title=title, subject_kind="plans.activity",
            subject_id=number,
        )  # fmt: skip


def _hold(actor: Any, meeting: Meeting, aside: AgendaItem | None = None) -> None:
    """Invite, come, open, resolve on everything the agenda asks for."""
    planning.invite(actor=actor, meeting=meeting)
    seats = list(meeting.committee.seats.all())
    came = [sitting.Came(s.pk, "present") for s in seats]
    came[-2] = sitting.Came(seats[-2].pk, "represented", instead_name=f"นางสาวสมมุติ ผู้แทน {_MARK}")
    came[3] = sitting.Came(seats[3].pk, "absent_official", reason="ติดราชการ")
    sitting.record_attendance(actor=actor, meeting=meeting, rows=came)
    sitting.open_meeting(actor=actor, meeting=meeting, at=meeting.starts_at)
    if aside is not None:
        said = recusals.declare_recusal(actor=actor, item=aside, seat=seats[-3], ground="interest")
        recusals.decide_recusal(actor=actor, recusal=said, decision="stands_aside")
    for item in meeting.items.filter(withdrawn_at=None, kind__in=agenda.NEEDS_RESOLUTION):
        certifies = item.kind == "certify"
        text = "รับรองรายงานการประชุมโดยไม่มีการแก้ไข" if certifies else "เห็นชอบตามที่เสนอ"
        resolutions.resolve(
            actor=actor, item=item, kind="approved", text=f"{text} {_MARK}", public=not certifies
        )


def _task(actor: Any, meeting: Meeting, title: str, due_on: dt.date) -> ActionItem:
    """A task of the first resolution of section 4, opened on the meeting's day: so not through the desk's clock."""
    made = Resolution.objects.filter(item__meeting=meeting, item__section=4).earliest("number")
    unit, at = meeting.committee.unit, _moment(timezone.localtime(meeting.starts_at).date(), 11)
    task = ActionItem.objects.create(
        unit=unit, origin_unit=unit, fiscal_year=fiscal_year_be(due_on), title=f"{title} {_MARK}",
        source_kind=resolutions.SOURCE, source_id=str(made.pk),
        source_url=reverse("committees:resolution", args=[made.pk]),
        why=f"มติที่ประชุมครั้งที่ {meeting} {_MARK}", due_on=due_on, original_due_on=due_on, updated_at=at,
    )  # fmt: skip
    ActionItem.objects.filter(pk=task.pk).update(created_at=at)
    _happened(task, "opened", at, due_on=due_on)
    record(
        actor=actor, action="desk.action.opened", target=task, unit=unit, fiscal_year=task.fiscal_year,
        source=resolutions.SOURCE, due=due_on.isoformat(), origin=unit.code, co_units=[],
    )  # fmt: skip
    return task


def _accept(task: ActionItem, on: dt.date) -> None:
    handed, at = _moment(on), _moment(on, 15)
    ActionItem.objects.filter(pk=task.pk).update(
        state=ActionItem.State.ACCEPTED, progress=100, submitted_at=handed, closed_at=at, updated_at=at,
        closing_note=f"ดำเนินการครบทุกหน่วยงานแล้ว {_MARK}",
    )  # fmt: skip
    _happened(task, "submitted", handed, progress=100)
    _happened(task, "accepted", at)


def _happened(task: ActionItem, kind: str, at: dt.datetime, **fields: Any) -> None:
    ActionEvent.objects.create(action=task, kind=kind, at=at, **fields)


def _finish(actor: Any, meeting: Meeting) -> None:
    """Close it; the minutes are written and go round."""
    on = timezone.localtime(meeting.starts_at).date()
    sitting.close_meeting(actor=actor, meeting=meeting, at=_moment(on, 12))
    Meeting.objects.filter(pk=meeting.pk).update(minutes_taker=f"นายสมมุติ ผู้จดรายงาน {_MARK}")
    minutes.circulate(actor=actor, meeting=meeting)
    Resolution.objects.filter(item__meeting=meeting).update(at=_moment(on, 11))
    meeting.minutes.update(made_at=_moment(on + dt.timedelta(days=7)))


def _back(meeting: Meeting, certified: dt.date) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(certified_at=_moment(certified, 12))


def _above(committee: Committee) -> Committee:
    assert committee.parent is not None
    return committee.parent
