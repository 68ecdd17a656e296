"""Beginnings of titles, and the trigram index on each database."""

from django.db import migrations, models

from sucharit.core.search import triggers


def install(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=True):
        schema_editor.execute(statement, params=None)


def remove(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=False):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_ledger_append_only")]

    operations = [
        migrations.AddField(
            model_name="searchdoc",
            name="head",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="searchdoc",
            index=models.Index(fields=["head"], name="searchdoc_head"),
        ),
        migrations.RunPython(install, remove),
    ]
