"""Indicators: reference sheet, baseline, target, actual.

Figures are integers in ten-thousandths (``_e4``): exact on both databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

USER = settings.AUTH_USER_MODEL


class PeriodKind(models.TextChoices):
    MONTH = "month"  # seq 1 = October … 12 = September
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: User, permission: str = "view") -> IndicatorQuerySet:
        """Public ones, those of the national strategies, and those owned within or above the user's scope.

        An indicator of the ministry is measured in every province, so its sheet is there for all of them.
        """
        from sucharit.orgs import scope

        if not scope.paths(user, permission):
            return self.filter(public=True)
        mine = scope.limit(
            Indicator.objects.order_by(), user, path_field="owner_unit__path", permission=permission
        )
        above = Q(pk__in=())
        for path in scope.paths(user, permission):
            ways = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
            above |= Q(owner_unit__path__in=ways)
        return self.filter(Q(public=True) | Q(pk__in=mine.values("pk")) | above)


class Indicator(models.Model):
    """The reference sheet of one figure."""

    class Measure(models.TextChoices):
        COUNT = "count"
        PERCENT = "percent"  # numerator / denominator × 100
        RATIO = "ratio"
        SCORE = "score"
        RANK = "rank"
        BINARY = "binary"
        MILESTONE = "milestone"
        TEXT = "text"

    class Direction(models.TextChoices):
        INCREASE = "increase"
        DECREASE = "decrease"
        MAINTAIN = "maintain"
        RANGE = "range"

    class OverTime(models.TextChoices):
        SUM = "sum"
        LAST = "last"
        AVERAGE = "average"
        WEIGHTED = "weighted"  # by denominator
        MAX = "max"
        MIN = "min"
        NONE = "none"

    class OverSpace(models.TextChoices):
        SUM = "sum"
        WEIGHTED = "weighted"
        AVERAGE = "average"
        COUNT_MET = "count_met"  # units that meet their target
        NONE = "none"

    class Kind(models.TextChoices):  # IATI: result types
        OUTPUT = "output"
        OUTCOME = "outcome"
        IMPACT = "impact"

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OUTPUT)
    goal = models.ForeignKey(
        "plans.Goal", null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    project = models.ForeignKey(
        "plans.Project", null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    reviewer_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who verifies; None: the owner unit
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    definition = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    numerator_th = models.CharField(max_length=300, blank=True)
    denominator_th = models.CharField(max_length=300, blank=True)
    unit_th = models.CharField(max_length=60, blank=True)  # ร้อยละ, คน, คะแนน
    unit_en = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=10, choices=Measure)
    direction = models.CharField(max_length=10, choices=Direction)
    floor_e4 = models.BigIntegerField(null=True, blank=True)
    ceiling_e4 = models.BigIntegerField(null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=2)
    data_source = models.CharField(max_length=300, blank=True)
    collection_method = models.CharField(max_length=300, blank=True)
    quality_note = models.TextField(blank=True)
    frequency = models.CharField(max_length=8, choices=PeriodKind, default=PeriodKind.QUARTER)
    over_time = models.CharField(max_length=8, choices=OverTime, default=OverTime.LAST)
    over_space = models.CharField(max_length=10, choices=OverSpace, default=OverSpace.SUM)
    cumulative = models.BooleanField(default=False)  # a period's figure counts from 1 October
    weight_e4 = models.BigIntegerField(default=10_000)
    # core.registry.measures: the figure is counted by the platform itself, nobody types it.
    measured_by = models.CharField(max_length=60, blank=True)
    public = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="newer"
    )
    retired_at = models.DateTimeField(null=True)
    change_note = models.TextField(blank=True)  # why this version differs from the one before

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="indicator_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"


class Baseline(models.Model):
    """Where a unit started from."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="baselines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE, the year it was measured
    value_e4 = models.BigIntegerField()
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "fiscal_year"], name="baseline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.fiscal_year}: {self.value_e4}"


class Target(models.Model):
    """What is to be reached in a period; another plan version is another row, the newest in force counts."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE
    period = models.CharField(max_length=8, choices=PeriodKind, default=PeriodKind.YEAR)
    seq = models.PositiveSmallIntegerField(default=1)
    value_e4 = models.BigIntegerField()
    upper_e4 = models.BigIntegerField(null=True, blank=True)  # direction "range": value … upper
    stretch_e4 = models.BigIntegerField(null=True, blank=True)
    plan_version = models.CharField(max_length=20, blank=True)
    rationale = models.TextField(blank=True)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    superseded = models.BooleanField(default=False)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="newer"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "fiscal_year", "period", "seq"],
                condition=Q(superseded=False),
                name="target_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.fiscal_year}/{self.seq}: {self.value_e4}"


class Actual(models.Model):
    """A figure of a period. A missing one has no row; a corrected one is a new version with its reason."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        VERIFIED = "verified"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="actuals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE
    period = models.CharField(max_length=8, choices=PeriodKind)
    seq = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    numerator_e4 = models.BigIntegerField(null=True, blank=True)
    denominator_e4 = models.BigIntegerField(null=True, blank=True)
    value_e4 = models.BigIntegerField(
        null=True, blank=True
    )  # of a percentage: rounded, for showing
    text = models.TextField(blank=True)  # measure "text"
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    latest = models.BooleanField(default=True)  # the newest version, in whatever state
    official = models.BooleanField(default=False)  # the newest verified version: what roll-ups take
    reason = models.TextField(blank=True)  # of a change after verification or after the lock
    note = models.TextField(blank=True)
    counted = models.BooleanField(default=False)  # counted by the platform, not typed
    entered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    returned_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "fiscal_year", "period", "seq", "version"],
                name="actual_version_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "fiscal_year", "period", "seq"],
                condition=Q(latest=True),
                name="actual_latest_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "fiscal_year", "period", "seq"],
                condition=Q(official=True),
                name="actual_official_once",
            ),
            models.CheckConstraint(
                condition=Q(official=False) | Q(status="verified"), name="actual_official_verified"
            ),
        ]
        indexes = [
            models.Index(fields=["fiscal_year", "indicator", "unit"], name="actual_year_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}@{self.unit_id} {self.fiscal_year}/{self.seq} v{self.version}"
