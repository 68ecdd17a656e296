"""SQL of the trigram index on each database; run by migration 0004.

SQLite: an FTS5 table without content of its own over core_searchdoc, kept by triggers, so that no
way of writing documents can forget it. PostgreSQL: a GIN index on upper(text), the very expression
Django's ``icontains`` compiles to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_TRIGRAMS = "core_searchdoc_trigrams"
_REMOVE_OLD = (
    f"INSERT INTO {_TRIGRAMS}({_TRIGRAMS}, rowid, text) VALUES ('delete', OLD.id, OLD.text);"  # noqa: S608
)
_ADD_NEW = f"INSERT INTO {_TRIGRAMS}(rowid, text) VALUES (NEW.id, NEW.text);"  # noqa: S608
_SQLITE = {
    "searchdoc_added": f"AFTER INSERT ON core_searchdoc BEGIN {_ADD_NEW} END",
    "searchdoc_removed": f"AFTER DELETE ON core_searchdoc BEGIN {_REMOVE_OLD} END",
    "searchdoc_changed": (
        "AFTER UPDATE OF id, text ON core_searchdoc WHEN OLD.text <> NEW.text OR OLD.id <> NEW.id "
        f"BEGIN {_REMOVE_OLD} {_ADD_NEW} END"
    ),
}
_STATEMENTS = {
    ("sqlite", True): [
        # Case folding is ours (search.fold), so that both databases find the same.
        (
            f"CREATE VIRTUAL TABLE {_TRIGRAMS} USING fts5(text, "
            "content='core_searchdoc', content_rowid='id', tokenize='trigram case_sensitive 1')"
        ),
        f"INSERT INTO {_TRIGRAMS}({_TRIGRAMS}) VALUES ('rebuild')",  # noqa: S608
        *(f"CREATE TRIGGER {name} {rest}" for name, rest in _SQLITE.items()),
    ],
    ("sqlite", False): [
        *(f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE),
        f"DROP TABLE IF EXISTS {_TRIGRAMS}",
    ],
    ("postgresql", True): [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"CREATE INDEX {_TRIGRAMS} ON core_searchdoc USING gin (upper(text) gin_trgm_ops)",
    ],
    ("postgresql", False): [f"DROP INDEX IF EXISTS {_TRIGRAMS}"],
}


def statements(vendor: str, *, install: bool) -> list[str]:
    """SQL statements for "sqlite" or "postgresql", in order; KeyError for another vendor."""
    return _STATEMENTS[vendor, install]


def run(connection: BaseDatabaseWrapper, *, install: bool) -> None:
    """Install (or take away) the index on one database."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, install=install):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers (SQLite) or of the index (PostgreSQL) that should be there and are not."""
    wanted = {*_SQLITE, _TRIGRAMS}
    query = "SELECT name FROM sqlite_master"
    if connection.vendor == "postgresql":
        wanted = {_TRIGRAMS}
        query = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(wanted - {row[0] for row in cursor.fetchall()})
