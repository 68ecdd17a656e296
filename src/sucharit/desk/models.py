"""Action items: a finding of any part, with an owner and a due date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    import datetime as dt

    from sucharit.orgs.models import User


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, user: User, permission: str = "view") -> ActionItemQuerySet:
        """Items of units in the user's scope."""
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)

    def open(self) -> ActionItemQuerySet:
        return self.filter(state=ActionItem.State.OPEN)

    def overdue(self, today: dt.date) -> ActionItemQuerySet:
        return self.open().filter(due_on__lt=today)


class ActionItem(models.Model):
    """Something a unit has to mend. ``source`` names the finding, so that the same one opens no second item."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"  # not done, with a reason

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="actions")
    fiscal_year = models.IntegerField()  # BE
    title = models.CharField(max_length=300)
    why = models.TextField(blank=True)  # how the finding came about: figures and rule, no person
    source_kind = models.CharField(max_length=60)  # "assessments.planner"
    source_id = models.CharField(max_length=120)  # unique among items of a unit and kind
    source_url = models.CharField(max_length=300, blank=True)  # where the finding is shown
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_note = models.TextField(blank=True)
    # Somebody else than who closed it looked whether it holds.
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source_kind", "source_id"],
                condition=Q(state="open"),
                name="action_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="action_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(state="done"),
                name="action_verified_is_done",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="action_unit_state")]

    def __str__(self) -> str:
        return self.title


class ActionEventQuerySet(models.QuerySet["ActionEvent"]):
    """Insert-only: a history that can be mended is none."""

    def update(self, **_fields: Any) -> int:
        raise TypeError("the history of action items is insert-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the history of action items is insert-only")


class ActionEvent(models.Model):
    """One step in an action item's life."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        CHANGED = "changed"  # owner or due date
        DONE = "done"
        DROPPED = "dropped"
        VERIFIED = "verified"
        REOPENED = "reopened"

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = ActionEventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.action_id}"
