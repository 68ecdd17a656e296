"""Work split among colleagues, last year taken over, mappings, the sample, the difference report, the desk."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sucharit.assessments.checklists import inferring, services
from sucharit.assessments.checklists.queries import desk, differences, marking
from sucharit.assessments.checklists.queries import workspace as spaces
from sucharit.assessments.checklists.services.handing import gaps_of
from sucharit.assessments.engine.checklists.sample import sample_pairs
from sucharit.assessments.models import (
    Campaign,
    ChecklistAssignment,
    FrameworkMapping,
)
from sucharit.assessments.proof import services as proof
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.checklists.world import SYSTEM, UNIT, campaign, framework, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


# -- split work -------------------------------------------------------------------------------


def part(w, user=None, **chosen):
    chosen = chosen or {"sections": ["s2"]}
    return services.assign(actor=w.head, campaign_unit=w.cu(), user=user or w.officer2, **chosen)


def test_a_section_is_given_out_and_belongs_to_one_colleague(w):
    made = part(w)
    assert made.items == ["plan", "result", "why"]
    with pytest.raises(Refusal):
        w.save("plan", "1")
    with pytest.raises(Refusal):
        w.evidence("plan")
    w.save("plan", "1", actor=w.officer2)
    w.save("members", "5")
    with pytest.raises(ValidationError) as caught:
        part(w, w.officer, items=["plan", "members"])
    assert "sections" in caught.value.message_dict
    with pytest.raises(ValidationError) as caught:
        part(w, w.stranger, items=["members"])
    assert "user" in caught.value.message_dict
    assert part(w, items=["plan"]).items == ["plan"]
    assert ChecklistAssignment.objects.count() == 1


def test_a_part_is_handed_in_returned_with_comments_and_accepted(w):
    made = part(w)
    with pytest.raises(Forbidden):
        services.submit_assignment(actor=w.officer, assignment=made)
    w.save("plan", "1", actor=w.officer2)
    services.submit_assignment(actor=w.officer2, assignment=made)
    with pytest.raises(Refusal):
        w.save("plan", "2", actor=w.officer2)
    with pytest.raises(Forbidden):
        services.accept_assignment(actor=w.officer2, assignment=made)
    with pytest.raises(ValidationError):
        services.return_assignment(
            actor=w.officer, assignment=made, words=" ", comments={"plan": " "}
        )
    services.return_assignment(
        actor=w.officer, assignment=made, words="", comments={"plan": "แนบคำสั่ง"}
    )
    row = spaces.workspace(w.officer2, w.cu()).row("plan")
    assert (row.comment, row.assignment.state) == ("แนบคำสั่ง", "returned")
    w.save("plan", "2", actor=w.officer2)
    services.submit_assignment(actor=w.officer2, assignment=made)
    services.accept_assignment(actor=w.officer, assignment=made)
    states = [e.state for e in made.events.all()]
    assert states == ["assigned", "submitted", "returned", "submitted", "accepted"]
    with pytest.raises(Refusal):
        services.accept_assignment(actor=w.officer, assignment=made)


def test_open_parts_hold_the_submission(w):
    w.answer()
    made = part(w)
    with pytest.raises(Refusal, match=w.officer2.username):
        services.submit(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(Forbidden):
        services.withdraw_assignment(actor=w.officer2, assignment=made)
    services.withdraw_assignment(actor=w.officer, assignment=made)
    services.submit(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(Refusal):
        part(w)


def test_a_stranger_finds_no_part(w):
    made = part(w)
    with pytest.raises(NotFoundInScope):
        services.accept_assignment(actor=w.stranger, assignment=made)


# -- last year --------------------------------------------------------------------------------


def next_year(w, **changes):
    """Last year's checklist was judged; this year's is open with the same instrument, or a newer version."""
    w.judged()
    Campaign.objects.filter(pk=w.campaign.pk).update(state="final")
    newer = framework(version="2", **changes) if changes else w.campaign.framework
    last = w.campaign
    w.campaign = campaign(w.units["moi"], [w.units[UNIT]], framework=newer, fiscal_year=2568)
    return last


def test_last_year_is_taken_over_and_counts_only_when_confirmed(w):
    next_year(w)
    w.save("members", "120")
    done = services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    assert (done.last_year, done.mapped, done.evidence) == (["declared", "plan", "result"], [], 1)
    answers = {a.item: a for a in w.cu().checklist_answers.all()}
    assert answers["members"].value == "120", "what is there is never overwritten"
    assert answers["plan"].must_confirm
    assert answers["plan"].origin["fiscal_year"] == 2567
    assert gaps_of(w.cu()).unconfirmed == ["declared", "plan", "result"]
    with pytest.raises(Refusal, match="plan"):
        services.submit(actor=w.officer, campaign_unit=w.cu(), incomplete_ok=True)
    for item in ("declared", "plan"):
        services.confirm_item(actor=w.officer, campaign_unit=w.cu(), item=item)
    assert not proof.attached(campaign_unit=w.cu(), item="plan")[0].must_confirm
    w.save("result", "part")  # saving confirms, too
    services.submit(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(Refusal):
        services.confirm_item(actor=w.officer, campaign_unit=w.cu(), item="plan")


def test_nothing_to_take_over_is_said(w):
    with pytest.raises(Refusal):
        services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    next_year(w)
    services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(Refusal):
        services.copy_last_year(actor=w.officer, campaign_unit=w.cu())


def test_a_value_the_item_no_longer_takes_stays_behind(w):
    from tests.assessments.checklists.world import document

    items = document()["items"]
    for item in items:
        if item["id"] == "plan":
            item["allowed"] = ["0", "1"]
    next_year(w, items=items)
    services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    assert not w.cu().checklist_answers.filter(item="plan").exclude(value=None).exists()


def test_an_answer_that_breaks_a_rule_cannot_be_confirmed(w):
    next_year(w)
    w.save("members", "50")
    services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(Refusal):
        services.confirm_item(actor=w.officer, campaign_unit=w.cu(), item="declared")
    assert w.cu().checklist_answers.get(item="declared").must_confirm


# -- mappings ---------------------------------------------------------------------------------


def mapped(w, relation="equal", **more):
    """This year's other framework, with its plan mapped from the judged one."""
    w.judged()
    other = framework(id="test.other")
    w.campaign = campaign(w.units["moi"], [w.units[UNIT]], framework=other, fiscal_year=2567)
    return services.save_mapping(
        **{
            "actor": w.centre, "owner": w.units["moi"], "source_code": "test.moral", "source_item": "plan",
            "target_code": "test.other", "target_item": "plan", "relation": relation,
            "rationale": "ทั้งสองข้อขอแผนเดียวกัน", "strength": 8,
        } | more
    )  # fmt: skip


