"""Campaigns in the browser: a citizen without script, an officer's test with attempts, the results."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sucharit.assessments.collect import campaigns, keys, lookup, openings, pages
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import Campaign, CollectDraft, CollectResponse
from sucharit.core import clock
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_learning import exam_document, paper
from tests.assessments.collect.test_submit import send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    lookup.forget()
    pages.forget()


@pytest.fixture
def units(make):
    return make.ministry()


def address(made, code="th-38"):
    return f"/q/{mc.part(made, code).collect_code.code}"


def no_side_scroll(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def send_it(page, name="ส่งคำตอบ"):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("width", [360, 320])
def test_a_citizen_answers_an_evaluation_without_script(page_as, units, width):
    made = mc.campaign(units["moi"], [units["th-38"]])
    page = page_as(width=width, scripts=False)
    page.context.clear_cookies()
    page.goto(address(made))
    page.locator("fieldset").first.wait_for()
    for name, value in (("q1", "5"), ("q2", "4"), ("again", "0")):
        label = page.locator(f"label:has(input[name='{name}'][value='{value}'])")
        box = label.bounding_box()
        assert box["height"] >= 44, "too small for a thumb"
        assert box["x"] + box["width"] <= width, "wider than the phone"
        label.click()
    page.locator("textarea").fill("ไม่มีเวลา")
    send_it(page)
    page.locator(".receipt").wait_for()
    assert receipts.genuine(
        mc.part(made, "th-38").collect_code.code, page.locator(".receipt").inner_text()
    )
    assert CollectResponse.objects.get().answers == {
        "q1": "5", "q2": "4", "again": "0", "why": "ไม่มีเวลา",
    }  # fmt: skip


def test_errors_lead_to_their_place_and_the_page_is_accessible(page_as, units, axe):
    made = mc.campaign(units["moi"], [units["th-38"]])
    page = page_as(width=320)
    page.goto(address(made))
    page.locator("form").evaluate("form => form.noValidate = true")
    axe(page)
    page.locator("label:has(input[name='q1'][value='3'])").click()
    page.watch.expect("422")
    send_it(page)
    alert = page.locator("[role=alert]")
    alert.wait_for()
    expect(alert.locator("li")).to_have_count(2)
    expect(page.locator("input:checked")).to_have_count(1)
    assert no_side_scroll(page)
    axe(page)


def test_the_script_hides_what_does_not_apply_and_keeps_what_was_not_sent(page_as, units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    page = page_as(width=360)
    page.goto(address(made))
    why = page.locator("textarea")
    why.wait_for(state="hidden")
    page.locator("label:has(input[name='again'][value='0'])").click()
    why.wait_for(state="visible")
    why.fill("ไกล")
    page.locator("label:has(input[name='q1'][value='5'])").click()
    page.locator(".kept").wait_for(state="visible")
    page.goto(address(made))
    page.locator(".kept").wait_for(state="visible")
    expect(page.locator("input[name='q1'][value='5']")).to_be_checked()
    expect(page.locator("textarea")).to_have_value("ไกล")
    page.locator("label:has(input[name='q2'][value='5'])").click()
    send_it(page)
    page.locator(".receipt").wait_for()
    page.goto(address(made))
    page.locator("fieldset").first.wait_for()
    expect(page.locator("input:checked")).to_have_count(0)
    page.locator("label:has(input[name='q1'][value='5'])").click()
    page.locator(".kept button").click()
    page.locator(".kept").wait_for(state="hidden")
    assert page.evaluate("localStorage.length") == 0


def test_the_key_of_a_card_fills_itself_in_and_leaves_the_address(page_as, units):
    made = mc.campaign(units["moi"], [units["th-38"]], access="one_use_keys")
    (key,) = keys.issue_keys(actor=mc.SYSTEM, campaign_unit=mc.part(made, "th-38"), n=1)
    page = page_as(width=360)
    page.goto(f"{address(made)}#k={receipts.grouped(key)}")
    page.wait_for_function("location.hash === ''")
    for name, value in (("q1", "5"), ("q2", "4"), ("again", "1")):
        page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
    assert key not in page.evaluate("JSON.stringify(localStorage)")
    send_it(page)
    page.locator(".receipt").wait_for()


def test_an_officer_takes_a_test_twice_with_a_draft_between(page_as, units, make, axe):
    made = mc.campaign(
        units["moi"], [units["th-38"]], framework_=mc.framework(exam_document()), opened=False
    )
    plan = openings.SetUp(access="signed_in", attempts=2, show_score=True)
    openings.set_up(actor=mc.SYSTEM, campaign=made, plan=plan)
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    page = page_as(role="unit_officer", unit=units["th-38"], width=360)
    page.goto("/assessments/campaigns/")
    with page.expect_navigation():
        page.get_by_role("link", name="แบบประเมินทดสอบ").first.click()
    page.locator("form.sheet").wait_for()
    axe(page)
    page.locator("label:has(input[name='t1'][value='b'])").click()
    send_it(page, "บันทึกเป็นร่าง")
    page.locator("form.sheet").wait_for()
    assert page.locator("input[name='t1'][value='b']").is_checked()
    assert CollectDraft.objects.count() == 1
    for n in (2, 3, 4):
        page.locator(f"label:has(input[name='t{n}'][value='b'])").click()
    page.locator("[id='~code']").fill("ab12")
    send_it(page)
    page.get_by_text("100.00 %").wait_for()
    assert not CollectDraft.objects.exists()
    with page.expect_navigation():
        page.get_by_role("link", name="ทำอีกครั้ง").click()
    for n in (1, 2, 3, 4):
        page.locator(f"label:has(input[name='t{n}'][value='a'])").click()
    page.locator("[id='~code']").fill("AB-12")
    send_it(page)
    page.get_by_text("0.00 %").wait_for()
    page.goto(f"/assessments/answer/{mc.part(made, 'th-38').collect_code.code}/")
    page.get_by_text("ท่านตอบแบบสอบถามนี้แล้ว 2 ครั้ง").wait_for()
    assert sorted(CollectResponse.objects.values_list("attempt", flat=True)) == [1, 2]


def test_the_centre_makes_and_opens_a_campaign(page_as, units, axe):
    mc.framework()
    page = page_as(role="ministry_centre", unit=units["moi"])
    page.goto("/assessments/campaigns/")
    axe(page)
    with page.expect_navigation():
        page.get_by_role("link", name="สร้างการเก็บข้อมูล").first.click()
    axe(page)
    page.select_option("#id_framework", index=1)
    page.fill("#id_title_th", "ประเมินการสัมมนา")
    send_it(page, "สร้างร่างแล้วเลือกหน่วยงาน")
    page.locator("input[name='kinds'][value='province']").check()
    axe(page)
    send_it(page, "บันทึกหน่วยงาน")
    page.locator("input[name='access'][value='open_link']").check()
    axe(page)
    page.locator("form.prose button.btn-primary").wait_for()
    with page.expect_navigation():
        page.locator("form.prose button.btn-primary").click()
    page.locator("#id_closes_on").wait_for()
    send_it(page, "บันทึกวัน")
    with page.expect_navigation():
        page.get_by_role("link", name="เปิดรับคำตอบ").click()
    send_it(page, "ยืนยันดำเนินการ")
    page.locator("#units").wait_for()
    made = Campaign.objects.get()
    assert (made.state, made.units.count()) == ("open", 2)


def test_the_centre_watches_and_closes_a_campaign_and_sees_the_result(page_as, units, axe):
    made = mc.campaign(units["moi"], [units["th-38"], units["th-66"]])
    page = page_as(role="ministry_centre", unit=units["moi"])
    for n in range(7):
        send(mc.part(made, "th-38").collect_code.code, q1=str(1 + n % 5), q2="4", again="1")
    page.goto(f"/assessments/campaigns/{made.pk}/")
    page.get_by_text("5 ขึ้นไป").wait_for()
    axe(page)
    with page.expect_navigation():
        page.get_by_role("link", name="ลิงก์และคิวอาร์โค้ด").first.click()
    page.locator("svg.qr").wait_for()
    axe(page)
    page.goto(f"/assessments/campaigns/{made.pk}/step/close/")
    send_it(page, "ยืนยันดำเนินการ")
    with page.expect_navigation():
        page.get_by_role("link", name="ผลการเก็บข้อมูล").click()
    page.get_by_text("คะแนนและที่มา").wait_for()
    axe(page)
    assert made.closes_on >= clock.today()
    page.locator("details.card summary").first.click()
    page.locator("details.card table").first.wait_for(state="visible")


def test_papers_are_what_the_tests_think():
    assert paper(2) == {"t1": "b", "t2": "b", "t3": "a", "t4": "a"}
