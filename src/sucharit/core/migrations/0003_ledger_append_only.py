"""The ledger refuses update, delete and truncate, and inserts that leave a gap (both databases)."""

from django.db import migrations

from sucharit.core.ledger import triggers


def install(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=True):
        schema_editor.execute(statement, params=None)


def remove(_apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor, install=False):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]

    operations = [migrations.RunPython(install, remove)]
