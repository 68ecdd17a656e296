"""Writing the outbox: who is told of an event, and the bytes he is told with. Sends nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from sucharit.core import clock
from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.webhooks import events
from sucharit.core.webhooks.units import unit_model


def emit(event: str, facts: Mapping[str, object]) -> int:
    """See ``core.webhooks.emit``."""
    if not connection.in_atomic_block:
        raise RuntimeError("emit() belongs into the transaction that makes the event true")
    known = events.check(event, facts)
    return put(_hearers(known, str(facts[events.UNIT])), event, facts)


def put(hearers: Iterable[Webhook], event: str, facts: Mapping[str, object]) -> int:
    """One row for each webhook, sent after the commit; gives how many."""
    now, message_id = clock.now(), f"msg_{uuid.uuid4().hex}"
    told = {"type": event, "timestamp": now.isoformat(), "data": dict(facts)}
    body = json.dumps(told, separators=(",", ":"))
    made = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            webhook=hearer,
            message_id=message_id,
            event=event,
            body=body,
            created_at=now,
            next_at=now,
        )
        for hearer in hearers
    )
    if made:
        wake()
    return len(made)


def wake() -> None:
    """Have the worker look at the outbox once this transaction is committed."""
    from sucharit.core.tasks import deliver_webhooks

    transaction.on_commit(deliver_webhooks.enqueue, robust=True)


def _hearers(event: events.Event, unit: str) -> list[Webhook]:
    """Webhooks that are on and asked for the event, within reach of its unit. Unknown unit: only if public."""
    path = unit_model().objects.filter(code=unit).values_list("path", flat=True).first() or ""
    return [
        hook
        for hook in Webhook.objects.on().select_related("unit").order_by("pk")
        if event.code in hook.events and (event.public or path.startswith(hook.unit.path))
    ]


def put_again(delivery: WebhookDelivery) -> WebhookDelivery:
    """The same message as a new row: same id, same bytes."""
    now = clock.now()
    made = WebhookDelivery.objects.create(
        webhook_id=delivery.webhook_id,
        message_id=delivery.message_id,
        event=delivery.event,
        body=delivery.body,
        created_at=now,
        next_at=now,
    )
    wake()
    return made
