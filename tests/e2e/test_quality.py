"""The centre computes the signals of a closed survey, looks at one, and asks the unit."""

from __future__ import annotations

import pytest

from sucharit.assessments.engine import Edition
from sucharit.assessments.engine.packing import pack
from sucharit.core import clock
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(make):
    units = make.ministry()
    round_ = make.round_([units["th-38"], units["th-66"]], owner=units["moi"], state="review")
    round_.surveys_closed_at = clock.now()
    round_.save()
    edition = Edition.from_document(round_.framework.document)
    for part in round_.participations.all():
        for instrument in ("IIT", "EIT"):
            questions = edition.subquestions(instrument)
            best = {q.code: max(q.scale.options, key=lambda o: o.points).code for q in questions}
            make.answers(part, instrument, pack(edition, instrument, best), times=30)
    return {"units": units, "round": round_}


@pytest.mark.parametrize("width", [1280, 360])
def test_a_signal_is_looked_at_and_the_unit_is_asked(page_as, world, make, axe, width):
    centre = make.user("ministry_centre", world["units"]["moi"])
    officer = make.user("unit_officer", world["units"]["th-38"])
    page = page_as(user=centre, width=width)
    page.goto(f"/assessments/rounds/{world['round'].pk}/")
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="คุณภาพคำตอบ").click()
    axe(page)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="คำนวณสัญญาณ").click()
    page.locator(".notes", has_text="คำนวณสัญญาณแล้ว").wait_for()
    no_sideways(page)
    axe(page)
    with page.expect_navigation():
        page.locator("main tbody tr", has_text="บึงกาฬ").get_by_role("link").first.click()
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="บันทึกผลการตรวจดู").click()
    page.locator("#errors").wait_for()
    no_sideways(page)
    axe(page)
    page.get_by_label("ขอให้หน่วยงานชี้แจง").check()
    page.get_by_label("สิ่งที่ตรวจดู").fill("ดูจำนวนผู้ตอบเทียบกับผู้รับบริการแล้ว")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="บันทึกผลการตรวจดู").click()
    page.locator("main", has_text="ดูจำนวนผู้ตอบเทียบกับผู้รับบริการแล้ว").wait_for()
    assert officer.is_active
