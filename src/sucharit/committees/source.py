"""What committees owe: desk items and calendar events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sucharit.committees import access
from sucharit.committees.models import Committee, Forwarding, Meeting, Member, Recusal
from sucharit.core import clock
from sucharit.core.registry import CalendarEvent, DeskItem
from sucharit.desk.labels import unit_name
from sucharit.orgs import scope

_DUTIES = ("unit_head", "unit_officer", "ministry_centre")
AHEAD = dt.timedelta(days=21)  # a meeting is prepared from three weeks before


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Meetings to prepare, minutes to draft, circulate, comment or certify, recusals to decide, forwarded to place."""
    paths = [path for role, path in scope.grants(user) if role in _DUTIES]
    mine = list(
        Committee.objects.filter(unit__path__in=paths, state="active").values_list("pk", flat=True)
    )
    if mine:
        yield from _secretary(user, mine)
    yield from _member(user)


def _secretary(user: Any, mine: list[int]) -> Iterable[DeskItem]:
    soon = clock.now() + AHEAD
    for m in Meeting.objects.filter(committee__in=mine).select_related("committee__unit"):
        title, kind = "", ""
        if m.state in {"planned", "invited"} and m.starts_at <= soon:
            title, kind = _("Prepare meeting %(number)s"), "prepare"
        elif m.state == "minutes_draft":
            title, kind = _("Write and circulate the minutes of %(number)s"), "draft"
        elif m.state == "minutes_circulated" and scope.can(user, "committees.certify", m.committee.unit):  # fmt: skip
            title, kind = _("Certify the minutes of %(number)s"), "certify"
        if title:
            on = timezone.localtime(m.starts_at).date() if kind == "prepare" else None
            yield _of(m, title % {"number": m}, kind, on)
    for r in Recusal.objects.filter(
        item__meeting__committee__in=mine, decision="", item__withdrawn_at=None
    ).select_related("item__meeting__committee__unit"):
        yield DeskItem(
            title=_("Decide who stands aside at meeting %(number)s") % {"number": r.item.meeting},
            url=reverse("committees:item", args=[r.item_id]),
            unit=unit_name(r.item.meeting.committee.unit),
            kind="committees.recusal", kind_label=_("Committees"), due_on=r.due_on,
            fiscal_year=r.item.meeting.fiscal_year, key=f"committees.recusal:{r.pk}",
        )  # fmt: skip
    for f in Forwarding.objects.filter(to__in=mine, state="sent").select_related("to__unit"):
        yield DeskItem(
            title=_("Place a forwarded resolution on an agenda"),
            url=reverse("committees:forwarding", args=[f.pk]), unit=unit_name(f.to.unit),
            kind="committees.forwarding", kind_label=_("Committees"), key=f"committees.forwarding:{f.pk}",
        )  # fmt: skip


def _member(user: Any) -> Iterable[DeskItem]:
    seats = Member.objects.in_force(clock.today()).filter(account=user)
    rows = Meeting.objects.filter(
        state="minutes_circulated", committee__in=seats.values("seat__committee")
    ).select_related("committee__unit")
    for m in rows:
        if not m.minutes.filter(comments__by=user).exists():
            title = _("Read the minutes of %(number)s and say what should be put right")
            yield _of(m, title % {"number": m}, "comment", None)


def _of(m: Meeting, title: str, kind: str, on: dt.date | None) -> DeskItem:
    name = "committees:minutes" if kind == "comment" else "committees:meeting"
    return DeskItem(
        title=title, url=reverse(name, args=[m.pk]), unit=unit_name(m.committee.unit),
        kind="committees.meeting", kind_label=_("Committees"), due_on=on, fiscal_year=m.fiscal_year,
        key=f"committees.meeting:{m.pk}:{kind}",
    )  # fmt: skip


def calendar(user: Any, first: dt.date, last: dt.date) -> Iterable[CalendarEvent]:
    """Meetings of the reader's committees between two days; SEQUENCE is counted by every change."""
    rows = access.meetings(user).filter(starts_at__date__gte=first, starts_at__date__lte=last)
    for m in rows:
        yield CalendarEvent(
            uid=f"committees.meeting-{m.pk}", title=f"{m.committee.name_th} {m}", starts=m.starts_at,
            ends=m.ends_at, url=reverse("committees:meeting", args=[m.pk]), kind_label=_("Meeting"),
            place=m.venue, changed=m.changed, cancelled=m.state == Meeting.State.CANCELLED,
        )  # fmt: skip
