"""What an answer sheet does: stored once, whole, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.assessments.intake import keys, lookup, receipts, services
from sucharit.assessments.models import AccessKey, ResponseCounter, Round, SurveyResponse
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.intake import sheets
from tests.assessments.intake.sheets import MONDAY, TODAY, sheet

SYSTEM = System("test")


def send(part, form, *, today=TODAY, instrument="iit"):
    return services.accept_response(
        code=getattr(part, f"{instrument}_code"), form=form, today=today
    )


def test_an_answer_is_packed_and_counted(opened):
    receipt = send(opened, sheet("123412"))
    row = SurveyResponse.objects.get()
    assert bytes(row.answers) == bytes([0, 1, 2, 3, 0, 1])
    assert (row.participation, row.instrument, row.part, row.framework_version) == (
        opened,
        "IIT",
        "1",
        1,
    )
    assert row.id.version == 4
    assert ResponseCounter.objects.get().n == 1
    assert receipts.genuine(opened.iit_code, receipt)
    assert not receipts.genuine(opened.eit_code, receipt)
    assert not receipts.genuine(
        opened.iit_code, receipt[:-1] + ("2" if receipt[-1] != "2" else "3")
    )


def test_each_code_opens_its_own_survey_and_tells_nothing_of_the_other(opened):
    assert lookup.open_survey(opened.iit_code, TODAY).instrument == "IIT"
    assert lookup.open_survey(opened.eit_code, TODAY).instrument == "EIT"
    send(opened, sheet("1234", prefix="e"), instrument="eit")
    assert SurveyResponse.objects.get().instrument == "EIT"
    assert not set(opened.iit_code) & set("0O1IL")
    assert opened.iit_code != opened.eit_code


@pytest.mark.parametrize("day", ["2024-03-11", "2024-03-13", "2024-03-17"])
def test_an_answer_carries_its_week_only(opened, day):
    for _ in range(7):
        send(opened, sheet(), today=dt.date.fromisoformat(day))
    assert set(SurveyResponse.objects.values_list("day", flat=True)) == {MONDAY}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"i2.1": ""}, ["i2.1"]),
        ({"i1.1": "9", "i3.2": "0"}, ["i1.1", "i3.2"]),
        ({"i1.2": "1 "}, ["i1.2"]),
    ],
)
def test_a_question_without_valid_answer_stores_nothing(opened, change, wrong):
    with pytest.raises(services.InvalidAnswers) as caught:
        send(opened, sheet() | change)
    assert caught.value.questions == wrong
    assert not SurveyResponse.objects.exists()


def test_a_scale_may_allow_no_answer(moi):
    part = sheets.participation(sheets.round_of(moi, sheets.document(optional_last=True)), moi)
    form = sheet("1234")
    send(part, form)
    assert bytes(SurveyResponse.objects.get().answers) == bytes([0, 1, 2, 3, 255, 255])
    with pytest.raises(services.InvalidAnswers, match="answer"):
        send(part, sheet("1234") | {"i3.1": "4"})


@pytest.mark.parametrize("bad", ["", "xyz", "A" * 32, "0" * 33])
def test_a_page_without_its_id_is_refused(opened, bad):
    with pytest.raises(services.InvalidAnswers):
        send(opened, sheet() | {"submission": bad})


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"state": "review"},
        {"surveys_from": dt.date(2024, 3, 14)},
        {"surveys_to": dt.date(2024, 3, 12)},
    ],
)
def test_a_round_that_is_not_open_takes_nothing(moi, fields):
    part = sheets.participation(sheets.round_of(moi, **fields), moi)
    with pytest.raises(services.SurveyClosed) as closed:
        send(part, sheet())
    with pytest.raises(services.SurveyClosed) as unknown:
        services.accept_response(code="NOSUCHCODE", form=sheet(), today=TODAY)
    assert str(closed.value) == str(unknown.value)


def test_the_first_and_the_last_day_belong_to_the_survey(opened):
    send(opened, sheet(), today=opened.round.surveys_from)
    send(opened, sheet(), today=opened.round.surveys_to)
    assert SurveyResponse.objects.count() == 2


def test_a_round_that_leaves_open_is_shut_at_once_although_remembered(opened):
    send(opened, sheet())
    Round.objects.update(state="review")
    with pytest.raises(services.SurveyClosed):
        send(opened, sheet())
    assert SurveyResponse.objects.count() == ResponseCounter.objects.get().n == 1


def test_a_framework_without_questions_opens_no_survey(moi):
    part = sheets.participation(sheets.round_of(moi, sheets.document(eit=0)), moi)
    assert lookup.open_survey(part.eit_code, TODAY) is None
    assert lookup.open_survey(part.iit_code, TODAY) is not None


def test_a_cap_holds(opened):
    ResponseCounter.objects.create(participation=opened, instrument="IIT", part="1", cap=2)
    first = sheet()
    receipt = send(opened, first)
    send(opened, sheet())
    with pytest.raises(services.SurveyFull):
        send(opened, sheet())
    assert send(opened, first) == receipt  # a resend is no new answer
    assert SurveyResponse.objects.count() == 2


def one_key(part, instrument="IIT"):
    return keys.issue_keys(actor=SYSTEM, participation=part, instrument=instrument, n=1)[0]


def test_a_key_works_once_however_it_is_typed(keyed):
    key = one_key(keyed)
    send(keyed, sheet(key=f" {key[:4].lower()}-{key[4:8]} {key[8:]}"))
    with pytest.raises(services.KeyRefused):
        send(keyed, sheet(key=key))
    assert SurveyResponse.objects.count() == 1


@pytest.mark.parametrize("key", ["", "WRONGWRONG22", "other survey", "other unit"])
def test_a_key_of_elsewhere_is_refused(keyed, make, key):
    if key == "other survey":
        key = one_key(keyed, "EIT")
    if key == "other unit":
        key = one_key(sheets.participation(keyed.round, make.unit()))
    with pytest.raises(services.KeyRefused):
        send(keyed, sheet(key=key))
    assert not AccessKey.objects.filter(used=True).exists()


def test_a_refused_sheet_leaves_its_key_good(keyed):
    key = one_key(keyed)
    ResponseCounter.objects.create(participation=keyed, instrument="IIT", part="1", cap=0)
    with pytest.raises(services.SurveyFull):
        send(keyed, sheet(key=key))
    with pytest.raises(services.InvalidAnswers):
        send(keyed, {**sheet(key=key), "i1.1": ""})
    assert not AccessKey.objects.get().used
    ResponseCounter.objects.update(cap=None)
    send(keyed, sheet(key=key))
    assert AccessKey.objects.get().used


SAME, OTHER = "111111", "222222"


@pytest.mark.parametrize(
    ("again", "key", "outcome"),
    [
        (SAME, "same", "receipt"),
        (OTHER, "same", services.AlreadySent),
        (SAME, "unused", services.AlreadySent),  # another person on a shared device
        (OTHER, "unused", services.AlreadySent),
        (SAME, "unknown", "receipt"),
        (OTHER, "unknown", services.AlreadySent),
    ],
)
def test_the_resend_table_of_keyed_surveys(keyed, again, key, outcome):
    used, unused = keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=2)
    first = sheet(SAME, key=used)
    receipt = send(keyed, first)
    form = sheet(
        again,
        key={"same": used, "unused": unused, "unknown": "Q" * 12}[key],
        submission=first["submission"],
    )
    if outcome == "receipt":
        assert send(keyed, form) == receipt
    else:
        with pytest.raises(outcome):
            send(keyed, form)
    assert SurveyResponse.objects.count() == AccessKey.objects.filter(used=True).count() == 1
    send(keyed, sheet(OTHER, key=unused))  # the other person's key is still good on a fresh page


@pytest.mark.parametrize(("again", "outcome"), [(SAME, "receipt"), (OTHER, services.AlreadySent)])
def test_the_resend_table_of_open_links(opened, again, outcome):
    first = sheet(SAME)
    receipt = send(opened, first)
    form = sheet(again, submission=first["submission"])
    if outcome == "receipt":
        assert send(opened, form) == receipt
    else:
        with pytest.raises(outcome):
            send(opened, form)
    assert SurveyResponse.objects.count() == ResponseCounter.objects.get().n == 1


def test_a_page_sent_to_another_survey_is_no_resend(opened, make):
    other = sheets.participation(opened.round, make.unit())
    form = sheet(SAME)
    send(opened, form)
    with pytest.raises(services.AlreadySent):
        send(other, form)


def test_keys_are_given_once_and_only_their_hashes_stay(keyed, make):
    officer = make.user("unit_officer", keyed.unit)
    plain = keys.issue_keys(actor=officer, participation=keyed, instrument="IIT", n=50)
    assert len(set(plain)) == 50
    stored = set(AccessKey.objects.values_list("key_hash", flat=True))
    assert stored == {receipts.key_hash(k) for k in plain}
    assert not stored & set(plain)
    row = LedgerEntry.objects.get(action="assessments.keys_issued")
    assert '"n":50' in row.data
    assert not any(k in row.data or receipts.key_hash(k) in row.data for k in plain)
    assert keys.key_counts(keyed) == {"IIT": 50, "EIT": 0}


@pytest.mark.parametrize(("n", "instrument"), [(0, "IIT"), (-1, "IIT"), (2001, "IIT"), (5, "OIT")])
def test_impossible_key_orders_are_refused(keyed, n, instrument):
    with pytest.raises(Refusal):
        keys.issue_keys(actor=SYSTEM, participation=keyed, instrument=instrument, n=n)


def test_keys_belong_to_rounds_with_keys_and_to_who_may(opened, keyed, make):
    with pytest.raises(Refusal):
        keys.issue_keys(actor=SYSTEM, participation=opened, instrument="IIT", n=1)
    with pytest.raises(NotFoundInScope):
        keys.issue_keys(actor=make.user(), participation=keyed, instrument="IIT", n=1)
    with pytest.raises(Forbidden):
        keys.issue_keys(
            actor=make.user("auditor", keyed.unit), participation=keyed, instrument="IIT", n=1
        )
    Round.objects.update(state="review")
    with pytest.raises(Refusal):
        keys.issue_keys(actor=SYSTEM, participation=keyed, instrument="IIT", n=1)


def test_part_two_is_taken_from_assessors(opened, make):
    assessor = make.user("assessor", opened.unit)
    batch = [{"e1.1": "1", "e1.2": "2", "e2.1": "3"}, {"e1.1": "4"}]
    assert (
        services.record_part2(actor=assessor, participation=opened, sheets=batch, today=TODAY) == 2
    )
    rows = SurveyResponse.objects.all()
    assert {(r.instrument, r.part, bytes(r.answers), r.day) for r in rows} == {
        ("EIT", "2", bytes([0, 1, 2, 255]), MONDAY),
        ("EIT", "2", bytes([3, 255, 255, 255]), MONDAY),
    }
    assert ResponseCounter.objects.get().n == 2
    assert LedgerEntry.objects.filter(action="assessments.part2_recorded").count() == 1
    with pytest.raises(Refusal):
        services.record_part2(
            actor=assessor, participation=opened, sheets=[{"e1.1": "9"}], today=TODAY
        )
    officer = make.user("unit_officer", opened.unit)
    with pytest.raises(Forbidden):
        services.record_part2(actor=officer, participation=opened, sheets=batch, today=TODAY)
