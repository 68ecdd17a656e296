import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sucharit.assessments.models.rounds


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_rounds_workflow"),
        ("core", "0004_search_index"),
        ("orgs", "0002_unit_place_and_origin"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="framework",
            name="change",
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddField(
            model_name="framework",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.unit",
            ),
        ),
        migrations.AddField(
            model_name="framework",
            name="schema",
            field=models.CharField(default="sucharit/framework@1", max_length=40),
        ),
        migrations.AddField(
            model_name="mark",
            name="not_applicable",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="oitentry",
            name="copied_from",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="oitentry",
            name="must_confirm",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="oitentry",
            name="returned_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="oitentry",
            name="returned_version",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="mark",
            name="points",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("not_applicable", True), ("points", "")),
                    models.Q(("not_applicable", False), models.Q(("points", ""), _negated=True)),
                    _connector="OR",
                ),
                name="mark_points_or_not_applicable",
            ),
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workflow", models.CharField(max_length=40)),
                ("approved_level", models.PositiveSmallIntegerField(null=True)),
                ("accepted", models.BooleanField(default=False)),
                ("open_until", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workflow", "unit"), name="approval_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", False), ("approved_level__isnull", False), _connector="OR"
                        ),
                        name="approval_accepted_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open_until__isnull", True),
                            ("approved_level__isnull", True),
                            _connector="OR",
                        ),
                        name="approval_open_is_unapproved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workflow", models.CharField(max_length=40)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("unapproved", "Unapproved"),
                            ("accepted", "Accepted"),
                            ("unaccepted", "Unaccepted"),
                            ("unlock_asked", "Unlock Asked"),
                            ("unlock_granted", "Unlock Granted"),
                            ("unlock_refused", "Unlock Refused"),
                        ],
                        max_length=14,
                    ),
                ),
                ("approved_level", models.PositiveSmallIntegerField(null=True)),
                ("accepted", models.BooleanField(default=False)),
                ("without_report", models.BooleanField(default=False)),
                ("open_until", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["workflow", "unit"], name="approval_event_of")],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(max_length=300)),
                (
                    "mode",
                    models.CharField(
                        choices=[("unit", "Unit"), ("people", "People")], max_length=8
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("open_link", "Open Link"),
                            ("one_use_keys", "One Use Keys"),
                            ("signed_in", "Signed In"),
                        ],
                        default="signed_in",
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("final", "Final"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("review_to", models.DateField(blank=True, null=True)),
                ("min_report_n", models.PositiveIntegerField(default=5)),
                ("settings", models.JSONField(default=dict)),
                ("synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="assessments.framework",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "pairs_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs",
                        to="assessments.campaign",
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="campaign_window",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="assessments.campaign",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "unit"), name="campaign_unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("value", models.JSONField(null=True)),
                ("note", models.TextField(blank=True)),
                ("not_applicable", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("must_confirm", models.BooleanField(default=False)),
                ("origin", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("editors", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_answers",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "item"), name="checklist_answer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_applicable", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="checklist_na_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("accepted", "Accepted"),
                        ],
                        default="assigned",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_assignments",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "account"), name="checklist_assignment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAssignmentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
                ("comments", models.JSONField(default=dict)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="assessments.checklistassignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_copies",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "number"), name="checklist_copy_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
                ("comments", models.JSONField(default=dict)),
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
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_events",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("self", "Self"),
                            ("province", "Province"),
                            ("ministry", "Ministry"),
                        ],
                        max_length=8,
                    ),
                ),
                ("turn", models.PositiveIntegerField(default=1)),
                ("value", models.CharField(blank=True, max_length=60)),
                ("points", models.CharField(blank=True, max_length=24)),
                ("not_applicable", models.BooleanField(default=False)),
                ("comment", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_marks",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "item", "stage", "turn"),
                        name="checklist_mark_turn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", ""), _negated=True),
                            ("not_applicable", True),
                            ("stage", "self"),
                            _connector="OR",
                        ),
                        name="checklist_mark_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("reason", models.TextField()),
                ("wanted", models.CharField(blank=True, max_length=60)),
                ("evidence", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("upheld", "Upheld"), ("changed", "Changed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("decide_by", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_objections",
                        to="assessments.campaignunit",
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
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "item"), name="checklist_objection_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="checklist_objection_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run", models.PositiveIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("self", "Self"),
                            ("province", "Province"),
                            ("ministry", "Ministry"),
                        ],
                        max_length=8,
                    ),
                ),
                ("status", models.CharField(max_length=16)),
                ("total", models.CharField(blank=True, max_length=80)),
                ("hundredths", models.IntegerField(null=True)),
                ("band", models.CharField(blank=True, max_length=40)),
                ("explanation", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_results",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.framework",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "run"), name="checklist_result_run"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hundredths__isnull", False), ("status", "ok")),
                            ("total", ""),
                            _connector="OR",
                        ),
                        name="checklist_result_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=100)),
                ("algorithm", models.CharField(max_length=60)),
                ("population", models.JSONField()),
                ("pairs", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist_sample",
                        to="assessments.campaign",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("province_marked", "Province Marked"),
                            ("ministry_marked", "Ministry Marked"),
                            ("objection", "Objection"),
                            ("final", "Final"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("awaits", models.CharField(default="officer", max_length=10)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("province_done_at", models.DateTimeField(null=True)),
                ("ministry_done_at", models.DateTimeField(null=True)),
                ("objections_to", models.DateField(null=True)),
                ("decide_by", models.DateField(null=True)),
                ("final_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign_unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checklist",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "ministry_done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province_done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["awaits", "state"], name="checklist_awaits")],
            },
        ),
        migrations.CreateModel(
            name="CollectDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "campaign_unit"), name="collect_draft_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectKey",
            fields=[
                ("key_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("used", models.BooleanField(default=False)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectResponse",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("framework_version", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                ("day", models.DateField()),
                ("resend_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("pair_hash", models.CharField(blank=True, max_length=64)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run", models.PositiveIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("computed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collect_results",
                        to="assessments.campaign",
                    ),
                ),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collect_results",
                        to="assessments.campaignunit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign_unit", "run"), name="collect_result_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign_unit", None)),
                        fields=("campaign", "run"),
                        name="collect_result_whole_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectTurn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("n", models.PositiveSmallIntegerField(default=0)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "campaign_unit"), name="collect_turn_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EffortSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("framework", models.CharField(max_length=60)),
                ("efforts", models.JSONField(default=dict)),
                ("survey_most", models.PositiveSmallIntegerField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "framework"), name="effort_setting_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_code", models.CharField(max_length=60)),
                ("source_item", models.CharField(max_length=60)),
                ("target_code", models.CharField(max_length=60)),
                ("target_item", models.CharField(max_length=60)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("equal", "Equal"),
                            ("superset", "Superset"),
                            ("subset", "Subset"),
                            ("intersect", "Intersect"),
                            ("not_related", "Not Related"),
                        ],
                        max_length=12,
                    ),
                ),
                ("rationale", models.TextField()),
                ("strength", models.PositiveSmallIntegerField()),
                ("verified", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["target_code", "target_item", "source_code", "source_item"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source_code", "source_item", "target_code", "target_item"),
                        name="framework_mapping_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strength__lte", 10)), name="framework_mapping_strength"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstrumentDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=30)),
                ("fiscal_year", models.IntegerField()),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("document", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("places", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="assessments.framework",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "published_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.framework",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-updated_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("owner", "code"),
                        name="instrument_draft_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(blank=True, max_length=64)),
                (
                    "purpose",
                    models.CharField(choices=[("check", "Check"), ("copy", "Copy")], max_length=5),
                ),
                ("url", models.URLField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("ok", models.BooleanField()),
                ("http_status", models.PositiveIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("final_url", models.CharField(blank=True, max_length=2000)),
                ("content_type", models.CharField(blank=True, max_length=200)),
                ("size", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.evidenceversion",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="assessments.participation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["participation", "item"], name="link_visit_item")],
            },
        ),
        migrations.CreateModel(
            name="MoralCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=20, unique=True)),
                ("level", models.CharField(max_length=4)),
                ("level_th", models.CharField(max_length=200)),
                ("level_en", models.CharField(max_length=200)),
                ("unit_th", models.CharField(max_length=200)),
                ("unit_en", models.CharField(blank=True, max_length=200)),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moral_certificates",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.checklistresult",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("campaign_unit",),
                        name="moral_certificate_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="moral_certificate_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OitAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("accepted", "Accepted"),
                        ],
                        default="assigned",
                        max_length=9,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oit_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="assessments.participation",
                    ),
                ),
            ],
            options={
                "ordering": ["participation", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "item"), name="oit_assignment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OitItemEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=20)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("accepted", "Accepted"),
                            ("taken_back", "Taken Back"),
                            ("copied", "Copied"),
                            ("confirmed", "Confirmed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_events",
                        to="assessments.participation",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["participation", "item"], name="oit_item_event")],
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instrument", models.CharField(max_length=10)),
                ("part", models.CharField(default="1", max_length=2)),
                ("forms", models.PositiveIntegerField()),
                ("double", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("keying", "Keying"),
                            ("differs", "Differs"),
                            ("agreed", "Agreed"),
                            ("committed", "Committed"),
                            ("dropped", "Dropped"),
                        ],
                        default="keying",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("differing", models.PositiveIntegerField(null=True)),
                ("committed_at", models.DateTimeField(null=True)),
                (
                    "committed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
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
                    "keyed_a",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "keyed_b",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_batches",
                        to="assessments.participation",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("keyed_a", None),
                            ("keyed_b", None),
                            models.Q(("keyed_a", models.F("keyed_b")), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_two_keyers",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("A", "A"), ("B", "B"), ("C", "Agreed")], max_length=1
                    ),
                ),
                ("cells", models.BinaryField()),
                ("done", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="assessments.paperbatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "side"), name="paper_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("link", "Link"), ("file", "File")], max_length=4),
                ),
                ("title", models.CharField(max_length=300)),
                ("fiscal_year", models.IntegerField()),
                ("document_date", models.DateField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("withdrawn", "Withdrawn")],
                        default="current",
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["unit", "state"], name="proof_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document_date", None),
                            ("expires_on", None),
                            ("expires_on__gte", models.F("document_date")),
                            _connector="OR",
                        ),
                        name="proof_dates",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "check_status",
                    models.CharField(
                        choices=[("unchecked", "Unchecked"), ("ok", "Ok"), ("failed", "Failed")],
                        default="unchecked",
                        max_length=9,
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.evidenceversion",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="assessments.proof",
                    ),
                ),
            ],
            options={
                "ordering": ["proof", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proof", "number"), name="proof_revision_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", None), models.Q(("url", ""), _negated=True)),
                            models.Q(("file__isnull", False), ("url", "")),
                            _connector="OR",
                        ),
                        name="proof_revision_link_or_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=64)),
                ("must_confirm", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("attached_at", models.DateTimeField(auto_now_add=True)),
                (
                    "attached_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proof_uses",
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proof_uses",
                        to="assessments.participation",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="assessments.proof",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="assessments.proofrevision",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign_unit__isnull", False), ("participation", None)),
                            models.Q(("campaign_unit", None), ("participation__isnull", False)),
                            _connector="OR",
                        ),
                        name="proof_use_one_target",
                    ),
                    models.UniqueConstraint(
                        fields=("participation", "item", "proof"), name="proof_use_once_oit"
                    ),
                    models.UniqueConstraint(
                        fields=("campaign_unit", "item", "proof"), name="proof_use_once_checklist"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instrument", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=20)),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("explained", "Explained"),
                            ("follow_up", "Follow Up"),
                            ("undecided", "Undecided"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_reviews",
                        to="assessments.participation",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="quality_review_has_note",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rules_version", models.CharField(max_length=20)),
                ("rules_sha256", models.CharField(max_length=64)),
                ("current", models.BooleanField(default=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_runs",
                        to="assessments.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("round",),
                        name="quality_run_current_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QualitySignal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instrument", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=15)),
                ("value", models.CharField(blank=True, max_length=60)),
                ("at_least", models.CharField(blank=True, max_length=30)),
                ("order", models.FloatField(null=True)),
                ("n", models.PositiveIntegerField()),
                ("facts", models.JSONField(default=dict)),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_signals",
                        to="assessments.participation",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signals",
                        to="assessments.qualityrun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "status"], name="quality_signal_status")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "participation", "instrument", "code"),
                        name="quality_signal_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RankSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("message", models.TextField(blank=True)),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="assessments.participation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-pk"],
                "indexes": [
                    models.Index(fields=["participation", "-sent_at"], name="reminder_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondReadingSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
                ("n", models.PositiveIntegerField()),
                ("population", models.PositiveIntegerField()),
                ("algorithm", models.CharField(max_length=60)),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_readings",
                        to="assessments.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-drawn_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "seed"), name="second_reading_seed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("item", models.CharField(max_length=20)),
                ("points", models.CharField(blank=True, max_length=12)),
                ("not_applicable", models.BooleanField(default=False)),
                ("second_points", models.CharField(blank=True, max_length=12)),
                ("second_not_applicable", models.BooleanField(default=False)),
                ("comment", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.participation",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="assessments.secondreadingsample",
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sample", "participation", "item"), name="second_reading_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyFacts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts", models.JSONField()),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="assessments.unitresult",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnlockRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workflow", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("granted", "Granted"), ("refused", "Refused")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("workflow", "unit"),
                        name="unlock_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="unlock_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="unlock_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), _negated=True),
                            ("until__isnull", False),
                            _connector="OR",
                        ),
                        name="unlock_has_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectCode",
            fields=[
                (
                    "campaign_unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="collect_code",
                        serialize=False,
                        to="assessments.campaignunit",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=sucharit.assessments.models.rounds.new_code,
                        max_length=16,
                        unique=True,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectCounter",
            fields=[
                (
                    "campaign_unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="collect_counter",
                        serialize=False,
                        to="assessments.campaignunit",
                    ),
                ),
                ("n", models.PositiveIntegerField(default=0)),
                ("cap", models.PositiveIntegerField(null=True)),
                ("expected", models.PositiveIntegerField(null=True)),
                ("closed", models.BooleanField(default=False)),
            ],
        ),
    ]
