"""The attacks of docs/anonymity.md, with a key, the database, the logs and the ledger at hand.

Three of them are leaks LimeSurvey had: its token stood in the page of an anonymous survey; some of
its date columns were not blanked; showing its settings left responses not anonymised.
"""

from __future__ import annotations

import random
import re
import secrets
import sqlite3
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from sucharit.assessments.intake import closing, keys, receipts, services
from sucharit.assessments.models import AccessKey, ResponseCounter, Round, SurveyResponse
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope
from sucharit.core.models import LedgerEntry
from tests.assessments.intake import live
from tests.assessments.intake.sheets import TODAY, sheet

SYSTEM = System("test")
PEOPLE = 200
# Expected matches of a blind guess: one, whatever the number of people; 8 or more has p < 1e-5.
CHANCE = 8

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="columns of PostgreSQL"
)


@pytest.fixture
def march_2024(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def columns(table):
    with connection.cursor() as cursor:
        return {c.name for c in connection.introspection.get_table_description(cursor, table)}


def test_rows_have_the_allowed_columns_and_no_other(db):
    assert columns("assessments_surveyresponse") == {
        "id", "participation_id", "instrument", "part", "framework_version",
        "answers", "day", "resend_hash",
    }  # fmt: skip
    assert columns("assessments_accesskey") == {
        "key_hash",
        "participation_id",
        "instrument",
        "part",
        "used",
    }
    both = columns("assessments_surveyresponse") & columns("assessments_accesskey")
    assert both == {"participation_id", "instrument", "part"}


def test_nothing_in_either_table_is_a_clock(db):
    """LimeSurvey leak 2: date columns left filled. Ours has one date, the Monday of the week."""
    with connection.cursor() as cursor:
        for table in closing.TABLES:
            found = connection.introspection.get_table_description(cursor, table)
            kinds = {c.name: connection.introspection.get_field_type(c.type_code, c) for c in found}
            assert {n for n, k in kinds.items() if "Time" in k or "Auto" in k} == set()
            assert {n for n, k in kinds.items() if k == "DateField"} <= {"day"}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a property of SQLite tables")
@pytest.mark.parametrize("table", closing.TABLES)
def test_sqlite_keeps_no_row_number(db, table):
    """Also fails when a later migration rebuilds the table and forgets."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="rowid"):
        cursor.execute(f"SELECT rowid FROM {table}")


def test_the_key_never_stands_in_a_page(keyed, march_2024):
    """LimeSurvey leak 1: the token in a hidden input of an anonymous survey."""
    key = keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=1)[0]
    phone = Client()
    address = f"/s/{keyed.iit_code}"
    forms = [
        sheet(key=key) | {"i1.1": ""},  # an error page, before
        sheet(key=key),  # the thank-you page
        sheet(key=key),  # refused, after
    ]
    pages = [phone.get(address).content.decode()]
    for form in forms:
        body = "&".join(f"{k}={v}" for k, v in form.items())
        pages.append(
            phone.post(
                address, body, content_type="application/x-www-form-urlencoded"
            ).content.decode()
        )
    for page in pages:
        assert key not in page
        assert receipts.grouped(key) not in page
        assert receipts.key_hash(key) not in page
        hidden = re.findall(r'<input type="hidden" name="([^"]+)"', page)
        assert hidden in ([], ["submission"])
    assert not phone.cookies


def test_looking_at_settings_pages_changes_nothing_of_what_is_kept(keyed, make, client, march_2024):
    """LimeSurvey leak 3: opening its settings switched anonymity off. Ours has no such switch."""
    client.force_login(make.user("ministry_centre", keyed.unit))
    base = f"/assessments/rounds/{keyed.round_id}/"
    for path in ("", "calendar/", "units/moi/", "units/moi/links/"):
        assert client.get(base + path).status_code in (200, 405)
    key = keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=1)[0]
    services.accept_response(code=keyed.iit_code, form=sheet(key=key), today=TODAY)
    row = SurveyResponse.objects.values().get()
    kept = " ".join(map(str, row.values())) + bytes(row["answers"]).hex()
    assert not any(trace in kept for trace in (key, receipts.key_hash(key), keyed.iit_code))
    assert not [f.name for f in Round._meta.get_fields() if "anonym" in f.name]


def test_the_receipt_leads_to_no_row(keyed):
    key = keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=1)[0]
    form = sheet(key=key)
    receipt = services.accept_response(code=keyed.iit_code, form=form, today=TODAY)
    plain = receipt.replace("-", "")
    for model in (SurveyResponse, AccessKey, ResponseCounter):
        for row in model.objects.values():
            kept = {str(v) for v in row.values()}
            assert not {receipt, plain, form["submission"]} & kept
            assert receipts.resend_hash(plain) not in kept


def people_answer(part, n=PEOPLE):
    """Everybody answers in turn, each unlike all others; gives [(key hash, answers)] in order."""
    plain = keys.issue_keys(actor=SYSTEM, participation=part, instrument="IIT", n=n)
    truth = []
    for number, key in enumerate(plain):
        answers = "".join("1234"[number // 4**d % 4] for d in range(6))
        services.accept_response(code=part.iit_code, form=sheet(answers, key=key), today=TODAY)
        truth.append((receipts.key_hash(key), bytes("1234".index(a) for a in answers)))
    return truth


def stored(order):
    """Used keys and answers in the order somebody with the database reads them: two lists."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key_hash FROM assessments_accesskey WHERE used {order}")
        hashes = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT answers FROM assessments_surveyresponse {order}")
        return hashes, [bytes(row[0]) for row in cursor.fetchall()]


