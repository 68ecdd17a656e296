"""Reads of a meeting for its pages."""

from __future__ import annotations

from typing import Any

from sucharit.committees import access, library
from sucharit.committees.engine import flow
from sucharit.committees.meetings import base, follow, words
from sucharit.committees.meetings import record as minutes_record
from sucharit.committees.models import AgendaItem, Meeting
from sucharit.committees.resolutions.words import KINDS as RESOLUTIONS


def record(user: Any, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows to this reader."""
    keeps = access.secretariat(user, meeting.committee)
    numbers = minutes_record.numbers(meeting)
    rows = (
        meeting.items.filter(withdrawn_at=None)
        .order_by("section", "place", "id")
        .select_related("action__unit")
        .prefetch_related("resolutions", "recusals")
    )
    last = follow.last_held(meeting)
    fresh = meeting.state in {"planned", "invited"}
    sections = [
        {
            "number": number,
            "title": library.section_title(number),
            "items": [
                _item(i, numbers[i.pk], keeps, meeting, last if fresh else None, fresh)
                for i in rows
                if i.section == number
            ],
        }
        for number in library.sections()
    ]
    came = list(meeting.attendance.select_related("seat"))
    return {
        "meeting": meeting,
        "committee": meeting.committee,
        "state": words.STATES[meeting.state],
        "mode": words.MODES[meeting.mode],
        "sections": sections,
        "quorum": base.quorum_of(meeting),
        "attendance": [(a, words.STATUSES[a.status]) for a in came],
        "edits": keeps and meeting.state not in flow.FINAL,
        "agenda_open": keeps and meeting.state in flow.AGENDA_OPEN,
        "attendance_open": keeps and meeting.state in flow.ATTENDANCE_OPEN,
        "versions": meeting.minutes.count(),
        "synthetic": meeting.synthetic,
    }


def _item(
    item: AgendaItem, number: str, keeps: bool, meeting: Meeting, last: Meeting | None, fresh: bool
) -> dict[str, Any]:  # fmt: skip
    sealed = item.audience == access.CONFIDENTIAL and not keeps
    body = item.body
    if item.action is not None and item.written_by_house and fresh and not sealed:
        body = follow.told(item.action, follow.standing(item.action, meeting, last))
    return {
        "item": item,
        "number": number,
        "sealed": sealed,
        "body": "" if sealed else body,
        "confidential": item.audience == access.CONFIDENTIAL,
        "resolutions": []
        if sealed
        else [(r, *RESOLUTIONS[r.kind]) for r in item.resolutions.all() if not r.withdrawn_at],
        "undecided": sum(1 for r in item.recusals.all() if not r.decision),
    }


def steps(
    user: Any, meeting: Meeting, forms: dict[str, Any]
) -> list[tuple[str, Any, tuple[str, ...]]]:
    """(step, form, what lacks) of the steps the reader may take; what lacks is told before it is tried."""
    from sucharit.orgs import scope

    rights = frozenset(
        r for r in (flow.EDIT, flow.CERTIFY) if scope.can(user, r, meeting.committee.unit)
    )
    possible = flow.possible(meeting.state, rights)
    if not possible:
        return []
    facts = base.facts(meeting)
    return [(name, forms[name], flow.missing(name, facts)) for name in possible]
