"""Checklists, judged: marks of each stage, objections, the sample, results, mappings between frameworks.

Marks and results are only ever added: the highest turn and the newest run hold.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sucharit.assessments.models.campaigns import Campaign, CampaignUnit
from sucharit.assessments.models.checklists import Stage, account_field
from sucharit.orgs.models import Unit


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
    by = account_field()

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
    raised_by = account_field()
    decide_by = models.DateField()
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = account_field()

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
    by = account_field()

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
    by = account_field()

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
    made_by = account_field()

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
