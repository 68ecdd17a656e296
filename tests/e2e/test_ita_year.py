"""One ITA year in a real browser, in Thai: from head counts to the announced result and what lies behind it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db.models import F

from sucharit.assessments.engine import Edition, pack
from sucharit.assessments.models import Participation, Round
from sucharit.assessments.services import marking, oit
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"  # what tests.make gives
SITE = "https://www.buengkan.go.th"
YEAR = 2567
RESULT = f"/results/{YEAR}/th-38/"
DISPUTED = "O35"


@pytest.fixture
def year(make):
    """An open round with one unit without head counts, its people, and the surveys' answers.

    IIT: 20 of 40 all best, 20 all worst (50.00); EIT: 40 all best (100.00).
    """
    cache.clear()
    units = make.ministry()
    round_ = make.round_([units["th-38"]], owner=units["moi"], title_th="รอบ ITA ทดสอบ")
    part = round_.participations.get()
    Participation.objects.update(staff_count=None, public_count=None, counted_on=None)
    edition = Edition.from_document(round_.framework.document)
    make.answers(part, "IIT", every(edition, "IIT", max), times=20)
    make.answers(part, "IIT", every(edition, "IIT", min), times=20)
    make.answers(part, "EIT", every(edition, "EIT", max), times=40)
    people = {
        "unit_officer": "th-38",
        "unit_head": "th-38",
        "ministry_centre": "moi",
        "assessor": "moi",
    }
    return {
        "round": round_,
        "items": [i.code for i in edition.items if not i.surveyed],
        "users": {role: make.user(role, units[at], username=role) for role, at in people.items()},
        "base": f"/assessments/rounds/{round_.pk}/units/th-38/",
    }


def every(edition, instrument, choose):
    """Packed answers with the option ``choose`` picks by points, for each sub-question."""
    questions = [q for i in edition.items_of(instrument) for q in i.subquestions]
    return pack(
        edition,
        instrument,
        {q.code: choose(q.scale.options, key=lambda o: o.points).code for q in questions},
    )


@pytest.fixture
def sign_in(page_as):
    """``sign_in("unit_head")``: that person's own page, past the sign-in form."""

    def do(username):
        page = page_as()
        page.goto("/accounts/login/")
        page.get_by_label("ชื่อผู้ใช้").fill(username)
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
        page.wait_for_url("**/desk/")
        return page

    return do


def press(page, name):
    """Press a button of the page proper, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    """Follow a link of the page proper."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def said(page, text):
    """The page says this after the step."""
    page.locator(".notes", has_text=text).wait_for()


def days_pass(round_, days):
    """Move the whole calendar back: the same as waiting."""
    Round.objects.filter(pk=round_.pk).update(
        **{
            name: F(name) - dt.timedelta(days=days)
            for name in (
                "surveys_from",
                "surveys_to",
                "oit_from",
                "oit_to",
                "review_to",
                "objection_from",
                "objection_to",
            )
        }
    )


def step(page, year, name):
    """The ministry takes a step of the round: press, read what happens, confirm."""
    page.goto(f"/assessments/rounds/{year['round'].pk}/")
    follow(page, name)
    press(page, "ยืนยันดำเนินการ")
    said(page, "ดำเนินการแล้ว")


def closed_to_visitors(page):
    """Without signing in nothing of the unit's year is to be seen."""
    for address in (
        RESULT,
        f"{RESULT}why/total/",
        f"{RESULT}why/{DISPUTED}/",
        f"/results/{YEAR}/th-38.csv",
    ):
        assert page.request.get(address).status == 404, address
    for address in (f"/results/{YEAR}/", f"/results/{YEAR}.csv", "/results/"):
        assert "บึงกาฬ" not in page.request.get(address).text(), address
    # The front page names the unit in the open register, but no figure of it.
    assert not re.search(r"8[05]\.00", page.request.get(f"/?year={YEAR}").text())
    inside = f"/assessments/rounds/{Round.objects.get().pk}/units/th-38/"
    assert page.request.get(inside, max_redirects=0).status == 302


