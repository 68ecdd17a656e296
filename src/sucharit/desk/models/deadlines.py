"""Days off, dated clocks of law and practice, and what a unit owes by one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    import datetime as dt

    from sucharit.orgs.models import User


class Holiday(models.Model):
    """A day on which the civil service does not work: for the nation (``unit`` None) or one province.

    ``works`` True takes a day off back (the cabinet moved it): then it is a working day.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public"
        GOVERNMENT = "government"  # civil service only: Royal Ploughing day
        CABINET = "cabinet"  # special days the cabinet declared
        SUBSTITUTION = "substitution"
        PROVINCE = "province"

    on = models.DateField()
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # a province; None: everywhere
    kind = models.CharField(max_length=12, choices=Kind)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    works = models.BooleanField(default=False)
    order_no = models.CharField(max_length=120, blank=True)  # of the cabinet or the announcement
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            # Two partial ones: NULL is never equal to NULL.
            models.UniqueConstraint(
                fields=["on"], condition=Q(unit__isnull=True), name="holiday_nation_once"
            ),
            models.UniqueConstraint(
                fields=["on", "unit"], condition=Q(unit__isnull=False), name="holiday_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name_th}"


class Clock(models.Model):
    """A period of law or practice as dated data: how long, from what, by which rule, on what basis."""

    class Unit(models.TextChoices):
        DAY = "day"
        WORKING_DAY = "working_day"
        WEEK = "week"
        MONTH = "month"
        YEAR = "year"

    key = models.SlugField(max_length=60)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    n = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=Unit)
    anchor_th = models.CharField(max_length=200)  # the event it runs from, in words
    anchor_en = models.CharField(max_length=200, blank=True)
    roll_forward = models.BooleanField(default=True)  # a day off at the end moves the end
    max_extensions = models.PositiveSmallIntegerField(default=0)
    extension_n = models.PositiveIntegerField(default=0)
    extension_unit = models.CharField(max_length=12, choices=Unit, blank=True)
    legal_basis = models.CharField(max_length=300)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="clock_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.effective_from}"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: User, permission: str = "view") -> ObligationQuerySet:
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)

    def open(self) -> ObligationQuerySet:
        return self.filter(done_at__isnull=True)

    def overdue(self, today: dt.date) -> ObligationQuerySet:
        return self.open().filter(due_on__lt=today)


class Obligation(models.Model):
    """Something a unit owes by a clock: an anchor day, the day computed from it, and how."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    fiscal_year = models.IntegerField()  # BE, of the due date
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="obligations")
    title = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=60, blank=True)  # what it is about, "plans.project"
    subject_id = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=300, blank=True)
    anchor_on = models.DateField()
    due_on = models.DateField()
    original_due_on = models.DateField()
    extensions = models.PositiveSmallIntegerField(default=0)
    why = (
        models.JSONField()
    )  # the engine's steps: days counted, days off passed over, rolled forward
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(done_at__isnull=True), name="obligation_open_due"
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="obligation_subject"),
        ]

    def __str__(self) -> str:
        return self.title
