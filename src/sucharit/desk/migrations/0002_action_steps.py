"""Action items get their full life (1 of 3): new columns, the old rules taken away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSON = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_action_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("actionitem", "action_open_once"),
        migrations.RemoveConstraint("actionitem", "action_closed_whole"),
        migrations.RemoveConstraint("actionitem", "action_verified_is_done"),
        migrations.AddField(
            "actionitem", "origin_unit", models.ForeignKey(to="orgs.unit", **PERSON)
        ),
        migrations.AddField(
            "actionitem", "original_due_on", models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            "actionitem",
            "priority",
            models.SmallIntegerField(choices=[(1, "High"), (2, "Normal"), (3, "Low")], default=2),
        ),
        migrations.AddField("actionitem", "progress", models.SmallIntegerField(default=0)),
        migrations.AddField(
            "actionitem", "blocked_reason", models.TextField(blank=True, default="")
        ),
        migrations.AddField("actionitem", "asked_due_on", models.DateField(blank=True, null=True)),
        migrations.AddField("actionitem", "asked_reason", models.TextField(blank=True, default="")),
        migrations.AddField("actionitem", "reopened_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("actionitem", "updated_at", models.DateTimeField(null=True)),
        migrations.AddField("actionitem", "submitted_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "actionitem",
            "submitted_by",
            models.ForeignKey(to=settings.AUTH_USER_MODEL, **PERSON),
        ),
        migrations.AlterField(
            "actionitem", "state", models.CharField(max_length=12, default="open")
        ),
        migrations.AlterField("actionevent", "kind", models.CharField(max_length=12)),
        migrations.AddField("actionevent", "progress", models.SmallIntegerField(null=True)),
    ]
