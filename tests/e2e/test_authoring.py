"""A centre writes an instrument: a faulty workbook, its cells named, the corrected one, preview, publishing."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from sucharit.assessments import xlsform
from sucharit.assessments.authoring.template import TEMPLATE
from sucharit.assessments.models import Framework, InstrumentDraft
from tests.assessments.xlsform.workbooks import form
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)

HOME = "/assessments/instruments/"
FAULTY = form(
    survey=[
        ["type", "name", "label::ไทย (th)", "relevant"],
        ["select_one agree", "q1", "หน่วยงานเผยแพร่แผน"],
        ["txt", "q2", "เหตุผล", "${q1} = 'n'"],
        ["text", "q3", "=C2"],
    ]
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A faulty workbook and the corrected one."""
    document = {**copy.deepcopy(TEMPLATE), "id": "moi.web"}
    made = {"faulty": FAULTY, "sound": xlsform.write(document)}
    for name, data in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    return {name: str(tmp_path / f"{name}.xlsx") for name in made}


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_faulty_workbook_to_a_published_instrument(signed_in, axe, files, scripts):
    page = signed_in("ministry_centre", width=360, scripts=scripts)

    def look() -> None:
        no_sideways(page)
        if scripts:
            axe(page)

    page.goto(HOME)
    look()
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="สร้างแบบใหม่").first.click()
    _bring_in(page, files["faulty"])
    for cell in ("survey!A2", "survey!A3", "survey!C4"):
        page.get_by_text(cell, exact=True).wait_for()
    look()
    assert not InstrumentDraft.objects.exists()
    _bring_in(page, files["sound"])
    page.get_by_role("heading", name="การประกาศใช้ร่าง").wait_for()
    look()
    with page.expect_navigation():
        page.get_by_role("link", name="ตัวอย่างแบบ").click()
    _try_out(page)
    look()
    page.goto(f"{HOME}drafts/{InstrumentDraft.objects.get().pk}/")
    _publish(page, scripts=scripts)
    published = Framework.objects.get(code="moi.web")
    assert (published.version, published.owner.code) == (1, "moi")
    for tab in ("scoring", "versions", "translations"):
        page.goto(f"{HOME}all/moi.web/1/?tab={tab}")
        look()


def _bring_in(page, path: str) -> None:
    page.locator("input[type=file]").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="อ่านไฟล์").click()


def _try_out(page) -> None:
    """Answers worth 100 and 25: the trial run says 62.50 and keeps nothing."""
    page.get_by_role("group", name="ท่านเข้าร่วมในฐานะใด").get_by_label("ประชาชน").check()
    page.get_by_role("group", name="เนื้อหานำไปใช้ในงานได้").get_by_label("มากที่สุด").check()
    little = page.get_by_role("group", name="วิทยากรอธิบายเข้าใจง่าย").get_by_label("น้อย", exact=True)
    little.check()
    with page.expect_navigation():
        page.get_by_role("button", name="ทดลองคำตอบนี้").click()
    page.get_by_text("62.50").first.wait_for()


def _publish(page, *, scripts: bool) -> None:
    """With scripts a dialogue says first what will happen."""
    publish = page.get_by_role("button", name="ประกาศใช้เป็นรุ่นที่ 1")
    if not scripts:
        with page.expect_navigation():
            publish.click()
    else:
        publish.click()
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        with page.expect_navigation():
            dialog.get_by_role("button").nth(1).click()
    page.get_by_text("ประกาศใช้แล้ว").first.wait_for()
