"""Action items: a finding of any part, with an owner, a due date, and somebody else who accepts the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    import datetime as dt

    from sucharit.orgs.models import User

# States in which somebody still owes something.
LIVE = ("open", "in_progress", "submitted", "returned", "blocked", "deferred")
# Of these, the states in which the lead unit owes it; what was handed in waits for the origin.
OWED = ("open", "in_progress", "returned", "blocked", "deferred")


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, user: User, permission: str = "view") -> ActionItemQuerySet:
        """Items whose lead unit, a co-unit, or origin unit lies in the user's scope."""
        from sucharit.orgs import scope

        own = scope.limit(
            ActionItem.objects.order_by(), user, path_field="unit__path", permission=permission
        )
        origin = scope.limit(
            ActionItem.objects.order_by(),
            user,
            path_field="origin_unit__path",
            permission=permission,
        )
        helping = scope.limit(
            ActionCoUnit.objects.order_by(), user, path_field="unit__path", permission=permission
        )
        return self.filter(
            Q(pk__in=own.values("pk"))
            | Q(pk__in=origin.values("pk"))
            | Q(pk__in=helping.values("action"))
        )

    def open(self) -> ActionItemQuerySet:
        """Neither accepted nor cancelled."""
        return self.filter(state__in=LIVE)

    def owed(self) -> ActionItemQuerySet:
        """Alive and not handed in. Names exactly the rows of the partial indexes "action_owed_…"."""
        return self.filter(state__in=OWED)

    def overdue(self, today: dt.date) -> ActionItemQuerySet:
        """Past its day and not handed in; computed, never stored."""
        return self.owed().filter(due_on__lt=today)


class ActionItem(models.Model):
    """Something a unit has to mend. ``source`` names the finding, so that the same one opens no second item.

    The lead unit (``unit``) and co-units work and submit; only ``origin_unit``, whose finding or
    resolution it is, accepts, returns or cancels.
    """

    class State(models.TextChoices):
        OPEN = "open"
        IN_PROGRESS = "in_progress"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        BLOCKED = "blocked"
        DEFERRED = "deferred"  # a new day was agreed
        ACCEPTED = "accepted"
        CANCELLED = "cancelled"

    class Priority(models.IntegerChoices):
        HIGH = 1
        NORMAL = 2
        LOW = 3

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="actions")
    origin_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE
    title = models.CharField(max_length=300)
    why = models.TextField(blank=True)  # how the finding came about: figures and rule, no person
    source_kind = models.CharField(max_length=60)  # "assessments.planner"
    source_id = models.CharField(max_length=120)  # unique among items of a unit and kind
    source_url = models.CharField(max_length=300, blank=True)  # where the finding is shown
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)
    due_on = models.DateField(null=True, blank=True)
    original_due_on = models.DateField(null=True, blank=True)  # as first agreed; never changed
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    progress = models.SmallIntegerField(default=0)  # per cent, as told by the lead unit
    blocked_reason = models.TextField(blank=True)
    # A new day that somebody asked for and the origin has not decided on yet.
    asked_due_on = models.DateField(null=True, blank=True)
    asked_reason = models.TextField(blank=True)
    reopened_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField(null=True)  # the last step in its history
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)  # accepted or cancelled
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_note = models.TextField(blank=True)  # what was done, or why it is not

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source_kind", "source_id"],
                condition=Q(state__in=LIVE),
                name="action_open_once",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=LIVE) & Q(closed_at__isnull=True))
                | (Q(state__in=("accepted", "cancelled")) & Q(closed_at__isnull=False)),
                name="action_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0) & Q(progress__lte=100), name="action_progress"
            ),
            # Four eyes: who hands in does not accept.
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(submitted_by__isnull=True)
                | Q(closed_by__isnull=True)
                | ~Q(submitted_by=F("closed_by")),
                name="action_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="action_unit_state"),
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=OWED), name="action_owed_due"
            ),
            models.Index(
                fields=["owner", "due_on", "id"],
                condition=Q(state__in=OWED),
                name="action_owed_owner",
            ),
            models.Index(
                fields=["unit", "due_on", "id"],
                condition=Q(state__in=OWED),
                name="action_owed_unit",
            ),
            models.Index(
                fields=["origin_unit", "submitted_at"],
                condition=Q(state="submitted"),
                name="action_to_accept",
            ),
            models.Index(
                fields=["origin_unit"], condition=Q(asked_due_on__isnull=False), name="action_asked"
            ),
            models.Index(fields=["source_kind", "source_id"], name="action_source"),
        ]

    def __str__(self) -> str:
        return self.title


class ActionCoUnit(models.Model):
    """A unit that helps the lead unit: it sees the item and may report and hand in, too."""

    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="co_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "unit"], name="action_co_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} #{self.action_id}"


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
        CHANGED = "changed"  # owner, priority or due date
        STARTED = "started"
        REPORTED = "reported"  # progress
        SUBMITTED = "submitted"
        RETURNED = "returned"
        ACCEPTED = "accepted"
        BLOCKED = "blocked"
        UNBLOCKED = "unblocked"
        ASKED = "asked"  # for a new day
        DEFERRED = "deferred"  # the new day was agreed
        REFUSED = "refused"  # the new day was not agreed
        CANCELLED = "cancelled"
        REOPENED = "reopened"
        # Rows written before there were these states.
        DONE = "done"
        DROPPED = "dropped"
        VERIFIED = "verified"

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True)
    progress = models.SmallIntegerField(null=True)
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
