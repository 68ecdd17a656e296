"""System checks: silent on a right database, loud on a wrong one."""

from __future__ import annotations

import pytest
from django.core import checks
from django.db import connection

from sucharit.core.search import checks as ours


def numbers(messages) -> set[str]:
    return {m.id for m in messages}


@pytest.mark.django_db
def test_a_right_database_passes():
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [m for m in found if m.id.startswith("core.")] == []


@pytest.mark.django_db
def test_lost_triggers_are_told():
    on = {"postgresql": " ON core_ledgerentry", "sqlite": ""}[connection.vendor]
    index = {"postgresql": "INDEX core_searchdoc_trigrams", "sqlite": "TRIGGER searchdoc_added"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_no_delete{on}")
        cursor.execute(f"DROP {index[connection.vendor]}")
    assert numbers(ours.database_messages(connection)) == {"core.E007", "core.E008"}


class Answers:
    """A database that answers as told: enough of a connection for the checks."""

    vendor = "postgresql"

    def __init__(self, vendor: str, answers: dict[str, str | None]) -> None:
        self.vendor = vendor
        self.answers = answers
        self.introspection = self

    def table_names(self):
        return []

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, query, parameters=None):
        self.row = next((v for k, v in self.answers.items() if k in query), None)

    def fetchone(self):
        return None if self.row is None else (self.row,)


GOOD_POSTGRESQL = {
    "server_encoding": "UTF8",
    "datcollate": "C.UTF-8",
    "datctype": "C.utf8",
    "available": "1",
    "pg_extension": "1",
    "show_trgm": "{a}",
}


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({}, None),
        ({"server_encoding": "SQL_ASCII"}, "core.E003"),
        ({"datctype": "C"}, "core.E004"),
        ({"datcollate": "th_TH.UTF-8"}, "core.E004"),
        ({"available": None}, "core.E005"),
        ({"show_trgm": "{}"}, "core.E006"),
    ],
)
def test_a_wrong_postgresql_is_told(change, number):
    connection = Answers("postgresql", GOOD_POSTGRESQL | change)
    assert numbers(ours.database_messages(connection)) == ({number} if number else set())


@pytest.mark.parametrize(
    ("change", "number"),
    [({}, None), ({"FTS5": "0"}, "core.E002"), ({"journal_mode": "delete"}, "core.W001")],
)
def test_a_wrong_sqlite_is_told(change, number):
    connection = Answers("sqlite", {"FTS5": "1", "journal_mode": "wal"} | change)
    assert numbers(ours.database_messages(connection)) == ({number} if number else set())


def test_an_old_sqlite_is_told(monkeypatch):
    monkeypatch.setattr(ours.sqlite3, "sqlite_version_info", (3, 36, 0))
    connection = Answers("sqlite", {"FTS5": "1", "journal_mode": "wal"})
    assert numbers(ours.database_messages(connection)) == {"core.E001"}
