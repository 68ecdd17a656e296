"""The shell in a real browser: widths, keyboard, no scripts, switches, security policy, charts."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from sucharit import urls as house
from sucharit.core.charts import Chart
from sucharit.core.registry import DeskItem, registry
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = ["/", "/open/", "/about/", "/access/", "/accounts/login/"]
SIGNED_IN = ["/", "/desk/", "/context/", "/accounts/2fa/", "/accounts/password/change/"]


@pytest.fixture(autouse=True)
def _desk(monkeypatch):
    """Three items on the desk whatever the other apps say."""
    cache.clear()
    days = (dt.date(2020, 1, 1), dt.date(2999, 1, 1), None)
    made = [
        DeskItem(
            "ส่งหลักฐานข้อ O12 เรื่องการเปิดเผยแผนการจัดซื้อจัดจ้างประจำปี",
            "/desk/",
            "กรมการพัฒนา",
            "k",
            "หลักฐาน",
            day,
        )
        for day in days
    ]
    monkeypatch.setattr(registry, "desk", [lambda _user: made])


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_fit_and_are_accessible(page_as, axe, width, address):
    page = page_as(width=width)
    page.goto(address)
    no_sideways(page)
    axe(page)


@pytest.mark.parametrize("address", SIGNED_IN)
def test_signed_in_pages_fit_and_are_accessible(signed_in, axe, width, address):
    page = signed_in(width=width)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    no_sideways(page)
    axe(page)


def test_signing_in_by_hand_leads_to_the_desk(page_as, make):
    make.user("ministry_centre", make.ministry()["moi"], username="somsri")
    page = page_as(width=360)
    page.goto("/accounts/login/")
    page.get_by_label("ชื่อผู้ใช้").fill("somsri")
    page.get_by_label("รหัสผ่าน").fill("wrong password")
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.locator("main", has_text="ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง").wait_for()
    page.get_by_label("รหัสผ่าน").fill("correct horse battery")
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.wait_for_url("**/desk/")
    assert page.inner_text("h1") == "งานของฉัน"


def test_skip_link_is_first_and_leads_to_the_content(signed_in):
    page = signed_in()
    page.goto("/desk/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_count_of_my_work_arrives(signed_in):
    page = signed_in()
    page.goto("/about/")
    page.goto("/context/")
    page.locator(".count", has_text="3").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_unit_and_year_switch(signed_in, make, scripts):
    page = signed_in(scripts=scripts)
    page.goto("/desk/")
    page.locator("summary", has_text="ปีงบฯ").click()
    with page.expect_navigation():
        page.get_by_role("button", name="ปีงบประมาณ 2567").click()
    page.wait_for_url("**/desk/")
    page.locator(".context", has_text="2567").wait_for()
    page.locator(".context > a").click()
    page.get_by_label("ค้นหาหน่วยงานด้วยชื่อหรือรหัส").fill("บึงกาฬ")
    page.locator("main").get_by_role("button", name="ค้นหา").click()
    page.get_by_role("button", name=re.compile("^จังหวัดบึงกาฬ")).click()
    page.wait_for_url("**/desk/")
    page.locator(".context", has_text="จังหวัดบึงกาฬ").wait_for()
    page.goto("/")
    assert "จังหวัดบึงกาฬ" in page.inner_text("h1")


@pytest.mark.parametrize("scripts", [True, False])
def test_side_bar_opens_on_a_phone(signed_in, scripts):
    page = signed_in(width=360, scripts=scripts)
    page.goto("/context/")
    assert not page.locator("#side").is_visible()
    page.locator(".top-menu").click()
    page.locator("#side a", has_text="งานของฉัน").click()
    page.wait_for_url("**/desk/")


def test_menus_close_with_escape_and_give_the_focus_back(signed_in):
    page = signed_in()
    page.goto("/desk/")
    page.locator("summary", has_text="ปีงบฯ").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".context details").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator(".context details").get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("scripts", [True, False])
def test_language_switch(page_as, scripts):
    page = page_as(scripts=scripts)
    page.goto("/about/")
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.inner_text("h1") == "What Sucharit is"
    with page.expect_navigation():
        page.get_by_role("button", name="ไทย").click()
    assert page.locator("html").get_attribute("lang") == "th"


def test_text_is_large_enough_and_calm(signed_in):
    page = signed_in()
    page.goto("/desk/")
    odd = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((e) => {
          const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
          if (!own || e.closest('script, svg')) return false;
          const s = getComputedStyle(e), size = parseFloat(s.fontSize);
          const calm = ['normal', '0px'].includes(s.letterSpacing) && s.textAlign !== 'justify';
          return size < 16 || !calm || !s.fontFamily.includes('Sarabun');
        }).map((e) => `${e.tagName}.${e.className} ${getComputedStyle(e).fontSize}`)"""
    )
    assert odd == []


