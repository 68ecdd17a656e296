"""Scores: computed from answers and marks, or published elsewhere and brought in with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from sucharit.assessments.models.rounds import Round
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class ScoreRun(models.Model):
    """One computation of a round, or one import of published figures. Insert-only; the newest current one holds."""

    class Kind(models.TextChoices):
        COMPUTED = "computed"
        PUBLISHED = "published"

    kind = models.CharField(max_length=10, choices=Kind)
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="runs")
    framework = models.ForeignKey(
        "assessments.Framework", null=True, on_delete=models.PROTECT, related_name="+"
    )
    fiscal_year = models.IntegerField()
    at = models.DateTimeField(auto_now_add=True)
    current = models.BooleanField(default=True)
    public = models.BooleanField(default=False)  # announced: everybody may see it
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True)  # of the imported file
    parameters = models.JSONField(default=dict)  # eit_merge, shortfall, as used

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(kind="computed", current=True),
                name="run_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fiscal_year} #{self.pk}"


class UnitResultQuerySet(models.QuerySet["UnitResult"]):
    def visible_to(self, user: User) -> UnitResultQuerySet:
        """What is announced; within one's scope also what units may check (objection window on), or all who run rounds."""
        from sucharit.orgs import scope

        everything = UnitResult.objects.all()
        mine = scope.limit(everything, user, path_field="unit__path", permission="assessments.view")
        mine = mine.filter(
            Q(run__round=None) | Q(run__round__state__in=[Round.State.OBJECTION, Round.State.FINAL])
        )
        managed = scope.limit(
            everything, user, path_field="unit__path", permission="assessments.manage"
        )
        return self.filter(
            Q(run__public=True) | Q(pk__in=mine.values("pk")) | Q(pk__in=managed.values("pk"))
        )

    def current(self) -> UnitResultQuerySet:
        return self.filter(run__current=True)


class UnitResult(models.Model):
    """A unit's result in a run; ``explanation`` is the whole tree, so every figure can say why."""

    run = models.ForeignKey(ScoreRun, on_delete=models.CASCADE, related_name="results")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="results")
    group = models.CharField(
        max_length=60, blank=True
    )  # "nation", "moi:departments": a published mean of many
    fiscal_year = models.IntegerField()
    total_hundredths = models.IntegerField(null=True)  # as displayed
    level = models.CharField(max_length=30, blank=True)  # code of the band
    level_th = models.CharField(max_length=100, blank=True)
    level_en = models.CharField(max_length=100, blank=True)
    passed = models.BooleanField(null=True)
    scheme = models.CharField(max_length=60, blank=True)  # framework code whose bands were used
    explanation = models.JSONField(null=True)

    objects = UnitResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "unit"], condition=~Q(unit=None), name="unit_result_once"
            ),
            models.UniqueConstraint(
                fields=["run", "group"], condition=Q(unit=None), name="group_result_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "fiscal_year"], name="unit_result_year")]
        ordering = [F("total_hundredths").desc(nulls_last=True), "unit__sort_key"]

    def __str__(self) -> str:
        return f"{self.unit or self.group} {self.fiscal_year}"


class NodeScore(models.Model):
    """One figure: total, instrument, indicator, sub-indicator or item."""

    class Status(models.TextChoices):
        OK = "ok"
        MISSING = "missing"
        NOT_APPLICABLE = "not_applicable"
        NOT_SCORED = "not_scored"  # insufficient sample under the "not_scored" policy
        INSUFFICIENT = "insufficient"  # fewer respondents than may be shown
        PUBLISHED = "published"  # known only at this node, from outside

    result = models.ForeignKey(UnitResult, on_delete=models.CASCADE, related_name="nodes")
    node = models.CharField(max_length=20)
    status = models.CharField(max_length=15, choices=Status)
    exact = models.TextField(blank=True)  # "n/d"; "" when there is no value
    value = models.FloatField(null=True)  # for order and charts only
    hundredths = models.IntegerField(null=True)  # half-up from exact: what is shown
    n = models.IntegerField(null=True)  # respondents behind it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "node"], name="node_score_once")]

    def __str__(self) -> str:
        return f"{self.node} {self.hundredths}"
