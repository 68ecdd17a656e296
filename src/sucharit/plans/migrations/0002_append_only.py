"""Budget transactions refuse update, delete and truncate (both databases)."""

from django.db import migrations

from sucharit.plans.budget import triggers


def install(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=True):
        schema_editor.execute(statement, params=None)


def remove(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=False):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
