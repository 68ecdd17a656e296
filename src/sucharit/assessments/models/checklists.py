"""Checklists: what a unit answers as a body, who marked it at which stage, and what came out.

Rows are made on first touch, never for all units beforehand. Marks, copies, events and results are only
ever added: the highest turn, the newest copy, the newest run hold; everything before stays readable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.assessments.models.campaigns import Campaign, CampaignUnit
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


def _account(**fields: object) -> models.ForeignKey[User | None, User | None]:
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
    submitted_by = _account()
    approved_at = models.DateTimeField(null=True)
    approved_by = _account()
    province_done_at = models.DateTimeField(null=True)
    province_done_by = _account()
    ministry_done_at = models.DateTimeField(null=True)
    ministry_done_by = _account()
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
    updated_by = _account()

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
    by = _account()

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
    by = _account()
    note = models.TextField(blank=True)
    comments = models.JSONField(default=dict)  # item -> what has to be changed

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind


class ChecklistMark(models.Model):
    """What a stage found for an item. A correction is a new row; the highest turn of a stage holds."""

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_marks"
    )
    item = models.CharField(max_length=60)
    stage = models.CharField(max_length=8, choices=Stage)
    turn = models.PositiveIntegerField(default=1)
    value = models.CharField(max_length=60, blank=True)  # as the instrument writes it
    points = models.CharField(
        max_length=24, blank=True
    )  # what the value is worth, exact; "" a plain number
    not_applicable = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = _account()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_unit", "item", "stage", "turn"], name="checklist_mark_turn"
            ),
            models.CheckConstraint(
                condition=~Q(value="") | Q(not_applicable=True) | Q(stage="self"),
                name="checklist_mark_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.stage} {self.value}"


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
    made_by = _account()
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
    by = _account()
    note = models.TextField(blank=True)
    comments = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.state


class ChecklistObjection(models.Model):
    """A unit does not accept a mark: request, evidence, decision, with its deadline. Once per item."""

    class State(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"  # the mark stays
        CHANGED = "changed"  # a new turn of the ministry's mark

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_objections"
    )
    item = models.CharField(max_length=60)
    reason = models.TextField()
    wanted = models.CharField(max_length=60, blank=True)  # the value the unit thinks right
    # What it points at: pieces of the evidence library as they stood when it was raised.
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = _account()
    decide_by = models.DateField()
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _account()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_unit", "item"], name="checklist_objection_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="checklist_objection_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class ChecklistSample(models.Model):
    """The verification sample of a campaign: drawn once, from a seed everybody can repeat."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.PROTECT, related_name="checklist_sample"
    )
    seed = models.CharField(max_length=100)
    algorithm = models.CharField(max_length=60)
    population = models.JSONField()  # [[unit code, item], …] it was drawn from, sorted
    pairs = models.JSONField()  # [[unit code, item], …] in drawing order
    at = models.DateTimeField(auto_now_add=True)
    by = _account()

    def __str__(self) -> str:
        return self.seed


class ChecklistResult(models.Model):
    """A computed result at a stage. Every computation is a new run; the highest run holds."""

    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="checklist_results"
    )
    run = models.PositiveIntegerField()
    stage = models.CharField(max_length=8, choices=Stage)  # the highest stage that was done
    framework = models.ForeignKey(
        "assessments.Framework", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=16)  # ok | missing | not_applicable
    total = models.CharField(max_length=80, blank=True)  # exact "n/d"; "" where status is not ok
    hundredths = models.IntegerField(null=True)
    band = models.CharField(max_length=40, blank=True)
    explanation = models.JSONField()  # nodes, items, bands: checklists.queries reads it
    at = models.DateTimeField(auto_now_add=True)
    by = _account()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign_unit", "run"], name="checklist_result_run"),
            models.CheckConstraint(
                condition=Q(status="ok", hundredths__isnull=False) | Q(total=""),
                name="checklist_result_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.total}"


class FrameworkMapping(models.Model):
    """An item of one framework says something about an item of another. Read from source to target."""

    class Relation(models.TextChoices):
        EQUAL = "equal"
        SUPERSET = "superset"  # the source asks for all of the target, and more
        SUBSET = "subset"  # the source asks for a part of the target
        INTERSECT = "intersect"
        NOT_RELATED = "not_related"  # looked at: nothing follows

    source_code = models.CharField(max_length=60)
    source_item = models.CharField(max_length=60)
    target_code = models.CharField(max_length=60)
    target_item = models.CharField(max_length=60)
    relation = models.CharField(max_length=12, choices=Relation)
    rationale = models.TextField()
    strength = models.PositiveSmallIntegerField()  # 0–10
    verified = models.BooleanField(default=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = _account()

    class Meta:
        ordering = ["target_code", "target_item", "source_code", "source_item"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_code", "source_item", "target_code", "target_item"],
                name="framework_mapping_once",
            ),
            models.CheckConstraint(
                condition=Q(strength__lte=10), name="framework_mapping_strength"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_code} {self.source_item} → {self.target_code} {self.target_item}"
