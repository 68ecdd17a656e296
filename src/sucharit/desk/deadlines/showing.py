"""What this room shows of itself: side-bar entry, items of "my work", days of a calendar, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import CalendarEvent, DeskItem, Link, NavEntry, registry
from sucharit.desk.deadlines import queries
from sucharit.desk.deadlines.tables import state
from sucharit.desk.labels import unit_name
from sucharit.desk.models import Obligation

KIND = "desk.obligation"
KIND_LABEL = _("Obligation with a deadline")


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry("plan", _("Deadlines and days off"), "desk:deadline", icon="clock", order=90)
    )
    registry.desk.append(desk_items)
    registry.calendar.append(calendar_events)
    registry.links[KIND] = link
    registry.backlinks.append(backlinks)


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Open obligations of the very units the user is head or officer of."""
    for owed in queries.own(user):
        yield DeskItem(
            title=owed.title,
            url=address(owed),
            unit=unit_name(owed.unit),
            kind=KIND,
            kind_label=str(KIND_LABEL),
            due_on=owed.due_on,
            fiscal_year=owed.fiscal_year,
            key=f"{KIND}:{owed.pk}",
        )


def calendar_events(user: Any, first: dt.date, last: dt.date) -> Iterable[CalendarEvent]:
    """The last days of the same obligations between two days (both included)."""
    for owed in queries.own(user).filter(due_on__range=(first, last)):
        yield CalendarEvent(
            uid=f"{KIND}-{owed.pk}",
            title=owed.title,
            starts=owed.due_on,
            url=address(owed),
            kind_label=KIND_LABEL,
            changed=owed.extensions,
        )


def link(user: Any, object_id: str) -> Link | None:
    """An obligation as other apps show it; None out of scope."""
    if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
        return None
    found = queries.obligations(user).filter(pk=int(object_id)).first()
    return _link(found) if found else None


def backlinks(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Obligations about a thing of another app."""
    if not kind or not object_id:
        return
    for owed in queries.obligations(user).filter(subject_kind=kind, subject_id=str(object_id)):
        yield _link(owed)


def address(owed: Obligation) -> str:
    """The page of an obligation."""
    return reverse("desk:obligation", args=[owed.pk])


def _link(owed: Obligation) -> Link:
    return Link(KIND, KIND_LABEL, owed.title, address(owed), state(owed), on=owed.due_on)
