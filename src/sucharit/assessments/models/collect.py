"""What people answer in campaigns, without any link to a person (docs/collect.md, docs/anonymity.md).

``CollectKey``, ``CollectTurn`` and ``CollectResponse`` share no column but the campaign's unit. All three have
random primary keys and no clock; on SQLite they are WITHOUT ROWID, so that no order of arrival is kept. On
PostgreSQL the order is in the tables until ``collect.closing`` has rewritten them.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from sucharit.assessments.models.campaigns import CampaignUnit
from sucharit.assessments.models.rounds import new_code


class CollectCode(models.Model):
    """The address of a unit's questionnaire: /q/<code>, 19 characters."""

    campaign_unit = models.OneToOneField(
        CampaignUnit, on_delete=models.CASCADE, primary_key=True, related_name="collect_code"
    )
    code = models.CharField(max_length=16, unique=True, default=new_code)

    def __str__(self) -> str:
        return self.code


class CollectKey(models.Model):
    """A one-use key, by its hash. Knows that it was used, never when or for which answers."""

    key_hash = models.CharField(max_length=64, primary_key=True)  # HMAC-SHA-256, hex
    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "key"


class CollectTurn(models.Model):
    """How often a signed-in person has answered. No link to the answers, no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign_unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    n = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "campaign_unit"], name="collect_turn_once")
        ]

    def __str__(self) -> str:
        return str(self.n)


class CollectResponse(models.Model):
    """One sheet as it was evaluated. No key, no person, no address, no browser, no clock finer than a week."""

    id = models.UUIDField(primary_key=True)  # random 128 bits, made by the server
    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="responses"
    )
    framework_version = models.PositiveIntegerField()
    answers = models.JSONField()  # what is relevant, calculations included: collect.sheets
    day = models.DateField()  # the Monday of the week, always (intake.answers.week_of says why)
    # HMACs of the random id the page carried and of what was sent; emptied when the campaign closes.
    resend_hash = models.CharField(max_length=64, unique=True, null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    # HMAC of the person's own anonymous code, the same in both campaigns of a pair and nowhere else.
    pair_hash = models.CharField(max_length=64, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return "answers"


class CollectCounter(models.Model):
    """How many answered for a unit, and its cap: changed by one conditional UPDATE.

    ``closed`` is the gate: after it no answer is counted, and so none is stored.
    """

    campaign_unit = models.OneToOneField(
        CampaignUnit, on_delete=models.CASCADE, primary_key=True, related_name="collect_counter"
    )
    n = models.PositiveIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)  # how many were asked: for the response rate
    closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.n)


class CollectDraft(models.Model):
    """What a signed-in person has filled in but not sent; gone when it is sent or the campaign closes."""

    campaign_unit = models.ForeignKey(CampaignUnit, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "campaign_unit"], name="collect_draft_once")
        ]

    def __str__(self) -> str:
        return "draft"


class CollectResult(models.Model):
    """Figures of a closed campaign, whole (no unit) or of one unit; a later run is a new row."""

    campaign = models.ForeignKey(
        "assessments.Campaign", on_delete=models.CASCADE, related_name="collect_results"
    )
    campaign_unit = models.ForeignKey(
        CampaignUnit, null=True, on_delete=models.CASCADE, related_name="collect_results"
    )
    run = models.PositiveIntegerField()
    n = models.PositiveIntegerField()
    # Figures with their reasons (collect.figures says the shape); exact numbers as text "n/d".
    figures = models.JSONField()
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign_unit", "run"], name="collect_result_once"),
            models.UniqueConstraint(
                fields=["campaign", "run"],
                condition=models.Q(campaign_unit=None),
                name="collect_result_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.run}"
