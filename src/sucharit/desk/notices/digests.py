"""The day's run: what is due tomorrow, and one digest a person and day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from sucharit.core import clock
from sucharit.core.ledger import record
from sucharit.core.registry import registry
from sucharit.desk.models import ActionItem, Digest, LineCode, LineEvent, Notice
from sucharit.desk.notices import actions, kinds, telling
from sucharit.desk.queries.tally import tally
from sucharit.orgs.models import User

KEEP_EVENTS = dt.timedelta(days=30)
KEEP_CODES = dt.timedelta(days=1)


def make_digests(*, actor: Any, today: dt.date) -> int:
    """A digest for everybody who owes something soon or has news; gives how many were made.

    Each in a transaction of its own: a run that was killed goes on where it stopped, and two runs at once
    make one digest each person and day.
    """
    done = set(Digest.objects.filter(on=today).values_list("user_id", flat=True))
    people = User.objects.filter(is_active=True, roles__in=_roles(today)).distinct().order_by("pk")
    made = sum(_digest(user, today) for user in people.iterator() if user.pk not in done)
    if made:
        with transaction.atomic():
            record(
                actor=actor, action="desk.notices.digested", target="desk.digest", made=made,
                on=today.isoformat(),
            )  # fmt: skip
    return made


def _roles(today: dt.date) -> Any:
    from sucharit.orgs.models import RoleAssignment

    return RoleAssignment.objects.in_force(today).values("pk")


def _digest(user: User, today: dt.date) -> bool:
    owed = tally(user, today)
    due = owed.overdue + owed.soon
    news = Notice.objects.filter(user=user, digest=None, read_at=None)
    fresh = 0 if due else news.count()
    if not due + fresh:
        return False
    try:
        with transaction.atomic():
            held = Digest.objects.create(
                user=user,
                on=today,
                overdue=owed.overdue,
                soon=owed.soon,
                total=owed.total,
                made_at=clock.now(),
            )
            news.update(digest=held)
            telling.queue(
                [user],
                registry.notices[kinds.DIGEST if due else kinds.NEWS],
                count=due or fresh,
                url=reverse("desk:home" if due else "desk:notices"),
                dedupe_key=f"{kinds.DIGEST}:{today.isoformat()}",
                urgent=False,
            )
    except IntegrityError:  # another run was quicker
        return False
    return True


def remind(*, actor: Any, today: dt.date) -> int:
    """Tell who works on an item that is due tomorrow and not handed in; gives how many were told."""
    due = today + dt.timedelta(days=1)
    rows = ActionItem.objects.open().exclude(state="submitted").filter(due_on=due)
    told = 0
    for item in rows.select_related("unit", "owner").order_by("pk").iterator():
        with transaction.atomic():
            told += telling.tell(
                actor=actor, users=actions.workers(item), kind="desk.action.due",
                title=item.title, url=reverse("desk:action", args=[item.pk]), unit=item.unit,
                dedupe_key=f"desk.action.due:{item.pk}:{due.isoformat()}",
            )  # fmt: skip
    if told:
        with transaction.atomic():
            record(
                actor=actor, action="desk.notices.reminded", target="desk.notice", told=told,
                due=due.isoformat(),
            )  # fmt: skip
    return told


def tidy(now: dt.datetime) -> None:
    """Drop webhook events and codes nobody needs any more."""
    LineEvent.objects.filter(at__lt=now - KEEP_EVENTS).delete()
    LineCode.objects.filter(expires_at__lt=now - KEEP_CODES).delete()
