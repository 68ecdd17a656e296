"""Notices: what a person is told inside, and the outbox of what goes out by e-mail or LINE.

Nothing here ever holds what a case is about: a kind, a count, a link.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

USER = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """One thing a person is told on the pages. ``kind`` is registered (core.registry.notices)."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    urgent = models.BooleanField(default=False)
    # The same thing is told once: "desk.action.due:123:2026-12-01".
    dedupe_key = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(
        "desk.Digest", null=True, on_delete=models.PROTECT, related_name="notices"
    )

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe_key"], name="notice_told_once")
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread")
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"


class Digest(models.Model):
    """One day's digest of one person: made once a day at most."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    overdue = models.PositiveIntegerField(default=0)
    soon = models.PositiveIntegerField(default=0)  # due within seven days
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"


class NoticePreference(models.Model):
    """What a person wants by a channel outside."""

    class Channel(models.TextChoices):
        EMAIL = "email"
        LINE = "line"

    class Wants(models.TextChoices):
        NOTHING = "nothing"
        URGENT = "urgent"
        DIGEST = "digest"  # a daily digest, and what is urgent

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    wants = models.CharField(max_length=8, choices=Wants, default=Wants.DIGEST)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="notice_preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel}: {self.wants}"


class OutboxMessage(models.Model):
    """One message for outside: to whom, by what, what about (kind and count only), and what became of it."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"  # taken by a worker; its lease is ``not_before``
        SENT = "sent"
        FAILED = "failed"
        SUPPRESSED = "suppressed"  # not wanted, no address, quota kept for urgent ones
        EXPIRED = "expired"

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=NoticePreference.Channel)
    kind = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1)
    url = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=200)
    retry_key = models.UUIDField(default=uuid.uuid4, unique=True)  # set before the first try
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=60, blank=True)  # why suppressed, failed or expired
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    cost_units = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "channel", "dedupe_key"], name="outbox_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=("queued", "sending")),
                name="outbox_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} → {self.user_id}: {self.state}"


class LineAccount(models.Model):
    """A LINE account linked to an account here. The LINE user id is sealed, its keyed hash finds it."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="line_account")
    line_hash = models.CharField(max_length=64, unique=True)
    line_sealed = models.BinaryField()
    linked_at = models.DateTimeField()
    unreachable_at = models.DateTimeField(null=True)  # blocked or unfollowed

    def __str__(self) -> str:
        return f"LINE of {self.user_id}"


class LineCode(models.Model):
    """A one-time code shown on the profile, to be typed to the bot. Only its hash is kept."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code of {self.user_id}"


class LineEvent(models.Model):
    """A webhook event that was taken: the same one delivered again does nothing."""

    event_id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)  # "wrong": a code that links nothing
    line_hash = models.CharField(max_length=64, blank=True)  # of the sender, to count wrong codes
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["line_hash", "at"], name="line_event_tries")]

    def __str__(self) -> str:
        return self.event_id
