"""A checklist in the browser: officer, head, province, ministry, and a result that says why."""

from __future__ import annotations

import re

import pytest

from sucharit.assessments.checklists.services.marking import current_marks
from sucharit.core import clock, thaidate
from tests.assessments.checklists.world import DAY, UNIT, World, world
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def w() -> World:
    return world()


def base(w: World) -> str:
    return f"/assessments/checklists/{w.campaign.pk}/units/{UNIT}/"


def press(page, name: str, where: str = "button") -> None:
    """A button or link that leads to a page."""
    with page.expect_navigation():
        page.get_by_role(where, name=name, exact=True).click()


def answer(page, w: World, item: str, *, text: str = "", choice: str = "") -> None:
    page.goto(f"{base(w)}items/{item}/")
    if text:
        page.get_by_label("คำตอบ", exact=True).fill(text)
    if choice:
        page.locator(f"input[name=value][value='{choice}']").check()
    press(page, "บันทึก")
    page.get_by_text("บันทึกคำตอบแล้ว").wait_for()


def test_from_the_officers_answers_to_the_result_and_its_why(page_as, w, axe):
    officer, ministry = page_as(user=w.officer, width=360), page_as(user=w.assessor)
    answer_and_submit(officer, w, axe)
    approve(page_as(user=w.head), w, axe)
    mark_for_the_province(page_as(user=w.provincial), w, axe)
    mark_for_the_ministry(ministry, w, axe)
    see_why(officer, w, axe)
    object_and_decide(officer, ministry, w, axe)


def answer_and_submit(officer, w: World, axe) -> None:
    """From the empty workspace to the head, on a narrow page, with an error and a piece of evidence."""
    officer.goto(base(w))
    officer.locator("#where").get_by_text("เจ้าหน้าที่ของหน่วยงานต้องตอบข้อที่เหลือ").wait_for()
    axe(officer)
    no_sideways(officer)
    answer(officer, w, "members", text="๑๐๐")
    officer.goto(f"{base(w)}items/declared/")
    officer.get_by_label("คำตอบ", exact=True).fill("101")
    press(officer, "บันทึก")
    officer.locator("#errors").wait_for()
    axe(officer)
    no_sideways(officer)
    answer(officer, w, "declared", text="90")
    answer(officer, w, "plan", choice="2")
    officer.get_by_label("หรือลิงก์ใหม่").fill("https://example.go.th/plan-2567")
    officer.get_by_label("ชื่อหลักฐานใหม่").fill("แผนปฏิบัติการ 2567")
    press(officer, "แนบ")
    officer.get_by_text("แนบหลักฐานแล้ว").wait_for()
    no_sideways(officer)
    answer(officer, w, "result", choice="yes")
    officer.goto(f"{base(w)}submit/")
    axe(officer)
    press(officer, "ส่งให้หัวหน้าหน่วยงาน")
    officer.locator("#where").get_by_text("หัวหน้าหน่วยงานต้องอนุมัติหรือส่งคืน").wait_for()


def approve(head, w: World, axe) -> None:
    """The head reads and approves."""
    head.goto(f"{base(w)}approve/")
    head.get_by_text("แผนปฏิบัติการ 2567").first.wait_for()
    axe(head)
    press(head, "อนุมัติและล็อกข้อมูล")
    head.locator("#where").get_by_text("จังหวัดเป็นผู้ให้คะแนน").wait_for()


def mark_for_the_province(province, w: World, axe) -> None:
    """The province marks the plan lower."""
    mark(province, w, {"members": "100", "declared": "90"}, {"plan": "1", "result": "yes"}, axe)
    press(province, "ปิดขั้นการให้คะแนน")
    province.get_by_text("ปิดขั้นการให้คะแนนของหน่วยงานแล้ว").wait_for()


def mark_for_the_ministry(ministry, w: World, axe) -> None:
    """The ministry counts fewer declarations, and names the days."""
    mark(ministry, w, {"members": "100", "declared": "60"}, {"plan": "1", "result": "yes"}, axe)
    today = clock.today()
    ministry.get_by_label("หน่วยงานอุทธรณ์ได้ถึงวันที่").fill(thaidate.short(today + 7 * DAY))
    ministry.get_by_label("พิจารณาคำอุทธรณ์ภายในวันที่").fill(thaidate.short(today + 14 * DAY))
    press(ministry, "ปิดขั้นการให้คะแนน")
    ministry.get_by_text("ปิดขั้นการให้คะแนนของหน่วยงานแล้ว").wait_for()
    assert {(s, m.value) for (i, s), m in current_marks(w.cu()).items() if i == "declared"} == {
        ("self", "90"), ("province", "90"), ("ministry", "60"),
    }  # fmt: skip


