"""The moral pages: who sees what, files, certificates, the public page."""

from __future__ import annotations

import csv
import io

import pytest

from sucharit.assessments.models import ChecklistState, MoralCertificate
from sucharit.assessments.moral import data, demo, queries, services, showing
from sucharit.core.pdf import pdf_available
from tests.assessments.moral.test_instruments import TEN
from tests.assessments.moral.world import ORG, PROVINCE, SYSTEM, World, world

pytestmark = pytest.mark.django_db
YEAR = "/assessments/moral/2567/"


@pytest.fixture
def w() -> World:
    return world()


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig")


def test_the_public_sees_announced_levels_and_the_file_says_the_same(w, client):
    w.final({ORG: 3, "th-38-b": 1, "th-38-c": None}, 2567)
    w.final({"th-6601": 2}, final=False)
    page = text(client.get(YEAR))
    assert "อบต. ทดสอบ a" in page
    assert "อำเภอเมืองพิจิตร" not in page
    rows = list(csv.DictReader(io.StringIO(text(client.get("/assessments/moral/2567.csv")))))
    assert [(r["unit"], r["level"]) for r in rows] == [
        (ORG, "3"),
        ("th-38-b", "1"),
        ("th-38-c", ""),
    ]
    counts = list(csv.DictReader(io.StringIO(text(client.get(f"{YEAR}pyramid.csv")))))
    assert [(r["level"], r["units"], r["of_assessed_percent"]) for r in counts] == [
        ("3", "1", "50.00"), ("2", "0", "0.00"), ("1", "1", "50.00"), ("0", "0", "0.00"),
    ]  # fmt: skip
    assert client.get("/assessments/moral/").headers["Location"] == YEAR


def test_an_empty_year_says_what_to_do(w, client):
    assert "ศูนย์" in text(client.get("/assessments/moral/"))
    assert "ศูนย์" in text(client.get(YEAR))
    client.force_login(w.officer)
    assert client.get(f"{YEAR}{ORG}/").status_code == 200


def test_a_unit_that_is_not_announced_is_404_for_others(w, client):
    w.final({ORG: 3}, final=False)
    assert client.get(f"{YEAR}{ORG}/").status_code == 404
    assert client.get(f"{YEAR}nothing/").status_code == 404
    client.force_login(w.elsewhere)
    assert client.get(f"{YEAR}{ORG}/").status_code == 404
    client.force_login(w.officer)
    assert "เบื้องต้น" in text(client.get(f"{YEAR}{ORG}/"))
    ChecklistState.objects.update(state="approved", awaits="ministry")
    assert "ตามคำตอบ" in text(client.get(f"{YEAR}{ORG}/"))


def test_an_organisation_reads_what_is_missing(w, client):
    w.final({ORG: 2})
    page = text(client.get(f"{YEAR}{ORG}/"))
    assert "7. ขยายหรือยกระดับเป้าหมายหลังทำสำเร็จ" in page
    assert "อีก 6 คะแนน" in page


def test_a_province_reads_its_indicators_and_the_units_below(w, client):
    w.final({ORG: 3, "th-38-b": 1})
    w.final({PROVINCE: dict(TEN)}, code=data.PROVINCE)
    page = text(client.get(f"{YEAR}{PROVINCE}/"))
    assert "2 / 3" in page
    assert "66.67 %" in page
    assert "อบต. ทดสอบ b" in page


def test_lists_are_narrowed(w, client):
    w.final({ORG: 1}, 2566)
    w.final({ORG: 3, "th-38-b": 1})
    for query in ("level=3", "change=rise", "q=ทดสอบ a"):
        page = text(client.get(f"{YEAR}?{query}"))
        assert "อบต. ทดสอบ a" in page
        assert "อบต. ทดสอบ b" not in page
    assert "ไม่พบหน่วยงานตามเงื่อนไข" in text(client.get(f"{YEAR}?q=%00ไม่มี"))


