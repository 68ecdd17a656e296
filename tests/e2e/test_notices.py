"""Notices in the browser: the bell's count, reading, wishes, a code for LINE."""

from __future__ import annotations

import pytest
from django.db import transaction

from sucharit.core.actors import System
from sucharit.desk.notices import tell, wishes
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_bell_to_a_code(page_as, make, axe, settings):
    settings.LINE_TOKEN, settings.LINE_SECRET = "token", "secret"
    unit = make.ministry()["th-38"]
    user = make.user("unit_officer", unit, email="officer@example.go.th")
    with transaction.atomic():
        tell(
            actor=System("test"), users=[user], kind="desk.action.returned", unit=unit,
            title="ทบทวนประกาศเจตนารมณ์", url="/desk/", dedupe_key="1",
        )  # fmt: skip
    page = page_as(user=user, width=360)
    page.goto("/desk/")
    page.locator(".bell .count", has_text="1").wait_for()
    no_sideways(page)
    page.locator(".bell").click()
    page.get_by_role("link", name="ทบทวนประกาศเจตนารมณ์").wait_for()
    axe(page)
    no_sideways(page)
    with page.expect_navigation():
        page.get_by_role("link", name="ทบทวนประกาศเจตนารมณ์").click()
    page.goto("/desk/notices/")
    page.get_by_text("อ่านแล้ว").wait_for()
    page.goto("/desk/notices/preferences/")
    axe(page)
    no_sideways(page)
    page.locator("input[name=email][value=urgent]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="บันทึกตัวเลือก").click()
    page.get_by_text("บันทึกตัวเลือกแล้ว").wait_for()
    assert wishes.wanted(user)["email"] == "urgent"
    with page.expect_navigation():
        page.get_by_role("button", name="แสดงรหัส").click()
    assert page.locator("#code").inner_text().isdigit()
    axe(page)
    no_sideways(page)
