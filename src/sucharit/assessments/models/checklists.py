"""Checklists: what a unit answers as a body, who marked it at which stage, and what came out.

Rows are made on first touch, never for all units beforehand. Marks, copies, events and results are only
ever added: the highest turn, the newest copy, the newest run hold; everything before stays readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.assessments.models.campaigns import CampaignUnit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


def account_field(**fields: Any) -> models.ForeignKey[User | None, User | None]:
    """An account that did something; None: the platform itself."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **fields
    )


class Stage(models.TextChoices):
    """Who judged: the unit itself, its province, the campaign's owner (the ministry)."""

    SELF = "self"
    PROVINCE = "province"
    MINISTRY = "ministry"


class ChecklistState(models.Model):
    """Where a unit's checklist stands, and whose turn it is."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"  # copied and hashed; waits for the head
        APPROVED = "approved"  # frozen; waits for the first marking stage
        PROVINCE_MARKED = "province_marked"
        MINISTRY_MARKED = "ministry_marked"  # the unit may object
        OBJECTION = "objection"  # at least one objection waits for its decision
        FINAL = "final"

    campaign_unit = models.OneToOneField(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist"
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    awaits = models.CharField(max_length=10, default="officer")  # engine.checklists.workflow.AWAITS
    submitted_at = models.DateTimeField(null=True)
    submitted_by = account_field()
    approved_at = models.DateTimeField(null=True)
    approved_by = account_field()
    province_done_at = models.DateTimeField(null=True)
    province_done_by = account_field()
    ministry_done_at = models.DateTimeField(null=True)
    ministry_done_by = account_field()
    objections_to = models.DateField(null=True)  # last day on which the unit may object
    decide_by = models.DateField(null=True)  # objections are decided until this day
    final_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["awaits", "state"], name="checklist_awaits")]

    def __str__(self) -> str:
        return self.state


class ChecklistAnswer(models.Model):
    """A unit's answer to one item. Made on first touch."""

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_answers"
    )
    item = models.CharField(max_length=60)
    value = models.JSONField(null=True)  # text, list of option codes, or None (not answered)
    note = models.TextField(blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why it does not apply
    # Taken over from elsewhere and not looked at yet: it counts for nothing until confirmed.
    must_confirm = models.BooleanField(default=False)
    origin = models.JSONField(
        default=dict
    )  # {"kind": "last_year"|"mapped", "fiscal_year", "item", …}
    version = models.PositiveIntegerField(default=0)  # rises with every save
    editors = models.JSONField(default=list)  # ids of all accounts that ever saved it
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = account_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign_unit", "item"], name="checklist_answer_once"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | ~Q(reason=""), name="checklist_na_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.item


class ChecklistCopy(models.Model):
    """What was handed in: answers, notes, evidence with hashes. One at each submission, never changed."""

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_copies"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()  # {"items": {item: {...}}, "instrument": …}
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = account_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_unit", "number"], name="checklist_copy_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class ChecklistEvent(models.Model):
    """A step of a unit's checklist: by whom, when, with what words; comments by item on return."""

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_events"
    )
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    by = account_field()
    note = models.TextField(blank=True)
    comments = models.JSONField(default=dict)  # item -> what has to be changed

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind


class ChecklistAssignment(models.Model):
    """Part of a checklist given to one account of the unit."""

    class State(models.TextChoices):
        ASSIGNED = "assigned"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        ACCEPTED = "accepted"

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_assignments"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    items = models.JSONField()  # item ids; a section given whole is written out
    state = models.CharField(max_length=10, choices=State, default=State.ASSIGNED)
    due_on = models.DateField(null=True)
    made_by = account_field()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_unit", "account"], name="checklist_assignment_once"
            )
        ]

    def __str__(self) -> str:
        return self.state


class ChecklistAssignmentEvent(models.Model):
    """A step of an assignment, with a comment per item on return."""

    assignment = models.ForeignKey(
        ChecklistAssignment, on_delete=models.PROTECT, related_name="events"
    )
    state = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)
    by = account_field()
    note = models.TextField(blank=True)
    comments = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.state