def test_an_inferred_value_is_marked_and_waits_for_the_unit(w):
    mapped(w)
    guess = inferring.inferred_for(w.cu())["plan"]
    assert (guess.inferred.level, guess.fiscal_year) == ("full", 2567)
    done = services.copy_last_year(actor=w.officer, campaign_unit=w.cu())
    assert (done.last_year, done.mapped) == ([], ["plan"])
    answer = w.cu().checklist_answers.get()
    assert (answer.value, answer.must_confirm, answer.origin["kind"]) == ("2", True, "mapped")
    assert answer.origin["relation"] == "equal"


def test_an_overlap_shows_partly_and_carries_no_value(w):
    mapped(w, "intersect")
    assert inferring.inferred_for(w.cu())["plan"].inferred.level == "partly"
    with pytest.raises(Refusal):
        services.copy_last_year(actor=w.officer, campaign_unit=w.cu())


def test_only_the_ministrys_judgement_is_a_ground(w):
    w.approved()
    w.campaign = campaign(w.units["moi"], [w.units[UNIT]], framework=framework(id="test.other"))
    services.save_mapping(
        actor=w.centre, owner=w.units["moi"], source_code="test.moral", source_item="plan",
        target_code="test.other", target_item="plan", relation="equal", rationale="x", strength=8,
    )  # fmt: skip
    assert inferring.inferred_for(w.cu()) == {}


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"source_item": "nothing"}, "source_item"),
        ({"target_code": "nothing"}, "target_code"),
        ({"target_code": "test.moral"}, "target_code"),
        ({"relation": "same"}, "relation"),
        ({"rationale": " "}, "rationale"),
        ({"strength": 11}, "strength"),
    ],
)
def test_a_wrong_mapping_is_refused_by_field(w, wrong, where):
    with pytest.raises(ValidationError) as caught:
        mapped(w, **wrong)
    assert where in caught.value.message_dict
    assert not FrameworkMapping.objects.exists()


