"""Plan reports as they were published: the figures of that day, never recomputed under the reader."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

USER = settings.AUTH_USER_MODEL


class PublishedReport(models.Model):
    """The 6-month (half 1) or 12-month (half 2) report of a unit's plans; a later version replaces the one shown."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_reports")
    fiscal_year = models.IntegerField()  # BE
    half = models.PositiveSmallIntegerField()  # 1: October–March, 2: the whole year
    version = models.PositiveIntegerField()
    document = models.JSONField()  # plans.reports.document
    sha256 = models.CharField(max_length=64)  # of the document's canonical JSON
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit", "fiscal_year", "half", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "half", "version"], name="plan_report_version"
            ),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="plan_report_half"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fiscal_year}/{self.half} v{self.version}"
