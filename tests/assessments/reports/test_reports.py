"""Memos and reports: the same figures as the pages, every reason told, nothing for who may not see it."""

from __future__ import annotations

import io

import pytest
from docx import Document

from sucharit.assessments.models import NodeScore, UnitResult
from sucharit.assessments.queries import results
from sucharit.assessments.reports import memos
from sucharit.assessments.reports.group import group_report
from sucharit.core.models import LedgerEntry
from sucharit.core.pdf import pdf_available
from tests.assessments.planner.rounds import scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(make):
    """th-38 and th-66: 2566 with full self-reports, 2567 lacking items; both announced."""
    units = make.ministry()
    round_, _run = scored(make, units, codes=("th-38", "th-66"))
    scored(
        make, units, codes=("th-38", "th-66"), fiscal_year=2566, framework_=round_.framework,
        lacking=(), best=30,
    )  # fmt: skip
    return units, round_


def docx(response):
    assert response.status_code == 200
    assert "wordprocessingml" in response["Content-Type"]
    return Document(io.BytesIO(response.content))


def words(document) -> str:
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_memo_of_a_unit_says_what_the_page_shows(client, years):
    document = docx(client.get("/results/2567/th-38/memo.docx"))
    text = words(document)
    assert "จังหวัดบึงกาฬ" in text
    assert "83.41" in text
    assert "ita-2567 v1" in text
    for code in ("O13", "O17", "O33", "O35"):
        assert code in text
    assert "O12" not in text
    assert "±" in text  # the margin, as on the page
    assert LedgerEntry.objects.filter(action="core.export").count() == 0  # the public's download


def test_a_memo_is_thai_whatever_the_pages_language(client, years):
    client.cookies["language"] = "en"
    text = words(docx(client.get("/results/2567/th-38/memo.docx")))
    assert "Weakest" not in text
    assert "Source" not in text
    assert "ตัวชี้วัด" in text


def test_what_an_item_adds_is_what_the_total_gains(client, make, years):
    """Full marks for O35 alone: the total rises by the gain the memo told."""
    units, round_ = years
    found = results.unit_year(make.user("ministry_centre", units["moi"]), units["th-38"], 2567)
    gain = {u.figure.node: u.gain for u in memos.unfilled(found)}
    assert list(gain) == sorted(gain, key=lambda code: -gain[code])
    _other, run = scored(
        make, units, fiscal_year=2568, framework_=round_.framework, lacking=("O13", "O17", "O33")
    )
    risen = UnitResult.objects.get(run=run).total_hundredths
    assert risen - found.result.total_hundredths == gain["O35"]


def test_an_account_leaves_a_ledger_row(client, make, years):
    client.force_login(make.user("ministry_centre", years[0]["moi"]))
    client.get("/results/2567/th-38/memo.docx")
    client.get("/results/2567/report.docx")
    rows = LedgerEntry.objects.filter(action="core.export").order_by("seq")
    assert [r.target for r in rows] == ["assessments.memo:2567", "assessments.report:2567"]


def test_the_report_counts_kinds_provinces_and_moves(make, years):
    units, _round = years
    report = group_report(make.user("ministry_centre", units["moi"]), None, 2567)
    assert report.mean == 8341
    assert [(p.code, p.units, p.scored, p.mean) for p in report.kinds] == [("province", 2, 2, 8341)]
    assert {p.code: (p.mean, p.passed) for p in report.provinces} == {
        "th-38": (8341, 0),
        "th-66": (8341, 0),
    }
    assert report.risers == []
    before = UnitResult.objects.get(unit__code="th-38", fiscal_year=2566).total_hundredths
    assert {s.unit.code: s.change for s in report.fallers} == dict.fromkeys(
        ("th-38", "th-66"), 8341 - before
    )
    assert report.mean_change == 8341 - before
    assert [s.unit.code for s in report.weakest] == ["th-66", "th-38"]
    assert report.indicators
    assert all(i.mean < 8500 and i.known == 2 for i in report.indicators)


def test_what_is_hidden_is_told_with_its_reason(client, years):
    hidden = NodeScore.objects.filter(
        result__unit__code="th-38", result__fiscal_year=2567, node="EIT"
    )
    hidden.update(hundredths=None, exact="", value=None, status="insufficient", n=None)
    client.cookies["language"] = "en"
    page = client.get("/results/2567/report/").content.decode()
    assert "EIT: 1 units" in page
    assert "too few respondents" in page


def test_a_province_report_holds_its_own_and_what_is_below(client, years):
    page = client.get("/results/2567/th-38/report/")
    assert page.status_code == 200
    assert "จังหวัดพิจิตร" not in page.content.decode()
    assert "83.41" in words(docx(client.get("/results/2567/th-38/report.docx")))


def test_the_reports_address_is_not_taken_for_a_unit(client, years):
    assert client.get("/results/2567/moi/report/").status_code == 200
    assert client.get("/results/2567/nation.csv").streaming


def test_a_year_without_results_says_so(client, make):
    make.ministry()
    assert client.get("/results/2567/report/").status_code == 200
    assert client.get("/results/2567/report.docx").status_code == 409
    assert client.get("/results/2567/report.pdf").status_code == 409


def test_before_the_announcement_only_who_may_see(client, make):
    units = make.ministry()
    scored(make, units, state="review")
    for address in ("memo.docx", "report/", "report.pdf", "report.docx"):
        assert client.get(f"/results/2567/th-38/{address}").status_code == 404
    client.force_login(make.user("ministry_centre", units["moi"]))
    assert client.get("/results/2567/th-38/memo.docx").status_code == 200


@pytest.mark.skipif(not pdf_available(), reason="no Pango")
def test_the_report_as_pdf(client, years):
    from pypdf import PdfReader

    from sucharit.core.pdf import recompose

    got = client.get("/results/2567/report.pdf")
    assert got["Content-Type"] == "application/pdf"
    text = recompose("".join(p.extract_text() for p in PdfReader(io.BytesIO(got.content)).pages))
    assert "83.41" in text
    assert "ita-2567 v1" in text


def test_doors_lead_to_reports(client, make, years):
    page = client.get("/results/2567/th-38/").content.decode()
    assert "/results/2567/th-38/memo.docx" in page
    assert "/results/2567/th-38/report/" in page
