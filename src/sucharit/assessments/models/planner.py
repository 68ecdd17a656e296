"""What the planner and the comparison keep: efforts a unit sets, survey facts of a run, whether ranks are shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sucharit.assessments.models.results import UnitResult
from sucharit.orgs.models import Unit


class EffortSetting(models.Model):
    """How much work each item is for a unit: whole numbers, 0 = cannot be mended this year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=60)  # code of the edition, all its versions
    efforts = models.JSONField(default=dict)  # item → whole number; items left out: the default
    survey_most = models.PositiveSmallIntegerField()  # most points one survey item may rise
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "framework"], name="effort_setting_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.framework}"


class SurveyFacts(models.Model):
    """What a result's answers say beyond its scores: spread of respondents, shares of sub-questions.

    Made once for a run (runs never change). Without a row the facts are read from the answers again.
    """

    result = models.OneToOneField(UnitResult, on_delete=models.CASCADE, related_name="facts")
    facts = models.JSONField()  # planner.facts.as_json

    def __str__(self) -> str:
        return f"facts of {self.result_id}"


class RankSetting(models.Model):
    """Whether an owner of rounds lets places among units of one kind be shown. No row: not shown."""

    owner = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    shown = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.owner}: {'shown' if self.shown else 'not shown'}"
