"""Tables on a phone: rows that do not fit become blocks, each value under its column's name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "stacked"), [(360, True), (1280, False)])
def test_a_table_too_wide_for_a_phone_is_stacked_there_only(signed_in, axe, width, stacked):
    page = signed_in(width=width)
    page.goto("/units/")
    table = page.locator("#list-results table")
    table.wait_for()
    # A row wider than the phone, whatever columns the list has.
    table.locator("tbody tr").first.locator("td").last.evaluate(
        "cell => { cell.textContent = 'ก'.repeat(60); cell.classList.add('text-nowrap'); }"
    )
    page.evaluate("document.body.dispatchEvent(new Event('htmx:afterSwap', {bubbles: true}))")
    if stacked:
        expect(table).to_have_class("table table-vcenter card-table stacked")
        name = page.evaluate(
            "document.querySelector('#list-results thead th:last-child').textContent.trim()"
        )
        expect(table.locator("tbody tr").first.locator("td").last).to_have_attribute(
            "data-label", name
        )
        expect(page.get_by_role("row").nth(1)).to_be_visible()
    else:
        expect(table).to_have_class("table table-vcenter card-table")
    no_sideways(page)
    axe(page)


def test_without_scripts_the_table_scrolls_in_its_own_box(signed_in):
    page = signed_in(width=360, scripts=False)
    page.goto("/units/")
    page.locator("#list-results table").wait_for()
    no_sideways(page)
