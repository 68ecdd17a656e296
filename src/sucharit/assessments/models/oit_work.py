"""Work on a self-report between people: who answers which item, what became of it, second readings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sucharit.assessments.models.rounds import Participation, Round


class OitAssignment(models.Model):
    """One item of a unit's self-report in the hands of one account. What happened stands in the events."""

    class State(models.TextChoices):
        ASSIGNED = "assigned"
        SUBMITTED = "submitted"  # the account says it is done
        RETURNED = "returned"
        ACCEPTED = "accepted"

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="assignments"
    )
    item = models.CharField(max_length=20)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="oit_assignments"
    )
    state = models.CharField(max_length=9, choices=State, default=State.ASSIGNED)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["participation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "item"], name="oit_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class OitItemEvent(models.Model):
    """What happened to an item between people: given, handed in, returned with a comment, accepted, copied."""

    class What(models.TextChoices):
        ASSIGNED = "assigned"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        ACCEPTED = "accepted"
        TAKEN_BACK = "taken_back"
        COPIED = "copied"
        CONFIRMED = "confirmed"

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="item_events"
    )
    item = models.CharField(max_length=20)
    what = models.CharField(max_length=10, choices=What)
    comment = models.TextField(blank=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["participation", "item"], name="oit_item_event")]

    def __str__(self) -> str:
        return f"{self.item} {self.what}"


class SecondReadingSample(models.Model):
    """A random sample of marked items, drawn from a seed: whoever draws it again gets the same."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="second_readings")
    seed = models.CharField(max_length=64)
    n = models.PositiveIntegerField()  # asked for; the sample may be smaller
    population = models.PositiveIntegerField()  # marked items it was drawn from
    algorithm = models.CharField(max_length=60)
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seed"], name="second_reading_seed_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.seed}"


class SecondReading(models.Model):
    """One drawn item: the mark as it was, and what the second reader found."""

    sample = models.ForeignKey(
        SecondReadingSample, on_delete=models.PROTECT, related_name="readings"
    )
    place = models.PositiveIntegerField()  # 1 = lowest hash
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=20)
    points = models.CharField(max_length=12, blank=True)  # of the mark when drawn; "": n/a
    not_applicable = models.BooleanField(default=False)
    second_points = models.CharField(max_length=12, blank=True)
    second_not_applicable = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["sample", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "participation", "item"], name="second_reading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.item}"

    @property
    def agrees(self) -> bool | None:
        """Whether the second reader gave the same; None: not read yet."""
        if self.read_at is None:
            return None
        return (self.points, self.not_applicable) == (
            self.second_points,
            self.second_not_applicable,
        )
