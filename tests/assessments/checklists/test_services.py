"""A checklist from the first answer to the final result, and everything on the way that must be refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.services.handing import fingerprint
from sucharit.assessments.engine.instruments import check_document
from sucharit.assessments.models import (
    Campaign,
    ChecklistCopy,
    ChecklistMark,
    ChecklistResult,
    ChecklistState,
)
from sucharit.assessments.proof import services as proof
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.checklists.world import DAY, SYSTEM, UNIT, document, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def test_the_instrument_of_these_tests_could_be_published():
    assert [p for p in check_document(document()) if p.severity == "error"] == []


# -- answering --------------------------------------------------------------------------------


def test_an_answer_is_saved_on_first_touch_with_its_hand(w):
    assert not ChecklistState.objects.exists()
    saved = w.save("members", " ๑๒๐ ", words=" นับเมื่อ 1 ต.ค. ")
    assert (saved.value, saved.note, saved.version, saved.editors) == (
        "120",
        "นับเมื่อ 1 ต.ค.",
        1,
        [w.officer.pk],
    )
    assert w.state().state == "draft"
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert entry.action == "assessments.checklist.saved"
    assert "นับ" not in str(entry.data)


@pytest.mark.parametrize(
    ("item", "value"),
    [("plan", "3"), ("result", "maybe"), ("members", "ten"), ("members", "0"), ("members", "1.5")],
)
def test_a_wrong_value_is_said_beside_the_field(w, item, value):
    with pytest.raises(ValidationError) as caught:
        w.save(item, value)
    assert set(caught.value.message_dict) == {"value"}
    assert not w.cu().checklist_answers.exists()


def test_the_instruments_own_rule_is_checked(w):
    w.save("members", "100")
    with pytest.raises(ValidationError, match=r"at most the members"):
        w.save("declared", "101")
    assert w.save("declared", "100").value == "100"


def test_who_saves_on_an_old_version_is_told(w):
    w.save("plan", "1")
    with pytest.raises(services.StaleError) as caught:
        w.save("plan", "2", actor=w.officer2, version=0)
    assert caught.value.current.value == "1"
    assert w.save("plan", "2", actor=w.officer2).editors == [w.officer.pk, w.officer2.pk]


@pytest.mark.parametrize("who", ["stranger", "nobody", "elsewhere"])
def test_out_of_scope_there_is_nothing(w, who):
    with pytest.raises(NotFoundInScope):
        w.save("plan", "1", actor=w.people[who])


def test_within_scope_the_right_decides(w):
    with pytest.raises(Forbidden):
        w.save("plan", "1", actor=w.auditor)
    with pytest.raises(NotFoundInScope):
        w.save("nothing", "1")


def test_only_within_the_campaigns_time(w):
    for on in (w.campaign.opens_on - DAY, w.campaign.closes_on + DAY):
        with pytest.raises(Refusal):
            w.save("plan", "1", on=on)
    Campaign.objects.update(state="closed")
    with pytest.raises(Refusal, match=r"closed|ปิด"):
        w.save("plan", "1")


def test_not_applicable_needs_a_reason_and_an_item_that_allows_it(w):
    with pytest.raises(ValidationError) as caught:
        w.save("plan", None, not_applicable=True, reason="เพราะ")
    assert "not_applicable" in caught.value.message_dict
    with pytest.raises(ValidationError) as caught:
        w.save("result", None, not_applicable=True)
    assert "reason" in caught.value.message_dict
    with pytest.raises(ValidationError):
        w.save("result", "yes", not_applicable=True, reason="เพราะ")
    assert w.save("result", None, not_applicable=True, reason="ไม่มีภารกิจนี้").not_applicable


# -- handing in -------------------------------------------------------------------------------


def test_submission_names_what_stands_in_the_way(w):
    w.save("plan", "2")
    w.save("result", "no")
    with pytest.raises(Refusal) as caught:
        services.submit(actor=w.officer, campaign_unit=w.cu(), incomplete_ok=True)
    for item in ("members", "declared", "why", "plan"):
        assert item in str(caught.value)
    assert w.state().state == "draft"
    assert not ChecklistCopy.objects.exists()


def test_evidence_is_required_only_for_a_claim(w):
    w.answer()
    proof.detach(actor=w.officer, use=proof.attached(campaign_unit=w.cu(), item="plan")[0])
    with pytest.raises(Refusal, match="plan"):
        services.submit(actor=w.officer, campaign_unit=w.cu())
    w.save("plan", "0")
    services.submit(actor=w.officer, campaign_unit=w.cu())


def test_items_without_an_answer_must_be_confirmed(w):
    w.answer()
    w.save("result", None)
    with pytest.raises(Refusal) as caught:
        services.submit(actor=w.officer, campaign_unit=w.cu())
    assert caught.value.where == "incomplete_ok"
    assert services.submit(actor=w.officer, campaign_unit=w.cu(), incomplete_ok=True).number == 1


def test_submission_keeps_a_copy_with_hashes(w):
    w.answer()
    copy = services.submit(actor=w.officer, campaign_unit=w.cu())
    assert copy.content["items"]["plan"]["value"] == "2"
    assert copy.content["items"]["plan"]["evidence"][0]["url"].startswith("https://example.go.th/")
    assert copy.sha256 == fingerprint(copy.content)
    with pytest.raises(Refusal):
        w.save("plan", "1")
    with pytest.raises(Refusal):
        w.evidence("result")
    assert ChecklistCopy.objects.get().content == copy.content


def test_the_head_returns_item_by_item_and_the_next_copy_has_the_next_number(w):
    w.answer()
    services.submit(actor=w.officer, campaign_unit=w.cu())
    with pytest.raises(ValidationError):
        services.return_checklist(actor=w.head, campaign_unit=w.cu())
    with pytest.raises(Forbidden):
        services.return_checklist(actor=w.officer, campaign_unit=w.cu(), words="x")
    services.return_checklist(
        actor=w.head, campaign_unit=w.cu(), comments={"plan": "แนบแผนปีนี้", "other": "x"}
    )
    assert w.state().state == "draft"
    assert w.cu().checklist_events.last().comments == {"plan": "แนบแผนปีนี้"}
    w.save("plan", "1")
    assert services.submit(actor=w.officer, campaign_unit=w.cu()).number == 2
    assert ChecklistCopy.objects.get(number=1).content["items"]["plan"]["value"] == "2"


def test_approval_freezes_and_computes_the_units_own_word(w):
    cu = w.approved()
    assert (w.state().state, w.state().awaits) == ("approved", "province")
    marks = {m.item: (m.value, m.points) for m in ChecklistMark.objects.filter(stage="self")}
    assert marks == {
        "members": ("100", ""),
        "declared": ("90", ""),
        "plan": ("2", "2"),
        "result": ("yes", "2"),
    }
    result = ChecklistResult.objects.get()
    assert (result.stage, result.total, result.hundredths, result.band) == ("self", "6", 600, "2")
    assert result.explanation["nodes"]["total"]["parts"][0]["code"] == "share"
    assert result.explanation["computed"]["share"]["reads"] == {"declared": "90", "members": "100"}
    with pytest.raises(Forbidden):
        services.approve(actor=w.officer, campaign_unit=cu)


def test_the_head_may_take_the_approval_back_until_marking_begins(w):
    w.approved()
    services.reopen(actor=w.head, campaign_unit=w.cu(), words="แก้ไข")
    assert w.state().approved_at is None
    w.save("plan", "1")
    services.submit(actor=w.officer, campaign_unit=w.cu())
    services.approve(actor=w.head, campaign_unit=w.cu())
    turns = ChecklistMark.objects.filter(item="plan", stage="self").values_list("turn", "value")
    assert sorted(turns) == [(1, "2"), (2, "1")]
    w.mark("plan", "1", actor=w.provincial)
    with pytest.raises(Refusal):
        services.reopen(actor=w.head, campaign_unit=w.cu(), words="แก้ไข")


# -- marking ----------------------------------------------------------------------------------


def test_each_stage_belongs_to_its_own_assessors(w):
    w.approved()
    with pytest.raises(Forbidden):
        w.mark("plan", "2", actor=w.assessor)  # the ministry's does not mark for the province
    with pytest.raises(NotFoundInScope):
        w.mark("plan", "2", actor=w.elsewhere)
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    assert (w.state().state, w.state().awaits) == ("province_marked", "ministry")
    with pytest.raises(Forbidden):
        w.mark("plan", "2", actor=w.provincial)
    assert w.mark("plan", "2", actor=w.centre).stage == "ministry"


def test_a_department_has_no_province_stage(w):
    w.approved("moi-cdd")
    assert w.state("moi-cdd").awaits == "ministry"
    assert w.mark("plan", "2", actor=w.assessor, code="moi-cdd").stage == "ministry"


def test_who_had_a_hand_in_the_answers_may_not_mark_them(w):
    w.save("plan", "1", actor=w.centre)
    w.approved()
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    with pytest.raises(Forbidden):
        w.mark("plan", "2", actor=w.centre)
    assert w.mark("plan", "2", actor=w.assessor)


def test_an_officers_role_at_the_unit_is_a_stake_one_above_is_not(w):
    from sucharit.orgs.models import RoleAssignment

    w.approved()
    RoleAssignment.objects.create(user=w.provincial, role="unit_officer", unit=w.units["th-38"])
    assert w.mark("plan", "2", actor=w.provincial)
    RoleAssignment.objects.create(user=w.provincial, role="unit_head", unit=w.units[UNIT])
    with pytest.raises(Forbidden):
        w.mark("result", "yes", actor=w.provincial)


def test_a_different_judgement_needs_a_reason_and_marks_are_only_added(w):
    w.approved()
    with pytest.raises(ValidationError) as caught:
        w.mark("plan", "1", actor=w.provincial)
    assert "comment" in caught.value.message_dict
    w.mark("plan", "1", actor=w.provincial, comment="แผนไม่มีงบประมาณ")
    with pytest.raises(services.StaleError):
        w.mark("plan", "2", actor=w.provincial, turn=0)
    w.mark("plan", "2", actor=w.provincial)
    rows = ChecklistMark.objects.filter(item="plan", stage="province").order_by("turn")
    assert [(m.turn, m.value, m.points) for m in rows] == [(1, "1", "1"), (2, "2", "2")]
    with pytest.raises(ValidationError):
        w.mark("plan", "7", actor=w.provincial, comment="x")
    with pytest.raises(ValidationError):
        w.mark("plan", "", actor=w.provincial, comment="x", not_applicable=True)


def test_a_stage_is_finished_only_when_every_item_has_a_mark(w):
    w.approved()
    w.mark("plan", "2", actor=w.provincial)
    with pytest.raises(Refusal, match="members"):
        w.finish(actor=w.provincial)
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)


def test_the_province_may_take_its_stage_up_again_until_the_ministry_begins(w):
    w.approved()
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    services.reopen_province(actor=w.provincial, campaign_unit=w.cu(), words="ทบทวน")
    w.mark("plan", "1", actor=w.provincial, comment="ทบทวนแล้ว")
    w.finish(actor=w.provincial)
    w.mark("plan", "1", actor=w.assessor)
    with pytest.raises(Refusal):
        services.reopen_province(actor=w.provincial, campaign_unit=w.cu(), words="ทบทวน")


def test_results_follow_the_stage_and_every_run_stays(w):
    w.approved()
    w.mark_all(actor=w.provincial, declared="60")
    w.finish(actor=w.provincial)
    w.mark_all(actor=w.assessor, declared="40", plan="0")
    w.finish(actor=w.assessor)
    runs = ChecklistResult.objects.order_by("run")
    assert [(r.stage, r.total, r.band) for r in runs] == [
        ("self", "6", "2"),
        ("province", "5", "2"),
        ("ministry", "2", "1"),
    ]
    held = runs.last().explanation["items"]["plan"]
    assert (held["value"], held["stage"], held["overruled"]) == ("0", "ministry", True)
    again = services.compute_result(actor=w.centre, campaign_unit=w.cu())
    assert (again.run, again.total) == (4, "2")
    with pytest.raises(Forbidden):
        services.compute_result(actor=w.head, campaign_unit=w.cu())


def test_not_applicable_gives_its_weight_to_the_others_only_when_it_holds(w):
    w.answer()
    w.save("result", None, not_applicable=True, reason="ไม่มีภารกิจ")
    services.submit(actor=w.officer, campaign_unit=w.cu())
    services.approve(actor=w.head, campaign_unit=w.cu())
    own = ChecklistResult.objects.get()
    work = own.explanation["nodes"]["work"]
    # plan 2 of 2 stands for both items: 2 · (1 + 1) / 1 = 4
    assert (work["value"], own.total) == ("4", "6")
    w.mark_all(actor=w.provincial, result="no")
    w.finish(actor=w.provincial)
    judged = ChecklistResult.objects.get(stage="province")
    assert judged.total == "4"
    assert judged.explanation["not_applicable"] == []


def test_the_ministry_names_the_days(w):
    w.approved("moi-cdd")
    w.mark_all(actor=w.assessor, code="moi-cdd")
    today = clock.today()
    for days in (
        {},
        {"objections_to": today - DAY, "decide_by": today},
        {"objections_to": today + DAY, "decide_by": today},
    ):
        with pytest.raises(ValidationError):
            services.finish_stage(actor=w.assessor, campaign_unit=w.cu("moi-cdd"), **days)
    w.finish(actor=w.assessor, code="moi-cdd")
    assert w.state("moi-cdd").objections_to == today + 5 * DAY


# -- objections -------------------------------------------------------------------------------


def object_to(w, item="plan", **more):
    more.setdefault("reason", "แผนมีงบประมาณในหน้า 3")
    return services.raise_objection(
        actor=more.pop("actor", w.officer), campaign_unit=w.cu(), item=item, **more
    )


def test_an_objection_is_raised_once_and_decided_once(w):
    w.judged(plan="0")
    made = object_to(w, wanted="2", proofs=[w.units[UNIT].proofs.first()])
    assert made.evidence[0]["title"].startswith("คำสั่ง")
    assert (w.state().state, w.state().awaits) == ("objection", "ministry")
    with pytest.raises(Refusal):
        object_to(w)
    late = w.state().objections_to + DAY
    assert services.finalise_due(actor=w.centre, campaign=w.campaign, on=late) == 0
    with pytest.raises(Forbidden):
        services.decide_objection(
            actor=w.provincial, campaign_unit=w.cu(), item="plan", value="2", answer="x"
        )
    with pytest.raises(ValidationError) as caught:
        services.decide_objection(
            actor=w.assessor, campaign_unit=w.cu(), item="plan", value="7", answer=""
        )
    assert set(caught.value.message_dict) == {"value", "answer"}
    services.decide_objection(
        actor=w.assessor, campaign_unit=w.cu(), item="plan", value="2", answer="ตรวจแล้วมีจริง"
    )
    assert w.state().state == "ministry_marked"
    assert ChecklistMark.objects.get(item="plan", stage="ministry", turn=2).value == "2"
    assert ChecklistResult.objects.order_by("-run").first().total == "6"
    with pytest.raises(Refusal):
        services.decide_objection(
            actor=w.assessor, campaign_unit=w.cu(), item="plan", value="2", answer="x"
        )


def test_a_mark_never_becomes_worse_by_an_objection(w):
    w.judged(plan="1")
    object_to(w)
    with pytest.raises(ValidationError):
        services.decide_objection(
            actor=w.assessor, campaign_unit=w.cu(), item="plan", value="0", answer="x"
        )
    done = services.decide_objection(
        actor=w.assessor, campaign_unit=w.cu(), item="plan", value="1", answer="คงเดิม"
    )
    assert done.state == "upheld"
    assert ChecklistResult.objects.count() == 3


def test_a_number_goes_back_to_what_the_unit_said_or_stays(w):
    w.judged(declared="40")
    with pytest.raises(ValidationError):
        object_to(w, "declared", wanted="100")
    object_to(w, "declared", wanted="90")
    services.decide_objection(
        actor=w.assessor, campaign_unit=w.cu(), item="declared", value="90", answer="นับใหม่แล้ว"
    )
    assert ChecklistResult.objects.order_by("-run").first().total == "6"


def test_no_objection_without_a_chance_or_after_the_day(w):
    w.judged(plan="0")
    with pytest.raises(Refusal):
        object_to(w, "result")  # full points already
    with pytest.raises(Refusal):
        object_to(w, "members")  # as the unit said
    with pytest.raises(ValidationError):
        object_to(w, reason="  ")
    with pytest.raises(Refusal):
        object_to(w, on=w.state().objections_to + DAY)
    object_to(w, on=w.state().objections_to)


def test_results_become_final_when_nobody_can_object_any_more(w):
    w.judged(plan="0")
    late = w.state().objections_to + DAY
    assert services.finalise_due(actor=w.centre, campaign=w.campaign) == 0
    with pytest.raises(Forbidden):
        services.finalise_due(actor=w.assessor, campaign=w.campaign, on=late)
    assert services.finalise_due(actor=w.centre, campaign=w.campaign, on=late) == 1
    assert w.state().state == "final"
    with pytest.raises(Refusal):
        object_to(w, on=late - DAY)


def test_a_campaign_ends_only_when_no_unit_is_on_its_way(w):
    from sucharit.assessments.collect import campaigns

    w.approved()
    campaigns.close_campaign(actor=w.centre, campaign=w.campaign)
    with pytest.raises(Refusal):
        campaigns.finalise_campaign(actor=w.centre, campaign=w.campaign)
    ChecklistState.objects.update(state="final", awaits="nobody")
    assert campaigns.finalise_campaign(actor=w.centre, campaign=w.campaign).state == "final"


def test_marking_ends_on_its_day(w):
    w.approved()
    with pytest.raises(Refusal):
        w.mark("plan", "2", actor=w.provincial, on=w.campaign.review_to + DAY)
    w.mark("plan", "2", actor=w.provincial, on=w.campaign.review_to)


def test_exact_figures_are_kept(w):
    from tests.assessments.checklists.world import framework

    nodes = {
        "total": {
            "title": {"th": "รวม", "en": "total"},
            "agg": "mean",
            "of": ["share", "plan", "result"],
            "missing": "zero",
        }
    }
    doc = document()
    w.campaign.framework = framework(id="test.mean", scoring={**doc["scoring"], "nodes": nodes})
    w.campaign.save()
    w.answer(plan="1")
    services.submit(actor=SYSTEM, campaign_unit=w.cu())
    services.approve(actor=SYSTEM, campaign_unit=w.cu())
    result = ChecklistResult.objects.get()
    assert (Fraction(result.total), result.hundredths) == (Fraction(5, 3), 167)
    assert result.by is None
