import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("desk", "0004_rooms"),
        ("orgs", "0002_unit_place_and_origin"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Strategy",
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
                            ("national", "National"),
                            ("master", "Master"),
                            ("subplan", "Subplan"),
                            ("action", "Action"),
                            ("region", "Region"),
                            ("cluster", "Cluster"),
                            ("province", "Province"),
                            ("district", "District"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("version", models.CharField(max_length=20)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("from_fy", models.IntegerField()),
                ("to_fy", models.IntegerField()),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                (
                    "grouping",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.grouping",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="plans.strategy",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategies",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["level", "code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="strategy_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_fy__gte", models.F("from_fy"))),
                        name="strategy_years",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="plans.strategy",
                    ),
                ),
            ],
            options={
                "ordering": ["strategy", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="goal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Ceiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("rate_satang", models.BigIntegerField()),
                ("per_th", models.CharField(max_length=120)),
                ("per_en", models.CharField(blank=True, max_length=120)),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("legal_basis", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=300)),
                ("verified", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["key", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "effective_from"), name="ceiling_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("fiscal_year", models.IntegerField()),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("guidance", models.TextField(blank=True)),
                ("document", models.JSONField()),
                ("audience_kinds", models.JSONField(default=list)),
                ("adopt_by", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_templates",
                        to="orgs.unit",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "code", "fiscal_year", "version"),
                        name="plan_template_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual", "Annual"),
                            ("integrity", "Integrity"),
                            ("integrated", "Integrated"),
                            ("province", "Province"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("returned_note", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="plans.plan",
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
                        related_name="plans",
                        to="orgs.unit",
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
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="plans.plantemplate",
                    ),
                ),
                (
                    "strategies",
                    models.ManyToManyField(blank=True, related_name="plans", to="plans.strategy"),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "fiscal_year", "code"), name="plan_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("seq", models.PositiveIntegerField()),
                ("code", models.CharField(blank=True, max_length=60)),
                ("program_th", models.CharField(blank=True, max_length=300)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("rationale", models.TextField(blank=True)),
                ("objective", models.TextField(blank=True)),
                ("expected_result", models.TextField(blank=True)),
                ("beneficiaries", models.CharField(blank=True, max_length=300)),
                ("beneficiary_count", models.PositiveIntegerField(blank=True, null=True)),
                ("risk", models.TextField(blank=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("running", "Running"),
                            ("finished", "Finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("cancel_reason", models.TextField(blank=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="plans.project",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="orgs.unit",
                    ),
                ),
                ("partners", models.ManyToManyField(blank=True, related_name="+", to="orgs.unit")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "seq"],
                "indexes": [
                    models.Index(fields=["fiscal_year", "owner"], name="project_year_owner")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "seq"), name="project_seq_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="project_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("output", "Output"),
                            ("outcome", "Outcome"),
                            ("impact", "Impact"),
                        ],
                        default="output",
                        max_length=8,
                    ),
                ),
                ("name_th", models.CharField(max_length=300)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                ("definition", models.TextField(blank=True)),
                ("rationale", models.TextField(blank=True)),
                ("formula", models.TextField(blank=True)),
                ("numerator_th", models.CharField(blank=True, max_length=300)),
                ("denominator_th", models.CharField(blank=True, max_length=300)),
                ("unit_th", models.CharField(blank=True, max_length=60)),
                ("unit_en", models.CharField(blank=True, max_length=60)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("count", "Count"),
                            ("percent", "Percent"),
                            ("ratio", "Ratio"),
                            ("score", "Score"),
                            ("rank", "Rank"),
                            ("binary", "Binary"),
                            ("milestone", "Milestone"),
                            ("text", "Text"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "Increase"),
                            ("decrease", "Decrease"),
                            ("maintain", "Maintain"),
                            ("range", "Range"),
                        ],
                        max_length=10,
                    ),
                ),
                ("floor_e4", models.BigIntegerField(blank=True, null=True)),
                ("ceiling_e4", models.BigIntegerField(blank=True, null=True)),
                ("decimals", models.PositiveSmallIntegerField(default=2)),
                ("data_source", models.CharField(blank=True, max_length=300)),
                ("collection_method", models.CharField(blank=True, max_length=300)),
                ("quality_note", models.TextField(blank=True)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("half", "Half"),
                            ("year", "Year"),
                        ],
                        default="quarter",
                        max_length=8,
                    ),
                ),
                (
                    "over_time",
                    models.CharField(
                        choices=[
                            ("sum", "Sum"),
                            ("last", "Last"),
                            ("average", "Average"),
                            ("weighted", "Weighted"),
                            ("max", "Max"),
                            ("min", "Min"),
                            ("none", "None"),
                        ],
                        default="last",
                        max_length=8,
                    ),
                ),
                (
                    "over_space",
                    models.CharField(
                        choices=[
                            ("sum", "Sum"),
                            ("weighted", "Weighted"),
                            ("average", "Average"),
                            ("count_met", "Count Met"),
                            ("none", "None"),
                        ],
                        default="sum",
                        max_length=10,
                    ),
                ),
                ("cumulative", models.BooleanField(default=False)),
                ("weight_e4", models.BigIntegerField(default=10000)),
                ("measured_by", models.CharField(blank=True, max_length=60)),
                ("public", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                ("retired_at", models.DateTimeField(null=True)),
                ("change_note", models.TextField(blank=True)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plans.goal",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="orgs.unit",
                    ),
                ),
                (
                    "reviewer_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newer",
                        to="plans.indicator",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plans.project",
                    ),
                ),
            ],
            options={
                "ordering": ["code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="indicator_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("code", models.CharField(blank=True, max_length=60)),
                ("title_th", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                (
                    "target_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("youth", "Youth"),
                            ("public_personnel", "Public Personnel"),
                            ("private", "Private"),
                            ("people", "People"),
                        ],
                        max_length=16,
                    ),
                ),
                ("expected_output", models.CharField(blank=True, max_length=300)),
                ("heads_planned", models.PositiveIntegerField(blank=True, null=True)),
                ("heads_attended", models.PositiveIntegerField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("actual_start_on", models.DateField(blank=True, null=True)),
                ("actual_end_on", models.DateField(blank=True, null=True)),
                ("weight", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("blocked", "Blocked"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("progress_e2", models.IntegerField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="desk.actionitem",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="orgs.unit",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="plans.activity",
                    ),
                ),
                (
                    "indicators",
                    models.ManyToManyField(
                        blank=True, related_name="activities", to="plans.indicator"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="plans.project",
                    ),
                ),
            ],
            options={
                "ordering": ["project", "seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "seq"), name="activity_seq_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("progress_e2", None),
                            models.Q(("progress_e2__gte", 0), ("progress_e2__lte", 10000)),
                            _connector="OR",
                        ),
                        name="activity_progress",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="activity_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
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
                            ("adopted", "Adopted"),
                            ("adapted", "Adapted"),
                            ("declined", "Declined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
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
                (
                    "plan",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoption",
                        to="plans.plan",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="plans.plantemplate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("template", "unit"), name="adoption_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("origin_fiscal_year", models.IntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("regular", "Regular"),
                            ("nacc_integrated", "Nacc Integrated"),
                            ("provincial", "Provincial"),
                            ("cluster", "Cluster"),
                            ("local", "Local"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("personnel", "Personnel"),
                            ("operating", "Operating"),
                            ("investment", "Investment"),
                            ("subsidy", "Subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("item", models.CharField(max_length=300)),
                ("allocated_satang", models.BigIntegerField(default=0)),
                ("left_satang", models.BigIntegerField(default=0)),
                ("reserved_satang", models.BigIntegerField(default=0)),
                ("committed_satang", models.BigIntegerField(default=0)),
                ("disbursed_satang", models.BigIntegerField(default=0)),
                ("transactions_count", models.PositiveIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="plans.activity",
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="plans.budgetline",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="orgs.unit",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="plans.project",
                    ),
                ),
            ],
            options={
                "ordering": ["project", "id"],
                "indexes": [
                    models.Index(fields=["fiscal_year", "unit"], name="budget_line_year_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserved_satang__gte", 0),
                            ("committed_satang__gte", 0),
                            ("disbursed_satang__gte", 0),
                            ("left_satang__gte", 0),
                        ),
                        name="budget_line_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("path", models.CharField(max_length=255)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="plans.project",
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
                "indexes": [
                    models.Index(fields=["fiscal_year", "path"], name="project_area_year"),
                    models.Index(fields=["path"], name="project_area_path"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "unit"), name="project_area_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("half", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("synthetic", models.BooleanField(default=False)),
                (
                    "published_by",
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
                        related_name="plan_reports",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "fiscal_year", "half", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "fiscal_year", "half", "version"),
                        name="plan_report_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half__in", (1, 2))), name="plan_report_half"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpendingTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("quarter", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("investment", "Investment"),
                            ("recurrent", "Recurrent"),
                            ("total", "Total"),
                            ("spending", "Spending"),
                        ],
                        max_length=12,
                    ),
                ),
                ("percent_e2", models.IntegerField()),
                ("source", models.CharField(max_length=300)),
                ("verified", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["fiscal_year", "quarter", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("quarter__isnull", True)),
                        fields=("fiscal_year", "kind"),
                        name="spending_target_year",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("quarter__isnull", False)),
                        fields=("fiscal_year", "kind", "quarter"),
                        name="spending_target_quarter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[("y", "Y"), ("z", "Z"), ("other", "Other")], max_length=5
                    ),
                ),
                ("contribution", models.TextField()),
                ("weight_e4", models.BigIntegerField(blank=True, null=True)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="plans.goal",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alignments",
                        to="plans.project",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="plans.strategy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contribution", ""), _negated=True),
                        name="alignment_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("goal__isnull", False), ("strategy__isnull", False), _connector="OR"
                        ),
                        name="alignment_of",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("half", "Half"),
                            ("year", "Year"),
                        ],
                        default="year",
                        max_length=8,
                    ),
                ),
                ("seq", models.PositiveSmallIntegerField(default=1)),
                ("value_e4", models.BigIntegerField()),
                ("upper_e4", models.BigIntegerField(blank=True, null=True)),
                ("stretch_e4", models.BigIntegerField(blank=True, null=True)),
                ("plan_version", models.CharField(blank=True, max_length=20)),
                ("rationale", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                ("superseded", models.BooleanField(default=False)),
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
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="plans.indicator",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newer",
                        to="plans.target",
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
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("indicator", "unit", "fiscal_year", "period", "seq"),
                        name="target_in_force_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.PositiveSmallIntegerField()),
                ("planned_e2", models.IntegerField(blank=True, null=True)),
                ("actual_e2", models.IntegerField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="months",
                        to="plans.activity",
                    ),
                ),
            ],
            options={
                "ordering": ["activity", "month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "month"), name="activity_month_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)),
                        name="activity_month_of_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("latest", models.BooleanField(default=True)),
                ("progress_e2", models.IntegerField()),
                ("heads_attended", models.PositiveIntegerField(blank=True, null=True)),
                ("result", models.TextField()),
                ("problem", models.TextField(blank=True)),
                ("solution", models.TextField(blank=True)),
                ("late_reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="plans.activity",
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
                "ordering": ["activity", "quarter", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "quarter", "version"), name="activity_report_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("latest", True)),
                        fields=("activity", "quarter"),
                        name="activity_report_latest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress_e2__gte", 0), ("progress_e2__lte", 10000)),
                        name="activity_report_progress",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetTransaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("allocation", "Allocation"),
                            ("transfer_in", "Transfer In"),
                            ("transfer_out", "Transfer Out"),
                            ("reservation", "Reservation"),
                            ("reservation_release", "Reservation Release"),
                            ("commitment", "Commitment"),
                            ("commitment_cancel", "Commitment Cancel"),
                            ("disbursement", "Disbursement"),
                            ("refund", "Refund"),
                            ("carry_over_out", "Carry Over Out"),
                            ("carry_over_in", "Carry Over In"),
                            ("lapse", "Lapse"),
                            ("reversal", "Reversal"),
                        ],
                        max_length=20,
                    ),
                ),
                ("amount_satang", models.BigIntegerField()),
                ("on", models.DateField()),
                ("document_no", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("pair", models.UUIDField(blank=True, null=True)),
                ("override", models.BooleanField(default=False)),
                ("override_reason", models.TextField(blank=True)),
                ("allocated_after", models.BigIntegerField()),
                ("available_after", models.BigIntegerField()),
                ("at", models.DateTimeField()),
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
                    "draws_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn_by",
                        to="plans.budgettransaction",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="plans.budgetline",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="plans.budgettransaction",
                    ),
                ),
                (
                    "stands_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.budgettransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["line", "number"],
                "indexes": [models.Index(fields=["on"], name="budget_transaction_on")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "number"), name="budget_transaction_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_satang__gt", 0)),
                        name="budget_transaction_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_after__gte", 0),
                            models.Q(
                                ("override", True), models.Q(("override_reason", ""), _negated=True)
                            ),
                            models.Q(("override", False), ("stands_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_transaction_never_below_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("value_e4", models.BigIntegerField()),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baselines",
                        to="plans.indicator",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "unit", "fiscal_year"), name="baseline_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Actual",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("half", "Half"),
                            ("year", "Year"),
                        ],
                        max_length=8,
                    ),
                ),
                ("seq", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("numerator_e4", models.BigIntegerField(blank=True, null=True)),
                ("denominator_e4", models.BigIntegerField(blank=True, null=True)),
                ("value_e4", models.BigIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("verified", "Verified"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("latest", models.BooleanField(default=True)),
                ("official", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("counted", models.BooleanField(default=False)),
                ("entered_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("verified_at", models.DateTimeField(null=True)),
                ("returned_note", models.TextField(blank=True)),
                (
                    "entered_by",
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
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actuals",
                        to="plans.indicator",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["fiscal_year", "indicator", "unit"], name="actual_year_indicator"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "unit", "fiscal_year", "period", "seq", "version"),
                        name="actual_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("latest", True)),
                        fields=("indicator", "unit", "fiscal_year", "period", "seq"),
                        name="actual_latest_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("official", True)),
                        fields=("indicator", "unit", "fiscal_year", "period", "seq"),
                        name="actual_official_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("official", False), ("status", "verified"), _connector="OR"
                        ),
                        name="actual_official_verified",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodLock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.IntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                ("locked_at", models.DateTimeField()),
                ("reopened_at", models.DateTimeField(null=True)),
                ("reopen_reason", models.TextField(blank=True)),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reopened_by",
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
                        related_name="period_locks",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at__isnull", True)),
                        fields=("unit", "fiscal_year", "quarter"),
                        name="period_lock_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)),
                        name="period_lock_quarter",
                    ),
                ],
            },
        ),
    ]