def matches(truth, guess):
    return len(set(truth) & set(guess))


@pytest.mark.django_db(transaction=True)
def test_after_closing_the_order_of_rows_matches_nobody(keyed):
    truth = people_answer(keyed)
    closing.close_surveys(actor=SYSTEM, round=keyed.round)
    orders = ["", "ORDER BY 1"] + (
        ["ORDER BY ctid", "ORDER BY xmin::text::bigint, ctid"]
        if connection.vendor == "postgresql"
        else []
    )
    for order in orders:
        hashes, answers = stored(order)
        assert len(hashes) == len(answers) == PEOPLE
        assert matches(truth, zip(hashes, answers, strict=True)) < CHANCE, order
        # Knowing in which order people came does not help either.
        assert matches(truth, zip([h for h, _ in truth], answers, strict=True)) < CHANCE, order
        assert matches(truth, zip(hashes, [a for _, a in truth], strict=True)) < CHANCE, order


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a property of SQLite tables")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_the_order_matches_nobody_even_before_closing(keyed):
    truth = people_answer(keyed)
    hashes, answers = stored("")
    assert matches(truth, zip(hashes, answers, strict=True)) < CHANCE


BY_TRANSACTION = """
    SELECT k.key_hash, r.answers
      FROM assessments_accesskey k JOIN assessments_surveyresponse r ON k.xmin = r.xmin
"""


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_exposure_ends_with_shuffle_and_with_closing(keyed):
    """While a round is open a superuser can join by transaction number (docs/anonymity.md)."""

    def joined():
        with connection.cursor() as cursor:
            cursor.execute(BY_TRANSACTION)
            return [(h, bytes(a)) for h, a in cursor.fetchall()]

    truth = people_answer(keyed)
    assert matches(truth, joined()) == PEOPLE, (
        "the attack has lost its teeth: the test proves nothing"
    )
    closing.shuffle(actor=SYSTEM, round=keyed.round)
    assert len(joined()) == PEOPLE**2  # one transaction number for all: everybody joins everybody
    for order in ("ORDER BY ctid", "ORDER BY 1"):
        assert matches(truth, zip(*stored(order), strict=True)) < CHANCE
    closing.close_surveys(actor=SYSTEM, round=keyed.round)
    assert len(joined()) == PEOPLE**2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM assessments_accesskey")
        assert cursor.fetchone() == (1,)  # unused keys, too
        # PostgreSQL tells its statistics up to a second late.
        for _try in range(50):
            cursor.execute(
                "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = %s",
                ["assessments_surveyresponse"],
            )
            dead = cursor.fetchone()[0]
            if dead == 0:
                break
            time.sleep(0.1)
        assert dead == 0


