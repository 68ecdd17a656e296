"""SQL that makes the ledger append-only on each database; run by migration 0003 and by tests.

Update, delete and truncate are refused for rows and signed heads. An insert must continue the
chain (next number, hash of the last row): that also closes SQLite's INSERT OR REPLACE, which
deletes without firing delete triggers. Somebody who owns the database can still drop the triggers;
that is what the hashes and the heads published outside are for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY, HEAD = "core_ledgerentry", "core_ledgerhead"
MESSAGE = "the ledger is append-only"
GAP = "the ledger row does not continue the chain"
HEAD_TWICE = "the ledger head was signed already"
NAMES = {
    ENTRY: ("ledger_no_update", "ledger_no_delete", "ledger_continues"),
    HEAD: ("ledger_head_no_update", "ledger_head_no_delete", "ledger_head_once"),
}
_BROKEN = f"""
  NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {ENTRY})
  OR NEW.prev_hash <> coalesce(
    (SELECT hash FROM {ENTRY} ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
  OR EXISTS (SELECT 1 FROM {ENTRY} WHERE hash = NEW.hash)
"""  # noqa: S608 (our own table name)
_HEAD_TWICE = f"EXISTS (SELECT 1 FROM {HEAD} WHERE seq = NEW.seq OR id = NEW.id)"  # noqa: S608


def _sqlite_install() -> list[str]:
    statements = []
    for table, (no_update, no_delete, guard) in NAMES.items():
        condition, text = (_BROKEN, GAP) if table == ENTRY else (_HEAD_TWICE, HEAD_TWICE)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        statements += [
            f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} {refuse}",
            (
                f"CREATE TRIGGER {guard} BEFORE INSERT ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
            ),
        ]
    return statements


def _sqlite_remove() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for names in NAMES.values() for name in names]


def _postgresql_install() -> list[str]:
    statements = [
        (
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            "CREATE OR REPLACE FUNCTION ledger_continue() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_BROKEN} THEN RAISE EXCEPTION '{GAP}' "
            "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
        ),
    ]
    for table, (no_update, no_delete, guard) in NAMES.items():
        statements += [
            (
                f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            ),
            (
                f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            ),
            (
                f"CREATE TRIGGER {no_delete}_all BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            ),
        ]
        if table == ENTRY:
            statements.append(
                f"CREATE TRIGGER {guard} BEFORE INSERT ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_continue()"
            )
    return statements


def _postgresql_remove() -> list[str]:
    drop = "DROP TRIGGER IF EXISTS {} ON {}"
    return [
        *(drop.format(name, table) for table, names in NAMES.items() for name in names),
        *(drop.format(f"{names[1]}_all", table) for table, names in NAMES.items()),
        "DROP FUNCTION IF EXISTS ledger_refuse()",
        "DROP FUNCTION IF EXISTS ledger_continue()",
    ]


def statements(vendor: str, *, install: bool) -> list[str]:
    """SQL statements for "sqlite" or "postgresql", in order; ValueError for another vendor."""
    makers = {
        ("sqlite", True): _sqlite_install,
        ("sqlite", False): _sqlite_remove,
        ("postgresql", True): _postgresql_install,
        ("postgresql", False): _postgresql_remove,
    }
    if (vendor, install) not in makers:
        raise ValueError(f"Sucharit runs on sqlite and postgresql, not on {vendor}")
    return makers[vendor, install]()


def run(connection: BaseDatabaseWrapper, *, install: bool) -> None:
    """Install (or take away) the triggers on one database."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, install=install):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not (a table remade by hand loses them)."""
    wanted = {name for names in NAMES.values() for name in names}
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        wanted = wanted - {NAMES[HEAD][2]} | {f"{names[1]}_all" for names in NAMES.values()}
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(wanted - {row[0] for row in cursor.fetchall()})
