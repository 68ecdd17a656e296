"""The map and the report in a real browser, in Thai: by mouse, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from sucharit.core import maps
from tests.assessments.planner.rounds import scored
from tests.e2e.conftest import NARROW, no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def announced(make):
    cache.clear()
    units = make.ministry()
    round_, _run = scored(make, units, codes=("th-38", "th-66", "moi-cdd"))
    scored(
        make,
        units,
        codes=("th-38", "th-66"),
        fiscal_year=2566,
        framework_=round_.framework,
        lacking=(),
    )
    return units


def test_the_report_reads_at_every_width(page_as, announced, width, axe):
    page = page_as(width=width)
    page.goto("/results/2567/report/")
    page.get_by_role("heading", name="ข้อมูลที่ไม่แสดงและเหตุผล").wait_for()
    page.get_by_role("heading", name="จำแนกตามจังหวัด").wait_for()
    no_sideways(page)
    axe(page)


def test_an_officer_goes_from_the_result_to_the_memo(page_as, make, announced):
    page = page_as(user=make.user("unit_officer", announced["th-38"]))
    page.goto("/results/2567/th-38/")
    with page.expect_download() as got:
        page.get_by_role("link", name="บันทึกข้อความเสนอผู้บริหาร (DOCX)").click()
    assert got.value.suggested_filename == "ita-2567-th-38.docx"


@pytest.mark.skipif(maps.thailand() is None, reason="npm packages are not installed")
class TestMap:
    def test_the_map_stands_open_on_a_wide_screen_and_leads_to_a_province(
        self, page_as, announced, axe
    ):
        page = page_as()
        page.goto("/results/2567/")
        province = page.locator("svg.map a", has_text="จังหวัดบึงกาฬ")
        province.wait_for()
        assert province.get_attribute("aria-label") == "จังหวัดบึงกาฬ: 83.41 · ต้องปรับปรุง"
        assert page.locator("svg.map a").count() == 2
        axe(page)
        province.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("heading", name="จังหวัดบึงกาฬ").first.wait_for()

    def test_on_a_phone_it_waits_until_asked_for(self, page_as, announced, axe):
        page = page_as(width=NARROW)
        page.goto("/results/2567/")
        page.locator("details[data-wide-open] summary").wait_for()
        page.locator("svg.map").wait_for(state="hidden")
        page.locator("details[data-wide-open] summary").click()
        page.locator("svg.map").wait_for()
        no_sideways(page)
        axe(page)

    def test_it_opens_without_scripts(self, page_as, announced):
        page = page_as(scripts=False)
        page.goto("/results/2567/")
        page.locator("details[data-wide-open] summary").click()
        page.locator("svg.map").wait_for()

    def test_no_map_where_no_province_is_shown(self, page_as, announced):
        page = page_as()
        page.goto("/results/2567/?kind=department")
        page.get_by_text("กรมการพัฒนา").first.wait_for()
        page.locator("svg.map").wait_for(state="detached")
