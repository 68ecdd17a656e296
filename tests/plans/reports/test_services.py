"""Building and publishing plan reports: what counts until which day, and that a published one stays."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.papers import paper_docx
from sucharit.plans.engine.report import standing
from sucharit.plans.models import Activity, PublishedReport
from sucharit.plans.reports import queries, services
from sucharit.plans.reports.papers import report_paper
from sucharit.plans.reports.shapes import fingerprint, from_json, to_json
from tests.plans.reports import make as made

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)


@pytest.fixture
def world(make):
    units = make.ministry()
    plan = made.plan(units["th-38"])
    first, second = Activity.objects.order_by("seq")
    made.report(first, 1, 5_000)
    made.report(first, 3, 9_000)
    made.money(
        first,
        ("allocation", 100_000_00, "2023-10-05"),
        ("disbursement", 30_000_00, "2024-02-01"),
        ("disbursement", 50_000_00, "2024-06-01"),
    )
    return {"units": units, "plan": plan, "first": first, "second": second, "make": make}


def built(world, half, role="unit_head", code="th-38", today=TODAY):
    user = world["make"].user(role, world["units"][code])
    return queries.build(user, world["units"]["th-38"], 2567, half, today)


def test_a_report_tells_what_was_so_on_its_last_day(world):
    half, whole = built(world, 1), built(world, 2)
    assert (half.until, whole.until) == ("2024-03-31", "2024-09-30")
    first, second = half.projects[0].activities
    assert (first.progress_e2, first.planned_e2, first.disbursed) == (5_000, 6_000, 30_000_00)
    assert standing(first) == "behind"
    assert (second.progress_e2, standing(second)) == (None, "not_reported")
    assert whole.projects[0].activities[0].progress_e2 == 9_000
    assert whole.summary.money.disbursed == 80_000_00
    assert half.summary.progress.e2 == 5_000  # of the one that reported, not of both
    assert (half.summary.progress.reported, half.summary.progress.expected) == (1, 2)


def test_before_the_period_is_over_it_says_so(world):
    early = built(world, 2, today=dt.date(2024, 5, 10))
    assert (early.complete, early.until) == (False, "2024-05-10")
    assert early.projects[0].activities[0].planned_e2 == 7_000  # end of April, the last whole month


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)))
def test_months_of_the_year_that_are_over(day):
    """Against counting: a month is over when its last day is the day or before it."""
    year = day.year if day.month >= 10 else day.year - 1
    ends = [
        dt.date(year + (9 + m) // 12, (9 + m) % 12 + 1, 1) - dt.timedelta(days=1)
        for m in range(1, 13)
    ]
    assert queries.fiscal_month(day) == sum(end <= day for end in ends)


def test_drafts_are_not_reported(world):
    made.plan(world["units"]["th-66"], state="draft")
    user = world["make"].user("unit_head", world["units"]["th-66"])
    assert queries.build(user, world["units"]["th-66"], 2567, 1, TODAY).projects == []
    with pytest.raises(Refusal, match="อนุมัติแผน"):
        services.publish_report(actor=user, unit=world["units"]["th-66"], fiscal_year=2567, half=1)


def test_what_is_published_stays_as_it_was(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    give = {"actor": head, "unit": world["units"]["th-38"], "fiscal_year": 2567, "half": 1}
    first = services.publish_report(**give)
    with pytest.raises(Refusal):
        services.publish_report(**give)
    made.report(world["second"], 2, 2_000)
    second = services.publish_report(**give)
    assert (first.version, second.version) == (1, 2)
    first.refresh_from_db()
    assert first.sha256 == fingerprint(first.document)
    assert from_json(first.document).summary.progress.reported == 1
    assert from_json(second.document).summary.progress.reported == 2
    rows = LedgerEntry.objects.filter(action="plans.report.published")
    assert rows.count() == 2
    assert "กิจกรรม" not in "".join(str(r.data) for r in rows)


def test_publishing_and_withdrawing_need_the_right(world):
    unit = world["units"]["th-38"]
    officer = world["make"].user("unit_officer", unit)
    stranger = world["make"].user("unit_head", world["units"]["th-66"])
    with pytest.raises(Forbidden):
        services.publish_report(actor=officer, unit=unit, fiscal_year=2567, half=1)
    with pytest.raises(NotFoundInScope):
        services.publish_report(actor=stranger, unit=unit, fiscal_year=2567, half=1)
    head = world["make"].user("unit_head", unit)
    report = services.publish_report(actor=head, unit=unit, fiscal_year=2567, half=1)
    with pytest.raises(NotFoundInScope):
        services.withdraw_report(actor=stranger, report=report, reason="x")
    with pytest.raises(Refusal):
        services.withdraw_report(actor=head, report=report, reason=" ")
    services.withdraw_report(actor=head, report=report, reason="ตัวเลขผิด")
    assert queries.published(unit, 2567, 1) is None
    with pytest.raises(Refusal):
        services.withdraw_report(actor=head, report=report, reason="อีกครั้ง")


def test_the_document_comes_back_as_it_was(world):
    found = built(world, 2)
    assert from_json(to_json(found)) == found
    with pytest.raises(ValueError, match="format"):
        from_json({**to_json(found), "format": 99})


def test_the_paper_says_what_is_not_known(world):
    word = Word(io.BytesIO(paper_docx(report_paper(built(world, 1)))))
    text = "\n".join(p.text for p in word.paragraphs)
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    assert "รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต รอบ ๖ เดือน" in text
    assert "ยังไม่รายงาน" in cells
    assert "ไม่มีข้อมูล" in cells
    assert "๓๐,๐๐๐.๐๐" in cells


def test_pages_and_files(world, client):
    unit = world["units"]["th-38"]
    head = world["make"].user("unit_head", unit)
    client.force_login(head)
    base = "/plans/reports/2567/1/th-38"
    assert "ยังไม่เผยแพร่" in client.get(f"{base}/").content.decode()
    for form in ("docx", "xlsx"):
        got = client.get(f"{base}.{form}")
        assert got.status_code == 200
        if got.streaming:
            # Closing a response ends the request, which would close the test's own connection.
            request_finished.disconnect(close_old_connections)
            got.close()
            request_finished.connect(close_old_connections)
    client.post(f"{base}/publish/")
    client.logout()
    page = client.get("/plans/public/2567/1/th-38/").content.decode()
    shown = PublishedReport.objects.get()
    assert shown.sha256 in page
    assert "กิจกรรมที่ 1" in page
    assert "/plans/activities/" not in page  # inner addresses are not for everybody
    document = client.get("/plans/public/2567/1/th-38.json").json()
    assert fingerprint(document) == shown.sha256
    assert client.get("/plans/public/2567/2/th-38/").status_code == 404
