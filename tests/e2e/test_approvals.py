"""Approval up the tree in a real browser, in Thai; an unlock; a finding that becomes an action item and is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from sucharit.assessments.models import Round
from sucharit.core import clock
from tests.assessments.approvals.making import departments, results, scene
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def s(make):
    cache.clear()
    made = scene(title_th="รอบ ITA ทดสอบ")
    made.finish("moi-cdd", "th-38", "th-3801")
    return made


@pytest.fixture
def at(s, page_as):
    """``at("governor", address)``: that person's page, opened there."""
    pages = {}

    def go(who, address):
        if who not in pages:
            pages[who] = page_as(user=s.people[who])
        pages[who].goto(address)
        pages[who].locator("main h1").first.wait_for()
        return pages[who]

    return go


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def said(page, text):
    page.locator(".notes", has_text=text).wait_for()


def shows(page, text):
    page.locator("main").get_by_text(text).first.wait_for()


def test_up_the_tree_and_open_again(s, at):
    approved_up_to_the_ministry(s, at)
    unlock_asked_and_granted(s, at, f"/assessments/approvals/round/{s.round.pk}")


def approved_up_to_the_ministry(s, at):
    one = f"/assessments/approvals/round/{s.round.pk}"
    tree = f"/assessments/approvals/?workflow={s.key}"
    officer = at("officer", f"{one}/th-3801/")
    shows(officer, "รอหัวหน้าหน่วยงานของท่านรับรอง")
    expect(officer.locator("main button")).to_have_count(0)
    sheriff = at("sheriff", "/desk/")
    with sheriff.expect_navigation():
        sheriff.get_by_role("link", name="อ่านและรับรอง: รอบ ITA ทดสอบ").first.click()
    press(sheriff, "รับรองและล็อกข้อมูล")
    said(sheriff, "รับรองแล้ว ข้อมูลถูกล็อก")
    governor = at("governor", f"{tree}&unit=th-38")
    press(governor, "รับข้อมูล")
    said(governor, "รับข้อมูลแล้ว")
    press(governor, "รับรองข้อมูลของจังหวัดบึงกาฬ")
    said(governor, "รับรองแล้ว")
    press(at("chief", f"{one}/moi-cdd/"), "รับรองและล็อกข้อมูล")
    centre = at("centre", f"{tree}&unit=moi")
    shows(centre, "กรมการพัฒนา")
    press(centre, "รับรองข้อมูลของกระทรวงทดสอบ")
    said(centre, "รับรองแล้ว")


def unlock_asked_and_granted(s, at, one):
    """Everything above takes its approval back first, each by itself."""
    officer = at("officer", f"{one}/th-3801/")
    shows(officer, "จังหวัดบึงกาฬ รับรองแล้ว")
    officer.get_by_label("สิ่งที่ต้องแก้ไข และเหตุผล").fill("ยอดบุคลากรผิด")
    press(officer, "ส่งคำขอ")
    said(officer, "ส่งคำขอถึงระดับเหนือขึ้นไปแล้ว")
    until = (clock.today() + dt.timedelta(days=5)).isoformat()
    governor = at("governor", f"{one}/th-3801/")
    governor.get_by_label("เปิดให้แก้ไขถึงวันที่").fill(until)
    press(governor, "อนุญาตให้ปลดล็อก")
    said(governor, "จังหวัดบึงกาฬ รับรองไปแล้ว")
    for who, code in (("centre", "moi"), ("governor", "th-38")):
        page = at(who, f"{one}/{code}/")
        page.locator("#return").get_by_label("สิ่งที่ต้องแก้ไข").fill("เปิดให้อำเภอแก้ยอด")
        press(page, "ถอนการรับรอง")
        said(page, "ถอนการรับรองแล้ว")
    governor = at("governor", f"{one}/th-3801/")
    governor.get_by_label("เปิดให้แก้ไขถึงวันที่").fill(until)
    press(governor, "อนุญาตให้ปลดล็อก")
    said(governor, "อนุญาตแล้ว")
    officer = at("officer", f"{one}/th-3801/")
    shows(officer, "ปลดล็อกแล้ว")
    shows(officer, "ยอดบุคลากรผิด")


def test_a_finding_is_looked_at_and_closed(s, at, make, axe):
    Round.objects.update(state="final")
    codes = departments(s, 9)
    values = ["80", "81", "79", "80", "82", "78", "81", "79", "20"]
    results(s, dict(zip(codes, values, strict=True)))
    s.people["worker"] = make.user("unit_officer", s.units["dep-8"], name_th="สมชาย ทดสอบ")
    s.people["boss"] = make.user("unit_head", s.units["dep-8"])
    centre = at("centre", f"/assessments/approvals/?workflow={s.key}&unit=moi")
    with centre.expect_navigation():
        centre.get_by_role("link", name="ตรวจทานตัวเลข").first.click()
    axe(centre)
    with centre.expect_navigation():
        centre.get_by_role("link", name="ตรวจสอบคะแนนรวม").first.click()
    shows(centre, "เหตุที่อาจอธิบายได้โดยชอบ")
    centre.get_by_label("ผู้ตรวจดู").select_option(label="สมชาย ทดสอบ")
    press(centre, "เปิดเป็นงานแก้ไข")
    said(centre, "เปิดเป็นงานแก้ไขแล้ว")
    worker = at("worker", "/desk/")
    with worker.expect_navigation():
        worker.get_by_role("link", name="ตรวจสอบคะแนนรวม").first.click()
    shows(worker, "20.00")
    worker.locator("#id_submit_note").fill("กรอกคะแนนผิดช่อง แก้แล้ว")
    press(worker, "แล้วเสร็จ ส่งงาน")
    said(worker, "ส่งงานแล้ว")
    boss = at("boss", worker.url.removeprefix(worker.url.split("/desk/")[0]))
    press(boss, "รับผลและปิดงาน")
    said(boss, "รับผลแล้ว")
    axe(boss)


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_pages_fit_and_are_accessible(s, page_as, axe, width):
    Round.objects.update(state="final")
    codes = departments(s, 9)
    results(
        s, dict(zip(codes, ["80", "81", "79", "80", "82", "78", "81", "79", "20"], strict=True))
    )
    page = page_as(user=s.people["centre"], width=width)
    one = f"/assessments/approvals/round/{s.round.pk}"
    for address in (
        "/assessments/approvals/",
        f"/assessments/approvals/?workflow={s.key}&unit=moi",
        f"{one}/th-3801/",
        f"{one}/findings/",
        f"{one}/dep-8/findings/level.total/",
        "/desk/actions/",
    ):
        page.goto(address)
        page.locator("main h1").first.wait_for()
        no_sideways(page)
        if width > 320:
            axe(page)