def test_the_year_of_a_unit(year, sign_in, page_as):
    visitor = page_as()
    officer = sign_in("unit_officer")
    count_heads(officer)
    answer_items(officer, year)
    submit(officer, year)
    closed_to_visitors(visitor)
    approve(sign_in("unit_head"))
    centre = sign_in("ministry_centre")
    step(centre, year, "ปิดรับแบบสำรวจ")
    step(centre, year, "เริ่มการให้คะแนน")
    assessor = sign_in("assessor")
    mark(assessor, year)
    officer.goto(year["base"])
    assert "จะเห็นคะแนนเมื่อเปิดช่วงอุทธรณ์" in officer.inner_text("main")
    step(centre, year, "เปิดช่วงอุทธรณ์")
    closed_to_visitors(visitor)

    shows(officer, total="80.00", oit="87.50")
    why_before(officer)
    days_pass(year["round"], 15)
    object_to(officer, year)
    decide(assessor)
    shows(officer, total="80.00", oit="87.50")
    days_pass(year["round"], 15)
    closed_to_visitors(visitor)
    step(centre, year, "ประกาศผล")

    shows(officer, total="85.00", oit="100.00")
    why_after(officer)
    open_to_visitors(visitor)


def count_heads(page):
    """From "my work" to the unit's steps, and the head counts, once wrong and once right."""
    follow(page, re.compile("กรอกจำนวนผู้มีส่วนได้ส่วนเสีย"))
    page.locator("main").get_by_label("(IIT)").fill("0")
    page.locator("main").get_by_label("(EIT)").fill("300")
    page.locator("[name=counted_on]").fill("31/1/2567")
    press(page, "บันทึก")
    assert page.locator("#errors li").count() == 1
    assert page.locator("[name=public_count]").input_value() == "300"
    page.locator("main").get_by_label("(IIT)").fill("40")
    press(page, "บันทึก")
    said(page, "บันทึกจำนวนแล้ว")


def answer_items(page, year):
    """Two items through the pages, the rest through the service the pages call."""
    page.goto("/desk/")
    follow(page, re.compile("OIT"))
    follow(page, re.compile("^O1 "))
    page.locator("[name=link_1]").fill("http://192.168.1.5/structure")
    page.locator("[name=explanation]").fill("หน้าแรก > เกี่ยวกับเรา > โครงสร้าง")
    press(page, "บันทึกและไปข้อถัดไป")
    assert page.locator("#errors li").count() == 1
    assert page.locator("[name=explanation]").input_value().startswith("หน้าแรก")
    page.locator("[name=link_1]").fill(f"{SITE}/structure")
    press(page, "บันทึกและไปข้อถัดไป")
    said(page, "บันทึกข้อ O1 แล้ว")
    assert page.inner_text("h1").startswith("O2")
    page.goto(f"{year['base']}oit/{DISPUTED}/")
    page.locator("[name=link_1]").fill(f"{SITE}/plan-2567")
    page.locator("[name=link_2]").fill(f"{SITE}/plan-2567/progress")
    press(page, "บันทึก")
    said(page, f"บันทึกข้อ {DISPUTED} แล้ว")
    part = year["round"].participations.get()
    for code in year["items"]:
        if code not in {"O1", DISPUTED}:
            oit.save_entry(
                actor=year["users"]["unit_officer"], participation=part, item=code, links=[f"{SITE}/{code}"], explanation="",
                nothing_to_show=False, version=0,
            )  # fmt: skip


def submit(page, year):
    """The side bar leads to the round, the round to the unit's steps, the steps to submission."""
    page.goto("/desk/")
    page.locator("#side").get_by_role("link", name="รอบการประเมิน").click()
    follow(page, "รอบ ITA ทดสอบ")
    follow(page, "จังหวัดบึงกาฬ")
    assert page.url.endswith(year["base"])
    follow(page, "ส่ง")
    press(page, "ส่ง")
    page.wait_for_url(f"**{year['base']}")
    assert year["round"].participations.get().oit_state == "submitted"


def approve(page):
    """The head finds it in "my work", reads it on one page and approves."""
    follow(page, re.compile("อนุมัติ"))
    assert f"{SITE}/plan-2567/progress" in page.inner_text("main")
    press(page, "อนุมัติและล็อกข้อมูล")
    page.locator("main", has_text="ล็อก").wait_for()
    assert page.locator(".notes .alert-success").count() == 1


def mark(page, year):
    """One full mark, one 0 which is refused without a reason; the rest through the service; finish."""
    page.goto("/desk/")
    follow(page, re.compile("ให้คะแนน"))
    follow(page, re.compile("ให้คะแนนข้อถัดไป"))
    assert page.inner_text("h1").startswith("O1 ")
    page.get_by_label("100 คะแนน").check()
    press(page, "บันทึกและไปข้อถัดไป")
    page.goto(f"{year['base']}marking/{DISPUTED}/")
    page.locator("input[name=points][value='0']").check()
    press(page, "บันทึก")
    assert "ต้องระบุเหตุผล" in page.inner_text("#errors")
    page.locator("[name=comment]").fill("ไม่พบผลการดำเนินการรายไตรมาส")
    press(page, "บันทึก")
    said(page, DISPUTED)
    part = year["round"].participations.get()
    for code in year["items"]:
        if code not in {"O1", DISPUTED}:
            marking.mark_item(
                actor=year["users"]["assessor"], participation=part, item=code, points="100"
            )
    page.goto(f"{year['base']}marking/")
    press(page, "เสร็จสิ้นการให้คะแนน")
    said(page, "เสร็จสิ้น")


