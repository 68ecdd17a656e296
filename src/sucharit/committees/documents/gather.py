"""The facts of a meeting's papers for one reader: minutes as they were certified, else as they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from sucharit.committees import access
from sucharit.committees.documents.facts import Came, Decided, MeetingFacts, Point, SectionFacts
from sucharit.committees.meetings.base import seats_on
from sucharit.committees.meetings.record import document, for_members
from sucharit.committees.models import Attendance, Meeting, Resolution, Seat
from sucharit.core import thaidate
from sucharit.desk.models import ActionItem

# Papers are Thai whatever the page's language, so these words stand here and not in the catalogue.
ROLES = {
    "chair": "ประธานกรรมการ",
    "vice_chair": "รองประธานกรรมการ",
    "member": "กรรมการ",
    "secretary": "กรรมการและเลขานุการ",
    "assistant_secretary": "กรรมการและผู้ช่วยเลขานุการ",
}
KINDS = {
    "noted": "รับทราบ",
    "approved": "เห็นชอบ",
    "approved_with_conditions": "เห็นชอบโดยมีเงื่อนไข",
    "assigned": "มอบหมาย",
    "deferred": "ให้เลื่อนการพิจารณา",
    "rejected": "ไม่เห็นชอบ",
    "elected": "เลือก",
}
ABSENT = {
    Attendance.Status.ABSENT_OFFICIAL.value: "ติดราชการ",
    Attendance.Status.ABSENT.value: "ไม่แจ้งเหตุ",
}


def facts(user: Any, meeting: Meeting, *, minutes: bool = False) -> MeetingFacts:
    """What the reader's papers say. ``minutes``: of a certified meeting the certified version, not today's rows."""
    certified = meeting.minutes.filter(certified=True).order_by("-number").first()
    found = certified.document if minutes and certified else document(meeting)
    if not access.secretariat(user, meeting.committee):
        found = for_members(found)
    tasks = _tasks(meeting)
    invited = _invited(meeting)
    chair = next((c for c in invited if c.role == ROLES["chair"]), None)
    return MeetingFacts(
        committee=found["committee"],
        unit=found["unit"],
        number=found["number"],
        starts_at=_moment(found["starts_at"]) or timezone.localtime(meeting.starts_at),
        ends_at=timezone.localtime(meeting.ends_at) if meeting.ends_at else None,
        opened_at=_moment(found["opened_at"]),
        closed_at=_moment(found["closed_at"]),
        venue=found["venue"],
        online=meeting.online_url,
        letter_no=meeting.invitation_no,
        letter_on=meeting.invitation_on,
        sections=[_section(s, tasks) for s in found["sections"]],
        invited=invited,
        present=[_came(c) for c in found["present"]],
        absent=[_came(c) for c in found["absent"]],
        guests=[_came(c) for c in found["guests"]],
        taker=found["taker"],
        checker=found["checker"],
        chair=chair.name if chair else "",
        chair_post=chair.position if chair else "",
        final=bool(minutes and certified),
    )


def _section(section: Mapping[str, Any], tasks: Mapping[int, Sequence[str]]) -> SectionFacts:
    return SectionFacts(
        int(section["number"]), section["title"], [_point(p, tasks) for p in section["points"]]
    )


def _point(point: Mapping[str, Any], tasks: Mapping[int, Sequence[str]]) -> Point:
    sealed = bool(point["confidential"]) and not point["title"]
    return Point(
        number=point["number"],
        title=point["title"],
        presenter=point["presenter"],
        body=point["body"],
        discussion=point["discussion"],
        decided=[
            Decided(
                KINDS[d["kind"]],
                d["text"],
                tuple(v or 0 for v in d["votes"]) if d["votes"] else None,  # type: ignore[arg-type]
                tasks.get(d["number"], ()),
            )
            for d in point["decided"]
        ],
        aside=point["aside"],
        papers=point["papers"],
        sealed=sealed,
    )


def _came(row: Mapping[str, Any]) -> Came:
    reason = row["reason"] or ABSENT.get(row["status"], "")
    return Came(row["name"], row["position"], ROLES.get(row["role"], ""), row["instead"], reason)


def _invited(meeting: Meeting) -> list[Came]:
    """Every seat of the day with its holder; a seat nobody holds is written by its post."""
    day = timezone.localtime(meeting.starts_at).date()
    return [_holder(seat, day) for seat in seats_on(meeting)]


def _holder(seat: Seat, day: dt.date) -> Came:
    member = seat.members.in_force(day).order_by("-starts_on", "-pk").first()
    if member is None:
        return Came(seat.post_th, "", ROLES[seat.role])
    return Came(member.name, member.position or seat.post_th, ROLES[seat.role])


def _tasks(meeting: Meeting) -> dict[int, list[str]]:
    """Resolution number → what is to be done, by whom, until when."""
    numbers = dict(
        Resolution.objects.filter(item__meeting=meeting, withdrawn_at=None).values_list(
            "pk", "number"
        )
    )
    rows = ActionItem.objects.filter(
        source_kind="committees.resolution", source_id__in=[str(pk) for pk in numbers]
    ).select_related("unit")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("pk"):
        until = f" ภายในวันที่ {thaidate.long(row.original_due_on)}" if row.original_due_on else ""
        found.setdefault(numbers[int(row.source_id)], []).append(
            f"{row.unit.name_th}: {row.title}{until}"
        )
    return found


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