def test_a_mapping_is_kept_once_and_by_its_owner(w):
    made = mapped(w)
    again = services.save_mapping(
        actor=w.centre, owner=w.units["moi"], source_code="test.moral", source_item="plan",
        target_code="test.other", target_item="plan", relation="subset", rationale="ใหม่", strength=2,
    )  # fmt: skip
    assert (again.pk, again.relation) == (made.pk, "subset")
    with pytest.raises(Forbidden):
        services.remove_mapping(actor=w.auditor, mapping=made)
    services.remove_mapping(actor=w.centre, mapping=made)
    assert not FrameworkMapping.objects.exists()


def test_ita_marks_are_a_ground_too(w):
    from sucharit.assessments.models import Mark, Participation, Round
    from tests import make

    ita = make.framework("ita-2567")
    item = next(i["code"] for i in ita.document["items"] if i["code"].startswith("O"))
    round_ = make.round_([w.units[UNIT]], owner=w.units["moi"], framework_=ita)
    Round.objects.update(state="final")
    held = Participation.objects.get(round=round_)
    Mark.objects.create(participation=held, item=item, turn=1, points="0")
    Mark.objects.create(participation=held, item=item, turn=2, points="100")
    services.save_mapping(
        actor=w.centre, owner=w.units["moi"], source_code="ita-2567", source_item=item,
        target_code="test.moral", target_item="plan", relation="superset", rationale="x", strength=8,
    )  # fmt: skip
    assert (
        inferring.inferred_for(w.cu())["plan"].value_for(
            spaces.workspace(SYSTEM, w.cu()).row("plan").item
        )
        == "2"
    )


# -- the sample -------------------------------------------------------------------------------


def test_the_ministry_marks_only_the_sample(w):
    w.approved()
    w.approved("th-6601")
    for code, who in ((UNIT, w.provincial), ("th-6601", w.elsewhere)):
        w.mark_all(actor=who, code=code)
        w.finish(actor=who, code=code)
    with pytest.raises(Refusal):
        services.draw_sample(actor=w.centre, campaign=w.campaign, seed="2567", n=3)
    Campaign.objects.filter(pk=w.campaign.pk).update(state="closed")
    with pytest.raises(Forbidden):
        services.draw_sample(actor=w.assessor, campaign=w.campaign, seed="2567", n=3)
    with pytest.raises(ValidationError) as caught:
        services.draw_sample(actor=w.centre, campaign=w.campaign, seed="a|b", n=0)
    assert set(caught.value.message_dict) == {"seed", "n"}
    sample = services.draw_sample(actor=w.centre, campaign=w.campaign, seed="2567", n=3)
    population = [
        (u, i) for u in (UNIT, "th-6601") for i in ("members", "declared", "plan", "result")
    ]
    assert sorted(map(tuple, sample.population)) == sorted(population)
    assert [tuple(p) for p in sample.pairs] == list(sample_pairs(population, "2567", 3))
    with pytest.raises(Refusal):
        services.draw_sample(actor=w.centre, campaign=w.campaign, seed="other", n=3)
    for code in (UNIT, "th-6601"):
        drawn = [i for u, i in sample.pairs if u == code]
        left = next(i for i in ("members", "declared", "plan", "result") if i not in drawn)
        with pytest.raises(Refusal):
            w.mark(left, "1", actor=w.assessor, code=code, comment="x")
        for item in drawn:
            value = {"members": "100", "declared": "90", "plan": "2", "result": "yes"}[item]
            w.mark(item, value, actor=w.assessor, code=code)
        w.finish(actor=w.assessor, code=code)
    held = w.cu().checklist_results.order_by("-run").first().explanation["items"]
    assert {i for i, h in held.items() if h["stage"] == "ministry"} == {
        i for u, i in sample.pairs if u == UNIT
    }