def object_to(page, year):
    """The unit objects to the 0, through its steps."""
    page.goto(year["base"])
    follow(page, "เลือกข้อ")
    assert "ไม่พบผลการดำเนินการรายไตรมาส" in page.inner_text("main")
    assert page.locator("main").get_by_role("link", name="อุทธรณ์").count() == 1
    follow(page, "อุทธรณ์")
    page.locator("[name=reason]").fill("ผลรายไตรมาสอยู่ในลิงก์ที่ 2 หัวข้อความก้าวหน้า")
    page.get_by_label(f"{SITE}/plan-2567/progress").check()
    press(page, "ยื่นคำอุทธรณ์")
    said(page, DISPUTED)
    assert page.locator("main").get_by_role("link", name="อุทธรณ์").count() == 0


def decide(page):
    """The assessor finds the objection in "my work" and changes the mark."""
    page.goto("/desk/")
    follow(page, re.compile(DISPUTED))
    follow(page, "อุทธรณ์")
    assert "หัวข้อความก้าวหน้า" in page.inner_text("main")
    page.locator("input[name=points][value='100']").check()
    page.locator("[name=answer]").fill("ตรวจแล้วพบข้อมูลครบถ้วนในลิงก์ที่ 2")
    press(page, "บันทึกผลพิจารณา")
    said(page, DISPUTED)


def shows(page, *, total, oit):
    """The unit's result page shows exactly these figures."""
    page.goto(RESULT)
    assert page.locator("main .display-6").inner_text() == total
    figures = {
        card.locator(".subheader").inner_text(): card.locator(".h1").inner_text()
        for card in page.locator("main .card:has(> .subheader)").all()
    }
    assert figures == {"IIT": "50.00", "EIT": "100.00", "OIT": oit}
    no_sideways(page)


def why_before(page):
    """From the result to the 0 by "why?" alone: mark, reason, links and rule are there."""
    follow(page, re.compile("^ที่มา"))
    text = page.inner_text("main")
    assert "80.00" in text
    assert re.search("ร้อยละ|ถ่วงน้ำหนัก|น้ำหนัก", text)
    page.goto(RESULT)
    page.locator("main tr", has=page.get_by_role("cell", name=DISPUTED, exact=True)).get_by_role(
        "link"
    ).click()
    page.wait_for_url(f"**why/{DISPUTED}/")
    text = page.inner_text("main")
    for expected in (
        "0.00",
        "ไม่พบผลการดำเนินการรายไตรมาส",
        f"{SITE}/plan-2567",
        f"{SITE}/plan-2567/progress",
    ):
        assert expected in text
    assert "คะแนนครั้งที่ 1: 0 คะแนน" in text


def why_after(page):
    """After the decision both markings stand there, and the total says how it came about."""
    page.goto(f"{RESULT}why/{DISPUTED}/")
    text = page.inner_text("main")
    assert page.locator("main .display-6").inner_text() == "100.00"
    for expected in (
        "คะแนนครั้งที่ 1: 0 คะแนน",
        "คะแนนครั้งที่ 2: 100 คะแนน",
        "ตรวจแล้วพบข้อมูลครบถ้วน",
        f"{SITE}/plan-2567/progress",
    ):
        assert expected in text
    page.goto(f"{RESULT}why/total/")
    assert page.locator("main .display-6").inner_text() == "85.00"
    rows = page.locator("main tbody tr")
    assert [row.locator("td").nth(2).inner_text() for row in rows.all()] == [
        "50.00",
        "100.00",
        "100.00",
    ]
    assert [row.locator("td").nth(0).inner_text() for row in rows.all()] == ["IIT", "EIT", "OIT"]


def open_to_visitors(page):
    """Everybody sees the announced figures; the unit's words and links behind them stay inside."""
    page.goto(f"/results/{YEAR}/")
    follow(page, "จังหวัดบึงกาฬ")
    shows(page, total="85.00", oit="100.00")
    page.goto(f"{RESULT}why/{DISPUTED}/")
    assert page.locator("main .display-6").inner_text() == "100.00"
    assert "85.00" in page.request.get(f"/?year={YEAR}").text()
    assert page.request.get(f"/results/{YEAR}/th-38.csv").status == 200
