"""The planner in a real browser, in Thai: from "how much is missing" to the action item in "my work"."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from sucharit.assessments.models import UnitResult
from tests.assessments.planner.rounds import scored
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/assessments/planner/2567/th-38/"


@pytest.fixture
def officer(make):
    """An officer of th-38, which failed with 83.41: one item of 10.2 would do."""
    cache.clear()
    units = make.ministry()
    round_, _run = scored(make, units, codes=("th-38", "th-66"))
    scored(make, units, fiscal_year=2566, framework_=round_.framework, lacking=())
    return make.user("unit_officer", units["th-38"])


def test_an_officer_finds_the_one_mend_and_makes_it_an_action_item(page_as, officer):
    page = page_as(user=officer)
    page.goto("/results/2567/th-38/")
    with page.expect_navigation():
        page.get_by_role("link", name="เหลืออีกเท่าไรจะถึงเกณฑ์").click()
    page.get_by_text("อีก 1.59 คะแนนถึง “ผ่าน”").wait_for()
    plan = page.locator(".card", has_text="ทางที่ใช้แรงน้อยที่สุดเพื่อถึง “ผ่าน”").first
    plan.get_by_text("O35").first.wait_for()
    with page.expect_navigation():
        plan.get_by_role("link", name="นำทางเลือกนี้ใส่ในแบบด้านล่าง").click()
    strip = page.locator("#strip")
    strip.get_by_text("88.41").wait_for()
    # A slider moves the strip without a new page.
    with page.expect_response("**/what-if/"):
        page.locator("#f-i3").fill("100")
    strip.get_by_text("i3 62.50 → 100.00").wait_for()
    with page.expect_response("**/what-if/"):
        page.locator("#f-i3").fill("63")  # back where it stood
    strip.get_by_text("88.41").wait_for()
    page.get_by_label("กำหนดเสร็จ").fill("30/9/2585")
    with page.expect_navigation():
        page.get_by_role("button", name="สร้างรายการที่ต้องดำเนินการ").click()
    page.get_by_text("เพิ่มรายการที่ต้องดำเนินการ 1 รายการ").wait_for()
    page.goto("/desk/")
    page.locator("main").get_by_role("link", name="O35").first.wait_for()


def test_it_works_without_scripts(page_as, officer):
    page = page_as(user=officer, scripts=False)
    page.goto(URL)
    page.get_by_label("O35", exact=False).first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="คำนวณ").click()
    page.locator("#strip").get_by_text("88.41").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="สร้างรายการที่ต้องดำเนินการ").click()
    page.locator("#errors").get_by_text("กำหนดเสร็จ").wait_for()


@pytest.mark.parametrize(
    "address",
    [
        URL,
        f"{URL}?level=excellent",
        f"{URL}?use=0",
        f"{URL}effort/",
        "/assessments/compare/th-38/",
        "/assessments/planner/2560/th-38/",
        "/results/2567/th-38/",
    ],
)
def test_the_pages_hold_at_every_width(page_as, officer, axe, address):
    assert UnitResult.objects.count() == 3
    for width in (1280, 360):
        page = page_as(user=officer, width=width)
        page.goto(address)
        page.locator("h1").wait_for()
        no_sideways(page)
        axe(page)
