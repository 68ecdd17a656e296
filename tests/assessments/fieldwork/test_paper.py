"""Paper forms: two entries, the paper decides, one commit; and what must never stay behind."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction

from sucharit.assessments.fieldwork.services import paper, settling
from sucharit.assessments.intake import closing, services
from sucharit.assessments.models import (
    PaperBatch,
    PaperEntry,
    ResponseCounter,
    Round,
    SurveyResponse,
)
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.fieldwork.conftest import WIDTH
from tests.assessments.intake.sheets import MONDAY, TODAY, sheet

FORMS = 6


def open_batch(field, **more):
    given = {"instrument": "IIT", "forms": FORMS, **more}
    return paper.open_batch(actor=field.ann, participation=field.part, **given)


def rows(batch, change=None):
    """Form n answers n-th digits in turn; ``change``: {form: digits}."""
    width = WIDTH[batch.instrument]
    made = {n: [str((n + k) % 4 + 1) for k in range(width)] for n in range(1, batch.forms + 1)}
    return made | {form: list(digits) for form, digits in (change or {}).items()}


def key(batch, who, change=None):
    paper.save_rows(actor=who, batch=batch, rows=rows(batch, change))
    return paper.finish_entry(actor=who, batch=batch)


def test_two_equal_entries_are_one_and_every_form_becomes_an_answer(field):
    batch = open_batch(field)
    assert key(batch, field.ann).state == "keying"
    agreed = key(batch, field.bob)
    assert (agreed.state, agreed.differing) == ("agreed", 0)
    assert [e.side for e in agreed.entries.all()] == ["C"]
    assert settling.commit_batch(actor=field.cat, batch=batch) == FORMS
    stored = SurveyResponse.objects.all()
    assert {(r.instrument, r.part, r.day, r.resend_hash) for r in stored} == {
        ("IIT", "1", MONDAY, None)
    }
    wanted = sorted(bytes(int(d) - 1 for d in row) for row in rows(batch).values())
    assert sorted(bytes(r.answers) for r in stored) == wanted
    assert ResponseCounter.objects.get().n == FORMS


def test_only_counts_and_keyers_stay(field):
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)
    settling.commit_batch(actor=field.cat, batch=batch)
    assert not PaperEntry.objects.exists()
    batch.refresh_from_db()
    assert (batch.state, batch.keyed_a, batch.keyed_b) == ("committed", field.ann, field.bob)
    actions = list(LedgerEntry.objects.order_by("seq").values_list("action", "data"))
    assert [a for a, _ in actions] == [
        "assessments.paper_opened",
        "assessments.paper_keyed",
        "assessments.paper_keyed",
        "assessments.paper_committed",
    ]
    assert str(FORMS) in actions[-1][1]


def test_rows_lie_in_the_order_of_random_ids_not_of_forms(field):
    """Forty different forms: the order of the table and of the pile match by chance only."""
    batch = open_batch(field, forms=40)
    given = {n: [str(n // 4**k % 4 + 1) for k in range(6)] for n in range(1, 41)}
    for who in (field.ann, field.bob):
        paper.save_rows(actor=who, batch=batch, rows=given)
        paper.finish_entry(actor=who, batch=batch)
    settling.commit_batch(actor=field.ann, batch=batch)
    found = [bytes(r.answers) for r in SurveyResponse.objects.all()]
    pile = [bytes(int(d) - 1 for d in row) for row in given.values()]
    assert sorted(found) == sorted(pile)
    assert sum(a == b for a, b in zip(found, pile, strict=True)) < 8


def test_the_paper_decides_where_two_entries_differ(field):
    batch = open_batch(field)
    key(batch, field.ann, {2: "111111"})
    held = key(batch, field.bob, {2: "111110", 5: "222222"})
    assert held.state == "differs"
    found = paper.differences(held)
    assert held.differing == len(found)
    assert (2, 5, 0, 255) in {(d.form, d.column, d.first, d.second) for d in found}
    decided = {(d.form, d.column): "3" for d in found}
    with pytest.raises(Refusal) as refused:
        settling.decide(actor=field.cat, batch=batch, decided=decided | {(2, 5): ""})
    assert refused.value.where == "2-5"
    with pytest.raises(Refusal):
        settling.decide(actor=field.cat, batch=batch, decided=decided | {(2, 5): "5"})
    assert PaperEntry.objects.filter(batch=batch).count() == 2
    settled = settling.decide(actor=field.cat, batch=batch, decided=decided)
    assert (settled.state, settled.decided_by) == ("agreed", field.cat)
    assert [e.side for e in settled.entries.all()] == ["C"]
    settling.commit_batch(actor=field.cat, batch=batch)
    assert bytes([0, 0, 0, 0, 0, 2]) in [bytes(r.answers) for r in SurveyResponse.objects.all()]


def test_one_account_cannot_be_both_entries_and_a_third_is_refused(field):
    batch = open_batch(field)
    key(batch, field.ann)
    with pytest.raises(Refusal, match="จบการคีย์แล้ว"):
        paper.save_rows(actor=field.ann, batch=batch, rows=rows(batch))
    paper.save_rows(actor=field.bob, batch=batch, rows={1: rows(batch)[1]})
    with pytest.raises(Refusal, match="มีผู้คีย์ชุดนี้ครบแล้ว"):
        paper.save_rows(actor=field.cat, batch=batch, rows=rows(batch))
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperBatch.objects.filter(pk=batch.pk).update(keyed_b=field.ann)


def test_nobody_sees_the_other_entry_while_keying(field):
    batch = open_batch(field)
    key(batch, field.ann)
    batch.refresh_from_db()
    assert paper.own_entry(batch, field.bob) is None
    assert paper.own_entry(batch, field.cat) is None
    assert paper.own_entry(batch, field.ann) is not None


def test_an_entry_is_finished_only_when_every_cell_is_keyed(field):
    batch = open_batch(field)
    saved = paper.save_rows(
        actor=field.ann, batch=batch, rows={1: [*list("11111"), ""], 2: list("111119")}
    )
    assert saved.wrong == [(2, 5)]
    with pytest.raises(Refusal) as refused:
        paper.finish_entry(actor=field.ann, batch=batch)
    assert refused.value.where == "1"
    assert not LedgerEntry.objects.filter(action="assessments.paper_keyed").exists()


@pytest.mark.parametrize("given", [{7: ["1"] * 6}, {0: ["1"] * 6}, {1: ["1"] * 5}])
def test_rows_that_do_not_fit_the_batch_are_refused(field, given):
    with pytest.raises(Refusal):
        paper.save_rows(actor=field.ann, batch=open_batch(field), rows=given)


@pytest.mark.parametrize(
    "wrong",
    [{"forms": 4}, {"forms": 101}, {"instrument": "OIT"}, {"instrument": "IIT", "part": "2"}],
)
def test_an_impossible_batch_is_refused(field, wrong):
    with pytest.raises(Refusal):
        open_batch(field, **wrong)
    assert not PaperBatch.objects.exists()


def test_the_cap_of_the_survey_holds_for_paper_too(field):
    ResponseCounter.objects.create(participation=field.part, instrument="IIT", n=35, cap=40)
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)
    with pytest.raises(Refusal, match="มากกว่าจำนวนคน"):
        settling.commit_batch(actor=field.ann, batch=batch)
    assert not SurveyResponse.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "agreed"
    assert batch.entries.count() == 1  # nothing was lost


def test_rights(field):
    batch = open_batch(field)
    key(batch, field.ann)
    with pytest.raises(NotFoundInScope):
        paper.save_rows(actor=field.stranger, batch=batch, rows=rows(batch))
    with pytest.raises(NotFoundInScope):
        paper.drop_batch(actor=field.district, batch=batch)
    for who in (field.assessor, field.auditor):
        with pytest.raises(Forbidden):
            paper.save_rows(actor=who, batch=batch, rows=rows(batch))
        with pytest.raises(Forbidden):
            settling.commit_batch(actor=who, batch=batch)
    with pytest.raises(Refusal):
        paper.save_rows(actor=System("test"), batch=batch, rows=rows(batch))


def test_a_dropped_batch_keeps_nothing_and_goes_nowhere(field):
    batch = open_batch(field)
    key(batch, field.ann)
    paper.drop_batch(actor=field.ann, batch=batch)
    assert not PaperEntry.objects.exists()
    for call in (paper.drop_batch, settling.commit_batch, paper.finish_entry):
        with pytest.raises(Refusal):
            call(actor=field.ann, batch=batch)


@pytest.mark.django_db(transaction=True)
def test_closing_gives_up_what_was_not_committed_in_time(field):
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)
    part2 = paper.open_batch(
        actor=field.assessor, participation=field.part, instrument="EIT", part="2", forms=5
    )
    paper.save_rows(actor=field.assessor, batch=part2, rows={1: ["1"] * 4})
    closing.close_surveys(actor=System("test"), round=field.round)
    batch.refresh_from_db()
    part2.refresh_from_db()
    assert (batch.state, part2.state) == ("dropped", "keying")
    assert {e.batch_id for e in PaperEntry.objects.all()} == {part2.pk}
    entry = LedgerEntry.objects.get(action="assessments.surveys_closed")
    assert f'"paper_dropped":{FORMS}' in entry.data.replace(" ", "")
    with pytest.raises(Refusal):
        settling.commit_batch(actor=field.ann, batch=batch)
    with pytest.raises(Refusal):
        open_batch(field)


def test_part_2_is_for_assessors_and_may_be_keyed_once_but_says_so(field):
    with pytest.raises(Forbidden):
        paper.open_batch(
            actor=field.ann, participation=field.part, instrument="EIT", part="2", forms=5
        )
    batch = paper.open_batch(
        actor=field.assessor,
        participation=field.part,
        instrument="EIT",
        part="2",
        forms=5,
        double=False,
    )
    held = key(batch, field.assessor, {3: "0123"})
    assert (held.state, held.double, held.differing) == ("agreed", False, None)
    Round.objects.update(state="review")
    assert settling.commit_batch(actor=field.assessor, batch=batch) == 5
    assert set(SurveyResponse.objects.values_list("instrument", "part")) == {("EIT", "2")}
    assert bytes([255, 0, 1, 2]) in [bytes(r.answers) for r in SurveyResponse.objects.all()]
    counter = ResponseCounter.objects.get()
    assert (counter.part, counter.n) == ("2", 5)
    assert LedgerEntry.objects.filter(action="assessments.part2_recorded").count() == 1


def test_part_1_is_always_keyed_twice(field):
    batch = open_batch(field, double=False)
    assert batch.double
    assert key(batch, field.ann).state == "keying"


def test_an_assessor_with_a_stake_in_the_unit_keys_nothing_of_it(field, make):
    from sucharit.orgs.models import RoleAssignment

    RoleAssignment.objects.create(
        user=field.assessor, role="unit_officer", unit=field.units["th-38"]
    )
    with pytest.raises(Forbidden):
        paper.open_batch(
            actor=field.assessor, participation=field.part, instrument="EIT", part="2", forms=5
        )


def at_once(calls):
    """Run the calls in threads of their own; gives results, refusals as their class."""

    def run(call):
        try:
            return call()
        except Refusal as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_committed_once_however_many_press_the_button(field):
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)
    done = at_once([lambda: settling.commit_batch(actor=field.cat, batch=batch)] * 12)
    assert done.count(FORMS) == 1
    assert done.count(Refusal) == 11
    assert SurveyResponse.objects.count() == ResponseCounter.objects.get().n == FORMS


@pytest.mark.django_db(transaction=True)
def test_two_people_who_begin_at_the_same_moment_become_a_and_b(field):
    batch = open_batch(field)
    gate = threading.Barrier(3)

    def begin(who):
        gate.wait(10)
        return paper.save_rows(actor=who, batch=batch, rows={1: rows(batch)[1]})

    done = at_once([lambda w=w: begin(w) for w in (field.ann, field.bob, field.cat)])
    assert done.count(Refusal) == 1
    batch.refresh_from_db()
    assert batch.keyed_a_id != batch.keyed_b_id
    assert sorted(e.side for e in batch.entries.all()) == ["A", "B"]


@pytest.mark.django_db(transaction=True)
def test_paper_and_online_answers_together_never_pass_the_cap(field):
    ResponseCounter.objects.create(participation=field.part, instrument="IIT", cap=20)
    batches = []
    for _ in range(3):
        batch = open_batch(field)
        key(batch, field.ann)
        key(batch, field.bob)
        batches.append(batch)
    code = field.part.iit_code
    online = [lambda: services.accept_response(code=code, form=sheet(), today=TODAY)] * 9
    commits = [lambda b=b: settling.commit_batch(actor=field.ann, batch=b) for b in batches]
    at_once(online + commits)
    n = ResponseCounter.objects.get().n
    assert SurveyResponse.objects.count() == n <= 20
    committed = PaperBatch.objects.filter(state="committed").count()
    assert PaperEntry.objects.count() == 3 - committed


@pytest.mark.django_db(transaction=True)
def test_head_counts_reminders_and_closing_do_not_block_answers_for_ever(field):
    """On PostgreSQL a full lock on the unit and an answer's lock on its counter would deadlock."""
    import datetime as dt

    from sucharit.assessments.fieldwork.services.reminders import remind_units
    from sucharit.assessments.services import rounds
    from sucharit.assessments.services.population import set_population

    code, today = field.part.iit_code, dt.date(2024, 3, 13)
    services.accept_response(code=code, form=sheet(), today=TODAY)
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)
    calls = [lambda: services.accept_response(code=code, form=sheet(), today=TODAY)] * 12
    calls[3:3] = [
        lambda: set_population(
            actor=field.ann, participation=field.part, staff_count=40, public_count=300,
            counted_on=today, on=today,
        ),
        lambda: remind_units(actor=field.centre, round=field.round),
        lambda: settling.commit_batch(actor=field.ann, batch=batch),
    ]  # fmt: skip
    calls.append(lambda: rounds.close_surveys(actor=field.centre, round=field.round))
    done = []

    def run(call):
        try:
            done.append(call())
        except (Refusal, NotFoundInScope) as refused:
            done.append(type(refused))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(run, calls))
    assert len(done) == len(calls)
    counter = ResponseCounter.objects.get(participation=field.part, instrument="IIT")
    assert SurveyResponse.objects.count() == counter.n
    assert counter.closed
    assert not PaperEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_dies_half_way_leaves_everything_as_it_was(field, monkeypatch):
    batch = open_batch(field)
    key(batch, field.ann)
    key(batch, field.bob)

    def die(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(settling, "record", die)
    with pytest.raises(KeyboardInterrupt):
        settling.commit_batch(actor=field.ann, batch=batch)
    monkeypatch.undo()
    assert not SurveyResponse.objects.exists()
    assert not ResponseCounter.objects.filter(n__gt=0).exists()
    assert settling.commit_batch(actor=field.ann, batch=batch, on=TODAY) == FORMS
