"""Webhooks: whom to tell of an event, what was to be sent, and each attempt. See core/webhooks/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.core.registry import registry

PERMISSION = "system.manage"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> WebhookQuerySet:
        """Webhooks of units where the user manages the system; no such unit: nothing."""
        allowed = registry.paths(user, PERMISSION)
        within = Q(pk__in=[])
        for path in allowed:
            within |= Q(unit__path__startswith=path)
        return self.filter(within)

    def on(self) -> WebhookQuerySet:
        """Those that are told of events."""
        return self.filter(state=Webhook.State.ON)


class Webhook(models.Model):
    """An address outside that is told of events of a unit and those below it. Never deleted; switched off."""

    class State(models.TextChoices):
        ON = "on"
        OFF = "off"  # by a person
        FAILED = "failed"  # by the platform, after days without success

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=1000)  # https only
    events = models.JSONField(default=list)  # codes, see core.webhooks.events
    sealed_secret = models.BinaryField()  # see core.webhooks.sealing
    state = models.CharField(max_length=8, choices=State, default=State.ON)
    failing_since = models.DateTimeField(null=True)  # of the first failure since the last success
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class WebhookDelivery(models.Model):
    """One message for one webhook: the outbox. Its body never changes; a retry sends the same bytes."""

    class State(models.TextChoices):
        DUE = "due"
        DELIVERED = "delivered"
        GAVE_UP = "gave_up"

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    # The same for all webhooks of one event and when it is sent again: receivers know it by this.
    message_id = models.CharField(max_length=40)
    event = models.CharField(max_length=60)
    body = models.TextField()  # JSON as it is signed and sent
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # not before this
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_at"], name="webhook_delivery_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="due", next_at__isnull=False)
                | (~Q(state="due") & Q(next_at__isnull=True)),
                name="webhook_delivery_due_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"


class WebhookAttempt(models.Model):
    """One try to hand a message over."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)  # of the answer; None: there was none
    reason = models.CharField(
        max_length=20, blank=True
    )  # see core.outside.guard; "": it went through
    took_ms = models.PositiveIntegerField()

    class Meta:
        ordering = ["delivery", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_number")
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} #{self.number}"
