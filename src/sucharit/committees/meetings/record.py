"""The minutes as data: everything they say, in one plain document with a fingerprint.

Keys: committee, unit, number, starts_at, opened_at, closed_at (ISO, Thai wall clock), venue, consultation,
quorum {seats, needed, present}, present/absent/guests [{name, position, role, status, instead, reason}],
sections [{number, title, points [{number, title, presenter, body, discussion, confidential, aside, decided
[{number, kind, text, votes}], papers}]}], taker, checker.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.utils import timezone

from sucharit.committees import library
from sucharit.committees.engine import agenda
from sucharit.committees.engine.recusal import stands_aside
from sucharit.committees.models import AgendaItem, Attendance, Meeting

_THERE = (Attendance.Status.PRESENT, Attendance.Status.REPRESENTED)


def document(meeting: Meeting) -> dict[str, Any]:
    """What the minutes say now."""
    rows = list(meeting.attendance.select_related("seat"))
    return {
        "committee": meeting.committee.name_th,
        "unit": meeting.committee.unit.name_th,
        "number": str(meeting),
        "starts_at": _time(meeting.starts_at),
        "opened_at": _time(meeting.opened_at),
        "closed_at": _time(meeting.closed_at),
        "venue": meeting.venue,
        "consultation": meeting.consultation_reason,
        "quorum": {
            "seats": meeting.quorum_seats,
            "needed": meeting.quorum_needed,
            "present": meeting.quorum_present,
        },
        "present": [_came(a) for a in rows if a.status in _THERE],
        "absent": [
            _came(a) for a in rows if a.status not in _THERE and a.status != Attendance.Status.GUEST
        ],
        "guests": [_came(a) for a in rows if a.status == Attendance.Status.GUEST],
        "sections": _sections(meeting),
        "taker": meeting.minutes_taker,
        "checker": meeting.minutes_checker,
    }


def digest(found: dict[str, Any]) -> str:
    """SHA-256 over the document as canonical JSON."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def for_members(found: dict[str, Any]) -> dict[str, Any]:
    """The document without what only the secretariat reads: place and number stay, the content goes."""
    sections = [
        s | {"points": [_sealed(p) if p["confidential"] else p for p in s["points"]]}
        for s in found["sections"]
    ]
    return found | {"sections": sections}


def _sealed(point: dict[str, Any]) -> dict[str, Any]:
    return point | {
        "title": "", "presenter": "", "body": "", "discussion": "", "aside": [], "decided": [], "papers": [],
    }  # fmt: skip


def numbers(meeting: Meeting) -> dict[int, str]:
    """Item id → "4.2" of what stands on the agenda."""
    rows = meeting.items.filter(withdrawn_at=None).order_by("section", "place", "id")
    return agenda.numbered(list(rows.values_list("pk", "section")))


def _sections(meeting: Meeting) -> list[dict[str, Any]]:
    rows = (
        meeting.items.filter(withdrawn_at=None)
        .order_by("section", "place", "id")
        .prefetch_related("resolutions", "recusals__seat", "papers__evidence")
    )
    listed = agenda.numbered([(i.pk, i.section) for i in rows])
    return [
        {
            "number": number,
            "title": row["th"],
            "points": [_point(i, listed[i.pk]) for i in rows if i.section == number],
        }
        for number, row in library.sections().items()
    ]


def _point(item: AgendaItem, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "title": item.title,
        "presenter": item.presenter,
        "body": item.body,
        "discussion": item.discussion,
        "confidential": item.audience == AgendaItem.Audience.SECRETARIAT,
        "aside": [r.seat.post_th for r in item.recusals.all() if stands_aside(r.decision)],
        "decided": [
            {
                "number": r.number,
                "kind": r.kind,
                "text": r.text,
                "votes": None
                if r.votes_for is None
                else [r.votes_for, r.votes_against, r.votes_abstained],
            }
            for r in item.resolutions.all()
            if r.withdrawn_at is None
        ],
        "papers": [
            p.evidence.title
            for p in item.papers.all()
            if p.audience != AgendaItem.Audience.SECRETARIAT
        ],
    }


def _came(row: Attendance) -> dict[str, Any]:
    return {
        "name": row.name,
        "position": row.position,
        "role": row.seat.role if row.seat else "",
        "status": row.status,
        "instead": " ".join(filter(None, (row.instead_name, row.instead_position))),
        "reason": row.reason,
    }


def _time(moment: dt.datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else None
