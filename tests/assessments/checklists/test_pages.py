"""Pages of checklists: what each reader is told, and where errors stand."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sucharit.assessments.checklists import services
from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import ChecklistSample, FrameworkMapping, Proof, ProofUse
from sucharit.core.errors import Refusal
from tests.assessments.checklists.world import DAY, UNIT, campaign, document, framework, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


@pytest.fixture
def ask(w, client):
    """``ask(who, "item", item="plan", post={…})`` → the answer's text (and its status)."""

    def go(who, name, *, post=None, code=UNIT, **more):
        client.force_login(who)
        url = reverse(
            f"assessments:checklists_{name}", kwargs={"campaign_id": w.campaign.pk, "code": code, **more}
        )  # fmt: skip
        got = client.get(url) if post is None else client.post(url, post, follow=True)
        assert got.status_code == 200, got.status_code
        return got.content.decode()

    return go


def test_the_workspace_says_in_one_sentence_who_acts_next(w, ask):
    assert "เจ้าหน้าที่ของหน่วยงานต้องตอบข้อที่เหลือ" in ask(w.officer, "unit")
    w.answer()
    assert "ต้องส่งให้หัวหน้าหน่วยงาน" in ask(w.officer, "unit")
    services.submit(actor=w.officer, campaign_unit=w.cu())
    assert "หัวหน้าหน่วยงานต้องอนุมัติหรือส่งคืน" in ask(w.officer, "unit")
    services.return_checklist(actor=w.head, campaign_unit=w.cu(), comments={"plan": "แนบแผน"})
    page = ask(w.officer, "unit")
    assert "ต้องแก้ไขตามที่ระบุด้านล่าง" in page
    assert "แนบแผน" in page
    services.submit(actor=w.officer, campaign_unit=w.cu())
    services.approve(actor=w.head, campaign_unit=w.cu())
    assert "จังหวัดเป็นผู้ให้คะแนน" in ask(w.officer, "unit")
    w.mark_all(actor=w.provincial)
    w.finish(actor=w.provincial)
    assert "กระทรวงเป็นผู้ให้คะแนน" in ask(w.officer, "unit")
    w.mark_all(actor=w.assessor, plan="0")
    w.finish(actor=w.assessor)
    assert "อุทธรณ์ได้ถึงวันที่" in ask(w.officer, "unit")
    services.raise_objection(actor=w.officer, campaign_unit=w.cu(), item="plan", reason="x")
    assert "กระทรวงต้องพิจารณา" in ask(w.officer, "unit")


def test_an_error_stands_beside_the_field_and_on_top(w, ask):
    page = ask(
        w.officer, "item", item="members", post={"value": "สิบ", "version": "0", "go": "stay"}
    )
    assert page.count("โปรดระบุตัวเลข เช่น 120") == 2
    assert 'id="errors"' in page
    assert "สิบ" in page, "what was typed is still there"


def test_both_versions_are_shown_when_two_save(w, ask):
    w.save("members", "50", actor=w.officer2)
    page = ask(
        w.officer, "item", item="members", post={"value": "60", "version": "0", "go": "stay"}
    )
    assert "ฉบับที่มีผู้บันทึกไว้ก่อน" in page
    assert w.cu().checklist_answers.get().value == "50"
    ask(w.officer, "item", item="members", post={"value": "60", "version": "1", "go": "stay"})
    assert w.cu().checklist_answers.get().value == "60"


def test_evidence_is_attached_and_taken_off_on_the_items_page(w, ask):
    page = ask(w.officer, "item", item="plan", post={"go": "attach"})
    assert 'id="errors"' in page
    ask(
        w.officer,
        "item",
        item="plan",
        post={"go": "attach", "url": "https://a.go.th/x", "title": "แผน"},
    )
    use = ProofUse.objects.get()
    assert use.item == "plan"
    ask(w.officer, "item", item="plan", post={"detach": str(use.pk)})
    assert not ProofUse.objects.exists()
    ask(
        w.officer,
        "item",
        item="result",
        post={"go": "attach", "proof": str(Proof.objects.get().pk)},
    )
    assert ProofUse.objects.get().item == "result"


def test_units_see_marks_and_results_of_stages_only_when_the_ministry_has_finished(w, ask, client):
    w.approved()
    w.mark_all(actor=w.provincial, plan="0")
    w.finish(actor=w.provincial)
    assert "6.00" in ask(w.officer, "result")
    assert "พบต่างจากที่รายงาน" not in ask(w.officer, "why", node="plan")
    assert "4.00" in ask(w.provincial, "result")
    url = reverse("assessments:checklists_marks", args=[w.campaign.pk, UNIT])
    client.force_login(w.officer)
    assert client.get(url).status_code == 409
    lists = client.get(
        reverse("assessments:checklists_campaign", args=[w.campaign.pk])
    ).content.decode()
    assert "6.00" in lists
    assert "4.00" not in lists
    w.mark_all(actor=w.assessor, plan="1")
    w.finish(actor=w.assessor)
    assert "5.00" in ask(w.officer, "result")
    assert "พบต่างจากที่รายงาน" in ask(w.officer, "why", node="plan")


