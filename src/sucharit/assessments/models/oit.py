"""OIT: what a unit says it has published, item by item, and what the assessors found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.assessments.models.rounds import Participation


class OitEntry(models.Model):
    """A unit's answer to one OIT item. Made on first touch. Frozen when the head approves."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="entries"
    )
    item = models.CharField(max_length=20)  # "O14"
    explanation = models.TextField(blank=True)
    nothing_to_show = models.BooleanField(default=False)  # the unit says it has not published this
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(
        default=0
    )  # rises with every save: who saves on an old one is told
    editors = models.JSONField(
        default=list
    )  # ids of all accounts that ever saved it: none of them may mark it
    frozen_at = models.DateTimeField(null=True)
    frozen = models.JSONField(null=True)  # links, explanation and evidence hashes as they stood
    # Copied from an earlier year and not looked at since: blocks submission.
    must_confirm = models.BooleanField(default=False)
    # {"year": 2566, "item": "O14", "how": "topic", "inferred": true}; None: not copied
    copied_from = models.JSONField(null=True)
    returned_note = models.TextField(blank=True)  # the head's last comment on this item
    returned_version = models.PositiveIntegerField(null=True)  # the entry's version at that moment

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "item"], name="oit_entry_once"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen__isnull=True)
                | Q(frozen_at__isnull=False, frozen__isnull=False),
                name="oit_entry_frozen_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def open_return(self) -> str:
        """The head's comment nobody has acted upon yet; "" when the item was saved since."""
        return self.returned_note if self.returned_version == self.version else ""


class OitLink(models.Model):
    """An address on the unit's own main website."""

    entry = models.ForeignKey(OitEntry, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=1000)
    label = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="oit_link_position")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.url


class Mark(models.Model):
    """An assessor's points for an item. A re-mark is a new row; the highest ``turn`` holds."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="marks")
    item = models.CharField(max_length=20)
    turn = models.PositiveIntegerField(default=1)  # 1 first marking, 2 after objection
    # Exact, as in the framework's allowed_points; "" when the item does not apply to the unit.
    points = models.CharField(max_length=12, blank=True)
    not_applicable = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(
        default=1
    )  # rises with every save before marking is finished

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "item", "turn"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(not_applicable=True, points="")
                | (Q(not_applicable=False) & ~Q(points="")),
                name="mark_points_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {'n/a' if self.not_applicable else self.points}"


class Objection(models.Model):
    """A unit does not accept a mark. It may only point at what was frozen."""

    class State(models.TextChoices):
        OPEN = "open"
        UPHELD = "upheld"  # mark stays
        CHANGED = "changed"  # mark was changed (turn 2)

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="objections"
    )
    item = models.CharField(max_length=20)
    reason = models.TextField()
    refers_to = models.JSONField(default=list)  # positions (from 1) among the entry's frozen links
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "item"], name="objection_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"
