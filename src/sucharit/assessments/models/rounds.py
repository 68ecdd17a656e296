"""A round: one framework, one fiscal year, the units that take part."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

# No 0/O, 1/I/L: codes are read from paper and typed on a phone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code(length: int = 16) -> str:
    """An unguessable code, 16 characters of 31 ≈ 79 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> RoundQuerySet:
        """Rounds in which a unit of the user's scope takes part, or that belong to a unit of it."""
        from django.db.models import Q

        from sucharit.orgs import scope

        mine = scope.limit(
            Participation.objects.all(),
            user,
            path_field="unit__path",
            permission="assessments.view",
        )
        owned = scope.limit(
            Unit.objects.all(), user, path_field="path", permission="assessments.view"
        )
        return self.filter(Q(pk__in=mine.values("round_id")) | Q(owner__in=owned.values("pk")))


class Round(models.Model):
    """Framework × year × units, with its calendar and its state."""

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"  # surveys and self-report
        REVIEW = "review"  # assessors mark
        OBJECTION = "objection"  # one window; then marks may change once
        FINAL = "final"  # result announced

    class Access(models.TextChoices):
        OPEN_LINK = "open_link"  # one link per unit and survey, with a cap
        ONE_USE_KEYS = "one_use_keys"

    framework = models.ForeignKey(
        "assessments.Framework", on_delete=models.PROTECT, related_name="rounds"
    )
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+"
    )  # who runs it: the ministry
    fiscal_year = models.IntegerField()  # BE
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    access = models.CharField(max_length=14, choices=Access, default=Access.OPEN_LINK)
    # Calendar (Thai dates, last day included).
    surveys_from = models.DateField()
    surveys_to = models.DateField()
    oit_from = models.DateField()
    oit_to = models.DateField()
    review_to = models.DateField()
    objection_from = models.DateField()
    objection_to = models.DateField()
    announced_on = models.DateField(null=True, blank=True)
    surveys_closed_at = models.DateTimeField(
        null=True, blank=True
    )  # shut for good, whatever the calendar says
    tree_date = models.DateField()  # the tree of units is read as of this day, for ever
    min_report_n = models.PositiveIntegerField(default=5)  # nothing is shown below
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(surveys_to__gte=models.F("surveys_from"))
                & models.Q(oit_to__gte=models.F("oit_from"))
                & models.Q(objection_to__gte=models.F("objection_from")),
                name="round_windows",
            )
        ]

    def __str__(self) -> str:
        return self.title_th

    @property
    def title(self) -> str:
        """The title in the page's language."""
        thai = (get_language() or "th").startswith("th")
        return self.title_th if thai else (self.title_en or self.title_th)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User, permission: str = "assessments.view") -> ParticipationQuerySet:
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)


class Participation(models.Model):
    """A unit in a round: its head counts, its two separate survey codes, its self-report's state."""

    class OitState(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"  # by the officer, waits for the head
        APPROVED = "approved"  # by the head; links are frozen
        SCORED = "scored"
        FINAL = "final"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="participations")
    staff_count = models.PositiveIntegerField(
        null=True, blank=True
    )  # IIT population: ≥ 1 year in the unit
    public_count = models.PositiveIntegerField(null=True, blank=True)  # EIT population
    counted_on = models.DateField(null=True, blank=True)
    iit_code = models.CharField(max_length=16, unique=True, default=new_code)
    eit_code = models.CharField(max_length=16, unique=True, default=new_code)
    oit_state = models.CharField(max_length=10, choices=OitState, default=OitState.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_note = models.TextField(blank=True)  # the head's reason when sent back to the officer

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.round}"
