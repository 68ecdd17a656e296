"""A figure in the browser: a wrong number beside its field, handed in on a phone, verified, rolled up."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import no_sideways
from tests.plans.indicators.world import YEAR, world

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, name: str) -> None:
    """A button that leads to a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_from_a_wrong_number_to_the_roll_up(page_as, axe):
    w = world()
    w.target("th-38", 80), w.target("th-66", 80), w.target("moi", 70)
    officer = page_as(user=w.people["officer"], width=360)
    officer.goto(f"/plans/indicators/{w.share.pk}/th-38/{YEAR}/1/")
    officer.get_by_label("จำนวนที่นับได้ (ตัวตั้ง)").fill("หนึ่ง")
    officer.get_by_label("จำนวนทั้งหมด (ตัวหาร)").fill("๔,๐๐๐")
    press(officer, "บันทึกและส่ง")
    officer.locator("#errors").get_by_text("ไม่ใช่ตัวเลข").wait_for()
    axe(officer)
    no_sideways(officer)
    officer.get_by_label("จำนวนที่นับได้ (ตัวตั้ง)").fill("๓,๐๐๐")
    press(officer, "บันทึกและส่ง")
    officer.get_by_text("รอกระทรวงทดสอบตรวจสอบ").wait_for()
    axe(officer)
    no_sideways(officer)
    centre = page_as(user=w.people["centre"])
    centre.goto("/plans/indicators/verify/")
    centre.get_by_role("link", name="ร้อยละของหน่วยงานที่ผ่าน").click()
    press(centre, "ค่าถูกต้อง")
    for address in (
        f"/plans/indicators/units/moi/{YEAR}/all/?of={w.share.pk}",
        f"/plans/indicators/{w.share.pk}/?unit=th-38&year={YEAR}",
    ):
        centre.goto(address)
        centre.get_by_text("75.00").first.wait_for()
        axe(centre)
        no_sideways(centre)
    officer.goto(f"/plans/indicators/{w.share.pk}/?unit=th-38&year={YEAR}")
    officer.get_by_text("93.75 %").first.wait_for()
    no_sideways(officer)