def test_the_copied_answer_is_confirmed_with_one_button(w, ask):
    w.judged()
    w.campaign = campaign(
        w.units["moi"], [w.units[UNIT]], framework=w.campaign.framework, fiscal_year=2568
    )
    assert "นำคำตอบปีก่อนมาใช้" in ask(w.officer, "unit")
    assert "นำมาใช้แล้ว 4 คำตอบ" in ask(w.officer, "copy", post={})
    assert "ยังใช้ได้: ยืนยันคำตอบและหลักฐาน" in ask(w.officer, "item", item="plan")
    ask(w.officer, "item", item="plan", post={"go": "confirm"})
    assert not w.cu().checklist_answers.get(item="plan").must_confirm


def test_the_ministry_finishes_with_two_days(w, ask):
    w.approved("moi-cdd")
    w.mark_all(actor=w.assessor, code="moi-cdd")
    page = ask(w.assessor, "mark_unit", code="moi-cdd", post={"go": "finish"})
    assert page.count("โปรดระบุวันสุดท้ายที่หน่วยงานอุทธรณ์ได้") == 2
    assert w.state("moi-cdd").state == "approved"


def test_sample_and_final_results_on_the_campaigns_page(w, client):
    w.judged(plan="0")
    w.state().__class__.objects.update(objections_to=w.campaign.opens_on)
    client.force_login(w.centre)
    url = reverse("assessments:checklists_campaign", args=[w.campaign.pk])
    assert "พ้นกำหนดอุทธรณ์แล้ว" in client.get(url).content.decode()
    client.post(reverse("assessments:checklists_finalise", args=[w.campaign.pk]))
    assert w.state().state == "final"
    sample = reverse("assessments:checklists_sample", args=[w.campaign.pk])
    assert "การสุ่มทำได้เมื่อปิดรับคำตอบ" in client.get(sample).content.decode()
    assert client.post(sample, {"seed": "1", "n": "5"}).status_code == 200
    assert not ChecklistSample.objects.exists()


def test_a_mapping_is_made_and_taken_away_on_its_page(w, client):
    framework(id="test.other")
    client.force_login(w.centre)
    url = reverse("assessments:checklists_mappings")
    fields = {
        "source_code": "test.moral", "source_item": "plan", "relation": "equal", "strength": "7",
        "target_code": "test.other", "target_item": "nothing", "rationale": "เหมือนกัน",
    }  # fmt: skip
    assert "กรอบนี้ไม่มีข้อดังกล่าว" in client.post(url, fields).content.decode()
    client.post(url, fields | {"target_item": "plan"})
    made = FrameworkMapping.objects.get()
    assert made.verified is False
    client.post(url, {"remove": str(made.pk)})
    assert not FrameworkMapping.objects.exists()


def test_an_instrument_a_checklist_cannot_take_does_not_open(w):
    items = [
        *document()["items"],
        {"id": "photo", "type": "image", "label": {"th": "ภาพ", "en": "photo"}},
    ]
    made = campaign(
        w.units["moi"],
        [w.units[UNIT]],
        framework=framework(id="test.photo", items=items),
        state="draft",
    )
    with pytest.raises(Refusal, match="photo"):
        campaigns.open_campaign(actor=w.centre, campaign=made)
    made.framework = w.campaign.framework
    made.settings = {"stages": ["district"]}
    made.save()
    with pytest.raises(Refusal):
        campaigns.open_campaign(actor=w.centre, campaign=made)
    made.settings = {"stages": ["ministry"]}
    made.save()
    assert campaigns.open_campaign(actor=w.centre, campaign=made).state == "open"


def test_proposed_days_come_from_the_campaign_alone(w, ask):
    from sucharit.core import clock, thaidate

    w.approved("moi-cdd")
    w.mark_all(actor=w.assessor, code="moi-cdd")
    assert (
        'value="'
        not in ask(w.assessor, "mark_unit", code="moi-cdd").split("objections_to", 1)[1][:200]
    )
    w.campaign.settings = {"objection_days": 7, "decision_days": 15}
    w.campaign.save()
    page = ask(w.assessor, "mark_unit", code="moi-cdd")
    assert thaidate.short(clock.today() + 7 * DAY) in page
    assert thaidate.short(clock.today() + 22 * DAY) in page
