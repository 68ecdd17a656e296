"""Every main page at two widths: nothing sticks out, axe is content, the console is silent, one h1, Thai.

The pages share one small database and one window per width; all faults of a width are told at once.
"""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from sucharit.assessments.engine import Edition, pack
from sucharit.assessments.models import Mark, Participation
from sucharit.assessments.services import marking, oit, scoring
from tests.e2e.axe import axe
from tests.e2e.conftest import NARROW, WIDE, no_sideways

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = 2567
RESULT = f"/results/{YEAR}/th-66/"
OPEN, REVIEW = "{open}units/th-38/", "{review}units/moi-cdd/"

VISITOR = {
    "home": "/",
    "sign-in": "/accounts/login/",
    "open data": "/open/",
    "results of the ministry": f"/results/{YEAR}/",
    "result of a unit": RESULT,
    "why a total": f"{RESULT}why/total/",
    "why an item": f"{RESULT}why/O35/",
    "search of a visitor": "/search/?q=พิจิตร",
    "missing page": "/nothing/here/",
}
INSIDE = {
    "my work": "/desk/",
    "overview": "/",
    "sign-in safety": "/accounts/2fa/",
    "register": "/units/",
    "unit": "/units/th-38/",
    "unit's history": "/units/th-38/?tab=history",
    "rounds": "/assessments/rounds/",
    "new round": "/assessments/rounds/new/",
    "round": "{open}",
    "calendar": "{open}calendar/",
    "step of the round": "{open}step/close_surveys/",
    "workspace": OPEN,
    "head counts": f"{OPEN}population/",
    "survey links": f"{OPEN}links/",
    "items": f"{OPEN}oit/",
    "empty item": f"{OPEN}oit/O1/",
    "filled item": f"{OPEN}oit/O2/",
    "submission": f"{OPEN}submit/",
    "marking": "/assessments/marking/",
    "marks of a unit": f"{REVIEW}marking/",
    "item to mark": f"{REVIEW}marking/O1/",
    "marked item": f"{REVIEW}marking/O2/",
    "why an item, inside": f"{RESULT}why/O35/",
    "ledger": "/ledger/",
    "search": "/search/?q=บึงกาฬ",
    "search for nothing": "/search/?q=",
    "roles": "/people/roles/",
    "new account": "/people/accounts/new/",
    "unit and year": "/context/",
    "missing round": "/assessments/rounds/999/",
}
FORMS = {  # name: (page, fields that are wrong, button)
    "item with an error": (
        f"{OPEN}oit/O1/",
        {"link_1": "http://192.168.1.5/x", "explanation": "หน้าแรก"},
        "บันทึก",
    ),
    "head counts with errors": (
        f"{OPEN}population/",
        {"staff_count": "0", "public_count": "0", "counted_on": "31/31/2567"},
        "บันทึก",
    ),
    "mark without a reason": (f"{REVIEW}marking/O1/", {"comment": ""}, "บันทึก"),
    "search that finds nothing": ("/search/", {"q": "ไม่มีคำนี้แน่นอน"}, "ค้นหา"),
}


@pytest.fixture
def places(make):
    """Addresses of an open round and of one under review; th-66 has an announced result.

    ``user`` holds every role needed: nothing in the pages' looks depends on who looks.
    """
    cache.clear()
    units = make.ministry()
    framework = make.framework()
    user = make.user("ministry_centre", units["moi"], username="everyone")
    for role, at in (
        ("assessor", "moi"),
        ("auditor", "moi"),
        ("system_admin", "moi"),
        ("unit_officer", "th-38"),
    ):
        make.RoleAssignment.objects.create(user=user, role=role, unit=units[at])
    announced(make, units, framework, user)
    open_ = make.round_([units["th-38"]], owner=units["moi"], framework_=framework)
    fill(user, open_.participations.get(), "O2", "O3")
    review = make.round_([units["moi-cdd"]], owner=units["moi"], framework_=framework)
    part = review.participations.get()
    officer, head = (
        make.user("unit_officer", units["moi-cdd"]),
        make.user("unit_head", units["moi-cdd"]),
    )
    fill(officer, part, "O1", "O2")
    oit.submit(actor=officer, participation=part, incomplete_ok=True)
    oit.approve(actor=head, participation=part)
    type(review).objects.filter(pk=review.pk).update(state="review")
    part = Participation.objects.get(pk=part.pk)
    marking.mark_item(
        actor=user, participation=part, item="O2", points="0", comment="ไม่พบข้อมูลปีปัจจุบัน"
    )
    return {
        "user": user,
        "open": f"/assessments/rounds/{open_.pk}/",
        "review": f"/assessments/rounds/{review.pk}/",
    }


