"""The planner's pages and services: by result, by estimate, what-if, efforts, action items."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sucharit.assessments.engine.planner import Mend, plan
from sucharit.assessments.models import (
    EffortSetting,
    OitEntry,
    OitLink,
    Participation,
    SurveyFacts,
    SurveyResponse,
    UnitResult,
)
from sucharit.assessments.planner import queries, services
from sucharit.assessments.planner.facts import facts_of
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import ActionItem
from tests.assessments.planner.rounds import scored

pytestmark = pytest.mark.django_db
URL = "/assessments/planner/2567/th-38/"


@pytest.fixture
def units(make):
    return make.ministry()


@pytest.fixture
def result(make, units):
    """th-38 at 83.41 with four OIT items missing; announced."""
    _round, run = scored(make, units, codes=("th-38", "th-66"))
    return UnitResult.objects.select_related("run__framework", "unit").get(
        run=run, unit__code="th-38"
    )


@pytest.fixture
def officer(make, units, client):
    made = make.user("unit_officer", units["th-38"])
    client.force_login(made)
    return made


def desk(user, units):
    return queries.desk_of(user, units["th-38"], 2567)


def test_the_standing_is_the_result_itself(result, officer, units):
    found = desk(officer, units)
    stored = {n.node: n.exact for n in result.nodes.all()}
    assert found.now.values == {code: Fraction(text) for code, text in stored.items()}
    assert found.now.shown() == result.total_hundredths
    assert found.goal == "pass"


def test_sub_questions_add_up_to_their_item_and_move_it(result, officer, units):
    found = desk(officer, units)
    assert set(found.standing.questions) >= {"i1"}
    for item, questions in found.standing.questions.items():
        assert sum(q.share for q in questions) == 1
        assert sum(q.share * q.value for q in questions) == found.now.values[item]


def test_the_page_says_what_is_missing_and_the_cheapest_way(result, officer, client, units):
    page = client.get(URL).content.decode()
    cheapest = plan(desk(officer, units).standing, "pass").best
    for mend in cheapest.mends:
        assert mend.item in page
    assert 'id="big"' in page
    assert "O35" in page
    assert client.get(URL, {"level": "excellent"}).status_code == 200


def test_what_if_by_htmx_is_the_strip_and_without_scripts_the_page(result, officer, client, units):
    address = reverse("assessments:planner_what_if", args=[2567, "th-38"])
    now = desk(officer, units).now.shown()
    strip = client.post(address, {"mark": ["O35"]}, HTTP_HX_REQUEST="true")
    assert strip.status_code == 200
    text = strip.content.decode()
    assert f"{(now + 500) / 100:.2f}" in text
    assert "<html" not in text
    whole = client.post(address, {"mark": ["O35"], "v-i2": "100"}).content.decode()
    assert "<html" in whole
    assert 'value="O35" checked' in whole


def test_an_untouched_slider_changes_nothing(result, officer, client, units):
    address = reverse("assessments:planner_what_if", args=[2567, "th-38"])
    now = desk(officer, units)
    from sucharit.assessments.planner import posted

    untouched = {f"v-{code}": str(value) for code, value in posted.starts(now).items()}
    text = client.post(address, untouched, HTTP_HX_REQUEST="true").content.decode()
    assert f"{now.now.shown() / 100:.2f}" in text
    assert "→" not in text


@pytest.mark.parametrize(
    "data",
    [{"v-i2": "101"}, {"v-i2": "x"}, {"mark": "O1x"}, {"v-O1": "5"}, {"v-i1": "1", "v-i1.1": "1"}],
)
def test_what_makes_no_sense_is_said(result, officer, client, data):
    address = reverse("assessments:planner_what_if", args=[2567, "th-38"])
    text = client.post(address, data, HTTP_HX_REQUEST="true").content.decode()
    assert 'id="errors"' in text


def test_action_items_are_made_once(result, officer, client, units):
    address = reverse("assessments:planner_actions", args=[2567, "th-38"])
    data = {"mark": ["O35", "O17"], "due_on": "30/9/2585"}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    items = ActionItem.objects.order_by("source_id")
    assert [(i.source_kind, i.source_id, i.owner, i.unit.code) for i in items] == [
        ("assessments.planner", "ita-2567:O17", officer, "th-38"),
        ("assessments.planner", "ita-2567:O35", officer, "th-38"),
    ]
    assert items[0].due_on == dt.date(2042, 9, 30)
    assert items[0].source_url.startswith(URL)
    assert LedgerEntry.objects.filter(action="desk.action.opened").count() == 2


@pytest.mark.parametrize(
    "data",
    [{"mark": ["O35"]}, {"due_on": "30/9/2585"}, {"mark": ["O35"], "due_on": "1/1/2560"}],
)
def test_action_items_need_a_choice_and_a_day_to_come(result, officer, client, data):
    address = reverse("assessments:planner_actions", args=[2567, "th-38"])
    page = client.post(address, data)
    assert page.status_code == 200
    assert 'id="errors"' in page.content.decode()
    assert not ActionItem.objects.exists()


def test_actions_by_service_ask_for_the_right(make, result, units):
    framework = result.run.framework
    mend = Mend("O35", "OIT", Fraction(0), Fraction(100), 1, Fraction(5))

    def make_them(actor, mends=(mend,)):
        return services.make_actions(
            actor=actor,
            unit=units["th-38"],
            framework=framework,
            fiscal_year=2567,
            mends=mends,
            due_on=dt.date(2099, 1, 1),
        )

    with pytest.raises(Forbidden):
        make_them(make.user("auditor", units["th-38"]))
    with pytest.raises(NotFoundInScope):
        make_them(make.user("unit_officer", units["th-66"]))
    with pytest.raises(Refusal):
        make_them(make.user("unit_officer", units["th-38"]), ())
    assert len(make_them(make.user("unit_head", units["th-38"]))) == 1


def test_efforts_change_the_plan_and_are_kept_within_reason(result, officer, client, units):
    address = reverse("assessments:planner_effort", args=[2567, "th-38"])
    assert client.get(address).status_code == 200
    first = plan(desk(officer, units).standing, "pass").best.mends[0].item
    sent = {"survey_most": "0", f"e-{first}": "0"}
    assert client.post(address, sent).status_code == 302
    found = desk(officer, units)
    assert found.efforts.items == {first: 0}
    assert first not in {m.item for m in plan(found.standing, "pass", found.efforts).best.mends}
    wrong = client.post(address, {"survey_most": "101", "e-O1": "99"})
    assert wrong.status_code == 200
    assert 'id="errors"' in wrong.content.decode()
    assert EffortSetting.objects.get().efforts == {first: 0}
    with pytest.raises(ValidationError):
        services.set_efforts(
            actor=officer,
            unit=units["th-38"],
            framework=result.run.framework,
            efforts={"O99": 1},
            survey_most=1,
        )


# --- who sees what


def test_before_the_objection_window_the_unit_sees_only_its_own_estimate(make, units, client):
    round_, _run = scored(make, units, state="open")
    officer, centre = (
        make.user("unit_officer", units["th-38"]),
        make.user("ministry_centre", units["moi"]),
    )
    assert desk(centre, units).result is not None
    found = desk(officer, units)
    assert found.estimate
    assert found.assumed == {"IIT": 85, "EIT": 85}
    assert found.now.shown("OIT") == 0
    part = Participation.objects.get(round=round_, unit=units["th-38"])
    for item in ("O34", "O35"):
        entry = OitEntry.objects.create(participation=part, item=item)
        OitLink.objects.create(entry=entry, url="https://example.go.th/x", position=1)
    OitEntry.objects.create(participation=part, item="O1", nothing_to_show=True)
    assert desk(officer, units).now.shown("OIT") == 2500  # 10.2 whole: a quarter of the OIT
    client.force_login(officer)
    page = client.get(URL, {"IIT": "๙๐", "EIT": "92.5"}).content.decode()
    assert "90.00" in page
    assert "92.50" in page
    answer = client.post(f"{URL}what-if/", {"mark": ["O1"], "IIT": "90"}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200


def test_an_estimate_stands_on_last_years_figures_where_they_are_known(make, units):
    _round, run = scored(make, units, fiscal_year=2566)
    framework = run.framework
    make.round_([units["th-38"]], owner=units["moi"], framework_=framework)
    officer = make.user("unit_officer", units["th-38"])
    last = {n.node: n.hundredths for n in UnitResult.objects.get(run=run).nodes.all()}
    assert desk(officer, units).assumed == {c: Fraction(last[c], 100) for c in ("IIT", "EIT")}


def test_nothing_to_plan_with_says_what_to_do(units, officer, client):
    page = client.get(URL)
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_the_planner_is_not_for_everybody_even_of_an_announced_result(make, result, units, client):
    assert client.get(URL).status_code == 302
    client.force_login(make.user("unit_officer", units["th-66"]))
    assert client.get(URL).status_code == 404
    client.force_login(make.user("auditor", units["th-38"]))
    assert client.get(URL).status_code == 200
    assert client.post(f"{URL}actions/", {"mark": ["O35"]}).status_code == 403
    assert client.get(f"{URL}effort/").status_code == 403


# --- the margin


def test_the_margin_is_that_of_the_runs_answers(result, officer, units, client):
    found = desk(officer, units)
    assert found.margin.margin is not None
    facts = facts_of(result, found.edition)
    assert [(s.instrument, s.population, s.pooled.n) for s in facts.surveys] == [
        ("IIT", 40, 40),
        ("EIT", 300, 40),
    ]
    page = client.get("/results/2567/th-38/").content.decode()
    assert f"± {found.margin.margin.half_width:.2f}" in page


def test_answers_that_came_in_after_the_run_make_the_margin_unknown_unless_it_was_stored(
    make, units, officer
):
    round_, run = scored(make, units)
    part = Participation.objects.get(round=round_)
    answer = SurveyResponse.objects.filter(participation=part, instrument="EIT").first()

    def more():
        make.answers(part, "EIT", bytes(answer.answers), times=1)
        from django.core.cache import cache

        cache.clear()

    before = desk(officer, units).margin
    assert before.margin is not None
    more()
    # Computing a round keeps the facts: what comes in later changes nothing.
    assert desk(officer, units).margin == before
    assert services.gather_facts(actor=System("test"), run=run) == 0
    # Without them the later answer would be taken for one of the run's.
    SurveyFacts.objects.all().delete()
    assert desk(officer, units).margin.missing == (("EIT", "not_surveyed"),)
    assert services.gather_facts(actor=System("test"), run=run) == 1


def test_stored_facts_are_those_read_on_demand(make, units, officer):
    _round, run = scored(make, units)
    SurveyFacts.objects.all().delete()
    before = desk(officer, units)
    services.gather_facts(actor=System("test"), run=run)
    after = desk(officer, units)
    assert (after.margin, after.standing) == (before.margin, before.standing)
    SurveyResponse.objects.all().delete()
    assert desk(officer, units).margin == before.margin


def test_nothing_is_told_of_fewer_than_the_rounds_minimum(make, units):
    round_, run = scored(make, units, state="final", best=40)
    round_.min_report_n = 50
    round_.save()
    from sucharit.assessments.services import scoring

    run = scoring.compute_round(actor=System("test"), round=round_)
    result = UnitResult.objects.select_related("run__framework", "unit").get(run=run)
    found = desk(make.user("ministry_centre", units["moi"]), units)
    assert facts_of(result, found.edition).surveys == ()
    assert found.standing.fixed == {"IIT": None, "EIT": None}
    assert found.now.total is None
    assert found.margin is None
