"""A round from draft to announcement: calendar, units, guards, numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sucharit.assessments.models import Mark, Objection, Participation, Round, ScoreRun
from sucharit.assessments.queries.rounds import late
from sucharit.assessments.queries.samples import samples_of
from sucharit.assessments.services import marking, objections, oit, population, rounds
from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from tests import make
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return rm.world()


def create(world, **changes):
    calendar = rm.CALENDAR | {k: v for k, v in changes.items() if k in rm.CALENDAR}
    rest = {k: v for k, v in changes.items() if k not in rm.CALENDAR}
    fields = {
        "actor": world.centre, "owner": world.units["moi"], "framework": world.round.framework, "fiscal_year": 2567,
        "title_th": "รอบใหม่", "tree_date": dt.date(2024, 1, 1), "calendar": calendar,
    } | rest  # fmt: skip
    return rounds.create_round(**fields)


def test_a_new_round_is_a_draft_and_stands_in_the_ledger(world):
    made = create(world)
    assert made.state == Round.State.DRAFT
    row = LedgerEntry.objects.get(action="assessments.round.created")
    assert row.unit == "moi"
    assert row.fiscal_year == 2567


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("surveys_from", dt.date(2023, 9, 30)),  # the day before the fiscal year
        ("objection_to", dt.date(2024, 10, 1)),  # the day after it
        ("surveys_to", dt.date(2023, 12, 31)),  # before its own start
        ("oit_to", dt.date(2024, 3, 31)),
        ("review_to", dt.date(2024, 5, 15)),  # the day the surveys end
        ("review_to", dt.date(2024, 4, 30)),
        ("objection_from", dt.date(2024, 5, 31)),  # the day marking ends
        ("objection_to", dt.date(2024, 5, 31)),
    ],
)
def test_dates_out_of_order_or_year_are_named(world, field, day):
    with pytest.raises(ValidationError) as caught:
        create(world, **{field: day})
    assert field in caught.value.message_dict
    assert Round.objects.count() == 1


def test_first_and_last_day_of_the_year_and_one_day_windows_are_fine(world):
    create(
        world,
        surveys_from=dt.date(2023, 10, 1),
        objection_from=dt.date(2024, 9, 30),
        objection_to=dt.date(2024, 9, 30),
    )


def test_the_database_refuses_a_window_that_ends_before_it_begins(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=world.round.pk).update(oit_to=dt.date(2024, 3, 1))


def test_units_are_those_alive_on_the_tree_date(world):
    make.unit("moi-old", parent=world.units["moi"], valid_to=dt.date(2023, 12, 31))
    make.unit("moi-last", parent=world.units["moi"], valid_to=dt.date(2024, 1, 1))
    make.unit("moi-new", parent=world.units["moi"], valid_from=dt.date(2024, 1, 2))
    make.unit("moi-pea", parent=world.units["moi"], kind="enterprise")
    make.unit("else", kind="department")
    made = create(world)
    assert rounds.add_participations(actor=world.centre, round=made) == 6
    codes = set(made.participations.values_list("unit__code", flat=True))
    assert codes == {"moi-cdd", "moi-dol", "th-38", "th-66", "moi-last", "moi-pea"}
    before = set(made.participations.values_list("iit_code", "eit_code"))
    assert rounds.add_participations(actor=world.centre, round=made) == 0
    assert set(made.participations.values_list("iit_code", "eit_code")) == before


def test_a_district_or_a_closed_unit_cannot_be_added_by_hand(world):
    with pytest.raises(Refusal) as caught:
        rounds.add_participations(
            actor=world.centre,
            round=create(world),
            units=[world.units["th-38"], world.units["th-3801"]],
        )
    assert "th-3801" in str(caught.value)


def test_a_round_opens_only_with_units_and_a_complete_framework(world):
    made = create(world)
    with pytest.raises(Refusal):
        rounds.open_round(actor=world.centre, round=made)
    rounds.add_participations(actor=world.centre, round=made)
    type(made.framework).objects.update(complete=False)
    with pytest.raises(Refusal):
        rounds.open_round(actor=world.centre, round=made)
    type(made.framework).objects.update(complete=True)
    assert rounds.open_round(actor=world.centre, round=made).state == "open"


def test_surveys_close_once(world):
    assert rounds.close_surveys(actor=world.centre, round=world.round).surveys_closed_at
    with pytest.raises(Refusal):
        rounds.close_surveys(actor=world.centre, round=world.round)
    with pytest.raises(Refusal):
        count(world)


def test_marking_waits_for_closed_surveys_and_an_approved_report(world):
    with pytest.raises(Refusal):
        rounds.start_review(actor=world.centre, round=world.round)
    rounds.close_surveys(actor=world.centre, round=world.round)
    with pytest.raises(Refusal):
        rounds.start_review(actor=world.centre, round=world.round)
    world.set(oit_state="approved")
    assert rounds.start_review(actor=world.centre, round=world.round).state == "review"


def test_objections_wait_for_every_unit_s_marks(world):
    world.set(round_state="review", oit_state="approved")
    with pytest.raises(Refusal):
        rounds.open_objections(actor=world.centre, round=world.round)
    world.set(oit_state="scored")
    assert rounds.open_objections(actor=world.centre, round=world.round).state == "objection"


def test_the_result_waits_for_the_window_and_every_decision(world):
    world.set(round_state="objection", oit_state="scored")
    with pytest.raises(Refusal):
        rounds.finalise(actor=world.centre, round=world.round, on=rm.CALENDAR["objection_to"])
    made = Objection.objects.create(participation=world.part(), item="O1", reason="มี")
    with pytest.raises(Refusal):
        rounds.finalise(actor=world.centre, round=world.round, on=rm.AFTER)
    made.state = Objection.State.UPHELD
    made.save()
    final = rounds.finalise(actor=world.centre, round=world.round, on=rm.AFTER)
    assert (final.state, final.announced_on) == ("final", rm.AFTER)
    assert set(Participation.objects.values_list("oit_state", flat=True)) == {"final"}
    assert ScoreRun.objects.get(current=True).public


def count(world, *, staff=420, public=2600, on_day=rm.TODAY):
    return population.set_population(
        actor=world.officer,
        participation=world.part(),
        staff_count=staff,
        public_count=public,
        counted_on=on_day,
        on=rm.TODAY,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff": 0}, "staff_count"),
        ({"public": 0}, "public_count"),
        ({"on_day": dt.date(2024, 4, 11)}, "counted_on"),
        ({"on_day": dt.date(2023, 9, 30)}, "counted_on"),
    ],
)
def test_head_counts_are_checked(world, change, field):
    with pytest.raises(ValidationError) as caught:
        count(world, **change)
    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("population", "least", "word"),
    [(25, 25, "30"), (299, 30, "30"), (1234, 124, "1,234"), (12_000, 400, "400")],
)
def test_the_least_number_comes_with_its_reason(world, population, least, word):
    from django.utils.translation import override

    p = count(world, staff=population)
    with override("en"):
        sample = samples_of(p)[0]
    assert (sample.least, sample.population) == (least, population)
    assert word in sample.why


def test_without_a_head_count_the_least_number_is_unknown_not_zero(world):
    assert [s.least for s in samples_of(world.part())] == [None, None]


def test_the_whole_year(world):
    """Round → answers → approval → marks → objection → changed mark → announced scores."""
    count(world)
    for n in range(1, 7):
        oit.save_entry(
            actor=world.officer, participation=world.part(), item=f"O{n}", links=[f"https://a.go.th/{n}"], explanation="",
            nothing_to_show=False, version=0, on=rm.TODAY,
        )  # fmt: skip
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)
    rounds.close_surveys(actor=world.centre, round=world.round)
    rounds.start_review(actor=world.centre, round=world.round)
    for n in range(1, 7):
        points = "0" if n in {1, 4} else "100"
        marking.mark_item(
            actor=world.assessor,
            participation=world.part(),
            item=f"O{n}",
            points=points,
            comment="ไม่พบ",
        )
    marking.finish_marking(actor=world.assessor, participation=world.part())
    rounds.open_objections(actor=world.centre, round=world.round)
    day = rm.CALENDAR["objection_from"]
    objections.raise_objection(
        actor=world.officer, participation=world.part(), item="O4", reason="มี", on=day
    )
    objections.decide_objection(
        actor=world.assessor2,
        participation=world.part(),
        item="O4",
        points="100",
        answer="พบ",
        on=day,
    )
    rounds.finalise(actor=world.centre, round=world.round, on=rm.AFTER)
    run = ScoreRun.objects.get(current=True)
    oit_score = run.results.get(unit__code="th-38").nodes.get(node="OIT")
    # 9.1 = 2/3, 9.2 = 2/2 after the objection; indicator 9 = 5/6, 10 = 1; OIT = 11/12.
    assert oit_score.exact == "275/3"
    assert oit_score.hundredths == 9167
    assert Mark.objects.filter(item="O4").count() == 2
    actions = list(
        LedgerEntry.objects.filter(action__startswith="assessments.")
        .order_by("seq")
        .values_list("action", flat=True)
    )
    assert [a for a in actions if a.startswith("assessments.round.") and a != "assessments.round.scored"] == [
        "assessments.round.review", "assessments.round.objection", "assessments.round.final",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "day", "step"),
    [
        ("draft", dt.date(2023, 12, 31), ""),
        ("draft", dt.date(2024, 1, 1), "open"),
        ("open", dt.date(2024, 5, 15), ""),
        ("open", dt.date(2024, 5, 16), "close_surveys"),
        ("review", dt.date(2024, 5, 31), ""),
        ("review", dt.date(2024, 6, 1), "open_objections"),
        ("objection", dt.date(2024, 6, 15), ""),
        ("objection", dt.date(2024, 6, 16), "finalise"),
        ("final", dt.date(2025, 1, 1), ""),
    ],
)
def test_a_passed_date_names_the_next_step(world, state, day, step):
    world.round.state = state
    assert late(world.round, day) == step
