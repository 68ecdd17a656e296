"""Plans and their projects: where a project works, and why it contributes to a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

USER = settings.AUTH_USER_MODEL


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User, permission: str = "view") -> PlanQuerySet:
        """Plans owned within the user's scope, and those with a project in an area of it."""
        from sucharit.orgs import scope

        own = scope.limit(
            Plan.objects.order_by(), user, path_field="owner__path", permission=permission
        )
        here = scope.limit(
            ProjectArea.objects.order_by(), user, path_field="path", permission=permission
        )
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=here.values("project__plan")))


class Plan(models.Model):
    """A unit's plan of a fiscal year (แผนปฏิบัติการ)."""

    class Kind(models.TextChoices):
        ANNUAL = "annual"  # แผนปฏิบัติราชการประจำปี
        INTEGRITY = "integrity"  # แผนปฏิบัติการป้องกันการทุจริต
        INTEGRATED = "integrated"  # แผนงานบูรณาการต่อต้านการทุจริต (NACC)
        PROVINCE = "province"  # provincial action plan
        OTHER = "other"

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        CLOSED = "closed"

    fiscal_year = models.IntegerField()  # BE
    kind = models.CharField(max_length=12, choices=Kind)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    code = models.SlugField(max_length=60)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    strategies = models.ManyToManyField("plans.Strategy", blank=True, related_name="plans")
    template = models.ForeignKey(
        "plans.PlanTemplate", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    submitted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_note = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)  # the public page is there
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "fiscal_year", "code"], name="plan_once")
        ]

    def __str__(self) -> str:
        return self.title_th


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User, permission: str = "view") -> ProjectQuerySet:
        """Projects owned within the user's scope, and those that work in an area of it."""
        from sucharit.orgs import scope

        own = scope.limit(
            Project.objects.order_by(), user, path_field="owner__path", permission=permission
        )
        here = scope.limit(
            ProjectArea.objects.order_by(), user, path_field="path", permission=permission
        )
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=here.values("project")))

    def in_area(self, area: Unit) -> ProjectQuerySet:
        """Projects that work in the area or in a part of it."""
        rows = ProjectArea.objects.filter(path__gte=area.path, path__lt=area.path + "~")
        return self.filter(pk__in=rows.values("project"))


class Project(models.Model):
    """A project (โครงการ) of a plan."""

    class State(models.TextChoices):
        DRAFT = "draft"
        APPROVED = "approved"
        RUNNING = "running"
        FINISHED = "finished"
        CANCELLED = "cancelled"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="projects")
    fiscal_year = models.IntegerField()  # BE, the plan's
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True)
    program_th = models.CharField(max_length=300, blank=True)  # แผนงาน
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="projects")
    partners = models.ManyToManyField(Unit, blank=True, related_name="+")
    rationale = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    expected_result = models.TextField(blank=True)
    beneficiaries = models.CharField(max_length=300, blank=True)
    beneficiary_count = models.PositiveIntegerField(null=True, blank=True)
    risk = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    cancel_reason = models.TextField(blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "seq"], name="project_seq_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_dates",
            ),
        ]
        indexes = [models.Index(fields=["fiscal_year", "owner"], name="project_year_owner")]

    def __str__(self) -> str:
        return self.title_th


class ProjectArea(models.Model):
    """Where a project works: a province, district or tambon. ``path`` is the area's, so that a province finds it by range."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="areas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE, the project's
    path = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "unit"], name="project_area_once")
        ]
        indexes = [
            models.Index(fields=["fiscal_year", "path"], name="project_area_year"),
            models.Index(fields=["path"], name="project_area_path"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} in {self.unit_id}"


class Alignment(models.Model):
    """Why a project (X) contributes to a target of a sub-plan (Y) and of the issue (Z)."""

    class Rung(models.TextChoices):
        Y = "y"  # target of the sub-plan
        Z = "z"  # target of the issue
        OTHER = "other"  # another plan: region, cluster, province

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="alignments")
    rung = models.CharField(max_length=5, choices=Rung)
    goal = models.ForeignKey(
        "plans.Goal", null=True, blank=True, on_delete=models.PROTECT, related_name="alignments"
    )
    strategy = models.ForeignKey(
        "plans.Strategy", null=True, blank=True, on_delete=models.PROTECT, related_name="alignments"
    )
    contribution = models.TextField()  # without a reason it is refused
    weight_e4 = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(contribution=""), name="alignment_has_reason"),
            models.CheckConstraint(
                condition=Q(goal__isnull=False) | Q(strategy__isnull=False), name="alignment_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} → {self.rung}"
