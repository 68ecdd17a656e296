"""Writing the ledger: gapless under many writers, append-only on both databases, keys, pages."""

from __future__ import annotations

import json
import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from nacl.signing import SigningKey

from sucharit.core.actors import System
from sucharit.core.ledger import export, heads, keys, record, triggers, writing
from sucharit.core.ledger.verify import check_heads, verify
from sucharit.core.models import LedgerEntry, LedgerHead

SYSTEM = System("test")


def write(n: int = 1, **fields) -> LedgerEntry:
    fields = {"actor": SYSTEM, "action": "test.done", "target": f"test.thing:{n}"} | fields
    return record(**fields)


@pytest.mark.django_db
def test_rows_are_numbered_and_chained():
    first, second = write(1), write(2, unit="moi", fiscal_year=2567, count=3)
    assert (first.seq, second.seq) == (1, 2)
    assert second.prev_hash == first.hash
    assert second.data == '{"count":3}'
    assert verify(export.lines()).rows == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"action": "x" * 81}, ValueError),
        ({"target": "a\x00b"}, ValueError),
        ({"unit": "u" * 65}, ValueError),
        ({"score": 1.5}, TypeError),
        ({"rows": [{"deep": 0.1}]}, TypeError),
    ],
)
def test_what_does_not_belong_is_refused_the_same_on_both(fields, error):
    with pytest.raises(error):
        write(**fields)
    assert not LedgerEntry.objects.exists()


def test_the_widths_are_those_of_the_columns():
    for name, width in writing._WIDTHS.items():
        assert LedgerEntry._meta.get_field(name).max_length == width


@pytest.mark.django_db
def test_a_rollback_takes_the_row_back_and_leaves_no_gap():
    write(1)
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    assert write(3).seq == 2
    assert verify(export.lines()).finding is None


def _run_together(count: int, work) -> list[BaseException]:
    errors: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_eight_writers_leave_no_gap(transactional_db):
    """From the empty table on: the very first row is contended, too."""

    def work(number: int) -> None:
        for n in range(25):
            write(n, actor=System(f"w{number}"))

    assert _run_together(8, work) == []
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == [
        *range(1, 201)
    ]
    assert verify(export.lines()).finding is None
    assert len({e.actor for e in LedgerEntry.objects.all()[:200]}) == 8


def test_two_first_writers(transactional_db):
    for _ in range(5):
        assert _run_together(2, write) == []
    assert verify(export.lines()).rows == 10


def test_writers_within_longer_transactions_wait_their_turn(transactional_db):
    def work(number: int) -> None:
        for n in range(5):
            with transaction.atomic():
                write(n)
                write(n + 100)
                if n % 2:
                    transaction.set_rollback(True)

    assert _run_together(4, work) == []
    assert verify(export.lines()).rows == 4 * 3 * 2


REFUSED = [
    "UPDATE core_ledgerentry SET actor = 'x' WHERE seq = 1",
    "UPDATE core_ledgerentry SET seq = 9 WHERE seq = 2",
    "DELETE FROM core_ledgerentry WHERE seq = 2",
    "DELETE FROM core_ledgerentry",
    "UPDATE core_ledgerhead SET hash = 'x'",
    "DELETE FROM core_ledgerhead",
]
INSERT = (
    "{verb} INTO core_ledgerentry"
    " (seq, at, actor, action, target, unit, fiscal_year, data, prev_hash, hash)"
    " SELECT {seq}, at, 'x', action, target, unit, fiscal_year, data, {prev}, {hash}"
    " FROM core_ledgerentry WHERE seq = 2"
)
GAPS = [
    INSERT.format(verb="INSERT", seq=5, prev="hash", hash="'new'"),
    INSERT.format(verb="INSERT", seq=3, prev="'other'", hash="'new'"),
    INSERT.format(verb="INSERT", seq=3, prev="hash", hash="hash"),
]
REPLACE = [
    INSERT.format(verb="INSERT OR REPLACE", seq=2, prev="prev_hash", hash="'new'"),
    INSERT.format(verb="INSERT OR REPLACE", seq=3, prev="hash", hash="hash"),
    "INSERT OR REPLACE INTO core_ledgerhead (id, seq, hash, at, key_id, signature)"  # noqa: ISC004
    " SELECT id, seq, 'x', at, key_id, signature FROM core_ledgerhead",
]
TRUNCATE = ["TRUNCATE core_ledgerentry", "TRUNCATE core_ledgerhead"]
SPECIAL = {"sqlite": REPLACE, "postgresql": TRUNCATE}


