"""Reads of resolutions: what a reader sees, chains, closing figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from sucharit.committees import access
from sucharit.committees.engine.closing import Closing, Task, closing
from sucharit.committees.models import AgendaItem, Committee, Forwarding, Meeting, Resolution
from sucharit.committees.resolutions.services import SOURCE
from sucharit.core import clock
from sucharit.desk.models import ActionItem
from sucharit.desk.models.actions import ActionItemQuerySet
from sucharit.orgs.models import Unit


def visible(user: Any) -> QuerySet[Resolution]:
    """Resolutions the user may read: of his items, those sent to his committees, and answers to his own."""
    seen = Committee.objects.visible_to(user).order_by().values("pk")
    keeps = access.confidential_committees(user).values("pk")
    mine = _of("item__meeting__committee", "item__audience", seen, keeps)
    sent = Forwarding.objects.filter(_of("to", "resolution__item__audience", seen, keeps)).values(
        "resolution"
    )
    answers = _of("came_from__item__meeting__committee", "item__audience", seen, keeps)
    return (
        Resolution.objects.filter(mine | Q(pk__in=sent) | answers)
        .filter(withdrawn_at=None)
        .select_related("item__meeting__committee__unit")
    )


def _of(committee: str, audience: str, seen: Any, keeps: Any) -> Q:
    return (Q(**{f"{committee}__in": seen}) & ~Q(**{audience: access.CONFIDENTIAL})) | Q(
        **{f"{committee}__in": keeps}
    )


def public() -> QuerySet[Resolution]:
    """Resolutions everybody may read: marked so, not confidential, of certified minutes."""
    return (
        Resolution.objects.filter(
            public=True, withdrawn_at=None, item__meeting__state=Meeting.State.CERTIFIED
        )
        .exclude(item__audience=AgendaItem.Audience.SECRETARIAT)
        .select_related("item__meeting__committee__unit")
        .order_by("-item__meeting__starts_at", "number")
    )


def inbox(user: Any) -> QuerySet[Forwarding]:
    """What came in for committees the user keeps, newest first."""
    return (
        Forwarding.objects.filter(to__in=access.kept(user).order_by().values("pk"))
        .select_related("to__unit", "resolution__item__meeting__committee__unit", "item__meeting")
        .order_by("-at")
    )


def chain(user: Any, resolution: Resolution) -> list[Resolution]:
    """The whole chain a resolution belongs to, first one first, without what the reader may not see."""
    top = resolution.root_id or resolution.pk
    rows = visible(user).filter(Q(pk=top) | Q(root=top)).order_by("at", "pk")
    found = list(rows)
    return found if len(found) > 1 else []


def tasks_of(committees: Any) -> ActionItemQuerySet:
    """Action items of the resolutions of committees (ids or a values queryset)."""
    own = Resolution.objects.filter(item__meeting__committee__in=committees)
    made = own.annotate(key=Cast("pk", TextField())).filter(key=OuterRef("source_id"))
    return ActionItem.objects.filter(Exists(made), source_kind=SOURCE)


def closing_of(actions: Any, today: dt.date | None = None) -> Closing:
    """Closing rate and median days of action items."""
    on = today or clock.today()
    # Four columns are all the engine asks for: no rows of the desk are built.
    rows = actions.order_by().values_list("state", "created_at", "closed_at", "due_on")
    return closing([_task(s, o, c, d, on) for s, o, c, d in rows.iterator(chunk_size=2000)])


def closing_by_unit(actions: Any) -> list[tuple[Unit, Closing]]:
    """The same by lead unit, the lowest rate first."""
    by: dict[int, list[Task]] = {}
    on = clock.today()
    rows = actions.order_by().values_list("unit", "state", "created_at", "closed_at", "due_on")
    for unit, state, opened, closed, due in rows.iterator(chunk_size=2000):
        by.setdefault(unit, []).append(_task(state, opened, closed, due, on))
    units = Unit.objects.in_bulk(list(by))
    found = [(units[pk], closing(tasks)) for pk, tasks in by.items()]
    return sorted(found, key=lambda f: (f[1].rate is None, f[1].rate or 0, f[0].code))


def _task(
    state: str, opened: dt.datetime, closed: dt.datetime | None, due_on: dt.date | None, on: dt.date
) -> Task:
    late = bool(due_on and due_on < on and closed is None and state != "submitted")
    done = timezone.localtime(closed).date() if closed else None
    return Task(state, timezone.localtime(opened).date(), done, late)