def see_why(officer, w: World, axe) -> None:
    """From the result down to the number, its marks and its copy."""
    officer.goto(f"{base(w)}result/")
    # share 1 (60 %), plan 1, result 2
    officer.locator(".display-6", has_text="4.00").wait_for()
    axe(officer)
    no_sideways(officer)
    with officer.expect_navigation():
        officer.locator(".display-6 a").click()
    officer.get_by_role("link", name="ไทย share").wait_for()
    axe(officer)
    no_sideways(officer)
    press(officer, "ไทย share", "link")
    press(officer, "ไทย declared", "link")
    text = officer.inner_text("main")
    for expected in ("90", "60", "เหตุผลที่ต่าง", "SHA-256"):
        assert expected in text
    assert re.search("ต่างจากคำตอบของหน่วยงาน", text)


def object_and_decide(officer, ministry, w: World, axe) -> None:
    """The unit objects, the ministry agrees, the result follows."""
    officer.goto(f"{base(w)}marks/plan/object/")
    axe(officer)
    officer.get_by_label("เหตุผลของการอุทธรณ์").fill("แผนมีงบประมาณในหน้า 3")
    press(officer, "ยื่นคำอุทธรณ์")
    officer.get_by_text("ยื่นคำอุทธรณ์แล้ว").first.wait_for()
    ministry.goto(f"{base(w)}marks/plan/decide/")
    axe(ministry)
    ministry.locator("input[name=value][value='2']").check()
    ministry.get_by_label("เหตุผลของผลพิจารณา").fill("ตรวจแล้วพบจริง")
    press(ministry, "ตัดสินคำอุทธรณ์")
    ministry.get_by_text("พิจารณาคำอุทธรณ์แล้ว").first.wait_for()
    officer.goto(f"{base(w)}result/")
    officer.locator(".display-6", has_text="5.00").wait_for()


def mark(page, w: World, numbers: dict[str, str], choices: dict[str, str], axe) -> None:
    """Mark every item; where the mark differs from what stood there, with a reason."""
    for item, value in {**numbers, **choices}.items():
        page.goto(f"{base(w)}marking/{item}/")
        if item in numbers:
            page.get_by_label("ผลที่ตรวจพบ", exact=True).fill(value)
        else:
            page.locator(f"input[name=value][value='{value}']").check()
        page.get_by_label("เหตุผลของคะแนน").fill("เหตุผลที่ต่าง")
        press(page, "บันทึก")
        page.get_by_text("บันทึกคะแนนแล้ว").wait_for()
    axe(page)
    page.goto(f"{base(w)}marking/")
    axe(page)


def test_without_scripts_a_colleague_gets_and_returns_a_part(page_as, w, axe):
    head = page_as(user=w.head, width=360, scripts=False)
    head.goto(f"{base(w)}assign/")
    head.get_by_label("ผู้รับมอบหมาย").select_option(str(w.officer2.pk))
    head.get_by_label("ไทย work").check()
    press(head, "มอบหมายงาน")
    head.get_by_text("มอบหมายงานแล้ว").wait_for()
    colleague = page_as(user=w.officer2, width=360)
    colleague.goto("/desk/")
    with colleague.expect_navigation():
        colleague.get_by_role("link", name=re.compile("ตอบแบบประเมินส่วนของท่าน")).first.click()
    axe(colleague)
    no_sideways(colleague)
    press(colleague, "ส่งงานส่วนนี้")
    colleague.get_by_text("ส่งงานแล้ว").first.wait_for()
    part = w.cu().checklist_assignments.get()
    head.goto(f"{base(w)}assign/{part.pk}/")
    head.get_by_label("สิ่งที่ต้องแก้ไขในข้อนี้: ไทย plan").fill("แนบแผน")
    press(head, "ส่งคืนพร้อมข้อสังเกต")
    head.get_by_text("ส่งคืนผู้รับมอบหมายแล้ว").first.wait_for()
    colleague.goto(f"{base(w)}items/plan/")
    colleague.get_by_text("แนบแผน").wait_for()
