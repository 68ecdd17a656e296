"""Money in the browser: allocated, bound, too much refused beside its field, paid, reversed; wide and on a phone."""

from __future__ import annotations

import pytest

from sucharit.plans.models import BudgetLine
from tests.e2e.conftest import no_sideways
from tests.plans.budget.world import YEAR, world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def enter(axe):
    def do(page, step: str, amount: str) -> None:
        """One step of the line that is open, looked at before and after."""
        page.get_by_role("link", name=step, exact=True).click()
        page.get_by_label("จำนวนเงิน (บาท)").fill(amount)
        page.get_by_label("วันที่ของเอกสาร").fill("18/3/2567")
        no_sideways(page)
        with page.expect_navigation():
            page.get_by_role("button", name="บันทึกรายการ", exact=True).click()
        axe(page)
        no_sideways(page)

    return do


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_allocation_to_a_reversal(page_as, axe, enter, width):
    w = world()
    line = w.line(activity=True)
    page = page_as(user=w.user("unit_officer", "th-38"), width=width)
    page.goto(f"/plans/budget/lines/{line.pk}/")
    enter(page, "บันทึกการจัดสรร", "1,000")
    enter(page, "ก่อหนี้ผูกพัน", "๖๐๐")
    enter(page, "เบิกจ่าย", "500")  # not on the commitment: more than the 400 that are available
    beside = page.locator("#div_id_amount .invalid-feedback, #div_id_amount [id*=error]").first
    assert all(part in beside.inner_text() for part in ("มีเงินคงเหลือใช้ได้ 400.00 บาท", "500.00"))
    page.get_by_label("เอกสารที่ตัดยอด").select_option(index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="บันทึกรายการ", exact=True).click()
    page.get_by_role("link", name="เบิกจ่าย", exact=True).last.click()
    page.get_by_label("เหตุผลที่กลับรายการ").fill("ลงผิดรายการ")
    with page.expect_navigation():
        page.get_by_role("button", name="กลับรายการนี้").click()
    axe(page)
    no_sideways(page)
    assert page.get_by_text("กลับรายการแล้ว", exact=True).count() == 1  # the payment, not the others
    made = BudgetLine.objects.get()
    assert (made.committed_satang, made.disbursed_satang, made.transactions_count) == (60_000, 0, 4)
    for address in ("", "months/", "work-and-money/"):
        page.goto(f"/plans/budget/units/{YEAR}/th-38/{address}")
        axe(page)
        no_sideways(page)
