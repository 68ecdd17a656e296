"""How a person arranges "my work": put off, handed over, a deputy while away, a calendar feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    import datetime as dt

USER = settings.AUTH_USER_MODEL


class Snooze(models.Model):
    """An item a person put off until a day, with the reason. It comes back by itself."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)  # DeskItem.key
    until = models.DateField()  # back on this day
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back before its day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(ended_at__isnull=True), name="snooze_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.until}"


class Handover(models.Model):
    """One item given to a colleague to do; it shows on the colleague's desk, the giver keeps an eye on it."""

    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    giver = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    taker = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "key"], condition=Q(ended_at__isnull=True), name="handover_once"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.taker_id}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def in_force(self, on: dt.date) -> DeputyQuerySet:
        return self.filter(starts_on__lte=on, ends_on__gte=on, ended_at__isnull=True)


class Deputy(models.Model):
    """Who looks after a person's desk while he is away. It gives no right: the deputy's own roles decide."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="stands_in_for")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_dates"),
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.deputy_id}"


class FeedToken(models.Model):
    """The secret of a personal calendar link. Only its hash is kept; the link is shown once."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_read_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="feed_token_once"
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