# -- differences ------------------------------------------------------------------------------


def test_the_difference_report(w, client):
    w.approved()
    w.mark_all(actor=w.provincial, plan="1", declared="60")
    w.finish(actor=w.provincial)
    w.mark_all(actor=w.assessor, plan="0", declared="60")
    w.finish(actor=w.assessor)
    found = differences.report(w.centre, w.campaign, "self", "ministry")
    assert (found.whole.n, found.whole.agreed, found.whole.n_points) == (4, 2, 2)
    plan = next(d for d in found.items if d.key == "plan")
    assert (plan.mean_difference, plan.lowered, plan.kappa_why) == (-2, 1, "few")
    between = differences.report(w.centre, w.campaign, "province", "ministry")
    assert between.whole.agreed == 3
    client.force_login(w.auditor)
    url = reverse("assessments:checklists_differences_csv", args=[w.campaign.pk])
    got = client.get(url, {"first": "self", "second": "ministry"})
    rows = list(csv.reader(io.StringIO(b"".join(got).decode("utf-8-sig"))))
    assert rows[0][:5] == ["cut", "key", "title", "n", "agreed"]
    assert rows[1][:6] == ["all", "", "", "4", "2", "50.00"]
    assert LedgerEntry.objects.order_by("-seq").first().action == "core.export"
    client.force_login(w.officer)
    assert client.get(url).status_code == 403


def test_a_provinces_report_shows_its_own_units_only(w):
    w.approved()
    w.mark_all(actor=w.provincial)
    assert differences.report(w.elsewhere, w.campaign, "self", "province").whole.n == 0
    assert differences.report(w.provincial, w.campaign, "self", "province").whole.n == 4


# -- the desk and the queue -------------------------------------------------------------------


def duties(user):
    return [
        (i.kind.split("_")[-1], i.url.rstrip("/").split("/")[-1]) for i in desk.desk_items(user)
    ]


def test_each_step_is_a_duty_of_whoever_must_take_it(w):
    assert duties(w.officer) == [("answer", UNIT)]
    assert duties(w.head) == []
    assert duties(w.nobody) == []
    made = part(w)
    assert ("part", str(made.pk)) in duties(w.officer2)
    services.submit_assignment(actor=w.officer2, assignment=made)
    assert ("part", str(made.pk)) in duties(w.head)
    services.withdraw_assignment(actor=w.head, assignment=made)
    w.answer()
    services.submit(actor=w.officer, campaign_unit=w.cu())
    assert duties(w.head) == [("approve", "approve")]
    services.approve(actor=w.head, campaign_unit=w.cu())
    assert duties(w.provincial) == [("mark", "marking")]
    assert duties(w.assessor) == duties(w.elsewhere) == []
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    assert duties(w.assessor) == [("mark", "marking")]
    w.mark_all(actor=w.assessor, plan="0")
    w.finish(actor=w.assessor)
    assert ("marks", "marks") in duties(w.officer)
    services.raise_objection(actor=w.officer, campaign_unit=w.cu(), item="plan", reason="x")
    assert [t.objections for t in marking.queue(w.centre)] == [1]
    assert duties(w.assessor) == [("mark", "marking")]


def test_a_province_officer_does_not_owe_the_districts_answers(w, make):
    above = make.user("unit_officer", w.units["th-38"])
    assert duties(above) == []


def test_the_queue_says_who_has_a_stake(w):
    w.save("members", "100", actor=w.centre)
    w.approved("moi-cdd")
    w.save("plan", "1", actor=w.centre)
    assert [t.stake for t in marking.queue(w.centre)] == [""]
    w.approved()
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    stakes = {t.cu.unit.code: bool(t.stake) for t in marking.queue(w.centre)}
    assert stakes == {"moi-cdd": False, UNIT: True}
