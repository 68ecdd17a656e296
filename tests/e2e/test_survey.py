"""A citizen answers the EIT survey on a small phone, without JavaScript."""

from __future__ import annotations

import pytest

from sucharit.assessments.intake import keys, lookup, pages, receipts
from sucharit.assessments.models import AccessKey, SurveyResponse
from sucharit.core.actors import System

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    lookup.forget()
    pages.forget()


@pytest.fixture
def opened(make):
    moi = make.unit("moi", kind="ministry", name_th="กระทรวงทดสอบ")
    return make.round_([moi], owner=moi).participations.get()


def no_side_scroll(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 320])
def test_a_citizen_answers_the_external_survey_without_javascript(page_as, opened, width):
    page = page_as(width=width, scripts=False)
    page.context.clear_cookies()
    page.goto(f"/s/{opened.eit_code}")
    groups = page.locator("fieldset")
    count = groups.count()
    assert count == 10
    for n in range(count):
        labels = groups.nth(n).locator("label")
        box = labels.first.bounding_box()
        assert box["height"] >= 44, "too small for a thumb"
        assert box["x"] + box["width"] <= width, "wider than the phone"
        labels.nth(n % labels.count()).click()
    page.locator("form button:not([type=button])").click()
    receipt = page.locator(".receipt").inner_text()
    assert receipts.genuine(opened.eit_code, receipt)
    assert page.context.cookies() == []
    row = SurveyResponse.objects.get()
    assert (row.instrument, row.part, len(row.answers)) == ("EIT", "1", 10)
    assert 255 not in bytes(row.answers)


def test_errors_are_summed_up_on_top_and_lead_to_the_question(page_as, opened):
    page = page_as(width=360)
    page.goto(f"/s/{opened.eit_code}?lang=en")
    page.locator("form").evaluate("form => form.noValidate = true")
    page.locator("fieldset").first.locator("label").first.click()
    page.locator("form button:not([type=button])").click()
    page.watch.expect("422")
    assert "9 questions have no answer" in page.locator("#errors").inner_text()
    assert page.locator("input:checked").count() == 1
    page.locator("#errors a").first.click()
    page.wait_for_function("location.hash !== ''")
    target = page.evaluate("location.hash.slice(1)")
    page.locator(f"[id='{target}']").wait_for()
    assert page.locator("fieldset.wrong").count() == 9
    assert no_side_scroll(page)
    assert not SurveyResponse.objects.exists()


def test_the_page_is_accessible_and_fits_320_pixels(page_as, opened, axe):
    page = page_as(width=320)
    page.goto(f"/s/{opened.iit_code}")
    assert no_side_scroll(page)
    axe(page)


def test_the_key_of_a_card_fills_itself_in_and_leaves_the_address(page_as, make):
    moi = make.unit("moi", kind="ministry")
    part = make.round_([moi], owner=moi, access="one_use_keys").participations.get()
    key = keys.issue_keys(actor=System("test"), participation=part, instrument="EIT", n=1)[0]
    page = page_as(width=360)
    page.goto(f"/s/{part.eit_code}#k={key}")
    page.wait_for_function("location.hash === ''")
    assert page.locator("#key").input_value() == key
    for group in page.locator("fieldset").all():
        group.locator("label").first.click()
    page.locator("form button:not([type=button])").click()
    page.locator(".receipt").wait_for()
    assert key not in page.content()
    assert AccessKey.objects.get().used
