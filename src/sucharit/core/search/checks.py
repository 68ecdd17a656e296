"""What the database must be able to do for Thai search and for the ledger."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django's own name)

from sucharit.core.ledger import triggers as ledger_triggers
from sucharit.core.search import triggers as search_triggers

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST_SQLITE = (3, 37, 0)
_THAI = "โปร่งใส"


def database_messages(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Errors for what would go wrong silently on this database, warnings for what would be slow."""
    engine = _postgresql if connection.vendor == "postgresql" else _sqlite
    return [*engine(connection), *_triggers(connection)]


def _value(connection: BaseDatabaseWrapper, query: str, parameters: list[str] | None = None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return "" if row is None else str(row[0])


def _sqlite(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        found.append(
            Error(
                f"SQLite {sqlite3.sqlite_version} is too old.",
                hint="Sucharit needs SQLite 3.37 or later, or PostgreSQL (DATABASE_URL).",
                id="core.E001",
            )
        )
    if _value(connection, "SELECT sqlite_compileoption_used('ENABLE_FTS5')") != "1":
        found.append(
            Error(
                "This SQLite was built without FTS5: search would find nothing.",
                hint="Use a Python whose SQLite has FTS5, or PostgreSQL (DATABASE_URL).",
                id="core.E002",
            )
        )
    mode = _value(connection, "PRAGMA journal_mode")
    if mode != "wal":
        found.append(
            Warning(
                f"The database's journal mode is {mode}, not WAL: readers and writers block.",
                hint="Keep the database on a local disk and its OPTIONS as settings.py has them.",
                id="core.W001",
            )
        )
    return found


def _postgresql(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    create = "Create the database with ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'."
    encoding = _value(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        found.append(Error(f"The database is {encoding}, not UTF8.", hint=create, id="core.E003"))
    query = "SELECT {} FROM pg_database WHERE datname = current_database()"
    for column, matter in (("datcollate", "Thai names sort"), ("datctype", "Thai search works")):
        locale = _value(connection, query.format(column))
        if locale.upper().replace("-", "") != "C.UTF8":
            text = f"The database's {column} is {locale}: {matter} only under C.UTF-8."
            found.append(Error(text, hint=create, id="core.E004"))
    if not _value(connection, "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"):
        hint = "Install PostgreSQL's contrib package."
        found.append(Error("pg_trgm is not available.", hint=hint, id="core.E005"))
    installed = _value(connection, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if installed and _value(connection, "SELECT show_trgm(%s)::text", [_THAI]) in {"{}", "[]"}:
        text = "Thai text has no trigrams here: search would scan, or find nothing."
        found.append(Error(text, hint=create, id="core.E006"))
    return found


def _triggers(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Triggers are lost without a word when a table is remade by hand; asked once tables exist."""
    tables = set(connection.introspection.table_names())
    wanted = {
        "core.E007": ("core_ledgerentry", ledger_triggers.missing, "the ledger is not append-only"),
        "core.E008": ("core_searchdoc", search_triggers.missing, "search misses new documents"),
    }
    migrated = _applied(connection) if "django_migrations" in tables else set()
    found: list[CheckMessage] = []
    for number, (name, (table, missing, matter)) in enumerate(wanted.items(), start=3):
        if table not in tables or not any(m.startswith(f"{number:04d}_") for m in migrated):
            continue
        if lost := missing(connection):
            text = f"Triggers are missing ({', '.join(lost)}): {matter}."
            hint = "Put them back as docs/ledger.md says, under “Triggers are missing”."
            found.append(Error(text, hint=hint, id=name))
    return found


def _applied(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'core'")
        return {row[0] for row in cursor.fetchall()}
