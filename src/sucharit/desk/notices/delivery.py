"""Sending what is due: claim a row, send it outside any transaction, note what came of it.

A claim moves the row's time ahead by the lease and is committed before anything is sent. Who dies in
between leaves the row to be sent again with the same retry key. ``attempts`` tells one claim from another.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from sucharit.core.ledger import record
from sucharit.desk.engine import notices as rules
from sucharit.desk.models import OutboxMessage
from sucharit.desk.notices import channels, meter, telling
from sucharit.desk.notices.channels import letters

log = logging.getLogger("sucharit.notices")
LEASE = dt.timedelta(minutes=5)
AT_MOST = 500  # in one run
TURN = 0x4E6F746963657301  # advisory lock of PostgreSQL: one claim at a time looks at the quota
_S = OutboxMessage.State
WAITING = (_S.QUEUED, _S.SENDING)


@dataclass(frozen=True, slots=True)
class Tally:
    """What one run did."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    suppressed: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        """Messages it had in hand."""
        return self.sent + self.later + self.failed + self.suppressed + self.expired


def deliver(*, actor: Any, now: dt.datetime, at_most: int = AT_MOST) -> Tally:
    """Send what is due at ``now``, urgent ones first; nothing in quiet hours. Two at once double nothing."""
    started = time.monotonic()
    moment, tried = now, set[int]()
    counts: Counter[str] = Counter({_S.EXPIRED: _expire(now)})
    # A run may take long: its clock goes on, or leases would be over before they begin.
    while len(tried) < at_most and rules.next_allowed(moment) == moment:
        held = _claim(moment, tried)
        if held is None:
            break
        tried.add(held.pk)
        counts[_work(held, moment)] += 1
        moment = now + dt.timedelta(seconds=time.monotonic() - started)
    tally = Tally(
        sent=counts[_S.SENT], later=counts[_S.QUEUED], failed=counts[_S.FAILED],
        suppressed=counts[_S.SUPPRESSED], expired=counts[_S.EXPIRED],
    )  # fmt: skip
    if tally.total:
        with transaction.atomic():
            record(
                actor=actor, action="desk.notices.delivered", target="desk.outboxmessage",
                sent=tally.sent, later=tally.later, failed=tally.failed,
                suppressed=tally.suppressed, expired=tally.expired,
            )  # fmt: skip
    return tally


def _expire(now: dt.datetime) -> int:
    """Whatever is not worth sending any more; a lease that still runs is left alone."""
    late = OutboxMessage.objects.filter(expires_at__lte=now)
    return late.filter(Q(state=_S.QUEUED) | Q(state=_S.SENDING, not_before__lte=now)).update(
        state=_S.EXPIRED, reason="too_late"
    )


def _claim(now: dt.datetime, without: set[int]) -> OutboxMessage | None:
    """The next due row, taken: SENDING until the lease runs out; or settled at once where it may not go."""
    with transaction.atomic():
        held = (
            OutboxMessage.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("user")
            .filter(state__in=WAITING, not_before__lte=now, expires_at__gt=now)
            .exclude(pk__in=without)
            .order_by("-urgent", "not_before", "pk")
            .first()
        )
        if held is None:
            return None
        reason = _hindrance(held, now)
        if reason:
            held.state, held.reason, held.cost_units = _S.SUPPRESSED, reason, 0
        else:
            held.state = _S.SENDING
            held.attempts += 1
            held.not_before = now + LEASE
            held.cost_units = channels.CHANNELS[held.channel].COST
        held.save(update_fields=["state", "reason", "attempts", "not_before", "cost_units"])
    return held


def _hindrance(held: OutboxMessage, now: dt.datetime) -> str:
    """Why a message may not go out now at all; "" where it may."""
    channel = channels.CHANNELS[held.channel]
    if not channel.is_on():
        return "channel_off"
    if not held.user.is_active:
        return "account_off"
    # A row that was tried before has its place in the quota already.
    if channel.COST == 0 or held.cost_units:
        return ""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    quota = rules.Quota(settings.LINE_QUOTA, meter.used(held.channel, now))
    return quota.refusal(urgent=held.urgent, cost=channel.COST)


def _work(held: OutboxMessage, now: dt.datetime) -> str:
    """Send a claimed row and note it; gives its state afterwards. A settled one is given back as it is."""
    if held.state != _S.SENDING:
        return str(held.state)
    channel = channels.CHANNELS[held.channel]
    address, reason = channel.address_of(held.user)
    if not address:
        return _settle(held, rules.Next(_S.SUPPRESSED, reason), now)
    answer = _sent(channel, held, address)
    done = rules.after(
        answer.outcome,
        answer.reason,
        attempts=held.attempts,
        now=now,
        expires_at=held.expires_at,
        retry_after=answer.retry_after,
    )
    return _settle(held, done, now)


def _sent(channel: channels.Channel, held: OutboxMessage, address: str) -> letters.Answer:
    try:
        return channel.send(letters.letter_of(held), address)
    except Exception as problem:  # noqa: BLE001 (a message must not stop those behind it)
        # Without the text of the exception: it could carry an address or a token.
        log.error("notice %s not sent: %s", held.pk, type(problem).__name__)  # noqa: TRY400
        return letters.Answer(rules.Outcome.LATER, "error")


def _settle(held: OutboxMessage, done: rules.Next, now: dt.datetime) -> str:
    with transaction.atomic():
        row = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=held.pk)
        ours = row.attempts == held.attempts and row.state == _S.SENDING
        # Accepted is accepted, also when our lease ran out meanwhile and somebody tries again.
        if not ours and not (done.state == _S.SENT and row.state in WAITING):
            return str(row.state)
        row.state, row.reason = done.state, done.reason
        if done.state == _S.SENT:
            row.sent_at = now
        elif done.state in {_S.FAILED, _S.SUPPRESSED}:
            row.cost_units = 0
        elif done.not_before is not None:
            row.not_before = done.not_before
            telling.wake(done.not_before)
        row.save(update_fields=["state", "reason", "sent_at", "cost_units", "not_before"])
    return str(row.state)