@pytest.mark.django_db(transaction=True)
def test_closing_forgets_resend_marks_and_deleted_content(keyed):
    people_answer(keyed, 20)
    marks = list(SurveyResponse.objects.values_list("resend_hash", flat=True))
    closing.close_surveys(actor=SYSTEM, round=keyed.round)
    assert not SurveyResponse.objects.exclude(resend_hash=None).exists()
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        content = Path(name).read_bytes() + Path(f"{name}-wal").read_bytes()
        assert not [m for m in marks if m.encode() in content]
        with sqlite3.connect(name) as db:
            assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    closing.close_surveys(actor=SYSTEM, round=keyed.round)  # again: harmless
    assert SurveyResponse.objects.count() == 20
    assert AccessKey.objects.filter(used=True).count() == 20


@pytest.mark.django_db(transaction=True)
def test_the_command_for_a_timer_mixes_open_rounds(keyed, capsys):
    people_answer(keyed, 20)
    call_command("shuffle_answers")
    assert "1 open rounds and 0 campaigns mixed" in capsys.readouterr().out
    assert SurveyResponse.objects.count() == AccessKey.objects.filter(used=True).count() == 20
    assert SurveyResponse.objects.exclude(resend_hash=None).count() == 20  # resends still work


def test_a_failing_rewrite_is_told_and_loses_nothing(keyed, caplog):
    """VACUUM cannot run inside the transaction every test lies in."""
    with transaction.atomic():
        assert closing.clear_deleted() is False
        transaction.set_rollback(True)
    assert "shuffle-answers" in caplog.text


def test_closing_shuts_every_survey_also_one_nobody_answered(opened, make):
    closing.close_surveys(actor=SYSTEM, round=opened.round)
    with pytest.raises(services.SurveyClosed):
        services.accept_response(code=opened.iit_code, form=sheet(), today=TODAY)
    assert set(ResponseCounter.objects.values_list("instrument", "closed")) == {
        ("IIT", True),
        ("EIT", True),
    }
    assert LedgerEntry.objects.filter(action="assessments.surveys_closed").count() == 1
    with pytest.raises(NotFoundInScope):
        closing.close_surveys(actor=make.user(), round=opened.round)


def test_the_ledger_has_no_row_for_an_answer(keyed):
    key = keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=1)[0]
    before = LedgerEntry.objects.count()
    services.accept_response(code=keyed.iit_code, form=sheet("123412", key=key), today=TODAY)
    assert LedgerEntry.objects.count() == before
    everything = " ".join(str(v) for row in LedgerEntry.objects.values() for v in row.values())
    assert key not in everything
    assert receipts.key_hash(key) not in everything


@pytest.mark.slow
@pytest.mark.django_db
def test_no_log_of_a_real_server_holds_a_key_or_answers(tmp_path):
    """granian with its access log on: what is written names no key and no answer."""
    kind = "sqlite" if connection.vendor == "sqlite" else "postgres"
    with live.fresh_database(kind, tmp_path) as url:
        made = live.fill(url, tmp_path, units=1, keys=3, items=6)
        code, plain = made["keyed"][0]
        submission = secrets.token_hex(16)
        bodies = [
            live.filled(
                ["i1.1", "i1.2", "i2.1", "i2.2", "i3.1", "i3.2"], submission, plain[0]
            ),  # taken
            live.filled(["i1.1"], submission, plain[1]),  # 422
            live.filled(
                ["i1.1", "i1.2", "i2.1", "i2.2", "i3.1", "i3.2"], secrets.token_hex(16), plain[0]
            ),  # 409
            b"key=" + plain[2].encode() + b"&\xff",  # 400
        ]
        statuses = []
        with live.serving(url, tmp_path, more=("--access-log", "--log-level", "debug")) as server:
            for body in bodies:
                request = urllib.request.Request(
                    f"http://127.0.0.1:{server.port}/s/{code}", data=body
                )
                try:
                    with urllib.request.urlopen(request) as answer:
                        statuses.append(answer.status)
                except urllib.error.HTTPError as refused:
                    statuses.append(refused.code)
                    refused.close()
        written = server.log.read_text()
        assert statuses == [200, 422, 409, 400]
        assert "POST" in written, "the access log was off: the test proves nothing"
        for trace in (
            *plain,
            *map(receipts.key_hash, plain),
            submission,
            receipts.resend_hash(submission),
            "i1.1",
        ):
            assert trace not in written


def test_the_bound_called_chance_is_what_blind_pairing_gives():
    people = list(range(PEOPLE))
    blind = (random.Random(seed).sample(people, PEOPLE) for seed in range(200))
    assert max(sum(a == b for a, b in zip(people, guess, strict=True)) for guess in blind) < CHANCE
