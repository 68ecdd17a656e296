"""Drafts of instruments: documents people are working on. Published ones are `Framework` rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from sucharit.assessments.models.framework import Framework
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class InstrumentDraftQuerySet(models.QuerySet["InstrumentDraft"]):
    def visible_to(self, user: User) -> InstrumentDraftQuerySet:
        """Drafts of units at which the user may author; a draft is nobody else's to read."""
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="owner__path", permission="assessments.manage")

    def alive(self) -> InstrumentDraftQuerySet:
        """Drafts still being worked on."""
        return self.filter(state=InstrumentDraft.State.DRAFT)


class InstrumentDraft(models.Model):
    """An instrument document before it is published; ``version`` counts changes, for locking."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"  # ``published_as`` is what came of it
        DISCARDED = "discarded"

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)  # the document's id
    kind = models.CharField(max_length=30)
    fiscal_year = models.IntegerField()  # BE; the year of the work where the document names none
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    document = models.JSONField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey(
        Framework, null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    published_as = models.ForeignKey(
        Framework, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of the workbook the document was last read from, and the cells its values stood in.
    source_sha256 = models.CharField(max_length=64, blank=True)
    places = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InstrumentDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code"],
                condition=models.Q(state="draft"),
                name="instrument_draft_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    @property
    def title(self) -> str:
        """The title in the page's language."""
        thai = (get_language() or "th").startswith("th")
        return self.title_th if thai else (self.title_en or self.title_th)
