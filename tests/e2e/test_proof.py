"""Evidence in a real browser, in Thai: from last year's answers to the stored copy an assessor sees."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from sucharit.assessments.models import LinkVisit, OitEntry, Participation, Round
from sucharit.assessments.proof import services
from sucharit.core import clock
from tests.assessments import rounds_make as rm
from tests.assessments.proof import proof_make as pm
from tests.assessments.proof.conftest import site  # noqa: F401 (a fixture)
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(monkeypatch, site):  # noqa: F811
    """The open round of rounds_make on one of its days, with a frozen answer of the year before."""
    cache.clear()
    made = rm.world()
    made.site = site
    monkeypatch.setattr(clock, "today", lambda: rm.TODAY)
    before = Round.objects.create(
        framework=made.round.framework, owner=made.units["moi"], fiscal_year=2566, title_th="รอบปี 2566",
        title_en="2566", state="final", tree_date=made.round.tree_date, **rm.CALENDAR,
    )  # fmt: skip
    part = Participation.objects.create(round=before, unit=made.units["th-38"], oit_state="final")
    OitEntry.objects.create(
        participation=part, item="O1", frozen_at=clock.now(),
        frozen={"links": [{"url": f"{site}/page", "label": ""}], "explanation": "หน้าแรก > โครงสร้าง"},
    )  # fmt: skip
    pm.link(made, f"{site}/pdf", title="แผนปฏิบัติการป้องกันการทุจริต 2567")
    return made


def base(world):
    return f"/assessments/rounds/{world.round.pk}/units/th-38/"


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def said(page, text):
    page.locator(".notes", has_text=text).wait_for()


def test_from_last_years_answer_to_the_stored_copy(world, page_as, axe):
    officer = page_as(user=world.officer)
    copy_and_pick(officer, world, axe)
    confirm_and_submit(officer, world)

    head = page_as(user=world.head)
    head.goto(f"{base(world)}approve/")
    press(head, "อนุมัติและล็อกข้อมูล")
    said(head, "ล็อก")
    assert LinkVisit.objects.filter(purpose="copy", ok=True).count() == 2

    world.set(round_state="review")
    assessor = page_as(user=world.assessor)
    sees_the_copy(assessor, world, axe)


def copy_and_pick(page, world, axe):
    """Last year's answer by one button; evidence of the library by two clicks."""
    page.goto(f"{base(world)}oit/")
    follow(page, "คัดลอกคำตอบของปีก่อน")
    axe(page)
    press(page, "คัดลอกคำตอบ")
    said(page, "2566")
    page.goto(f"{base(world)}oit/O2/")
    follow(page, "เลือกจากคลังหลักฐาน")
    axe(page)
    press(page, re.compile("^แนบ"))
    said(page, "แผนปฏิบัติการป้องกันการทุจริต 2567")
    assert page.locator("[name=link_1]").input_value() == f"{world.site}/pdf"
    axe(page)


def confirm_and_submit(page, world):
    """The copied answer stands in the way until it is confirmed."""
    page.goto(f"{base(world)}submit/")
    page.locator("[name=incomplete_ok]").check()
    press(page, re.compile("^ส่ง"))
    page.locator("main", has_text="ยังไม่ได้ยืนยัน").wait_for()
    assert world.part().oit_state == "draft"
    page.goto(f"{base(world)}oit/O1/")
    assert page.locator("[name=explanation]").input_value() == "หน้าแรก > โครงสร้าง"
    press(page, "ยืนยันตามนี้")
    said(page, "O1")
    page.goto(f"{base(world)}submit/")
    page.locator("[name=incomplete_ok]").check()
    press(page, re.compile("^ส่ง"))
    page.wait_for_url(f"**{base(world)}")
    assert world.part().oit_state == "submitted"


def sees_the_copy(page, world, axe):
    """Link, stored copy, hash and time beside each other; the words of the page one click away."""
    page.goto(f"{base(world)}marking/O1/")
    visit = LinkVisit.objects.get(item="O1")
    text = page.inner_text("main")
    assert f"{world.site}/page" in text
    assert visit.sha256[:12] in text
    axe(page)
    follow(page, "สำเนาที่เก็บไว้")
    page.get_by_text("งบประมาณ 100 บาท").wait_for()
    assert visit.sha256 in page.inner_text("main")
    axe(page)


def test_pages_fit_a_phone(world, page_as, axe):
    """Full and empty, at 360 px: nothing sideways, nothing serious from axe."""
    pm.file(world)
    use = services.attach(
        actor=world.officer, proof=pm.link(world, f"{world.site}/long/" + "ก" * 80),
        participation=world.part(), item="O3",
    )  # fmt: skip
    officer = page_as(user=world.officer, width=360)
    for address in (
        "/assessments/evidence/",
        f"/assessments/evidence/{use.proof_id}/",
        "/assessments/evidence/units/th-38/new/",
        f"{base(world)}oit/",
        f"{base(world)}oit/O3/",
        f"{base(world)}oit/O3/evidence/",
        f"{base(world)}copy-last-year/",
        f"{base(world)}assignments/",
        f"{base(world)}link-check/",
    ):
        officer.goto(address)
        officer.locator("h1").wait_for()
        no_sideways(officer)
        axe(officer)
    centre = page_as(user=world.centre, width=360)
    centre.goto(f"/assessments/rounds/{world.round.pk}/second-reading/")
    centre.locator("h1").wait_for()
    no_sideways(centre)
    axe(centre)
