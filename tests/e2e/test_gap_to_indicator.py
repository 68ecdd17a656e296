"""The whole loop in a browser: a failed ITA item → the planner's mend → an action item → an activity with money →
a committee's agenda and resolution → the follow-up closes → an indicator moves on the province page. Every step is linked.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from sucharit.committees.bodies import services as bodies
from sucharit.committees.meetings.services import planning
from sucharit.core import clock, thaidate
from sucharit.core.fiscal import fiscal_year_be
from sucharit.desk.models import ActionItem
from sucharit.plans.indicators import services as indicators
from sucharit.plans.models import Plan, Project, ProjectArea
from tests.assessments.planner.rounds import scored
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)
EVEN = tuple(str(min(100, 10 * month)) for month in range(1, 13))


class World:
    """A province that failed ITA this year, with an approved plan, a committee and a measured indicator."""

    def __init__(self, make) -> None:
        cache.clear()
        self.year = fiscal_year_be(clock.today())
        self.due = clock.today() + dt.timedelta(days=20)
        units = make.ministry()
        scored(make, units, codes=("th-38", "th-66"), fiscal_year=self.year)
        self.province = units["th-38"]
        self.officer = make.user("unit_officer", self.province)
        self.head = make.user("unit_head", self.province)
        self.centre = make.user("ministry_centre", units["moi"])
        self._plan()
        self._committee()
        self._indicator(units["moi"])

    def _plan(self) -> None:
        plan = Plan.objects.create(
            fiscal_year=self.year, kind="province", owner=self.province, code="integrity",
            title_th="แผนป้องกันการทุจริตจังหวัด", state="approved",
        )  # fmt: skip
        self.project = Project.objects.create(
            plan=plan, fiscal_year=self.year, seq=1, title_th="โครงการยกระดับ ITA", owner=self.province,
            state="approved",
        )  # fmt: skip
        ProjectArea.objects.create(
            project=self.project, unit=self.province, fiscal_year=self.year, path=self.province.path
        )

    def _committee(self) -> None:
        self.committee = bodies.create_committee(
            actor=self.head, unit=self.province, code="push", name_th="คณะกรรมการผลักดันแผนแม่บทฯ จังหวัด",
            level="province",
        )  # fmt: skip
        for role, post in (("chair", "ผู้ว่าราชการจังหวัด"), ("secretary", "ผู้อำนวยการ ป.ป.ช. จังหวัด")):
            seat = bodies.add_seat(
                actor=self.head, committee=self.committee, role=role, post_th=post
            )
            bodies.appoint(
                actor=self.head, seat=seat, name=f"นายสมมุติ {role}", position=post,
                starts_on=clock.today() - dt.timedelta(days=30),
            )  # fmt: skip
        self.meeting = planning.plan_meeting(
            actor=self.officer,
            committee=self.committee,
            starts_at=clock.now(),
            venue="ห้องประชุมจังหวัด",
        )

    def _indicator(self, ministry) -> None:
        self.indicator = indicators.create_indicator(
            actor=self.centre, owner_unit=ministry, code="closing",
            values={
                "name_th": "ร้อยละของรายการดำเนินการที่ปิดแล้ว", "measure": "percent", "direction": "increase",
                "measured_by": "desk.closing_rate", "over_space": "weighted", "numerator_th": "รายการที่ปิดแล้ว",
                "denominator_th": "รายการทั้งหมดที่ไม่ยกเลิก",
            },
        )  # fmt: skip
        indicators.set_target(
            actor=self.centre, indicator=self.indicator, unit=self.province, fiscal_year=self.year,
            value_e4=80_0000,
        )  # fmt: skip


@pytest.fixture
def w(make) -> World:
    return World(make)


def press(page, button) -> None:
    """A button or link that leads to a page."""
    with page.expect_navigation():
        button.click()


def go(page, value: str) -> None:
    press(page, page.locator(f"main button[name=go][value={value}]").first)


def test_a_gap_becomes_work_money_a_resolution_and_a_figure_that_moves(page_as, w, axe):
    page = page_as(user=w.officer)
    item = mend(page, w)
    count(page, w, "0.00")
    activity = work(page, w, item)
    money(page, w, activity)
    agenda = propose(page, w, activity)
    resolution = meet(page, w, agenda)
    close(page_as, w, ActionItem.objects.get(source_kind="committees.resolution"), resolution)
    close(page_as, w, item, None)
    count(page, w, "100.00")
    linked(page, w, item, activity, agenda, resolution)
    for width in (1280, 360):
        small = page_as(user=w.officer, width=width)
        small.goto(f"/plans/areas/th-38/?year={w.year}")
        no_sideways(small)
        axe(small)


def mend(page, w: World) -> ActionItem:
    """The planner names the one item that would do; it becomes an action item."""
    page.goto(f"/assessments/planner/{w.year}/th-38/")
    plan = page.locator(".card", has_text="ทางที่ใช้แรงน้อยที่สุดเพื่อถึง “ผ่าน”").first
    press(page, plan.get_by_role("link", name="นำทางเลือกนี้ใส่ในแบบด้านล่าง"))
    page.get_by_label("กำหนดเสร็จ").fill(thaidate.short(w.due))
    press(page, page.get_by_role("button", name="สร้างรายการที่ต้องดำเนินการ"))
    item = ActionItem.objects.get()
    page.goto(f"/desk/actions/{item.pk}/")
    page.locator("main").get_by_role("heading", level=1).wait_for()
    return item


def count(page, w: World, shown: str) -> None:
    """The figure is counted, and the province page shows it."""
    page.goto(f"/plans/indicators/units/th-38/{w.year}/")
    press(page, page.locator("main form[action$='/count/'] button"))
    page.goto(f"/plans/areas/th-38/?year={w.year}")
    row = page.locator("#indicators tr", has_text=w.indicator.name_th)
    row.get_by_text(shown).first.wait_for()


def work(page, w: World, item: ActionItem):
    """The action item becomes an activity of the plan, with its months."""
    page.goto(f"/desk/actions/{item.pk}/")
    press(page, page.locator("main a[href*='/plans/activities/new/']"))
    page.locator("select[name=project]").select_option(str(w.project.pk))
    page.locator("input[name=title_th]").fill("ปรับปรุงเว็บไซต์ให้เปิดเผยครบ")
    press(page, page.locator("main form button.btn-primary").last)
    for month, share in enumerate(EVEN, start=1):
        page.locator(f"input[name=m{month}]").fill(share)
    press(page, page.locator("main form button.btn-primary").last)
    activity = w.project.activities.get()
    page.goto(f"/plans/activities/{activity.pk}/")
    page.locator(f"main a[href='/desk/actions/{item.pk}/']").first.wait_for()
    return activity


def money(page, w: World, activity) -> None:
    """A budget line of the activity: allocated, paid; more than is there is refused with a sentence."""
    press(page, page.locator("main a[href*='/plans/budget/lines/new/']").first)
    page.locator("select[name=activity]").select_option(str(activity.pk))
    page.locator("input[name=item]").fill("ค่าจ้างปรับปรุงเว็บไซต์")
    press(page, page.locator("main form button.btn-primary").last)
    line = activity.lines.get()
    step(page, line, "allocate", "50,000")
    step(page, line, "disburse", "60,000")
    page.locator("main").get_by_text("50,000.00").first.wait_for()  # says what is there
    line.refresh_from_db()
    assert line.disbursed_satang == 0
    step(page, line, "disburse", "45,000.50")
    line.refresh_from_db()
    assert (line.disbursed_satang, line.available_satang) == (45_000_50, 4_999_50)
    page.goto(f"/plans/activities/{activity.pk}/")
    page.locator("main").get_by_text("45,000.50").first.wait_for()


def step(page, line, key: str, amount: str) -> None:
    page.goto(f"/plans/budget/lines/{line.pk}/{key}/")
    page.locator("input[name=amount]").fill(amount)
    page.locator("input[name=on]").fill(thaidate.short(clock.today()))
    press(page, page.locator("main form button.btn-primary").last)


def propose(page, w: World, activity):
    """The activity goes on the agenda of the coming meeting."""
    page.goto(f"/plans/activities/{activity.pk}/")
    press(page, page.locator("main a[href*='/committees/propose/']").first)
    page.locator("select[name=meeting]").select_option(str(w.meeting.pk))
    press(page, page.locator("main form button.btn-primary").last)
    agenda = w.meeting.items.get(subject_kind="plans.activity")
    page.goto(f"/committees/items/{agenda.pk}/")
    page.locator(f"main a[href='/plans/activities/{activity.pk}/']").first.wait_for()
    return agenda


def meet(page, w: World, agenda):
    """Invited, attended, opened; the meeting resolves and gives a task."""
    where = f"/committees/meetings/{w.meeting.pk}/"
    page.goto(where)
    go(page, "invite")
    page.goto(f"{where}attendance/")
    for select in page.locator("select[name^=status_]").all():
        select.select_option("present")
    press(page, page.locator("main form button.btn-primary").last)
    page.goto(where)
    go(page, "open")
    page.goto(f"/committees/items/{agenda.pk}/")
    page.locator("form:has(button[value=resolve]) select[name=kind]").select_option("assigned")
    page.locator("form:has(button[value=resolve]) textarea[name=text]").fill(
        "ให้จังหวัดรายงานผลภายในกำหนด"
    )
    go(page, "resolve")
    resolution = agenda.resolutions.get()
    page.goto(f"/committees/resolutions/{resolution.pk}/")
    form = page.locator("form:has(button[value=assign])")
    form.locator("input[name=title]").fill("รายงานผลการปรับปรุงเว็บไซต์")
    form.locator("input[name=unit]").fill("th-38")
    form.locator("input[name=due_on]").fill(thaidate.short(w.due))
    go(page, "assign")
    return resolution


def close(page_as, w: World, item: ActionItem, resolution) -> None:
    """The officer hands in, somebody else accepts."""
    page = page_as(user=w.officer)
    page.goto(f"/desk/actions/{item.pk}/")
    if resolution:
        page.locator(f"main a[href='/committees/resolutions/{resolution.pk}/']").first.wait_for()
    page.locator("form:has(button[value=submit]) [name=note]").fill("ปรับปรุงและเผยแพร่ครบแล้ว")
    go(page, "submit")
    page = page_as(user=w.head)
    page.goto(f"/desk/actions/{item.pk}/")
    go(page, "accept")
    item.refresh_from_db()
    assert item.state == ActionItem.State.ACCEPTED


def linked(page, w: World, item, activity, agenda, resolution) -> None:
    """From each thing to the ones around it."""
    task = ActionItem.objects.get(source_kind="committees.resolution")
    ways = {
        f"/desk/actions/{item.pk}/": [f"/plans/activities/{activity.pk}/", "/assessments/planner/"],
        f"/desk/actions/{task.pk}/": [f"/committees/resolutions/{resolution.pk}/"],
        f"/plans/activities/{activity.pk}/": [f"/desk/actions/{item.pk}/", f"/committees/items/{agenda.pk}/"],
        f"/committees/items/{agenda.pk}/": [f"/plans/activities/{activity.pk}/", f"/committees/resolutions/{resolution.pk}/"],
        f"/committees/resolutions/{resolution.pk}/": [f"/desk/actions/{task.pk}/"],
        f"/plans/areas/th-38/?year={w.year}": [f"/plans/projects/{w.project.pk}/", f"/plans/indicators/{w.indicator.pk}/"],
    }  # fmt: skip
    missing = []
    for where, wanted in ways.items():
        page.goto(where)
        missing += [
            (where, to) for to in wanted if not page.locator(f"main a[href*='{to}']").count()
        ]
    assert missing == []
