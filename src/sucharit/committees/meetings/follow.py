"""Section 2 and 3 write themselves until the meeting opens: minutes to certify, tasks that are still open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.committees.engine import agenda, flow
from sucharit.committees.meetings.base import day
from sucharit.committees.models import AgendaItem, Committee, Meeting, Resolution
from sucharit.core import clock, thaidate
from sucharit.desk import labels
from sucharit.desk.models import ActionEvent, ActionItem

SOURCE = "committees.resolution"
# What an event leaves an item in, for "how did it stand at the last meeting?".
_STATES = {
    "opened": "open", "started": "in_progress", "reported": "in_progress", "submitted": "submitted",
    "returned": "returned", "blocked": "blocked", "unblocked": "in_progress", "deferred": "deferred",
    "accepted": "accepted", "cancelled": "cancelled", "reopened": "open",
}  # fmt: skip


def write_itself(meeting: Meeting) -> int:
    """Refresh what the house writes on the agenda of a locked meeting not opened yet; gives how many items.

    Section 2: minutes of earlier meetings that wait to be certified. Section 3: open tasks of earlier
    resolutions of this committee and of those it succeeds, and those closed since the last meeting. A task
    of a confidential item stays confidential.
    """
    with translation.override("th"):
        return _certifying(meeting) + _following(meeting)


def line_of(committee: Committee) -> list[int]:
    """Ids of the committee and of those it succeeded."""
    found: list[int] = []
    one: Committee | None = committee
    while one is not None and one.pk not in found:
        found.append(one.pk)
        one = one.succeeds
    return found


def last_held(meeting: Meeting) -> Meeting | None:
    """The meeting held before this one, of the committee or one it succeeded."""
    return (
        Meeting.objects.filter(
            committee__in=line_of(meeting.committee),
            state__in=flow.HELD,
            starts_at__lt=meeting.starts_at,
        )
        .exclude(pk=meeting.pk)
        .order_by("-starts_at")
        .first()
    )


def standing(action: ActionItem, meeting: Meeting, last: Meeting | None) -> agenda.Followed:
    """How a task stands for a meeting: days overdue today (of a past meeting: on its day), and what changed since the last."""
    before = _before(action, last.starts_at) if last else (None, None)
    return agenda.follow(
        state=action.state,
        due_on=action.due_on,
        progress=action.progress,
        opened_on=timezone.localtime(action.created_at).date(),
        state_before=before[0],
        progress_before=before[1],
        last_meeting_on=day(last) if last else None,
        today=min(clock.today(), day(meeting)),
    )


def told(action: ActionItem, found: agenda.Followed) -> str:
    """The sentence of an item of section 3, in the page's language."""
    parts = [
        _("In charge: %(unit)s") % {"unit": labels.unit_name(action.unit)},
        _("To be done by %(day)s") % {"day": thaidate.short(action.due_on)}
        if action.due_on
        else _("No day was set"),
        str(labels.STATES[action.state][1]),
        _("progress %(n)s per cent") % {"n": action.progress},
    ]
    if found.days_overdue:
        n = found.days_overdue
        parts.append(ngettext("%(n)s day overdue", "%(n)s days overdue", n) % {"n": n})
    parts.append(str(change_word(found.change)))
    return " · ".join(parts)


def change_word(change: str) -> str:
    """What changed since the last meeting, in words."""
    return {
        "new": _("new since the last meeting"),
        "moved": _("moved since the last meeting"),
        "same": _("no change since the last meeting"),
        "done": _("closed since the last meeting"),
        "cancelled": _("cancelled since the last meeting"),
    }[change]


def _certifying(meeting: Meeting) -> int:
    waiting = Meeting.objects.filter(
        committee__in=line_of(meeting.committee),
        state__in=(Meeting.State.MINUTES_DRAFT, Meeting.State.MINUTES_CIRCULATED),
        starts_at__lt=meeting.starts_at,
    )
    have = meeting.items.filter(written_by_house=True, section=agenda.CERTIFY, withdrawn_at=None)
    wanted = {m.pk: m for m in waiting}
    have.exclude(certifies__in=list(wanted)).update(withdrawn_at=clock.now())
    there = set(meeting.items.filter(withdrawn_at=None).values_list("certifies_id", flat=True))
    for pk, other in wanted.items():
        if pk not in there:
            title = _("Certify the minutes of meeting %(number)s") % {"number": other}
            put(meeting, agenda.CERTIFY, title, kind="certify", certifies=other)
    return len(wanted)


def _following(meeting: Meeting) -> int:
    last = last_held(meeting)
    sources = {
        str(pk): audience
        for pk, audience in Resolution.objects.filter(
            item__meeting__committee__in=line_of(meeting.committee),
            item__meeting__starts_at__lt=meeting.starts_at,
        ).values_list("pk", "item__audience")
    }
    tasks = ActionItem.objects.filter(source_kind=SOURCE, source_id__in=sources)
    closed_since = Q(closed_at__gte=last.starts_at) if last else Q(pk__in=())
    tasks = tasks.filter(Q(closed_at=None) | closed_since).select_related("unit")
    have = {
        i.action_id: i
        for i in meeting.items.filter(written_by_house=True, section=agenda.FOLLOW_UP, withdrawn_at=None)
    }  # fmt: skip
    wanted = {t.pk: t for t in tasks.order_by("due_on", "pk")}
    for pk, gone in have.items():
        if pk not in wanted:
            gone.withdrawn_at = clock.now()
            gone.save(update_fields=["withdrawn_at"])
    for pk, task in wanted.items():
        body = told(task, standing(task, meeting, last))
        item = have.get(pk)
        if item is None:
            put(
                meeting, agenda.FOLLOW_UP, task.title, kind="follow_up", action=task, body=body,
                audience=sources[task.source_id],
            )  # fmt: skip
        elif item.body != body:
            item.body = body
            item.save(update_fields=["body"])
    return len(wanted)


def put(
    meeting: Meeting, section: int, title: str, *, kind: str, house: bool = True, **fields: Any
) -> AgendaItem:
    """An item at the end of its section of a locked meeting."""
    last = meeting.items.filter(section=section, withdrawn_at=None).aggregate(n=Max("place"))["n"]
    return AgendaItem.objects.create(
        meeting=meeting, section=section, place=(last or 0) + 1, title=title[:300], kind=kind,
        written_by_house=house, **fields,
    )  # fmt: skip


def _before(action: ActionItem, moment: dt.datetime) -> tuple[str | None, int | None]:
    state: str | None = None
    progress: int | None = None
    for event in ActionEvent.objects.filter(action=action, at__lt=moment).order_by("id"):
        state = _STATES.get(event.kind, state)
        progress = event.progress if event.progress is not None else progress
    return state, progress
