"""A province's page and a template adopted in the browser."""

from __future__ import annotations

import pytest

from sucharit.core.actors import System
from sucharit.plans.models import Adoption
from sucharit.plans.rollout import services
from tests import make
from tests.e2e.conftest import no_sideways
from tests.plans.areas.world import filled

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = System("test")


def test_a_gap_becomes_an_action_item_and_a_template_a_plan(page_as, axe):
    w = filled()
    officer = make.user("unit_officer", w.units["th-38"])
    project = w.project("moi", [], "โครงการจังหวัดสุจริต")
    w.activity(project)
    template = services.publish_template(
        actor=SYSTEM,
        template=services.template_from_plan(actor=SYSTEM, plan=project.plan, code="honest"),
    )
    wide = page_as(user=officer, width=1280)
    province(wide, axe)
    country(wide, axe)
    small = page_as(user=officer, width=360)
    small.goto("/plans/areas/th-38/?year=2567")
    axe(small)
    no_sideways(small)
    adopt(small, template, axe)


def province(page, axe) -> None:
    page.goto("/plans/areas/th-38/?year=2567")
    page.locator("#overlaps").get_by_text("อบรมเยาวชนต้านทุจริต").first.wait_for()
    page.locator("#projects").get_by_text("กรมที่ดินทดสอบ").first.wait_for()
    axe(page)
    no_sideways(page)
    gap = page.locator("#gaps li").first
    gap.get_by_label("ครบกำหนด").fill("31/3/2567")
    with page.expect_navigation():
        gap.get_by_role("button", name="เปิดงานแก้ไข").click()
    page.goto("/plans/areas/th-38/?year=2567")
    page.locator("#gaps").get_by_text("เปิดงานแก้ไขไว้แล้ว").wait_for()


def country(page, axe) -> None:
    page.goto("/plans/areas/?year=2567&figure=met")
    page.get_by_role("rowheader", name="จังหวัดบึงกาฬ").wait_for()
    axe(page)
    no_sideways(page)


def adopt(page, template, axe) -> None:
    page.goto("/plans/rollout/")
    with page.expect_navigation():
        page.get_by_role("link", name=template.title_th).first.click()
    page.get_by_text("ระบบจะสร้างร่างแผนของ").wait_for()
    axe(page)
    no_sideways(page)
    with page.expect_navigation():
        page.get_by_role("button", name="รับแผนต้นแบบและสร้างแผน").click()
    page.get_by_text("แผนตรงตามแผนต้นแบบ").wait_for()
    assert Adoption.objects.get().plan is not None
    axe(page)
