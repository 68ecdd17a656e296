"""SQL that keeps budget transactions append-only on each database; run by migration 0002 and by tests.

Update, delete and truncate are refused, and so is an insert that would replace a row (SQLite's INSERT OR REPLACE
deletes without firing delete triggers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "plans_budgettransaction"
MESSAGE = "budget transactions are append-only"
NAMES = ("budget_no_update", "budget_no_delete", "budget_once")
_TWICE = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (line_id = NEW.line_id AND number = NEW.number))"  # noqa: S608 (our own table name)


def statements(vendor: str, *, install: bool) -> list[str]:
    """SQL statements for "sqlite" or "postgresql", in order; ValueError for another vendor."""
    if vendor not in {"sqlite", "postgresql"}:
        raise ValueError(f"Sucharit runs on sqlite and postgresql, not on {vendor}")
    if vendor == "sqlite":
        return _sqlite(install=install)
    return _postgresql(install=install)


def _sqlite(*, install: bool) -> list[str]:
    if not install:
        return [f"DROP TRIGGER IF EXISTS {name}" for name in NAMES]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return [
        f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {TABLE} {refuse}",
        f"CREATE TRIGGER {NAMES[1]} BEFORE DELETE ON {TABLE} {refuse}",
        f"CREATE TRIGGER {NAMES[2]} BEFORE INSERT ON {TABLE} WHEN {_TWICE} {refuse}",
    ]


def _postgresql(*, install: bool) -> list[str]:
    everything = f"{NAMES[1]}_all"
    if not install:
        return [
            *(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in (*NAMES[:2], everything)),
            "DROP FUNCTION IF EXISTS budget_refuse()",
        ]
    return [
        (
            "CREATE OR REPLACE FUNCTION budget_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION budget_refuse()"
        ),
        (
            f"CREATE TRIGGER {NAMES[1]} BEFORE DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION budget_refuse()"
        ),
        (
            f"CREATE TRIGGER {everything} BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION budget_refuse()"
        ),
    ]


def run(connection: BaseDatabaseWrapper, *, install: bool) -> None:
    """Install (or take away) the triggers on one database."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, install=install):
            cursor.execute(statement)