@pytest.mark.parametrize("statement", [*REFUSED, *GAPS, *REPLACE, *TRUNCATE])
@pytest.mark.django_db
def test_the_database_itself_refuses(statement, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    if statement in SPECIAL[other]:
        assert other != connection.vendor  # that statement exists on the other database only
        return
    write(1)
    write(2)
    heads.sign_head()
    before = list(LedgerEntry.objects.values()), list(LedgerHead.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert before == (list(LedgerEntry.objects.values()), list(LedgerHead.objects.values()))


@pytest.mark.django_db
def test_missing_triggers_are_noticed():
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        on = " ON core_ledgerentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_no_update{on}")
    assert triggers.missing(connection) == ["ledger_no_update"]


@pytest.mark.django_db
def test_a_head_is_signed_once_and_checks_out(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert heads.sign_head() is None
    write(1)
    head = heads.sign_head()
    assert heads.sign_head() == head
    path = tmp_path / "keys" / "ledger.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    good, wrong = check_heads(json.loads(json.dumps(heads.as_document())))
    assert ([h["seq"] for h in good], wrong) == ([1], "")


@pytest.mark.django_db
def test_old_heads_stay_checkable_when_the_key_changes(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    write(1)
    heads.sign_head()
    settings.LEDGER_KEY = bytes(SigningKey.generate()).hex()
    write(2)
    heads.sign_head()
    document = heads.as_document()
    assert len(document["keys"]) == 2
    assert len(check_heads(document)[0]) == 2


def test_a_wrong_key_is_said_so(settings):
    settings.LEDGER_KEY = "abc"
    with pytest.raises(ImproperlyConfigured, match="SUCHARIT_LEDGER_KEY"):
        keys.signing_key()


def test_two_processes_make_one_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    found: list[bytes] = []
    assert _run_together(4, lambda _: found.append(bytes(keys.signing_key()))) == []
    assert len(set(found)) == 1
    assert [p.name for p in (tmp_path / "keys").glob("ledger.key*")] == ["ledger.key"]


@pytest.mark.django_db
def test_heads_are_public_and_looking_makes_no_key(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    answer = client.get(reverse("core:ledger_heads"))
    assert answer.json()["heads"] == []
    assert not (tmp_path / "keys").exists()
    write(1)
    heads.sign_head()
    document = client.get(reverse("core:ledger_heads")).json()
    assert [h["seq"] for h in document["heads"]] == [1]
    assert len(document["keys"][0]["public_key"]) == 64


def shown(client, who, **query) -> set[int]:
    client.force_login(who)
    answer = client.get(reverse("core:ledger"), query)
    assert answer.status_code == 200
    return {row.seq for row in answer.context["page"]}


@pytest.fixture
def rows(db, make):
    """Rows 1 (no unit), 2 (th-38), 3 (th-3801), 4 (th-66)."""
    units = make.ministry()
    write(1)
    for n, code in enumerate(("th-38", "th-3801", "th-66"), start=2):
        write(n, unit=units[code], action=f"test.kind{n}")
    return units


def test_an_auditor_sees_the_rows_of_the_own_subtree(client, make, rows):
    assert shown(client, make.user("auditor", rows["moi"])) == {1, 2, 3, 4}
    provincial = make.user("auditor", rows["th-38"])
    assert shown(client, provincial) == {2, 3}
    assert shown(client, provincial, action="test.kind3") == {3}
    assert shown(client, provincial, unit="th-66", actor="system:test") == set()


def test_whoever_is_no_auditor_finds_no_such_page(client, make, rows):
    client.force_login(make.user("unit_head", rows["moi"]))
    assert client.get(reverse("core:ledger")).status_code == 404
    client.logout()
    assert client.get(reverse("core:ledger")).status_code == 302