def test_print_leaves_menus_out(signed_in):
    page = signed_in()
    page.goto("/desk/")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator("#side").is_visible()
    assert page.locator("h1").is_visible()


CHARTS = [
    Chart(kind, kind, f"แผนภูมิ {kind}", ("หน่วยงาน", "2566", "2567"), labels, series, rows, top=100)
    for kind in ("bar", "line", "stacked", "radar")
    for gap in [None if kind != "radar" else 80.0]
    for labels in [["กรมการปกครอง", "กรมที่ดิน", "กรมการพัฒนาชุมชน", "จังหวัดบึงกาฬ"]]
    for series in [(("2566", (85.0, gap, 91.2, 77.0)), ("2567", (88.0, 79.0, 93.5, 81.0)))]
    for rows in [[(label, "85.00", "88.00") for label in labels]]
]
SHOWN = """{% extends "base.html" %}{% load ui %}{% block title %}แผนภูมิ{% endblock %}{% block content %}
{% for c in charts %}{% chart c %}{% endfor %}
{% chip "missing" %} {% chip "not_applicable" %} {% chip "insufficient" %} {% chip "not_allowed" %} {% band "ดีเยี่ยม" 5 %}
{% band "ดี" 4 %} {% band "ผ่าน" 3 %} {% band "ต้องปรับปรุง" 2 %} {% band "โดยด่วน" 1 %} {% chip "overdue" %} {% chip "done" %}
<form method="get" action="/about/"><button data-confirm="จะลบรายการนี้">ลบ</button></form>
<label>รหัส <input data-fragment id="key"></label><button data-print hidden>พิมพ์</button>{% endblock %}"""


@pytest.fixture
def _show_page(monkeypatch):
    """A page that shows every piece of the look, for this test only."""
    from django.urls import clear_url_caches

    def view(request):
        return HttpResponse(
            engines["django"].from_string(SHOWN).render({"charts": CHARTS}, request)
        )

    monkeypatch.setattr(house, "urlpatterns", [*house.urlpatterns, path("look-test/", view)])
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("_show_page")
def test_charts_draw_under_the_security_policy(signed_in, axe, width):
    page = signed_in(width=width)
    page.goto("/look-test/")
    page.locator("figure canvas").nth(3).wait_for()
    page.locator("figure canvas").nth(0).hover()
    page.wait_for_timeout(300)
    assert page.locator("figure canvas").count() == 4
    assert page.locator("table").count() == 4
    no_sideways(page)
    axe(page)


@pytest.mark.usefixtures("_show_page")
@pytest.mark.parametrize("scripts", [True, False])
def test_the_table_of_a_chart_downloads_as_csv(signed_in, scripts):
    page = signed_in(scripts=scripts)
    page.goto("/look-test/")
    with page.expect_download() as waiting:
        page.locator("a[download]").first.click()
    assert waiting.value.suggested_filename == "bar.csv"
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == ["หน่วยงาน,2566,2567", "กรมการปกครอง,85.00,88.00"]
    page.watch.expect("data:text/csv")  # a download is an aborted navigation to Chromium


@pytest.mark.usefixtures("_show_page")
def test_without_scripts_the_tables_stand_alone(signed_in):
    page = signed_in(scripts=False)
    page.goto("/look-test/")
    assert page.locator("figure:visible").count() == 0
    assert page.locator("table:visible").count() == 4


@pytest.mark.usefixtures("_show_page")
def test_confirmation_says_what_will_happen(signed_in):
    page = signed_in()
    page.goto("/look-test/")
    page.get_by_role("button", name="ลบ").click()
    assert "จะลบรายการนี้" in page.locator("dialog").inner_text()
    page.get_by_role("button", name="ยกเลิก").click()
    assert page.url.endswith("/look-test/")
    page.get_by_role("button", name="ลบ").click()
    page.get_by_role("button", name="ดำเนินการต่อ").click()
    page.wait_for_url("**/about/**")


@pytest.mark.usefixtures("_show_page")
def test_a_key_from_the_address_goes_into_its_field_and_out_of_the_address(signed_in):
    page = signed_in()
    page.goto("/look-test/#AB-12")
    page.wait_for_function("location.hash === ''")
    assert page.locator("#key").input_value() == "AB-12"


def test_a_missing_page_says_so_and_fits(page_as, axe, width):
    page = page_as(width=width)
    page.goto("/nothing/here/")
    assert "ไม่พบหน้านี้" in page.inner_text("h1")
    no_sideways(page)
    axe(page)
    page.watch.expect("404")
