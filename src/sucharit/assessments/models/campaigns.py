"""A campaign: one instrument version, one fiscal year, the units that take part.

Where ITA has its ``Round`` (an edition with three instruments and a calendar of its own), every other
framework of the mission runs as a campaign: moral organisations, self-assessments, tests, evaluations,
a ministry's own scheme. A unit answers it as a body (checklists) or people answer it (surveys, tests).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: User, permission: str = "assessments.view") -> CampaignQuerySet:
        """Campaigns in which a unit of the user's scope takes part, or that such a unit owns."""
        from sucharit.orgs import scope

        mine = scope.limit(
            CampaignUnit.objects.all(), user, path_field="unit__path", permission=permission
        )
        owned = scope.limit(Unit.objects.all(), user, path_field="path", permission=permission)
        return self.filter(
            models.Q(pk__in=mine.values("campaign_id")) | models.Q(owner__in=owned.values("pk"))
        )


class Campaign(models.Model):
    """Instrument version × fiscal year × units, with its window."""

    class Mode(models.TextChoices):
        UNIT = "unit"  # the unit answers as a body, with evidence, and is marked up the tree
        PEOPLE = "people"  # persons answer: survey, test, evaluation

    class Access(models.TextChoices):
        OPEN_LINK = "open_link"  # one link per unit, with a cap
        ONE_USE_KEYS = "one_use_keys"
        SIGNED_IN = "signed_in"

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"  # no more answers; units in mode "unit" are still marked
        FINAL = "final"

    framework = models.ForeignKey(
        "assessments.Framework", on_delete=models.PROTECT, related_name="campaigns"
    )
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    mode = models.CharField(max_length=8, choices=Mode)
    access = models.CharField(max_length=14, choices=Access, default=Access.SIGNED_IN)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    opens_on = models.DateField()  # Thai dates, last day included
    closes_on = models.DateField()
    review_to = models.DateField(null=True, blank=True)  # last day of marking, mode "unit"
    min_report_n = models.PositiveIntegerField(default=5)  # nothing of people is shown below
    # The test or survey before this one, answered by the same people (pre-test of a post-test).
    pairs_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="pairs"
    )
    # What the kind needs besides: {"pass_mark": 60, "attempts": 1, "counts": "best"}, …
    settings = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="campaign_window"
            )
        ]

    def __str__(self) -> str:
        return self.title_th

    @property
    def title(self) -> str:
        """The title in the page's language."""
        thai = (get_language() or "th").startswith("th")
        return self.title_th if thai else (self.title_en or self.title_th)


class CampaignUnitQuerySet(models.QuerySet["CampaignUnit"]):
    def visible_to(self, user: User, permission: str = "assessments.view") -> CampaignUnitQuerySet:
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)


class CampaignUnit(models.Model):
    """A unit in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")

    objects = CampaignUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.campaign}"
