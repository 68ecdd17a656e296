"""People, their accounts, and the roles that say what they may do and where."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models.unit import Unit


class User(AbstractUser):
    """An account. What it may do stands in its role assignments, never in staff flags."""

    name_th = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)  # a demo sign-in

    def __str__(self) -> str:
        return self.name_th or self.username


class Person(models.Model):
    """A person of a unit, with or without an account."""

    title = models.CharField(max_length=60, blank=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    position = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    account = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=400, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}"


class RoleQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, on: dt.date) -> RoleQuerySet:
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        )


class RoleAssignment(models.Model):
    """Role R at unit U, covering its subtree, from–to."""

    class Role(models.TextChoices):
        MINISTRY_CENTRE = "ministry_centre"  # ศปท.
        UNIT_HEAD = "unit_head"  # approves
        UNIT_OFFICER = "unit_officer"
        ASSESSOR = "assessor"
        AUDITOR = "auditor"  # reads all but sealed
        SYSTEM_ADMIN = "system_admin"  # sees no content
        PARTNER = "partner"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="role_dates",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_to=None),
                name="role_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.unit_id}"
