"""The desk in a real browser, in Thai: worked on, handed in, returned, handed in again, accepted."""

from __future__ import annotations

import pytest

from tests.desk.world import World, ahead
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_from_work_to_acceptance(page_as, make, axe):
    world = World(make)
    item = world.from_above(owner=world.officer, due_on=ahead(3), title="แก้ไขข้อ O12 ให้ครบถ้วน")
    at = f"/desk/actions/{item.pk}/"
    officer, centre = page_as(user=world.officer, width=360), page_as(user=world.centre)
    officer.goto("/desk/")
    axe(officer)
    no_sideways(officer)
    with officer.expect_navigation():
        officer.get_by_role("link", name="แก้ไขข้อ O12 ให้ครบถ้วน", exact=True).click()
    press(officer, "เริ่มงาน")
    for note, decide in (("แก้แล้ว", "ส่งกลับ"), ("ครบแล้ว", "รับผลและปิดงาน")):
        officer.goto(at)
        officer.locator("#id_submit_note").fill(note)
        press(officer, "แล้วเสร็จ ส่งงาน")
        officer.get_by_text("ท่านเป็นผู้ส่งงานนี้").wait_for()
        axe(officer)
        no_sideways(officer)
        centre.goto(at)
        axe(centre)
        if decide == "ส่งกลับ":
            centre.locator("#id_return_note").fill("ขาดภาพหน้าจอ")
        press(centre, decide)
    centre.locator(".subtitle", has_text="รับผลแล้ว").wait_for()
    for page in (officer, centre):
        for address in ("/desk/calendar/", "/desk/away/", "/desk/feed/", "/desk/actions/closing/"):
            page.goto(address)
            page.locator("main h1").first.wait_for()
            axe(page)
            no_sideways(page)
