"""Days off and deadlines in the browser: a new day off moves the day something is due, then it is kept and closed."""

from __future__ import annotations

import pytest

from sucharit.core.actors import System
from sucharit.desk.deadlines import services
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = System("test")
COMPUTE = "/desk/deadlines/?clock=report_back&anchor_on=19/3/2567"


def press(page, name: str) -> None:
    """A button that leads to a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_a_day_off_moves_the_day_due(page_as, make, axe):
    units = make.ministry()
    services.load_calendar(actor=SYSTEM, first_year=2567, last_year=2567)
    services.load_clocks(actor=SYSTEM)
    centre = page_as("ministry_centre", units["moi"])
    centre.goto(COMPUTE)
    centre.get_by_text("วันพุธที่ 10 เมษายน 2567", exact=True).wait_for()
    axe(centre)
    centre.goto("/desk/days-off/new/")
    press(centre, "บันทึกวันหยุด")
    centre.locator("#errors").wait_for()
    axe(centre)
    centre.get_by_label("วันที่", exact=False).first.fill("10/4/2567")
    centre.get_by_label("ชื่อภาษาไทย", exact=False).fill("วันหยุดพิเศษทดสอบ")
    press(centre, "บันทึกวันหยุด")
    centre.goto("/desk/days-off/?year=2567")
    centre.get_by_role("link", name="วันหยุดพิเศษทดสอบ").wait_for()
    axe(centre)
    officer = page_as("unit_officer", units["th-38"], width=360)
    officer.goto(COMPUTE)
    officer.get_by_text("วันพฤหัสบดีที่ 11 เมษายน 2567", exact=True).wait_for()
    no_sideways(officer)
    with officer.expect_navigation():
        officer.get_by_role("link", name="บันทึกเป็นภารกิจที่มีกำหนด").click()
    officer.get_by_label("สิ่งที่หน่วยงานต้องทำ", exact=False).fill("รายงานผลสัมมนา")
    press(officer, "บันทึกภารกิจ")
    officer.get_by_role("heading", name="รายงานผลสัมมนา").wait_for()
    axe(officer)
    no_sideways(officer)
    press(officer, "ดำเนินการแล้วเสร็จ")
    officer.get_by_text("ปิดภารกิจแล้ว").first.wait_for()
