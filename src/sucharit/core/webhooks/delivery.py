"""Sending what is due: claim a row, send it outside any transaction, note what came of it.

A row is claimed by moving its time ahead, so two workers never send the same one at once; who dies
in between leaves it to be sent again later. Receivers know a message by its id.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.ledger import record
from sucharit.core.models import Webhook, WebhookAttempt, WebhookDelivery
from sucharit.core.outside.sending import Limits, Sent, post
from sucharit.core.webhooks import schedule, sealing, signing
from sucharit.core.webhooks.events import TEST

AGENT = "Sucharit-Webhooks/1"
LEASE = dt.timedelta(minutes=5)
AT_MOST = 500  # in one run
UNSEALED = "secret"  # reason: the secret cannot be opened
_SENDER = System("webhooks")
_S = WebhookDelivery.State


@dataclass(frozen=True, slots=True)
class Tally:
    """What one run did."""

    delivered: int
    failed: int


def deliver_due(*, at_most: int = AT_MOST) -> Tally:
    """Send what is due, oldest first. A webhook that failed is left alone for the rest of the run."""
    failed: set[int] = set()
    delivered = failures = 0
    while delivered + failures < at_most:
        held = _claim(failed)
        if held is None:
            break
        started = time.monotonic()
        sent = _send(held)
        _note(held, sent, int((time.monotonic() - started) * 1000))
        if sent.ok:
            delivered += 1
        else:
            failures += 1
            failed.add(held.webhook_id)
    return Tally(delivered, failures)


def _claim(without: set[int]) -> WebhookDelivery | None:
    now = clock.now()
    with transaction.atomic():
        found = (
            WebhookDelivery.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("webhook")
            .filter(state=_S.DUE, next_at__lte=now, webhook__state=Webhook.State.ON)
            .exclude(webhook_id__in=without)
            .order_by("next_at", "pk")
            .first()
        )
        if found is not None:
            found.attempts += 1
            found.next_at = now + LEASE
            found.save(update_fields=["attempts", "next_at"])
    return found


def _send(held: WebhookDelivery) -> Sent:
    try:
        key = sealing.unseal(bytes(held.webhook.sealed_secret))
    except sealing.SealError:
        return Sent(None, UNSEALED)
    body = held.body.encode()
    stamp = int(clock.now().timestamp())
    told = signing.headers(key, held.message_id, stamp, body) | {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
    }
    return post(held.webhook.url, body, told, Limits(allowed=frozenset(settings.FETCH_ALLOWED)))


def _note(held: WebhookDelivery, sent: Sent, took_ms: int) -> None:
    """The attempt as a row; the message delivered, to be tried again, or given up."""
    now = clock.now()
    with transaction.atomic():
        hook = Webhook.objects.select_for_update(of=("self",)).get(pk=held.webhook_id)
        row = WebhookDelivery.objects.select_for_update(of=("self",)).get(pk=held.pk)
        WebhookAttempt.objects.create(
            delivery=row, number=held.attempts, at=now, status=sent.status, reason=sent.reason,
            took_ms=took_ms,
        )  # fmt: skip
        if sent.ok:
            row.state, row.next_at, row.delivered_at = _S.DELIVERED, None, now
            hook.failing_since = None
        else:
            _failed(hook, row, now)
        row.save(update_fields=["state", "next_at", "delivered_at"])
        hook.save(update_fields=["failing_since"])
        if not sent.ok:
            _give_up(hook, sent, now)


def _failed(hook: Webhook, row: WebhookDelivery, now: dt.datetime) -> None:
    """Another try after a pause; a test is tried once and counts for nothing."""
    if row.event != TEST:
        hook.failing_since = hook.failing_since or now
    spent = row.event == TEST or schedule.too_long(row.created_at, now)
    if spent or row.state != _S.DUE or hook.state != Webhook.State.ON:
        row.state, row.next_at = _S.GAVE_UP, None
        return
    row.next_at = now + schedule.pause(row.attempts)
    _wake_at(row.next_at)


def _give_up(hook: Webhook, sent: Sent, now: dt.datetime) -> None:
    """Switch the webhook off when patience has ended, or the receiver wants no more."""
    too_long = hook.failing_since is not None and schedule.too_long(hook.failing_since, now)
    if hook.state != Webhook.State.ON or not (too_long or sent.status == schedule.GONE):
        return
    hook.state = Webhook.State.FAILED
    hook.save(update_fields=["state"])
    left = drop_due(hook)
    record(
        actor=_SENDER, action="core.webhook.gave_up", target=hook, unit=hook.unit, dropped=left,
        status=sent.status or 0, reason=sent.reason,
    )  # fmt: skip


def drop_due(hook: Webhook) -> int:
    """Give up what still waits for a webhook; it stays in the log and can be sent again. Gives how many."""
    return hook.deliveries.filter(state=_S.DUE).update(state=_S.GAVE_UP, next_at=None)


def _wake_at(moment: dt.datetime) -> None:
    """Have the worker look again then; where jobs cannot wait, the timer's command does it."""
    from sucharit.core.tasks import deliver_webhooks

    if deliver_webhooks.get_backend().supports_defer:
        later = deliver_webhooks.using(run_after=moment)
        transaction.on_commit(later.enqueue, robust=True)
