"""Around the surveys: reminders to units, and paper forms on their way into the answers.

A paper batch keeps its answers only while it is being keyed: the two entries until they are
compared, the agreed one until it is committed. Then the rows go and the counts stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from sucharit.assessments.models.rounds import Participation

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class Reminder(models.Model):
    """A unit was reminded that too few have answered. To a unit, never to a person."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="reminders"
    )
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.TextField(blank=True)  # shown to the unit's officers

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["participation", "-sent_at"], name="reminder_latest")]

    def __str__(self) -> str:
        return f"{self.participation} {self.sent_at:%Y-%m-%d}"


class PaperBatchQuerySet(models.QuerySet["PaperBatch"]):
    def visible_to(self, user: User, permission: str = "assessments.view") -> PaperBatchQuerySet:
        from sucharit.orgs import scope

        return scope.limit(
            self, user, path_field="participation__unit__path", permission=permission
        )

    def unfinished(self) -> PaperBatchQuerySet:
        """Neither committed nor dropped."""
        return self.exclude(state__in=[PaperBatch.State.COMMITTED, PaperBatch.State.DROPPED])


class PaperBatch(models.Model):
    """A pile of paper forms of one survey of a unit, numbered 1 to ``forms`` for the keying."""

    class State(models.TextChoices):
        KEYING = "keying"  # entry A, entry B
        DIFFERS = "differs"  # the two entries disagree: the paper decides
        AGREED = "agreed"  # one set of answers, waits for the commit
        COMMITTED = "committed"
        DROPPED = "dropped"

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="paper_batches"
    )
    instrument = models.CharField(max_length=10)  # IIT | EIT
    part = models.CharField(max_length=2, default="1")
    forms = models.PositiveIntegerField()
    double = models.BooleanField(default=True)  # two independent entries; part 2 may have one
    state = models.CharField(max_length=10, choices=State, default=State.KEYING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Who keyed, decided and committed stays; what they keyed goes.
    keyed_a = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    keyed_b = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    differing = models.PositiveIntegerField(null=True)  # answers on which the entries disagreed
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PaperBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keyed_a=None)
                | models.Q(keyed_b=None)
                | ~models.Q(keyed_a=models.F("keyed_b")),
                name="paper_two_keyers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} batch {self.pk}"


class PaperEntry(models.Model):
    """What one person keyed of a batch, form after form; deleted as soon as it is not needed."""

    class Side(models.TextChoices):
        A = "A"
        B = "B"
        AGREED = "C"  # what is to be committed

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="entries")
    side = models.CharField(max_length=1, choices=Side)
    # forms × questions bytes: option index, 255 left blank on the paper, 254 not keyed yet
    cells = models.BinaryField()
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "side"], name="paper_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.side}"
