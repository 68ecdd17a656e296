"""A committee from its template to certified minutes in the browser, and the next meeting's section 3."""

from __future__ import annotations

import pytest

from sucharit.committees.models import Committee, Meeting, Resolution
from sucharit.core import clock, thaidate
from sucharit.core.actors import System
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions import open_action
from tests import make
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)
TASK = "ติดตามหน่วยงานที่ยังไม่เผยแพร่ข้อมูล"


def test_a_meeting_from_the_template_to_the_lock(page_as, axe):
    units = make.ministry()
    head = make.user("unit_head", units["th-38"])
    action = open_action(
        actor=System("test"), unit=units["th-38"], fiscal_year=2567, title="แก้ไขข้อที่ไม่ผ่านการประเมิน",
        source_kind="desk.manual", source_id="1",
    )  # fmt: skip
    page = page_as(user=head, width=1280)
    body = committee(page)
    meeting = plan(page, body)
    proposed(page, meeting, action)
    held(page, meeting, axe)
    made = resolved(page, meeting)
    task(page, made, axe)
    written(page, meeting)
    following = plan(page, body, "14:00")
    page.locator("section", has=page.locator("#s3")).get_by_text(TASK).wait_for()
    small = page_as(user=head, width=360)
    for seen, addresses in ((page, MAIN), (small, MAIN)):
        for address in addresses:
            seen.goto(
                address.format(c=body.pk, m=meeting.pk, n=following.pk, r=made.pk, i=made.item_id)
            )
            axe(seen)
            no_sideways(seen)


MAIN = (
    "/committees/", "/committees/{c}/", "/committees/meetings/{m}/", "/committees/meetings/{n}/",
    "/committees/meetings/{n}/attendance/", "/committees/meetings/{m}/minutes/", "/committees/items/{i}/",
    "/committees/resolutions/{r}/",
)  # fmt: skip


def press(page, form) -> None:
    """Send a form of the page's content by its first button."""
    with page.expect_navigation():
        form.locator("button").first.click()


def go(page, step: str, **values: str) -> None:
    """Take a step of a page by its button, with its fields filled in."""
    button = page.locator(f'button[name="go"][value="{step}"]')
    form = page.locator("main form", has=button)
    for name, value in values.items():
        field = form.locator(f'[name="{name}"]')
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        button.click()
        if step == "certify":
            page.get_by_role("dialog").locator(
                "button.btn-primary, button.btn-danger"
            ).first.click()


def committee(page) -> Committee:
    page.goto("/committees/new/")
    form = page.locator("main form")
    form.locator('[name="unit"]').fill("th-38")
    form.locator('[name="template"]').select_option("pushing-province")
    form.locator('[name="code"]').fill("push")
    form.locator('[name="level"]').select_option("province")
    press(page, form)
    return Committee.objects.get()


def plan(page, body: Committee, begins: str = "09:30") -> Meeting:
    page.goto(f"/committees/{body.pk}/meetings/new/")
    form = page.locator("main form")
    form.locator('[name="day"]').fill(thaidate.short(clock.today()))
    form.locator('[name="begins"]').fill(begins)
    form.locator('[name="venue"]').fill("ห้องประชุมศาลากลาง")
    press(page, form)
    return Meeting.objects.latest("pk")


def proposed(page, meeting: Meeting, action: ActionItem) -> None:
    page.goto(f"/committees/propose/?kind=desk.action&id={action.pk}")
    form = page.locator("main form")
    form.locator('[name="meeting"]').select_option(str(meeting.pk))
    press(page, form)
    page.get_by_role("link", name=action.title).first.wait_for()


def held(page, meeting: Meeting, axe) -> None:
    page.goto(f"/committees/meetings/{meeting.pk}/")
    axe(page)
    go(page, "invite", invitation_no="บก 0017/ว 1")
    page.goto(f"/committees/meetings/{meeting.pk}/attendance/")
    form = page.locator("main form")
    for seat in meeting.committee.seats.all():
        form.locator(f'[name="status_{seat.pk}"]').select_option("present")
    press(page, form)
    go(page, "open")
    assert Meeting.objects.get(pk=meeting.pk).state == "in_progress"


def resolved(page, meeting: Meeting) -> Resolution:
    for item in meeting.items.filter(withdrawn_at=None, section=4):
        page.goto(f"/committees/items/{item.pk}/")
        go(page, "resolve", kind="approved", text="เห็นชอบตามที่เสนอ")
    return Resolution.objects.get(item__subject_kind="desk.action")


def task(page, made: Resolution, axe) -> None:
    page.goto(f"/committees/resolutions/{made.pk}/")
    axe(page)
    go(page, "assign", title=TASK, unit="th-3801")
    page.get_by_text(TASK).first.wait_for()


def written(page, meeting: Meeting) -> None:
    page.goto(f"/committees/meetings/{meeting.pk}/")
    go(page, "close")
    page.goto(f"/committees/meetings/{meeting.pk}/edit/")
    form = page.locator("main form")
    form.locator('[name="minutes_taker"]').fill("เจ้าหน้าที่จดรายงาน")
    press(page, form)
    go(page, "circulate")
    go(page, "certify")
    assert Meeting.objects.get(pk=meeting.pk).state == "certified"
    assert page.locator('main button[name="go"]').count() == 0