def fill(actor, part, *items):
    """Answer items with two links each."""
    for item in items:
        links = [f"https://www.example.go.th/{YEAR}/{item}/{'long-' * 20}{n}" for n in (1, 2)]
        oit.save_entry(
            actor=actor, participation=part, item=item, links=links, explanation="หน้าแรก > ITA", nothing_to_show=False, version=0,
        )  # fmt: skip


def announced(make, units, framework, user):
    """th-66 with answers, marks and a public run."""
    round_ = make.round_(
        [units["th-66"], units["moi-dol"]], owner=units["moi"], state="final", framework_=framework
    )
    edition = Edition.from_document(framework.document)
    part = round_.participations.get(unit=units["th-66"])
    for instrument in ("IIT", "EIT"):
        questions = [q for i in edition.items_of(instrument) for q in i.subquestions]
        best = {q.code: max(q.scale.options, key=lambda o: o.points).code for q in questions}
        make.answers(part, instrument, pack(edition, instrument, best), times=40)
    for item in edition.items_of("OIT"):
        Mark.objects.create(
            participation=part, item=item.code, points="0" if item.code == "O35" else "100"
        )
    scoring.compute_round(actor=user, round=round_)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_is_sound(page_as, places, width):
    faults: list[str] = []
    visitor, inside = page_as(width=width), page_as(user=places["user"], width=width)
    for page, addresses in ((visitor, VISITOR), (inside, INSIDE)):
        for name, address in addresses.items():
            answer = page.goto(address.format(**places))
            expected = 404 if name.startswith("missing") else 200
            if answer.status != expected:
                faults.append(f"{name}: {answer.status}")
            faults += [f"{name}: {fault}" for fault in look(page)]
    for name, (address, fields, button) in FORMS.items():
        inside.goto(address.format(**places))
        for field, text in fields.items():
            inside.locator(f"main [name={field}]").fill(text)
        with inside.expect_navigation():
            inside.locator("main").get_by_role("button", name=button, exact=True).click()
        faults += [f"{name}: {fault}" for fault in look(inside)]
    assert not faults, "\n".join(faults)


def look(page):
    """What is wrong with the page that is open."""
    page.watch.expect("status of 404")
    found = [*page.watch.found]
    page.watch.found.clear()
    for check in (no_sideways, axe):
        try:
            check(page)
        except AssertionError as error:
            found.append(str(error).split("\nassert")[0])
    if (n := page.locator("h1").count()) != 1:
        found.append(f"{n} h1")
    if (lang := page.locator("html").get_attribute("lang")) != "th":
        found.append(f"lang={lang}")
    if left := re.findall(r"undefined:|\{\{|\{%", page.content()):
        found.append(f"template text left: {left}")
    return found


def test_errors_stand_above_and_beside_and_lose_nothing(page_as, places):
    """An officer who mistypes sees what is wrong, at the field, and keeps what was typed."""
    page = page_as(user=places["user"], width=NARROW)
    page.goto(f"{places['open']}units/th-38/oit/O1/")
    page.locator("[name=link_1]").fill("http://192.168.1.5/x")
    page.locator("[name=explanation]").fill("หน้าแรก > โครงสร้าง")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="บันทึก", exact=True).click()
    error = page.locator("#errors a")
    assert error.count() == 1
    assert error.bounding_box()["y"] < page.viewport_size["height"], "not seen without scrolling"
    error.click()
    page.wait_for_function(
        "['link_1', '#id_link_1'].includes(document.activeElement.name || location.hash)"
    )
    assert page.locator("[name=link_1]").get_attribute("aria-invalid") == "true"
    assert page.locator("[name=link_1]").input_value() == "http://192.168.1.5/x"
    assert page.locator("[name=explanation]").input_value() == "หน้าแรก > โครงสร้าง"


def test_lists_say_kinds_and_roles_in_thai(page_as, places):
    page = page_as(user=places["user"])
    page.goto("/units/?q=บึงกาฬ")
    assert set(page.locator("main tbody td:nth-child(2)").all_inner_texts()) == {"จังหวัด", "อำเภอ"}
    page.goto("/people/roles/")
    assert not re.search(
        "[A-Za-z]", "".join(page.locator("main tbody td:nth-child(2)").all_inner_texts())
    )


def test_the_side_bar_stays_in_sight_on_a_long_page(page_as, places):
    page = page_as(user=places["user"])
    page.goto(f"{places['open']}units/th-38/oit/")
    page.evaluate("window.scrollTo(0, 900)")
    assert page.evaluate("window.scrollY") > 500
    assert page.locator("#side").bounding_box()["y"] == 0
