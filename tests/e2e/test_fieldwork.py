"""Fieldwork in a real browser: a lost connection, two keyers, a reminder; small screens, axe, no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sucharit.assessments.fieldwork.services import paper
from sucharit.assessments.intake import keys, lookup, pages, receipts
from sucharit.assessments.models import PaperBatch, PaperEntry, SurveyResponse
from sucharit.core.actors import System
from tests.assessments.intake import sheets
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "Object.keys(localStorage).filter((n) => n.startsWith('sucharit:'))"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    lookup.forget()
    pages.forget()


@pytest.fixture
def world(make):
    """An open round of the small framework: a province, a district below it, and their people."""
    from sucharit.core import clock

    units = make.ministry()
    today = clock.today()
    round_ = sheets.round_of(units["moi"], surveys_from=today, surveys_to=today)
    parts = {
        code: sheets.participation(round_, units[code], staff_count=40, public_count=300)
        for code in ("th-38", "th-3801")
    }
    people = {
        name: make.user(role, units[at], username=name)
        for name, role, at in (
            ("ann", "unit_officer", "th-38"),
            ("bob", "unit_officer", "th-38"),
            ("cat", "unit_head", "th-38"),
            ("district", "unit_officer", "th-3801"),
            ("centre", "ministry_centre", "moi"),
            ("assessor", "assessor", "moi"),
        )
    }
    base = f"/assessments/rounds/{round_.pk}/"
    return {"round": round_, "parts": parts, "people": people, "base": base}


@pytest.fixture
def citizen(page_as, world):
    """A phone on the public survey of the province."""
    page = page_as(width=360)
    page.context.clear_cookies()
    page.goto(f"/s/{world['parts']['th-38'].eit_code}")
    page.locator("#draft").wait_for()
    return page


def choose(page, questions):
    for n in questions:
        page.locator("fieldset").nth(n).locator("label").nth(1).click()


def test_a_citizen_loses_the_connection_comes_back_and_goes_on(citizen, world, axe):
    page = citizen
    page.get_by_text("เพื่อไม่ให้หายเมื่อสัญญาณขาด").wait_for()
    choose(page, range(4))
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()
    no_sideways(page)
    axe(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="ส่งคำตอบ").click()
    page.get_by_text("ไม่มีสัญญาณ ยังไม่ได้ส่งคำตอบ").wait_for()
    assert not SurveyResponse.objects.exists()
    page.goto("about:blank")  # the phone is put away
    page.context.set_offline(False)
    page.goto(f"/s/{world['parts']['th-38'].eit_code}")
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()
    expect(page.locator("input:checked")).to_have_count(4)
    with page.expect_navigation():
        page.get_by_role("button", name="ส่งคำตอบ").click()
    page.locator(".receipt").wait_for()
    page.wait_for_function(f"{KEPT}.length === 0")
    assert SurveyResponse.objects.count() == 1
    assert page.context.cookies() == []


def test_a_receipt_that_got_lost_is_repeated_not_counted_twice(citizen, world):
    """The answers arrived, the phone never heard of it."""
    page, part = citizen, world["parts"]["th-38"]
    choose(page, range(4))
    page.route("**/s/*", lambda route: route.fetch() and route.abort())
    page.get_by_role("button", name="ส่งคำตอบ").click()
    page.wait_for_url("chrome-error://**")
    page.watch.expect("ERR_FAILED")
    assert SurveyResponse.objects.count() == 1
    page.unroute("**/s/*")
    page.goto(f"/s/{part.eit_code}")
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="ส่งคำตอบ").click()
    page.locator(".receipt").wait_for()
    assert receipts.genuine(part.eit_code, page.locator(".receipt").inner_text())
    assert SurveyResponse.objects.count() == 1


def test_a_draft_can_be_deleted_and_a_shared_device_keeps_none(citizen, world):
    page = citizen
    choose(page, range(2))
    page.get_by_role("button", name="ลบ", exact=True).click()
    page.wait_for_function(f"{KEPT}.length === 0")
    expect(page.locator("input:checked")).to_have_count(0)
    choose(page, range(2))
    page.locator("[data-when=kept] [data-act=off]").click()
    page.get_by_text("ไม่เก็บคำตอบไว้ในเครื่องนี้").wait_for()
    choose(page, range(3))
    assert page.evaluate(KEPT) == []
    page.goto(f"/s/{world['parts']['th-38'].eit_code}")
    page.get_by_text("ไม่เก็บคำตอบไว้ในเครื่องนี้").wait_for()
    expect(page.locator("input:checked")).to_have_count(0)
    page.locator("[data-act=on]").click()
    choose(page, range(1))
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()


def test_the_key_of_a_card_is_never_kept_and_old_drafts_go(page_as, world):
    part = world["parts"]["th-38"]
    world["round"].access = "one_use_keys"
    world["round"].save()
    key = keys.issue_keys(actor=System("test"), participation=part, instrument="IIT", n=1)[0]
    page = page_as(width=360)
    page.goto(f"/s/{part.iit_code}#k={key}")
    page.wait_for_function("location.hash === ''")
    page.evaluate("localStorage.setItem('sucharit:OTHER:1', JSON.stringify({at: Date.now() - 4 * 864e5}))")  # fmt: skip
    choose(page, range(3))
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()
    assert key not in page.evaluate("JSON.stringify({...localStorage})")
    page.reload()
    page.get_by_text("คำตอบค้างอยู่ในเครื่องนี้").wait_for()
    assert page.locator("#key").input_value() == ""
    assert page.evaluate(f"{KEPT}.length") == 1  # the old one is gone


def key_five_forms(page, last):
    """Types five EIT forms; the last answer is ``last``, after a digit that is no option."""
    with page.expect_navigation():
        page.get_by_role("link", name="เริ่มคีย์").click()
    page.locator("#f1-0:focus").wait_for()
    page.keyboard.type("1234" * 4 + "12๓")  # the cursor moves on by itself, Thai digits count
    page.locator("#f5-3:focus").wait_for()
    page.keyboard.type("9")
    page.locator("#f5-3[aria-invalid]").wait_for()
    page.keyboard.type(last)
    page.get_by_role("button", name="จบการคีย์ของฉัน").and_(page.locator(":focus")).wait_for()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("การคีย์ของท่านเสร็จสิ้น").first.wait_for()


def decide_and_commit(page):
    """From the desk to the one difference, then the commit."""
    page.goto("/desk/")
    for _ in range(2):  # the desk, then the batch
        with page.expect_navigation():
            page.locator("main").get_by_role("link", name="ตัดสินจุดที่คีย์ไม่ตรงกัน").first.click()
    page.get_by_role("group", name="ฉบับที่ 5 ข้อ e2.2").wait_for()
    assert page.locator("main fieldset").count() == 1
    page.get_by_label("ในกระดาษคือ").select_option("4")
    with page.expect_navigation():
        page.get_by_role("button", name="ใช้คำตอบเหล่านี้").click()
    page.get_by_role("button", name="นำเข้า 5 ฉบับ").click()
    with page.expect_navigation():
        page.locator("dialog button.btn-primary").click()
    page.get_by_text("นำเข้าเป็นคำตอบแล้ว").first.wait_for()


def test_two_officers_key_a_batch_with_one_difference(page_as, world):
    people, base = world["people"], world["base"]
    ann, bob = page_as(user=people["ann"]), page_as(user=people["bob"])
    ann.goto(f"{base}units/th-38/paper/")
    ann.locator("#id_instrument").select_option("EIT")
    ann.get_by_label("จำนวนแบบกระดาษ").fill("5")
    with ann.expect_navigation():
        ann.get_by_role("button", name="เปิดชุด", exact=True).click()
    ann.get_by_role("link", name="เริ่มคีย์").wait_for()
    bob.goto(ann.url)
    key_five_forms(ann, "4")
    key_five_forms(bob, "3")
    decide_and_commit(page_as(user=people["cat"]))
    stored = sorted(bytes(r.answers) for r in SurveyResponse.objects.all())
    assert stored == [bytes([0, 1, 2, 3])] * 5
    assert not PaperEntry.objects.exists()


def test_the_centre_reminds_a_unit_and_its_officer_sees_it(page_as, world, axe):
    centre = page_as(user=world["people"]["centre"])
    centre.goto(f"{world['base']}fill/")
    axe(centre)
    with centre.expect_navigation():
        centre.get_by_role("link", name="เตือนหน่วยงานที่ยังไม่ถึงเกณฑ์").click()
    centre.get_by_label("ข้อความถึงหน่วยงาน").fill("โปรดติดป้าย QR ที่จุดบริการ")
    axe(centre)
    with centre.expect_navigation():
        centre.get_by_role("button", name="เตือน 2 หน่วยงาน").click()
    centre.get_by_text("เตือนแล้ว 2 หน่วยงาน").wait_for()
    officer = page_as(user=world["people"]["district"], width=360)
    officer.goto("/desk/")
    with officer.expect_navigation():
        officer.get_by_role("link", name="ได้รับการเตือน").first.click()
    officer.get_by_text("โปรดติดป้าย QR ที่จุดบริการ").first.wait_for()
    no_sideways(officer)
    axe(officer)


def test_the_figures_renew_themselves_without_losing_the_place(page_as, world):
    """htmx asks again every half minute; the clock is put forward, the focus stays on its link."""
    page = page_as(user=world["people"]["centre"])
    page.clock.install()
    page.goto(f"{world['base']}fill/")
    page.locator("#fill-th-38").focus()
    with page.expect_response(lambda r: "/fill/" in r.url and r.request.headers.get("hx-request") == "true"):  # fmt: skip
        page.clock.fast_forward(31_000)
    page.locator("#fill-th-38:focus").wait_for()


def test_the_pages_fit_small_screens(page_as, world, width, axe):
    people, base = world["people"], world["base"]
    part = world["parts"]["th-38"]
    batch = paper.open_batch(actor=people["ann"], participation=part, instrument="EIT", forms=5)
    for who, digit in (("ann", "1"), ("bob", "2")):
        rows = {n: [digit] + ["1"] * 3 for n in range(1, 6)}
        paper.save_rows(actor=people[who], batch=batch, rows=rows)
        paper.finish_entry(actor=people[who], batch=batch)
    other = paper.open_batch(actor=people["ann"], participation=part, instrument="IIT", forms=12)
    at = f"{base}units/th-38/"
    for who, address in (
        ("centre", f"{base}fill/"),
        ("centre", f"{base}remind/"),
        ("ann", f"{at}fill/"),
        ("ann", f"{at}paper/"),
        ("ann", f"{at}paper/{batch.pk}/"),
        ("ann", f"{at}paper/{batch.pk}/decide/"),
        ("ann", f"{at}paper/{other.pk}/key/"),
        ("ann", f"{at}paper/{other.pk}/paste/"),
        ("assessor", f"{at}part2/"),
    ):
        page = page_as(user=people[who], width=width)
        page.goto(address)
        page.locator("main h1").wait_for()
        no_sideways(page)
        axe(page)


def test_a_batch_is_keyed_without_scripts_too(page_as, world):
    people, base = world["people"], world["base"]
    part = world["parts"]["th-38"]
    batch = paper.open_batch(actor=people["ann"], participation=part, instrument="EIT", forms=5)
    page = page_as(user=people["ann"], scripts=False)
    page.goto(f"{base}units/th-38/paper/{batch.pk}/key/")
    for form in range(1, 6):
        for place in range(4):
            page.locator(f"#f{form}-{place}").fill("0" if place == 3 else "2")
    with page.expect_navigation():
        page.get_by_role("button", name="จบการคีย์ของฉัน").click()
    page.get_by_text("คีย์ครบแล้ว").first.wait_for()
    assert PaperBatch.objects.get().entries.get().done
