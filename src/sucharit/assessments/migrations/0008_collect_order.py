"""Collecting: no arrival order on SQLite."""

from django.db import migrations

TABLES = ("assessments_collectkey", "assessments_collectturn", "assessments_collectresponse")


def keep_no_order(apps, schema_editor):
    """SQLite: rebuild the tables WITHOUT ROWID, so rows lie in the order of their random keys.

    PostgreSQL has no such table; there collect.closing rewrites the rows.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table]
            )
            made = cursor.fetchone()[0]
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
                [table],
            )
            indexes = [row[0] for row in cursor.fetchall()]
            if "WITHOUT ROWID" in made:
                continue
            cursor.execute(made.replace(f'"{table}"', f'"new__{table}"', 1) + " WITHOUT ROWID")
            cursor.execute(f'INSERT INTO "new__{table}" SELECT * FROM "{table}"')
            cursor.execute(f'DROP TABLE "{table}"')
            cursor.execute(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
            for index in indexes:
                cursor.execute(index)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_assessment_core")]

    operations = [migrations.RunPython(keep_no_order, migrations.RunPython.noop)]
