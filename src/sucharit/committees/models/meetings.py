"""Meetings: who came, what was on the agenda, who stood aside, the minutes and their versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.committees.models.bodies import Committee, Member, Seat

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """Meeting n/พ.ศ. of a committee. Once certified it is locked."""

    class Mode(models.TextChoices):
        ONSITE = "onsite"
        ONLINE = "online"
        HYBRID = "hybrid"

    class State(models.TextChoices):
        PLANNED = "planned"
        INVITED = "invited"
        IN_PROGRESS = "in_progress"
        MINUTES_DRAFT = "minutes_draft"
        MINUTES_CIRCULATED = "minutes_circulated"
        CERTIFIED = "certified"
        CANCELLED = "cancelled"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    be_year = models.IntegerField()  # of the number: n/2567 (calendar year BE)
    fiscal_year = models.IntegerField()  # BE
    title = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    online_url = models.URLField(blank=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ONSITE)
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)
    invitation_no = models.CharField(max_length=120, blank=True)  # มท 0219/ว 389
    invitation_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    quorum_seats = models.PositiveSmallIntegerField(null=True)  # seats that count
    quorum_needed = models.PositiveSmallIntegerField(null=True)
    quorum_present = models.PositiveSmallIntegerField(null=True)
    minutes_taker = models.CharField(max_length=200, blank=True)
    minutes_checker = models.CharField(max_length=200, blank=True)
    certified_at = models.DateTimeField(null=True)
    certified_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    certified_in = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="certifies"
    )  # the later meeting that certified its minutes
    cancel_reason = models.TextField(blank=True)
    # Opened without a quorum, as a consultation (ประชุมหารือ) that decides nothing: why.
    consultation_reason = models.TextField(blank=True)
    changed = models.PositiveIntegerField(default=0)  # iCalendar SEQUENCE
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["committee", "be_year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "be_year", "number"],
                condition=~Q(state="cancelled"),
                name="meeting_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.be_year}"


class Attendance(models.Model):
    """A seat (or a guest) at a meeting."""

    class Status(models.TextChoices):
        PRESENT = "present"
        REPRESENTED = "represented"  # somebody came in the member's place
        ABSENT_OFFICIAL = "absent_official"  # ติดราชการ
        ABSENT = "absent"
        GUEST = "guest"  # ผู้เข้าร่วมประชุม

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=16, choices=Status)
    instead_name = models.CharField(max_length=200, blank=True)  # who came in his place
    instead_position = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["meeting", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False),
                name="attendance_seat_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"


class AgendaItem(models.Model):
    """One item of the agenda, in one of the five standard sections."""

    class Section(models.IntegerChoices):
        CHAIR = 1  # เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ
        CERTIFY = 2  # เรื่องรับรองรายงานการประชุม
        FOLLOW_UP = 3  # เรื่องสืบเนื่อง / เพื่อทราบ
        CONSIDER = 4  # เรื่องเพื่อพิจารณา
        OTHER = 5  # เรื่องอื่น ๆ

    class Kind(models.TextChoices):
        INFORM = "inform"
        CERTIFY = "certify"
        FOLLOW_UP = "follow_up"
        CONSIDER = "consider"
        APPROVE = "approve"
        OTHER = "other"

    class Audience(models.TextChoices):
        PUBLIC = "public"
        MEMBERS = "members"
        SECRETARIAT = "secretariat"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    section = models.PositiveSmallIntegerField(choices=Section)
    place = models.PositiveSmallIntegerField()  # within the section
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.MEMBERS)
    presenter = models.CharField(max_length=200, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField(blank=True)  # what is put before the meeting
    discussion = models.TextField(blank=True)  # what the minutes say of it
    # What it is about, anywhere in the house (core.registry.links): "plans.activity" 12.
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    certifies = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # section 2: whose minutes
    action = models.ForeignKey(
        "desk.ActionItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # section 3: what it follows up
    written_by_house = models.BooleanField(default=False)  # section 3 wrote it itself
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["meeting", "section", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "section", "place"],
                condition=Q(withdrawn_at__isnull=True),
                name="agenda_place_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "action"],
                condition=Q(action__isnull=False, withdrawn_at__isnull=True),
                name="agenda_follow_up_once",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="agenda_subject")]

    def __str__(self) -> str:
        return f"{self.section}.{self.place} {self.title}"


class Paper(models.Model):
    """A document put before a meeting: evidence of core, with who may read it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    evidence = models.ForeignKey("core.Evidence", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(
        max_length=12, choices=AgendaItem.Audience, default=AgendaItem.Audience.MEMBERS
    )
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["item", "place", "id"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.evidence_id}"


class Recusal(models.Model):
    """A member's interest in an agenda item: declared or objected to, decided within its clock."""

    class Decision(models.TextChoices):
        STANDS_ASIDE = "stands_aside"
        MAY_TAKE_PART = "may_take_part"

    class Kind(models.TextChoices):
        DECLARED = "declared"
        OBJECTED = "objected"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DECLARED)
    ground = models.CharField(max_length=60)  # key of data/recusal.yaml
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)  # decision due (clock recusal_decide)
    decision = models.CharField(max_length=14, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="recusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.seat_id}: {self.ground}"


class MinutesVersion(models.Model):
    """The minutes as they were at one moment: what was circulated, what was certified."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()  # the whole minutes as data: attendance, items, resolutions
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)  # of a version after the first
    certified = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class MinutesComment(models.Model):
    """What a member asks to be put right in circulated minutes, and what became of it."""

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="comments")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    taken = models.BooleanField(null=True)  # None: not decided yet
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return f"{self.version_id} #{self.pk}"
