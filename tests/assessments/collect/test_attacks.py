"""The attacks: with the database, keys and accounts at hand nobody can say whose answers a row holds."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from sucharit.assessments.collect import campaigns, closing, keys, marks
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import (
    CollectDraft,
    CollectKey,
    CollectResponse,
    CollectTurn,
)
from sucharit.core.models import LedgerEntry
from tests import make
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_submit import send

PEOPLE = 60
# Expected matches of a blind guess: one, whatever the number of people; 8 or more has p < 1e-5.
CHANCE = 8
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a property of SQLite")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL")


def columns(table):
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
        return {c.name: connection.introspection.get_field_type(c.type_code, c) for c in found}


@pytest.fixture
def units():
    return make.ministry()


def text_document():
    return mc.evaluation_document(
        id="test.number",
        items=[{"id": "q", "type": "integer", "label": mc.both("number"), "required": "yes"}],
        scoring={"nodes": {}},
    )


def test_the_tables_share_only_the_unit_and_hold_no_clock(db):
    found = {table: columns(table) for table in closing.TABLES}
    assert set(found["assessments_collectresponse"]) == {
        "id", "campaign_unit_id", "framework_version", "answers", "day", "resend_hash",
        "content_hash", "pair_hash", "attempt",
    }  # fmt: skip
    assert set(found["assessments_collectkey"]) == {"key_hash", "campaign_unit_id", "used"}
    assert set(found["assessments_collectturn"]) == {"id", "campaign_unit_id", "person_id", "n"}
    for kinds in found.values():
        assert not [n for n, kind in kinds.items() if "Time" in kind or "Auto" in kind]
        assert {n for n, kind in kinds.items() if kind == "DateField"} <= {"day"}


@on_sqlite
@pytest.mark.parametrize("table", closing.TABLES)
def test_sqlite_keeps_no_row_number(db, table):
    """Also fails when a later migration rebuilds the table and forgets."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="rowid"):
        cursor.execute(f"SELECT rowid FROM {table}")


def keyed_people(units):
    """Everybody answers in turn, each unlike all others; gives (campaign, [(key hash, answer)])."""
    made = mc.campaign(
        units["moi"], [units["th-38"]], framework_=mc.framework(text_document()), access="one_use_keys"
    )  # fmt: skip
    part = mc.part(made, "th-38")
    truth = []
    for n, key in enumerate(keys.issue_keys(actor=mc.SYSTEM, campaign_unit=part, n=PEOPLE)):
        send(part.collect_code.code, key=key, q=str(n))
        truth.append((receipts.key_hash(key), str(n)))
    return made, truth


def read(order):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key_hash FROM assessments_collectkey WHERE used {order}")
        hashes = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT id FROM assessments_collectresponse {order}")
        ids = [row[0] for row in cursor.fetchall()]
    answers = {str(r.pk).replace("-", ""): r.answers["q"] for r in CollectResponse.objects.all()}
    return hashes, [answers[str(i).replace("-", "")] for i in ids]


def matches(truth, guess):
    return len(set(truth) & set(guess))


@pytest.mark.django_db(transaction=True)
def test_after_closing_no_order_ties_keys_to_answers(units):
    made, truth = keyed_people(units)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    orders = ["", "ORDER BY 1"]
    if connection.vendor == "postgresql":
        orders += ["ORDER BY ctid", "ORDER BY xmin::text::bigint, ctid"]
    for order in orders:
        hashes, answers = read(order)
        assert len(hashes) == len(answers) == PEOPLE
        assert matches(truth, zip(hashes, answers, strict=True)) < CHANCE, order
        assert matches(truth, zip([h for h, _ in truth], answers, strict=True)) < CHANCE, order
        assert matches(truth, zip(hashes, [a for _, a in truth], strict=True)) < CHANCE, order
    assert not CollectResponse.objects.exclude(resend_hash=None, content_hash="").exists()
    assert CollectKey.objects.filter(used=True).count() == PEOPLE


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_the_order_matches_nobody_even_before_closing(units):
    _made, truth = keyed_people(units)
    assert matches(truth, zip(*read(""), strict=True)) < CHANCE


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_exposure_ends_with_shuffle_and_with_closing(units):
    """While open a superuser can join by transaction number (docs/anonymity.md)."""

    def joined():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT k.key_hash, r.answers->>'q' FROM assessments_collectkey k "
                "JOIN assessments_collectresponse r ON k.xmin = r.xmin"
            )
            return cursor.fetchall()

    made, truth = keyed_people(units)
    assert matches(truth, joined()) == PEOPLE, "the attack has lost its teeth"
    closing.shuffle(actor=mc.SYSTEM, campaign=made)
    assert len(joined()) == PEOPLE**2
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    assert len(joined()) == PEOPLE**2


@pytest.mark.django_db(transaction=True)
def test_accounts_are_tied_to_no_answer_by_order_pair_mark_or_ledger(units):
    made = mc.campaign(
        units["moi"], [units["th-38"]], framework_=mc.framework(text_document()),
        access="signed_in", settings={"own_code": True},
    )  # fmt: skip
    code = mc.part(made, "th-38").collect_code.code
    truth = []
    for n in range(PEOPLE):
        person = make.user("unit_officer", units["th-38"])
        send(code, person=person, own_code=f"code{n:03}", q=str(n))
        truth.append((person.pk, str(n)))
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    orders = ["", "ORDER BY 1"] + (["ORDER BY ctid"] if connection.vendor == "postgresql" else [])
    for order in orders:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT person_id FROM assessments_collectturn {order}")
            persons = [row[0] for row in cursor.fetchall()]
            cursor.execute(f"SELECT pair_hash FROM assessments_collectresponse {order}")
            pairs = [row[0] for row in cursor.fetchall()]
        by_pair = {r.pair_hash: r.answers["q"] for r in CollectResponse.objects.all()}
        guess = zip(persons, [by_pair[p] for p in pairs], strict=True)
        assert matches(truth, guess) < CHANCE, order
        assert (
            matches(truth, zip(sorted(persons), [by_pair[p] for p in pairs], strict=True)) < CHANCE
        )
    assert {t.n for t in CollectTurn.objects.all()} == {1}
    assert not CollectDraft.objects.exists()
    ledger = " ".join(f"{e.action} {e.target} {e.data}" for e in LedgerEntry.objects.all())
    assert not [p for p in by_pair if p in ledger]
    assert "collectresponse" not in ledger


def test_the_own_code_counts_without_its_spelling_and_only_within_its_pair():
    assert marks.pair_hash(1, 2, " ab-๑๒ ") == marks.pair_hash(1, 2, "AB12")
    assert len({marks.pair_hash(a, b, "ab12") for a in (1, 2) for b in (1, 2)}) == 4
    assert marks.pair_hash(1, 2, "ab12") != marks.pair_hash(1, 2, "ab13")


def test_a_receipt_leads_to_no_row(db, units):
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]]), "th-38")
    page = receipts.new_submission()
    receipt = send(part.collect_code.code, submission=page, q1="5", q2="5", again="1").receipt
    kept = {str(v) for v in CollectResponse.objects.values().get().values()}
    assert not {receipt, receipt.replace("-", ""), page} & kept
