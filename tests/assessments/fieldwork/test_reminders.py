"""Units are reminded, not persons: whom, how often, by whom; and the fill behind it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import override

from sucharit.assessments.fieldwork import queries
from sucharit.assessments.fieldwork.desk import desk_items
from sucharit.assessments.fieldwork.services.reminders import reach_of, remind_units
from sucharit.assessments.models import Participation, Reminder, ResponseCounter, Round
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.intake.sheets import TODAY


def answered(field, code, iit, eit):
    for instrument, n in (("IIT", iit), ("EIT", eit)):
        ResponseCounter.objects.update_or_create(
            participation=field.parts[code], instrument=instrument, defaults={"n": n}
        )


def codes(reminders):
    return sorted(Participation.objects.filter(reminders__in=reminders).values_list("unit__code", flat=True))  # fmt: skip


def remind(field, who="centre", **more):
    return remind_units(actor=getattr(field, who), round=field.round, **more)


def test_the_centre_reminds_every_unit_that_lacks_answers(field):
    answered(field, "th-38", 30, 30)  # enough: 10 % of 300, at least 30 of 40
    answered(field, "th-66", 30, 29)
    made = remind(field, message=" โปรดประชาสัมพันธ์ ")
    assert codes(made) == ["moi-cdd", "th-3801", "th-66"]
    assert {(r.message, r.sent_by) for r in made} == {("โปรดประชาสัมพันธ์", field.centre)}
    entry = LedgerEntry.objects.get(action="assessments.units_reminded")
    assert '"units":3' in entry.data.replace(" ", "")
    assert "โปรด" not in entry.data


def test_below_counts_the_emptier_survey_in_shown_steps(field):
    answered(field, "th-38", 30, 24)  # shown as 20: 66 %
    answered(field, "th-66", 30, 25)  # shown as 25: 83 %
    answered(field, "moi-cdd", 15, 30)  # 50 %
    assert codes(remind(field, below=67)) == ["moi-cdd", "th-38", "th-3801"]


def test_a_unit_is_reminded_once_in_three_days_whoever_reminds(field, monkeypatch):
    assert len(remind(field)) == 4
    assert remind(field) == []
    assert remind(field, "ann") == []
    later = clock.now() + dt.timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later - dt.timedelta(seconds=1))
    assert remind(field) == []
    monkeypatch.setattr(clock, "now", lambda: later)
    assert len(remind(field)) == 4


def test_a_province_reminds_what_lies_below_it_and_nobody_else(field):
    assert codes(remind(field, "ann")) == ["th-3801"]
    assert reach_of(actor=field.district, round=field.round).count() == 0
    assert codes(remind(field, under=field.units["th-66"])) == ["th-66"]


def test_who_may_not(field, make):
    for who in ("assessor", "auditor"):
        with pytest.raises(Forbidden):
            remind(field, who)
    with pytest.raises(NotFoundInScope):
        remind_units(actor=make.user(), round=field.round)
    outside = make.user("unit_officer", field.units["moi-dol"])
    assert remind_units(actor=outside, round=field.round) == []
    assert Reminder.objects.count() == 0


def test_a_unit_without_head_count_is_not_reminded_of_answers(field):
    Participation.objects.update(staff_count=None, public_count=None)
    assert remind(field) == []


def test_of_very_few_people_nothing_is_told_by_a_reminder(field):
    """Three staff, all answered or none: no reminder and no figure tells which."""
    Participation.objects.update(staff_count=3, public_count=300)
    for n in (0, 3):
        answered(field, "th-38", n, 30)
        row = next(r for r in queries.fill_of(field.round) if r.participation == field.part)
        assert row.short == []
        with override("en"):
            assert queries.figure(row.surveys["IIT"]) == "fewer than 5"
    assert "th-38" not in codes(remind(field))


@pytest.mark.parametrize("below", [0, 101])
def test_a_wrong_mark_or_too_long_a_message_is_refused(field, below):
    with pytest.raises(ValidationError) as caught:
        remind(field, below=below, message="x" * 501)
    assert set(caught.value.message_dict) == {"below", "message"}


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft"},
        {"state": "review"},
        {"surveys_to": TODAY - dt.timedelta(days=1)},
        {"surveys_from": TODAY + dt.timedelta(days=1)},
        {"surveys_closed_at": dt.datetime(2024, 3, 12, tzinfo=dt.UTC)},
    ],
)
def test_nobody_is_reminded_while_no_answer_can_come_in(field, change):
    Round.objects.update(**change)
    with pytest.raises(Refusal):
        remind(field)


def test_officers_of_the_unit_see_it_on_their_desk_until_there_are_enough(field):
    assert list(desk_items(field.ann)) == []
    remind(field)
    items = list(desk_items(field.ann))
    assert [i.unit.code for i in items] == ["th-38"]  # not the district below
    assert items[0].due_on == field.round.surveys_to
    assert [i.unit.code for i in desk_items(field.district)] == ["th-3801"]
    assert list(desk_items(field.centre)) == []
    answered(field, "th-38", 30, 30)
    assert list(desk_items(field.ann)) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_make_one_reminder_a_unit(field):
    def call(_):
        try:
            return len(remind(field))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(call, range(6))) == [0, 0, 0, 0, 0, 4]
    assert Reminder.objects.count() == 4


def test_the_fill_of_a_round_costs_two_queries(field, django_assert_num_queries):
    queries.overview(field.centre, field.round)  # edition and roles are read once
    with django_assert_num_queries(2):
        found = queries.overview(field.centre, field.round)
    assert len(found.rows) == 4


def test_the_overview_is_emptiest_first_and_sums_what_it_shows(field):
    answered(field, "th-38", 44, 30)
    answered(field, "th-66", 26, 30)
    found = queries.overview(field.centre, field.round)
    assert [r.participation.unit.code for r in found.rows] == ["moi-cdd", "th-3801", "th-66", "th-38"]  # fmt: skip
    assert {s.value: n for s, n in found.counts.items() if n} == {"far": 2, "near": 1, "enough": 1}
    assert found.total("IIT") == (40 + 25, 4 * 30)
    mine = queries.overview(field.ann, field.round)
    assert {r.participation.unit.code for r in mine.rows} == {"th-38", "th-3801"}
    below = queries.overview(field.centre, field.round, under=field.units["th-66"])
    assert {r.participation.unit.code for r in below.rows} == {"th-66"}


def test_single_answers_do_not_move_the_figure_or_its_state(field):
    """The attack: look at the page after every answer and note when it changed."""
    seen = []
    for n in range(60):
        answered(field, "th-38", n, 0)
        row = next(r for r in queries.fill_of(field.round) if r.participation == field.part)
        total = queries.overview(field.ann, field.round).total("IIT")
        seen.append((row.surveys["IIT"], row.state, total))
    lengths, run = [], 1
    for before, after in pairwise(seen):
        if before == after:
            run += 1
        else:
            lengths.append(run)
            run = 1
    assert min(lengths) >= 5
    assert len(lengths) == 11


def test_choices_of_a_subtree_are_units_with_units_below(field):
    assert {u.code for u in queries.areas(field.centre, field.round)} == {"moi", "th-38"}
    assert {u.code for u in queries.areas(field.ann, field.round)} == {"th-38"}
    with pytest.raises(NotFoundInScope):
        queries.unit_under(field.ann, "th-66")
