"""Plan templates the ministry publishes, and who has taken them up."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sucharit.orgs.models import Unit

USER = settings.AUTH_USER_MODEL


class PlanTemplate(models.Model):
    """A plan as a pattern: projects, activities, months, indicators. Published versions never change."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_templates")
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    fiscal_year = models.IntegerField()  # BE
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    guidance = models.TextField(blank=True)
    document = models.JSONField()  # projects → activities; docs/plans-rollout.md
    audience_kinds = models.JSONField(default=list)  # kinds of units below the owner that adopt it
    adopt_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-fiscal_year", "code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code", "fiscal_year", "version"], name="plan_template_once"
            )
        ]

    def __str__(self) -> str:
        return self.title_th


class Adoption(models.Model):
    """One unit's answer to a template. Without a row: it has not answered."""

    class State(models.TextChoices):
        ADOPTED = "adopted"  # as it is
        ADAPTED = "adapted"  # changed since
        DECLINED = "declined"

    template = models.ForeignKey(PlanTemplate, on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    plan = models.OneToOneField(
        "plans.Plan", null=True, blank=True, on_delete=models.PROTECT, related_name="adoption"
    )
    reason = models.TextField(blank=True)  # of declining
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "unit"], name="adoption_once")]

    def __str__(self) -> str:
        return f"{self.template_id} {self.unit_id}: {self.state}"
