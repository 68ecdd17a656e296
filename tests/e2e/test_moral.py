"""Moral organisations in the browser: a claim too high, the level and why, the province's pyramid, a certificate."""

from __future__ import annotations

import pytest

from sucharit.assessments.checklists import services as checklists
from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import Campaign, ChecklistState, MoralCertificate
from sucharit.assessments.moral import data, demo
from sucharit.assessments.proof import services as proof
from sucharit.core import clock
from tests.assessments.moral.test_instruments import TEN
from tests.assessments.moral.world import DAY, ORG, PROVINCE, SYSTEM, World, world
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = "/assessments/moral/2567/"


@pytest.fixture
def w() -> World:
    return world()


def press(page, name: str, where: str = "button") -> None:
    """A button or link that leads to a page."""
    with page.expect_navigation():
        page.get_by_role(where, name=name, exact=True).click()


def test_from_a_claim_too_high_to_a_verified_certificate(page_as, w, axe):
    w.final({ORG: 1, "th-38-b": 2}, 2566)
    campaign = w.open([ORG, "th-38-b"])
    officer = page_as(user=w.officer, width=360)
    claim(officer, w, campaign, axe)
    missing(officer, campaign, axe)
    the_rest(w, campaign)
    result(officer, axe)
    province(page_as(user=w.province), w, axe)
    certificate(page_as(user=w.centre), page_as(width=360), axe)


def claim(officer, w: World, campaign: Campaign, axe) -> None:
    """79.995 % of 20,000 declared: 2 points are refused, 1 is taken."""
    base = f"/assessments/checklists/{campaign.pk}/units/{ORG}/items"
    for item, value in (("members", "20000"), ("declared", "15999")):
        officer.goto(f"{base}/{item}/")
        officer.get_by_label("คำตอบ", exact=True).fill(value)
        press(officer, "บันทึก")
        officer.get_by_text("บันทึกคำตอบแล้ว").wait_for()
    officer.goto(f"{base}/m1/")
    officer.locator("input[name=value][value='2']").check()
    press(officer, "บันทึก")
    officer.locator("#errors").get_by_text("สูงกว่าที่สัดส่วน").wait_for()
    axe(officer)
    no_sideways(officer)
    officer.locator("input[name=value][value='1']").check()
    press(officer, "บันทึก")
    officer.get_by_text("บันทึกคำตอบแล้ว").wait_for()


def missing(officer, campaign: Campaign, axe) -> None:
    """The ladder of answers that can still change names what level 1 asks for."""
    officer.goto(f"{YEAR}{ORG}/")
    officer.locator(".alert", has_text="ต้องได้อย่างน้อย 1 คะแนนในข้อ: 2.").wait_for()
    officer.locator(".alert", has_text="ยังขาดอีก 3 คะแนน").wait_for()
    axe(officer)
    no_sideways(officer)


def the_rest(w: World, campaign: Campaign) -> None:
    """Everything else through the services: answers, evidence, head, ministry, final."""
    for code, level in ((ORG, 2), ("th-38-b", 1)):
        cu = w.cu(campaign, code)
        answers = demo.nine(level) | ({"drop_comment": "คนย้ายไปหลายคน"} if level == 1 else {})
        comment = answers.pop("drop_comment", "")
        for item, value in answers.items():
            w.save(cu, item, value)
        kept = proof.add_proof(
            actor=SYSTEM, unit=cu.unit, fiscal_year=2567, title="คำสั่ง", url=f"https://example.go.th/{code}"
        )  # fmt: skip
        for k in range(1, 10):
            proof.attach(actor=SYSTEM, proof=kept, campaign_unit=cu, item=f"m{k}")
        if comment:
            w.save(cu, "drop_comment", comment)
        checklists.submit(actor=SYSTEM, campaign_unit=cu, incomplete_ok=True)
        checklists.approve(actor=SYSTEM, campaign_unit=cu)
        for item in ("members", "declared", "agreed", *(f"m{k}" for k in range(1, 10))):
            checklists.mark_item(
                actor=SYSTEM, campaign_unit=cu, item=item, value=answers[item], comment="", turn=0
            )  # fmt: skip
        today = clock.today()
        checklists.finish_stage(
            actor=SYSTEM, campaign_unit=cu, objections_to=today + DAY, decide_by=today + 2 * DAY
        )
    campaigns.close_campaign(actor=SYSTEM, campaign=campaign)
    checklists.finalise_due(actor=SYSTEM, campaign=campaign, on=clock.today() + 5 * DAY)
    assert set(ChecklistState.objects.values_list("state", flat=True)) == {"final"}
    campaigns.finalise_campaign(actor=SYSTEM, campaign=campaign)
    w.final({PROVINCE: dict(TEN)}, code=data.PROVINCE)


def result(officer, axe) -> None:
    """The level, last year's, and why."""
    officer.goto(f"{YEAR}{ORG}/")
    officer.locator(".card-body", has_text="สูงกว่าปีก่อน").first.wait_for()
    officer.get_by_text("สิ่งที่ต้องทำเพื่อให้ถึงระดับที่ 3").wait_for()
    axe(officer)
    no_sideways(officer)
    press(officer, "ผลและที่มา", "link")
    officer.locator(".display-6", has_text="9.00").wait_for()


def province(page, w: World, axe) -> None:
    """Pyramid, a drop with its comment, the ten indicators."""
    page.goto(f"{YEAR}{PROVINCE}/")
    page.get_by_role("rowheader", name="1. องค์กรที่ได้ระดับส่งเสริมคุณธรรมขึ้นไป").wait_for()
    page.locator(".figures").get_by_text("หน่วยงานที่ประเมินแล้ว จากทั้งหมด").wait_for()
    page.get_by_text("คนย้ายไปหลายคน").wait_for()
    axe(page)
    no_sideways(page)
    page.goto(YEAR)
    page.locator("#units").get_by_text("อบต. ทดสอบ b").wait_for()
    axe(page)


def certificate(centre, visitor, axe) -> None:
    """Issued by the ministry, verified by a visitor from the number on the paper."""
    centre.goto(f"{YEAR}{PROVINCE}/certificates/")
    axe(centre)
    press(centre, "ออกใบรับรองเหล่านี้")
    centre.get_by_text("ออกใบรับรองแล้ว").first.wait_for()
    axe(centre)
    one = MoralCertificate.objects.get(unit_th="อบต. ทดสอบ a")
    visitor.goto("/m/")
    axe(visitor)
    visitor.get_by_label("หมายเลขใบรับรอง").fill("11111-11111")
    press(visitor, "ตรวจสอบหมายเลขนี้")
    visitor.locator("#errors").wait_for()
    visitor.get_by_label("หมายเลขใบรับรอง").fill(one.serial.lower().replace("-", " "))
    press(visitor, "ตรวจสอบหมายเลขนี้")
    visitor.get_by_text("ใบรับรองนี้เป็นของจริงและมีผลอยู่").wait_for()
    axe(visitor)
    no_sideways(visitor)
    centre.goto(f"/assessments/moral/certificates/{one.serial}/revoke/")
    press(centre, "เพิกถอนใบรับรองนี้")
    centre.locator("#errors").wait_for()
    axe(centre)
    centre.get_by_label("เหตุผลที่เพิกถอนใบรับรอง").fill("พิมพ์ชื่อผิด")
    press(centre, "เพิกถอนใบรับรองนี้")
    centre.get_by_text("เพิกถอนใบรับรองแล้ว").first.wait_for()
    visitor.goto(f"/m/{one.serial}")
    visitor.get_by_text("ไม่มีผลรับรองอีกต่อไป").wait_for()
