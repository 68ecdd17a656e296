"""Resolutions and how they travel between committees."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.committees.models.bodies import Committee
from sucharit.committees.models.meetings import AgendaItem

USER = settings.AUTH_USER_MODEL


class Resolution(models.Model):
    """มติที่ประชุม of an agenda item. Its action items name it as their source (``committees.resolution``)."""

    class Kind(models.TextChoices):
        NOTED = "noted"
        APPROVED = "approved"
        APPROVED_WITH_CONDITIONS = "approved_with_conditions"
        ASSIGNED = "assigned"
        DEFERRED = "deferred"
        REJECTED = "rejected"
        ELECTED = "elected"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField()  # of the meeting
    kind = models.CharField(max_length=24, choices=Kind)
    text = models.TextField()
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)  # None: no count was taken
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    public = models.BooleanField(default=False)
    # The resolution it came from when another committee forwarded it, and the first of that chain.
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    root = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="descendants"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)  # before certification only

    class Meta:
        ordering = ["item", "number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"


class Forwarding(models.Model):
    """A resolution sent to the committee above, or to one below."""

    class Direction(models.TextChoices):
        UP = "up"
        DOWN = "down"

    class State(models.TextChoices):
        SENT = "sent"
        PLACED = "placed"  # on an agenda there
        DECLINED = "declined"

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="forwardings")
    to = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="received")
    direction = models.CharField(max_length=4, choices=Direction)
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    note = models.TextField(blank=True)
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="came_by"
    )  # where it was placed
    answer_note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "to"],
                condition=~Q(state="declined"),
                name="forwarding_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.direction} {self.to_id}"
