"""Quality signals of a round's surveys and what was found when somebody looked. Units, never persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from sucharit.assessments.models.rounds import Participation, Round

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class QualityRun(models.Model):
    """One computation of all signals of a round; the newest holds, earlier ones stay."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="quality_runs")
    rules_version = models.CharField(max_length=20)
    rules_sha256 = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(current=True), name="quality_run_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} #{self.pk}"


class QualitySignalQuerySet(models.QuerySet["QualitySignal"]):
    def visible_to(self, user: User) -> QualitySignalQuerySet:
        """For who runs rounds at the unit or above, and who audits it; not for the unit itself."""
        from sucharit.orgs import scope

        managed = scope.limit(
            self, user, path_field="participation__unit__path", permission="assessments.manage"
        )
        audited = scope.limit(
            self, user, path_field="participation__unit__path", permission="ledger.view"
        )
        return self.filter(
            models.Q(pk__in=managed.values("pk")) | models.Q(pk__in=audited.values("pk"))
        )

    def current(self) -> QualitySignalQuerySet:
        return self.filter(run__current=True)


class QualitySignal(models.Model):
    """One signal of one unit and instrument in a run."""

    run = models.ForeignKey(QualityRun, on_delete=models.CASCADE, related_name="signals")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="quality_signals"
    )
    instrument = models.CharField(max_length=10)
    code = models.CharField(max_length=20)
    status = models.CharField(max_length=15)
    value = models.CharField(max_length=60, blank=True)  # exact "n/d"; "" when there is none
    at_least = models.CharField(max_length=30, blank=True)
    order = models.FloatField(null=True)  # the value, for sorting only
    n = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)

    objects = QualitySignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "participation", "instrument", "code"], name="quality_signal_once"
            )
        ]
        indexes = [models.Index(fields=["run", "status"], name="quality_signal_status")]

    def __str__(self) -> str:
        return f"{self.code} {self.instrument} {self.status}"


class QualityReview(models.Model):
    """What a person found; one per unit, instrument and signal of a round, the newest row holds."""

    class Finding(models.TextChoices):
        EXPLAINED = "explained"  # a lawful explanation was found
        FOLLOW_UP = "follow_up"  # the unit is asked; an action item was opened
        UNDECIDED = "undecided"

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="quality_reviews"
    )
    instrument = models.CharField(max_length=10)
    code = models.CharField(max_length=20)
    finding = models.CharField(max_length=10, choices=Finding)
    note = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="quality_review_has_note")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.finding}"
