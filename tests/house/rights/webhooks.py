"""Rules of webhooks: who manages the system at a unit, and nobody else."""

from __future__ import annotations

from sucharit.core import clock
from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.webhooks import sealing
from tests.house.rights import Rule

ADMIN = frozenset({"system_admin"})
HOOK = ("webhook_id",)
RULES: dict[str, Rule] = {
    "core:webhooks": Rule(ADMIN),
    "core:webhook_new": Rule(ADMIN),
    "core:webhook": Rule(ADMIN, HOOK),
    "core:webhook_edit": Rule(ADMIN, HOOK),
    "core:webhook_delivery": Rule(ADMIN, (*HOOK, "delivery_id")),
}


def fill(make, side):
    """A webhook of the side's unit with one message."""
    hook = Webhook.objects.create(
        unit=side["unit"], title="x", url="https://a.go.th/", sealed_secret=sealing.seal(b"x" * 32)
    )
    row = WebhookDelivery.objects.create(
        webhook=hook, message_id="msg_x", event="webhook.test", body="{}", state="gave_up",
        created_at=clock.now(),
    )  # fmt: skip
    return {"webhook_id": hook.pk, "delivery_id": row.pk}
