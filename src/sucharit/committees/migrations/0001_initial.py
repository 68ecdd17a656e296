import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0005_webhooks"),
        ("desk", "0004_rooms"),
        ("orgs", "0002_unit_place_and_origin"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("ministry", "Ministry"),
                            ("province", "Province"),
                            ("area", "Area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("name_th", models.CharField(max_length=300)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                ("order_no", models.CharField(blank=True, max_length=120)),
                ("order_on", models.DateField(blank=True, null=True)),
                ("mandate", models.TextField(blank=True)),
                ("meets_per_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quorum_numerator", models.PositiveSmallIntegerField(default=1)),
                ("quorum_denominator", models.PositiveSmallIntegerField(default=2)),
                ("quorum_counts_alternates", models.BooleanField(default=True)),
                ("quorum_source", models.CharField(blank=True, max_length=300)),
                ("quorum_verified", models.BooleanField(default=False)),
                ("template", models.CharField(blank=True, max_length=60)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("ended", "Ended")],
                        default="active",
                        max_length=8,
                    ),
                ),
                ("synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="committees.committee",
                    ),
                ),
                (
                    "succeeds",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="committees.committee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committees",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "code"), name="committee_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_numerator__gte", 1),
                            ("quorum_denominator__gte", models.F("quorum_numerator")),
                        ),
                        name="committee_quorum_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("be_year", models.IntegerField()),
                ("fiscal_year", models.IntegerField()),
                ("title", models.CharField(blank=True, max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("venue", models.CharField(blank=True, max_length=300)),
                ("online_url", models.URLField(blank=True)),
                (
                    "mode",
                    models.CharField(
                        choices=[("onsite", "Onsite"), ("online", "Online"), ("hybrid", "Hybrid")],
                        default="onsite",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("invited", "Invited"),
                            ("in_progress", "In Progress"),
                            ("minutes_draft", "Minutes Draft"),
                            ("minutes_circulated", "Minutes Circulated"),
                            ("certified", "Certified"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("invitation_no", models.CharField(blank=True, max_length=120)),
                ("invitation_on", models.DateField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("quorum_seats", models.PositiveSmallIntegerField(null=True)),
                ("quorum_needed", models.PositiveSmallIntegerField(null=True)),
                ("quorum_present", models.PositiveSmallIntegerField(null=True)),
                ("minutes_taker", models.CharField(blank=True, max_length=200)),
                ("minutes_checker", models.CharField(blank=True, max_length=200)),
                ("certified_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.TextField(blank=True)),
                ("consultation_reason", models.TextField(blank=True)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "certified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "certified_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certifies",
                        to="committees.meeting",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="committees.committee",
                    ),
                ),
            ],
            options={
                "ordering": ["committee", "be_year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("committee", "be_year", "number"),
                        name="meeting_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Chair"),
                            (2, "Certify"),
                            (3, "Follow Up"),
                            (4, "Consider"),
                            (5, "Other"),
                        ]
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inform", "Inform"),
                            ("certify", "Certify"),
                            ("follow_up", "Follow Up"),
                            ("consider", "Consider"),
                            ("approve", "Approve"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("members", "Members"),
                            ("secretariat", "Secretariat"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                ("presenter", models.CharField(blank=True, max_length=200)),
                ("minutes_planned", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("body", models.TextField(blank=True)),
                ("discussion", models.TextField(blank=True)),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.CharField(blank=True, max_length=60)),
                ("written_by_house", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.actionitem",
                    ),
                ),
                (
                    "certifies",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.meeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="committees.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "section", "place", "id"],
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id"], name="agenda_subject")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("meeting", "section", "place"),
                        name="agenda_place_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("action__isnull", False), ("withdrawn_at__isnull", True)
                        ),
                        fields=("meeting", "action"),
                        name="agenda_follow_up_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("document", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("certified", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="committees.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="minutes_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("members", "Members"),
                            ("secretariat", "Secretariat"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.evidence",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="committees.agendaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("noted", "Noted"),
                            ("approved", "Approved"),
                            ("approved_with_conditions", "Approved With Conditions"),
                            ("assigned", "Assigned"),
                            ("deferred", "Deferred"),
                            ("rejected", "Rejected"),
                            ("elected", "Elected"),
                        ],
                        max_length=24,
                    ),
                ),
                ("text", models.TextField()),
                ("votes_for", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("votes_against", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("votes_abstained", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("public", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "came_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="committees.resolution",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="committees.agendaitem",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descendants",
                        to="committees.resolution",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "number"],
            },
        ),
        migrations.CreateModel(
            name="Forwarding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(choices=[("up", "Up"), ("down", "Down")], max_length=4),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "Sent"), ("placed", "Placed"), ("declined", "Declined")],
                        default="sent",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("answer_note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_by",
                        to="committees.agendaitem",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="committees.committee",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwardings",
                        to="committees.resolution",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "declined"), _negated=True),
                        fields=("resolution", "to"),
                        name="forwarding_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("vice_chair", "Vice Chair"),
                            ("member", "Member"),
                            ("secretary", "Secretary"),
                            ("assistant_secretary", "Assistant Secretary"),
                        ],
                        max_length=20,
                    ),
                ),
                ("post_th", models.CharField(max_length=300)),
                ("post_en", models.CharField(blank=True, max_length=300)),
                ("agency", models.CharField(blank=True, max_length=300)),
                ("ex_officio", models.BooleanField(default=False)),
                ("voting", models.BooleanField(default=True)),
                ("place", models.PositiveSmallIntegerField()),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="committees.committee",
                    ),
                ),
            ],
            options={
                "ordering": ["committee", "place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("declared", "Declared"), ("objected", "Objected")],
                        default="declared",
                        max_length=10,
                    ),
                ),
                ("ground", models.CharField(max_length=60)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands_aside", "Stands Aside"),
                            ("may_take_part", "May Take Part"),
                        ],
                        max_length=14,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="committees.agendaitem",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="committees.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "seat"), name="recusal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("taken", models.BooleanField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="committees.minutesversion",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "id"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("position", models.CharField(blank=True, max_length=300)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("alternate_name", models.CharField(blank=True, max_length=200)),
                ("alternate_position", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committee_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="committees.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["seat", "starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="member_dates",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("position", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("represented", "Represented"),
                            ("absent_official", "Absent Official"),
                            ("absent", "Absent"),
                            ("guest", "Guest"),
                        ],
                        max_length=16,
                    ),
                ),
                ("instead_name", models.CharField(blank=True, max_length=200)),
                ("instead_position", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="committees.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="committees.member",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="committees.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "place", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seat__isnull", False)),
                        fields=("meeting", "seat"),
                        name="attendance_seat_once",
                    )
                ],
            },
        ),
    ]
