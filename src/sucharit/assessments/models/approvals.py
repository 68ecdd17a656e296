"""Approval up the tree of units: two facts per workflow and unit; its seven states are computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

WORKFLOW_WIDTH = 40  # "campaign:12", "round:3"


class InUnitQuerySet(models.QuerySet[Any]):
    """Rows about a unit."""

    def visible_to(self, user: User, permission: str = "assessments.view") -> InUnitQuerySet:
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)

    def of(self, workflow: str) -> InUnitQuerySet:
        return self.filter(workflow=workflow)


class Approval(models.Model):
    """How far a unit's data in a workflow is approved. No row: it never was."""

    workflow = models.CharField(max_length=WORKFLOW_WIDTH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Level of the tree (1 = top) up to which it is approved; null: not approved.
    approved_level = models.PositiveSmallIntegerField(null=True)
    accepted = models.BooleanField(default=False)  # by the level above; freezes it from below
    # After an unlock: last day on which the data may be changed; cleared by the next step.
    open_until = models.DateField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    objects = InUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workflow", "unit"], name="approval_once"),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(approved_level__isnull=False),
                name="approval_accepted_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(open_until__isnull=True) | Q(approved_level__isnull=True),
                name="approval_open_is_unapproved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workflow} · {self.unit_id}"


class EventQuerySet(InUnitQuerySet):
    """Insert-only: a history that can be mended is none."""

    def update(self, **_fields: Any) -> int:
        raise TypeError("the history of approvals is insert-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the history of approvals is insert-only")


class ApprovalEvent(models.Model):
    """One step of the history: insert-only."""

    class Action(models.TextChoices):
        APPROVED = "approved"
        UNAPPROVED = "unapproved"
        ACCEPTED = "accepted"
        UNACCEPTED = "unaccepted"
        UNLOCK_ASKED = "unlock_asked"
        UNLOCK_GRANTED = "unlock_granted"
        UNLOCK_REFUSED = "unlock_refused"

    workflow = models.CharField(max_length=WORKFLOW_WIDTH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=14, choices=Action)
    approved_level = models.PositiveSmallIntegerField(null=True)  # after the step
    accepted = models.BooleanField(default=False)
    without_report = models.BooleanField(default=False)  # approved although nothing was handed in
    open_until = models.DateField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["workflow", "unit"], name="approval_event_of")]

    def __str__(self) -> str:
        return f"{self.action} {self.workflow} · {self.unit_id}"


class UnlockRequest(models.Model):
    """A unit asks the level above to open approved data again, with a reason."""

    class State(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        REFUSED = "refused"

    workflow = models.CharField(max_length=WORKFLOW_WIDTH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    until = models.DateField(null=True)  # granted: last day of changes
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = InUnitQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "unit"], condition=Q(state="open"), name="unlock_open_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="unlock_has_reason"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="unlock_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(until__isnull=False), name="unlock_has_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workflow} · {self.unit_id} {self.state}"
