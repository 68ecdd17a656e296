"""Completeness and timeliness: one query a branch, lights with words, campaigns and rounds alike."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from sucharit.assessments.approvals import boards, progress, reports, workflows
from sucharit.assessments.approvals.progress import Counts
from sucharit.assessments.engine.approval import Acceptance, State
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistState,
    CollectCounter,
    Participation,
    ResponseCounter,
)
from sucharit.core import clock
from tests.assessments.approvals.making import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(make):
    return scene()


def flow(s):
    return workflows.find(s.key)


def test_counts_of_a_branch_and_its_children_in_one_query(s, django_assert_num_queries):
    late = reports.end_of_day(s.round.oit_to)
    s.finish("moi-cdd")
    s.finish("th-3801", at=late)  # the first moment after the last day
    round_ = flow(s)
    with django_assert_num_queries(1):
        found = progress.roll_up(round_, s.units["moi"])
    assert found.total == Counts(3, 2, 1, 2)
    assert found.children == {
        s.units["moi-cdd"].path: Counts(1, 1, 1, 1),
        s.units["th-38"].path: Counts(2, 1, 0, 1),
    }
    assert found.own == Counts()
    province = progress.roll_up(flow(s), s.units["th-38"])
    assert province.own == Counts(1, 0, 0, 0)
    assert province.children == {s.units["th-3801"].path: Counts(1, 1, 0, 1)}
    assert province.total.completeness == Fraction(1, 2)
    assert province.total.timeliness == 0
    empty = progress.roll_up(flow(s), s.units["th-66"]).total
    assert empty.completeness is None


def test_the_last_minute_of_the_last_day_is_in_time(s):
    s.finish("moi-cdd", at=reports.end_of_day(s.round.oit_to) - dt.timedelta(seconds=1))
    assert progress.roll_up(flow(s), s.units["moi"]).total.on_time == 1


def test_handed_in_is_not_done(s):
    Participation.objects.filter(unit__code="th-38").update(
        oit_state="submitted", submitted_at=clock.now()
    )
    assert progress.roll_up(flow(s), s.units["th-38"]).own == Counts(1, 1, 1, 0)


def test_lights_have_words_and_nothing_is_red_before_the_last_day(s):
    def light(share, days, what="completeness"):
        today = s.round.oit_to + dt.timedelta(days=days)
        return progress.light(share, what, workflow=flow(s), today=today, thai=True)

    assert light(None, 1) is None
    assert light(Fraction(0), 0).state == "in_progress"
    assert light(Fraction(1), 0).state == "done"
    assert light(Fraction(1), 1).state == "done"
    assert light(Fraction(4, 5), 1).state == "partial"
    assert light(Fraction(79, 100), 1).state == "overdue"
    assert light(Fraction(999, 1000), 1).percent == 99
    assert light(Fraction(0), 1).word == "ยังขาด"
    assert light(Fraction(0), 1, "timeliness").word == "ไม่ทันเวลา"
    assert light(Fraction(1), 1, "timeliness").state == "on_time"


def test_answers_of_the_branch(s):
    part = s.round.participations.get(unit__code="th-3801")
    ResponseCounter.objects.create(participation=part, instrument="IIT", n=7)
    assert progress.answers(flow(s), s.units["th-38"]) == 7
    assert progress.answers(flow(s), s.units["moi-cdd"]) == 0


def campaign(s, **fields):
    today = clock.today()
    made = Campaign.objects.create(
        **{
            "framework": s.round.framework,
            "owner": s.units["moi"],
            "fiscal_year": 2567,
            "title_th": "หน่วยงานคุณธรรม",
            "title_en": "Moral organisations",
            "mode": "unit",
            "state": "open",
            "opens_on": today - dt.timedelta(days=9),
            "closes_on": today + dt.timedelta(days=9),
        }
        | fields
    )
    rows = {}
    for code in ("moi-cdd", "th-38", "th-3801"):
        rows[code] = CampaignUnit.objects.create(campaign=made, unit=s.units[code])
    return made, rows


class TestCampaigns:
    def test_checklists_count_by_their_state(self, s):
        made, rows = campaign(s)
        ChecklistState.objects.create(campaign_unit=rows["th-38"])
        ChecklistState.objects.create(
            campaign_unit=rows["th-3801"], state="approved", submitted_at=clock.now()
        )
        ChecklistState.objects.create(
            campaign_unit=rows["moi-cdd"], state="submitted", submitted_at=clock.now()
        )
        flow = workflows.of(made)
        assert progress.roll_up(flow, s.units["moi"]).total == Counts(3, 2, 2, 1)
        board = boards.load(flow).board
        assert board.state(s.units["th-3801"].pk) == State.UNAPPROVED_READY
        assert board.state(s.units["moi-cdd"].pk) == State.UNAPPROVED_WAITING

    def test_campaigns_of_people_are_done_when_closed(self, s):
        made, rows = campaign(s, mode="people")
        flow = workflows.of(made)
        CollectCounter.objects.create(campaign_unit=rows["th-38"], n=4)
        CollectCounter.objects.create(campaign_unit=rows["th-3801"], n=5)  # enough to be shown
        assert progress.roll_up(flow, s.units["moi"]).total == Counts(3, 1, 1, 0)
        assert progress.answers(flow, s.units["moi"]) == 9
        assert boards.load(flow).board.state(s.units["th-3801"].pk) == State.UNAPPROVED_WAITING
        made.state = "closed"
        flow = workflows.of(made)
        assert boards.load(flow).board.state(s.units["th-3801"].pk) == State.UNAPPROVED_READY

    def test_settings_say_who_signs_and_whether_acceptance_is_required(self, s):
        told = {"kinds": ["ministry", "province"], "acceptance": "required", "league": True}
        made, _rows = campaign(s, settings={"approvals": told})
        flow = workflows.of(made)
        assert (flow.acceptance, flow.league) == (Acceptance.REQUIRED, True)
        board = boards.load(flow).board
        assert board.state(s.units["th-3801"].pk) == State.UNAPPROVED_ABOVE
        assert board.state(s.units["moi-cdd"].pk) == State.UNAPPROVED_ABOVE
        assert workflows.of(campaign(s)[0]).league is False

    def test_units_between_stand_on_the_board(self, s):
        made, rows = campaign(s, title_th="x")
        rows["th-38"].delete()
        loaded = boards.load(workflows.of(made))
        assert s.units["th-38"] in loaded
        board = loaded.board
        assert board.above(s.units["th-3801"].pk) == [s.units["th-38"].pk, s.units["moi"].pk]
        branch = boards.load(workflows.of(made), within=s.units["th-3801"].path)
        assert branch.board.above(s.units["th-3801"].pk) == board.above(s.units["th-3801"].pk)

    def test_units_outside_the_owner_stand_for_themselves(self, s):
        made, _rows = campaign(s, owner=s.units["moi-dol"])
        loaded = boards.load(workflows.of(made))
        assert loaded.board.above(s.units["moi-cdd"].pk) == []
        assert s.units["moi"] not in loaded


def test_a_branch_says_the_same_as_the_whole(s):
    s.finish("moi-cdd", "th-3801", "th-38")
    whole = boards.load(flow(s)).board
    for code in ("moi", "th-38", "th-3801", "moi-cdd"):
        unit = s.units[code]
        part = boards.load(flow(s), within=unit.path).board
        assert part.state(unit.pk) == whole.state(unit.pk)
        assert part.waiting(unit.pk) == whole.waiting(unit.pk)
