"""Survey answers without any link to a person (docs/anonymity.md).

``AccessKey`` and ``SurveyResponse`` share no column but the participation and survey. Both have random
primary keys; on SQLite both are WITHOUT ROWID (migration 0005), so that no order of arrival is kept.
On PostgreSQL the order is in the table until ``intake.closing`` has rewritten it.
"""

from __future__ import annotations

from django.db import models

from sucharit.assessments.models.rounds import Participation


class AccessKey(models.Model):
    """A one-use key, by its hash. Knows that it was used, never when or for which answers."""

    key_hash = models.CharField(max_length=64, primary_key=True)  # HMAC-SHA-256, hex
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    instrument = models.CharField(max_length=10)  # IIT | EIT
    part = models.CharField(max_length=2, default="1")
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.instrument} key"


class SurveyResponse(models.Model):
    """One respondent's answers: one byte per sub-question (option index, 255 = missing).

    No key, no address, no browser, no clock finer than a week, no running number.
    """

    id = models.UUIDField(primary_key=True)  # random 128 bits, made by the server
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="responses"
    )
    instrument = models.CharField(max_length=10)
    part = models.CharField(max_length=2, default="1")
    framework_version = models.PositiveIntegerField()
    answers = models.BinaryField()
    # Monday of the week of arrival, always: intake.answers.week_of says why never the day itself.
    day = models.DateField()
    # HMAC of the random id the page carried: makes a resend harmless. Emptied when surveys close.
    resend_hash = models.CharField(max_length=64, unique=True, null=True)

    def __str__(self) -> str:
        return f"{self.instrument} answers"


class ResponseCounter(models.Model):
    """How many answers a unit's survey has, and its cap: changed by one conditional UPDATE.

    ``closed`` is the gate of intake: after it no answer is counted, and so none is stored.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="counters"
    )
    instrument = models.CharField(max_length=10)
    part = models.CharField(max_length=2, default="1")
    n = models.PositiveIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "instrument", "part"], name="counter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.n}"
