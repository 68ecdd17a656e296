"""What the month's messages have cost, and what stands in the outbox: figures only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum

from sucharit.desk.engine.notices import ZONE, Quota
from sucharit.desk.models import OutboxMessage

_S = OutboxMessage.State
DAYS = 30  # the overview looks back


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows of (channel, state, how many) and of (channel, state, reason, how many); the LINE quota."""

    states: list[tuple[str, str, int]]
    reasons: list[tuple[str, str, str, int]]
    quota: Quota
    oldest_due: dt.datetime | None


def used(channel: str, now: dt.datetime) -> int:
    """Units of the month (of Thailand) of ``now`` that are spent, or held by messages on their way."""
    first = now.astimezone(ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    spent = Q(sent_at__gte=first, sent_at__lt=following)
    held = Q(sent_at=None, state__in=(_S.QUEUED, _S.SENDING, _S.EXPIRED), not_before__gte=first)
    found = OutboxMessage.objects.filter(spent | held, channel=channel, cost_units__gt=0)
    return int(found.aggregate(n=Sum("cost_units"))["n"] or 0)


def overview(now: dt.datetime) -> Overview:
    """The outbox of the last DAYS days by state and by reason, and the quota's meter."""
    rows = OutboxMessage.objects.filter(queued_at__gte=now - dt.timedelta(days=DAYS)).order_by()
    by_state = rows.values_list("channel", "state").annotate(n=Count("pk"))
    troubled: Any = rows.exclude(reason="").values_list("channel", "state", "reason")
    waiting = OutboxMessage.objects.filter(state=_S.QUEUED, not_before__lte=now)
    return Overview(
        sorted(by_state),
        sorted(troubled.annotate(n=Count("pk")), key=lambda r: (-r[3], r[:3])),
        Quota(settings.LINE_QUOTA, used("line", now)),
        waiting.order_by("not_before").values_list("not_before", flat=True).first(),
    )
