"""Activities, the months they are planned in, and the quarters that are reported and locked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models import Unit
from sucharit.plans.models.plans import Project

USER = settings.AUTH_USER_MODEL


class Activity(models.Model):
    """An activity (กิจกรรม) of a project."""

    class State(models.TextChoices):
        PLANNED = "planned"
        RUNNING = "running"
        DONE = "done"
        BLOCKED = "blocked"
        CANCELLED = "cancelled"

    class Group(models.TextChoices):
        YOUTH = "youth"
        PUBLIC_PERSONNEL = "public_personnel"
        PRIVATE = "private"
        PEOPLE = "people"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="activities")
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    # The action item it mends: a gap found somewhere becomes work with money.
    action = models.ForeignKey(
        "desk.ActionItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    indicators = models.ManyToManyField("plans.Indicator", blank=True, related_name="activities")
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    target_group = models.CharField(max_length=16, choices=Group, blank=True)
    expected_output = models.CharField(max_length=300, blank=True)
    heads_planned = models.PositiveIntegerField(null=True, blank=True)
    heads_attended = models.PositiveIntegerField(null=True, blank=True)  # unknown is not zero
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    actual_start_on = models.DateField(null=True, blank=True)
    actual_end_on = models.DateField(null=True, blank=True)
    weight = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    progress_e2 = models.IntegerField(
        null=True, blank=True
    )  # hundredths of a per cent; None: not reported
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["project", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["project", "seq"], name="activity_seq_once"),
            models.CheckConstraint(
                condition=Q(progress_e2=None)
                | (Q(progress_e2__gte=0) & Q(progress_e2__lte=10_000)),
                name="activity_progress",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="activity_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.title_th


class ActivityMonth(models.Model):
    """A month of the grid, 1 = October … 12 = September: share planned and reached, cumulative, in hundredths of a per cent."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="months")
    month = models.PositiveSmallIntegerField()
    planned_e2 = models.IntegerField(null=True, blank=True)
    actual_e2 = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["activity", "month"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "month"], name="activity_month_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1) & Q(month__lte=12), name="activity_month_of_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.month}"


class ActivityReport(models.Model):
    """What an activity reported for a quarter (M6); a later one of the same quarter is a new version."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    quarter = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    latest = models.BooleanField(default=True)
    progress_e2 = models.IntegerField()
    heads_attended = models.PositiveIntegerField(null=True, blank=True)
    result = models.TextField()
    problem = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    late_reason = models.TextField(blank=True)  # written after the quarter was locked
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "quarter", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "quarter", "version"], name="activity_report_version"
            ),
            models.UniqueConstraint(
                fields=["activity", "quarter"],
                condition=Q(latest=True),
                name="activity_report_latest",
            ),
            models.CheckConstraint(
                condition=Q(progress_e2__gte=0) & Q(progress_e2__lte=10_000),
                name="activity_report_progress",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} Q{self.quarter} v{self.version}"


class PeriodLock(models.Model):
    """A quarter of a unit that is locked: reports, months and indicator figures need a reason from then on."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="period_locks")
    fiscal_year = models.IntegerField()  # BE
    quarter = models.PositiveSmallIntegerField()
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reopen_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "quarter"],
                condition=Q(reopened_at__isnull=True),
                name="period_lock_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1) & Q(quarter__lte=4), name="period_lock_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fiscal_year} Q{self.quarter}"
