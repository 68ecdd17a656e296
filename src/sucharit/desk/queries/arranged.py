"""What a person put off, handed over or was handed, and whose desk he looks after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sucharit.core.registry import DeskItem
from sucharit.desk.models import Deputy, Handover, Snooze
from sucharit.desk.queries import sources
from sucharit.orgs import scope


@dataclass(frozen=True)
class Given:
    """One item handed over. ``item`` None: it is no longer open on the giver's desk."""

    handover: Handover
    item: DeskItem | None

    @property
    def giver(self) -> Any:
        return self.handover.giver


@dataclass(frozen=True)
class Taken:
    """One live item a colleague handed to the user."""

    handover: Handover
    item: DeskItem

    @property
    def giver(self) -> Any:
        return self.handover.giver


def snoozed(user: Any, today: dt.date) -> list[Snooze]:
    """What the user put off and has not come back yet, soonest back first."""
    rows = Snooze.objects.filter(user_id=user.pk, ended_at=None, until__gt=today)
    return list(rows.order_by("until", "pk"))


def hidden(user: Any, today: dt.date) -> frozenset[str]:
    """Keys that do not show on the user's desk: put off, or handed over."""
    if not getattr(user, "pk", None):
        return frozenset()
    away = Snooze.objects.filter(user_id=user.pk, ended_at=None, until__gt=today)
    given = Handover.objects.filter(giver_id=user.pk, ended_at=None)
    return frozenset(away.values_list("key", flat=True).union(given.values_list("key", flat=True)))


def given(user: Any) -> list[Given]:
    """What the user handed over and did not take back, newest first, and whether it is still open."""
    rows = list(
        Handover.objects.filter(giver_id=user.pk, ended_at=None)
        .select_related("taker", "giver", "unit")
        .order_by("-pk")
    )
    live = sources.found(user, [h.key for h in rows]) if rows else {}
    return [Given(h, live.get(h.key)) for h in rows]


def taken(user: Any, today: dt.date) -> dict[str, Taken]:
    """Live items colleagues handed to the user, by key; none of units that left the user's scope.

    An item shows as long as it lies on the giver's own desk; what the user put off is left out.
    """
    if not getattr(user, "pk", None):
        return {}
    rows = Handover.objects.filter(taker_id=user.pk, ended_at=None).select_related("giver", "unit")
    by_giver: dict[Any, list[Handover]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if scope.can(user, "view", row.unit):
            by_giver[row.giver].append(row)
    if not by_giver:
        return {}
    away = {s.key for s in snoozed(user, today)}
    made: dict[str, Taken] = {}
    for giver, handed in by_giver.items():
        live = sources.found(giver, [h.key for h in handed])
        for h in handed:
            if h.key in live and h.key not in away:
                made.setdefault(h.key, Taken(h, replace(live[h.key], key=h.key)))
    return made


def principals(user: Any, today: dt.date) -> list[Deputy]:
    """Whose desks the user looks after today."""
    rows = Deputy.objects.in_force(today).filter(deputy_id=user.pk, user__is_active=True)
    return list(rows.select_related("user").order_by("user__name_th", "pk"))


def deputies(user: Any, today: dt.date) -> list[Deputy]:
    """Who looks after the user's desk, now or later; past and ended ones are left out."""
    rows = Deputy.objects.filter(user_id=user.pk, ended_at=None, ends_on__gte=today)
    return list(rows.select_related("deputy").order_by("starts_on", "pk"))