def test_certificates_are_issued_printed_and_revoked(w, client):
    w.final({ORG: 3, "th-38-b": 1})
    client.force_login(w.officer)
    base = f"{YEAR}{ORG}/certificates"
    assert "ยังไม่ได้ออกใบรับรอง" in text(client.get(f"{base}/"))
    assert client.post(f"{base}/").status_code == 403
    client.force_login(w.centre)
    assert client.post(f"{YEAR}{PROVINCE}/certificates/").status_code == 302
    assert MoralCertificate.objects.count() == 2
    one = MoralCertificate.objects.get(unit_th="อบต. ทดสอบ a")
    client.force_login(w.officer)
    if pdf_available():
        assert client.get(f"{base}.pdf").content.startswith(b"%PDF")
        assert client.get(f"/assessments/moral/certificates/{one.serial}.pdf").status_code == 200
    other = MoralCertificate.objects.get(unit_th="อบต. ทดสอบ b")
    assert client.get(f"/assessments/moral/certificates/{other.serial}.pdf").status_code == 404
    revoke = f"/assessments/moral/certificates/{one.serial}/revoke/"
    assert client.get(revoke).status_code == 404
    client.force_login(w.centre)
    assert "ระบุเหตุผล" in text(client.post(revoke, {"reason": ""}))
    assert client.post(revoke, {"reason": "พิมพ์ผิด"}).status_code == 302
    client.force_login(w.officer)
    assert client.get(f"/assessments/moral/certificates/{one.serial}.pdf").status_code == 409
    assert client.get(f"{base}.pdf").status_code == 409
    assert "พิมพ์ผิด" in text(client.get(f"{base}/"))


def test_everybody_verifies(w, client):
    campaign = w.final({ORG: 3})
    one = services.issue_certificate(actor=w.centre, campaign_unit=w.cu(campaign))
    page = text(client.get(f"/m/{one.serial}"))
    assert "เป็นของจริง" in page
    assert "อบต. ทดสอบ a" in page
    plain = one.serial.replace("-", "").lower()
    assert client.get(f"/m/{plain}").headers["Location"] == f"/m/{one.serial}"
    assert client.get("/m/", {"serial": plain}).headers["Location"] == f"/m/{one.serial}"
    assert "ไม่ใช่หมายเลขใบรับรอง" in text(client.get("/m/", {"serial": "12345"}))
    assert client.get("/m/12345-67890").status_code == 404
    services.revoke_certificate(actor=w.centre, certificate=one, reason="เหตุผลภายใน")
    page = text(client.get(f"/m/{one.serial}"))
    assert "เพิกถอน" in page
    assert "เหตุผลภายใน" not in page
    one.delete()
    missing = client.get(f"/m/{one.serial}")
    assert missing.status_code == 404
    assert "ไม่พบใบรับรอง" in text(missing)


def test_the_scorecard_and_the_open_table_show_announced_levels(w, client):
    w.final({ORG: 3, "th-38-b": 1})
    w.final({"th-38-c": 3}, final=False)
    assert [r[:4] for r in showing.open_rows(2567)] == [
        (ORG, "อบต. ทดสอบ a", data.ORGANISATION, 3), ("th-38-b", "อบต. ทดสอบ b", data.ORGANISATION, 1),
    ]  # fmt: skip
    assert showing.open_count(2567) == 2
    assert 2567 in showing.announced_years()
    built = showing.panel(w.province, w.units[PROVINCE], 2567)
    assert built["numbers"][0]["value"] == "2 / 3"
    assert showing.panel(w.officer, w.units[ORG], 2567)["numbers"][0]["value"].startswith("3 ")
    assert showing.panel(w.elsewhere, w.units["th-66"], 2567) is None


def test_the_demo_is_whole_and_made_once(w):
    made = demo.make(SYSTEM)
    assert made > 0
    assert demo.make(SYSTEM) == 0
    found = queries.overview(w.nobody, 2567, data.ORGANISATION)
    assert found.synthetic
    assert found.pyramid.assessed > 0
