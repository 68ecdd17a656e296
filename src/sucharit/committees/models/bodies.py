"""Committees, their seats, and who holds them from–to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sucharit.core import clock
from sucharit.orgs.models import Person, Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

USER = settings.AUTH_USER_MODEL


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: User, permission: str = "view") -> CommitteeQuerySet:
        """Committees of units in scope, and those the user is a member of today."""
        from sucharit.orgs import scope

        own = scope.limit(
            Committee.objects.order_by(), user, path_field="unit__path", permission=permission
        )
        if permission != "view" or not getattr(user, "is_authenticated", False):
            return self.filter(pk__in=own.values("pk"))
        today = clock.today()
        sits = Member.objects.filter(account=user).in_force(today).values("seat__committee")
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=sits))


class Committee(models.Model):
    """A committee, sub-committee or working group set up by an order."""

    class Level(models.TextChoices):
        MINISTRY = "ministry"
        PROVINCE = "province"
        AREA = "area"

    class State(models.TextChoices):
        ACTIVE = "active"
        ENDED = "ended"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="committees")
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.SlugField(max_length=60)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    order_no = models.CharField(max_length=120, blank=True)
    order_on = models.DateField(null=True, blank=True)
    mandate = models.TextField(blank=True)
    meets_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # Quorum: at least this share of the seats that count (default: half).
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    quorum_counts_alternates = models.BooleanField(default=True)
    quorum_source = models.CharField(max_length=300, blank=True)
    quorum_verified = models.BooleanField(default=False)
    template = models.CharField(max_length=60, blank=True)  # data/templates the seats came from
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="committee_once"),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1)
                & Q(quorum_denominator__gte=F("quorum_numerator")),
                name="committee_quorum_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name_th


class Seat(models.Model):
    """A place on a committee; an ex-officio seat belongs to a post, whoever holds it."""

    class Role(models.TextChoices):
        CHAIR = "chair"
        VICE_CHAIR = "vice_chair"
        MEMBER = "member"
        SECRETARY = "secretary"
        ASSISTANT_SECRETARY = "assistant_secretary"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role)
    post_th = models.CharField(max_length=300)  # ผู้ว่าราชการจังหวัด
    post_en = models.CharField(max_length=300, blank=True)
    agency = models.CharField(max_length=300, blank=True)
    ex_officio = models.BooleanField(default=False)
    voting = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["committee", "place", "id"]

    def __str__(self) -> str:
        return self.post_th


class MemberQuerySet(models.QuerySet["Member"]):
    def in_force(self, on: object) -> MemberQuerySet:
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
        )


class Member(models.Model):
    """Who holds a seat, from–to, and who may come in his place."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    account = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="committee_seats"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    alternate_name = models.CharField(max_length=200, blank=True)
    alternate_position = models.CharField(max_length=300, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="member_dates",
            )
        ]

    def __str__(self) -> str:
        return self.name
