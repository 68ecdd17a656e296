"""Many at once, and a server that dies: exactly one, never above the cap, nothing half done."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from sucharit.assessments.intake import closing, keys, receipts, services
from sucharit.assessments.models import AccessKey, ResponseCounter, SurveyResponse
from sucharit.core.actors import System
from tests.assessments.intake import live
from tests.assessments.intake.sheets import TODAY, sheet

THREADS = 20


def at_once(calls):
    """Run the calls from many threads, each with its own connection; gives the outcomes' names."""
    done: Counter[str] = Counter()
    lock = threading.Lock()

    def work(call):
        try:
            name = type(call()).__name__
        except services.Refusal as refused:
            name = type(refused).__name__
        except services.SurveyClosed:
            name = "SurveyClosed"
        with lock:
            done[name] += 1

    def worker(mine):
        try:
            for call in mine:
                work(call)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(worker, [calls[n::THREADS] for n in range(THREADS)]))
    return done


@pytest.mark.django_db(transaction=True)
def test_a_thousand_parallel_uses_of_one_key_store_one_answer(keyed):
    key = keys.issue_keys(actor=System("test"), participation=keyed, instrument="IIT", n=1)[0]
    code = keyed.iit_code
    done = at_once(
        [lambda: services.accept_response(code=code, form=sheet(key=key), today=TODAY)] * 1000
    )
    assert done == {"str": 1, "KeyRefused": 999}
    assert SurveyResponse.objects.count() == 1
    assert ResponseCounter.objects.get().n == 1


@pytest.mark.django_db(transaction=True)
def test_a_cap_is_never_passed_and_no_place_is_lost(opened):
    ResponseCounter.objects.create(participation=opened, instrument="IIT", part="1", cap=37)
    code = opened.iit_code
    done = at_once([lambda: services.accept_response(code=code, form=sheet(), today=TODAY)] * 300)
    assert done == {"str": 37, "SurveyFull": 263}
    assert SurveyResponse.objects.count() == ResponseCounter.objects.get().n == 37


@pytest.mark.django_db(transaction=True)
def test_the_first_answers_of_a_survey_may_come_together(opened):
    code = opened.iit_code
    done = at_once([lambda: services.accept_response(code=code, form=sheet(), today=TODAY)] * 60)
    assert done == {"str": 60}
    assert ResponseCounter.objects.get().n == 60


@pytest.mark.django_db(transaction=True)
def test_one_page_sent_many_times_at_once_is_one_answer(opened):
    form = sheet()
    code = opened.iit_code
    receipt = services.accept_response(code=code, form=sheet(), today=TODAY)
    answers: set[str] = set()
    done = at_once(
        [lambda: answers.add(services.accept_response(code=code, form=form, today=TODAY))] * 200
    )
    assert done == {"NoneType": 200}
    assert len(answers) == 1
    assert answers != {receipt}
    assert SurveyResponse.objects.count() == ResponseCounter.objects.get().n == 2


@pytest.mark.django_db(transaction=True)
def test_closing_while_answers_come_in_leaves_no_straggler(keyed):
    plain = keys.issue_keys(actor=System("test"), participation=keyed, instrument="IIT", n=200)
    code = keyed.iit_code
    calls = [
        lambda k=k: services.accept_response(code=code, form=sheet(key=k), today=TODAY)
        for k in plain
    ]
    calls.insert(100, lambda: closing.close_surveys(actor=System("test"), round=keyed.round))
    done = at_once(calls)
    assert set(done) <= {"str", "SurveyClosed", "int"}
    assert done["int"] == 1
    counted = ResponseCounter.objects.get(instrument="IIT").n
    assert (
        SurveyResponse.objects.count()
        == AccessKey.objects.filter(used=True).count()
        == counted
        == done["str"]
    )
    assert not SurveyResponse.objects.exclude(resend_hash=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="shuffling is for PostgreSQL")
def test_mixing_while_answers_come_in_loses_none(keyed):
    plain = keys.issue_keys(actor=System("test"), participation=keyed, instrument="IIT", n=200)
    code = keyed.iit_code
    calls = [
        lambda k=k: services.accept_response(code=code, form=sheet(key=k), today=TODAY)
        for k in plain
    ]
    for place in (40, 90, 140):
        calls.insert(place, lambda: closing.shuffle(actor=System("test"), round=keyed.round))
    assert at_once(calls) == {"str": 200, "NoneType": 3}
    assert SurveyResponse.objects.count() == AccessKey.objects.filter(used=True).count() == 200


def rows_of(url, statement):
    """Read with a connection of our own: the server's database is not the test database."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        with sqlite3.connect(parts.path) as db:
            return db.execute(statement).fetchall()
    import psycopg

    with psycopg.connect(url) as db:
        return db.execute(statement).fetchall()


@pytest.mark.slow
@pytest.mark.django_db
def test_kill_9_under_load_loses_no_acknowledged_answer(tmp_path):
    """A real server, killed three times: receipt ⇒ stored, key used ⇔ answer present."""
    kind = "sqlite" if connection.vendor == "sqlite" else "postgres"
    with live.fresh_database(kind, tmp_path) as url:
        made = live.fill(url, tmp_path, units=4, keys=500)
        questions = [f"i{n}.{k}" for n in range(1, 16) for k in (1, 2)]
        sent = [(secrets.token_hex(16), code, key) for code, many in made["keyed"] for key in many]
        secrets.SystemRandom().shuffle(sent)
        bodies = [
            (f"/s/{code}", live.filled(questions, submission, key))
            for submission, code, key in sent
        ]
        acknowledged: set[str] = set()
        for begin in (0, 600, 1200):
            part = range(begin, begin + 600)
            with live.serving(url, tmp_path) as server:

                def noted(n, status, _seconds, part=part, server=server):
                    if status == 200:
                        acknowledged.add(sent[part[n]][0])
                    if len(acknowledged) % 250 == 249:
                        server.kill()

                asyncio.run(
                    live.send(
                        server.port, [bodies[n] for n in part], connections=16, on_answer=noted
                    )
                )
        stored = {
            row[0] for row in rows_of(url, "SELECT resend_hash FROM assessments_surveyresponse")
        }
        used = {
            row[0] for row in rows_of(url, "SELECT key_hash FROM assessments_accesskey WHERE used")
        }
        assert len(acknowledged) > 400
        assert len(acknowledged) < 1800, "the server was never killed"
        assert {receipts.resend_hash(s) for s in acknowledged} <= stored
        by_resend = {receipts.resend_hash(s): receipts.key_hash(key) for s, _code, key in sent}
        assert {by_resend[mark] for mark in stored} == used
        assert sum(n for (n,) in rows_of(url, "SELECT n FROM assessments_responsecounter")) == len(
            stored
        )
