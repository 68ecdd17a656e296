"""Papers of a meeting: what they say and to whom; sealed items stay sealed, certified minutes as certified."""

from __future__ import annotations

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from docx import Document as Word
from pypdf import PdfReader

from sucharit.committees.documents.gather import facts
from sucharit.committees.documents.papers import agenda, invitation, minutes
from sucharit.committees.meetings.record import digest, document
from sucharit.committees.models import (
    AgendaItem,
    Attendance,
    Committee,
    Meeting,
    Member,
    MinutesVersion,
    Resolution,
    Seat,
)
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.papers import Item, Labelled, paper_docx, paper_pdf
from sucharit.core.pdf import pdf_available, recompose
from sucharit.desk.services.actions import open_action

pytestmark = pytest.mark.django_db
THAI = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def world(make):
    units = make.ministry()
    unit = units["th-38"]
    committee = Committee.objects.create(
        unit=unit, level="province", code="push", name_th="คณะกรรมการผลักดันแผนแม่บทฯ จังหวัดบึงกาฬ"
    )
    posts = (
        ("chair", "ผู้ว่าราชการจังหวัด", "นายหนึ่ง ตัวอย่าง"),
        ("secretary", "ผู้อำนวยการ ป.ป.ช.", "นางสอง ตัวอย่าง"),
    )
    for place, (role, post, name) in enumerate(posts, start=1):
        seat = Seat.objects.create(committee=committee, role=role, post_th=post, place=place)
        Member.objects.create(seat=seat, name=name, position=post)
    Seat.objects.create(committee=committee, role="member", post_th="ศึกษาธิการจังหวัด", place=3)
    meeting = Meeting.objects.create(
        committee=committee, number=1, be_year=2567, fiscal_year=2567, venue="ห้องประชุมบึงโขงหลง",
        starts_at=dt.datetime(2024, 3, 28, 9, 30, tzinfo=THAI),
        opened_at=dt.datetime(2024, 3, 28, 9, 35, tzinfo=THAI),
        state="minutes_draft", invitation_no="บก 0017/ว 12", minutes_taker="นางสาวจด รายงาน",
    )  # fmt: skip
    for seat, status in zip(
        committee.seats.all(), ("present", "absent_official", "present"), strict=True
    ):
        Attendance.objects.create(
            meeting=meeting, seat=seat, name=f"ผู้แทน {seat.place}", status=status
        )
    item = AgendaItem.objects.create(
        meeting=meeting, section=4, place=1, title="ผลการยกระดับ ITA ข้อ O17", kind="consider"
    )
    AgendaItem.objects.create(
        meeting=meeting,
        section=4,
        place=2,
        title="เรื่องลับสุดยอด",
        kind="consider",
        audience="secretariat",
    )
    resolution = Resolution.objects.create(
        item=item, number=1, kind="assigned", text="ให้ปรับปรุงเว็บไซต์", at=clock.now(),
        votes_for=2, votes_against=0, votes_abstained=0,
    )  # fmt: skip
    open_action(
        actor=System("t"), unit=unit, fiscal_year=2567, title="ปรับปรุงเว็บไซต์", due_on=dt.date(2024, 4, 30),
        source_kind="committees.resolution", source_id=str(resolution.pk),
    )  # fmt: skip
    return {"units": units, "meeting": meeting, "item": item, "make": make}


def word_text(paper) -> str:
    word = Word(io.BytesIO(paper_docx(paper)))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in word.paragraphs), *cells])


def test_an_invitation_names_meeting_place_hour_and_every_seat(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    text = word_text(invitation(facts(head, world["meeting"])))
    for wanted in (
        "ที่ บก ๐๐๑๗/ว ๑๒",
        "ครั้งที่ ๑/๒๕๖๗",
        "วันพฤหัสบดีที่ ๒๘ มีนาคม ๒๕๖๗ เวลา ๐๙.๓๐ น.",
        "ห้องประชุมบึงโขงหลง",
        "นายหนึ่ง ตัวอย่าง",
        "ศึกษาธิการจังหวัด",  # a seat nobody holds is invited by its post
        "ขอแสดงความนับถือ",
    ):
        assert wanted in text, wanted


def test_the_agenda_has_the_five_sections_even_when_empty(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    text = word_text(agenda(facts(head, world["meeting"])))
    assert [f"ระเบียบวาระที่ {n}" in text for n in "๑๒๓๔๕"] == [True] * 5
    assert "ผลการยกระดับ ITA ข้อ O17" in text
    assert text.count("ไม่มี") == 4


def test_minutes_tell_who_came_what_was_resolved_and_who_does_it(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    made = minutes(facts(head, world["meeting"], minutes=True))
    text = word_text(made)
    assert text.startswith("ร่างรายงานการประชุม ยังไม่ได้รับการรับรอง")
    assert "เริ่มประชุมเวลา ๐๙.๓๕ น." in text
    resolved = next(b for b in made.blocks if isinstance(b, Labelled) and b.label == "มติที่ประชุม")
    assert list(resolved.lines) == ["มอบหมาย  ให้ปรับปรุงเว็บไซต์"]
    assert "เห็นด้วย ๒ เสียง" in text
    assert "จังหวัดบึงกาฬ: ปรับปรุงเว็บไซต์ ภายในวันที่ ๓๐ เมษายน ๒๕๖๗" in text
    absent = [b for b in made.blocks if isinstance(b, Item) and b.aside == "ติดราชการ"]
    assert [b.text for b in absent] == ["ผู้แทน ๒"]


def test_what_is_the_secretariats_is_sealed_for_other_readers(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    auditor = world["make"].user("auditor", world["units"]["th-38"])
    assert "เรื่องลับสุดยอด" in word_text(agenda(facts(head, world["meeting"])))
    for make_paper in (agenda, minutes):
        text = word_text(
            make_paper(facts(auditor, world["meeting"], minutes=make_paper is minutes))
        )
        assert "เรื่องลับสุดยอด" not in text
        assert "๔.๒" in text
        assert "เรื่องลับ เฉพาะฝ่ายเลขานุการ" in text


def test_certified_minutes_are_told_as_they_were_certified(world):
    meeting = world["meeting"]
    as_certified = document(meeting)
    MinutesVersion.objects.create(
        meeting=meeting, number=1, document=as_certified, sha256=digest(as_certified),
        certified=True, made_at=clock.now(),
    )  # fmt: skip
    AgendaItem.objects.filter(pk=world["item"].pk).update(title="เปลี่ยนภายหลัง")
    head = world["make"].user("unit_head", world["units"]["th-38"])
    text = word_text(minutes(facts(head, meeting, minutes=True)))
    assert "ผลการยกระดับ ITA" in text
    assert "เปลี่ยนภายหลัง" not in text
    assert "ยังไม่ได้รับการรับรอง" not in text


@pytest.mark.skipif(not pdf_available(), reason="this machine has no Pango")
def test_the_text_of_the_pdf_can_be_copied(world):
    head = world["make"].user("unit_head", world["units"]["th-38"])
    data = paper_pdf(minutes(facts(head, world["meeting"], minutes=True)))
    text = "".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages).split())
    assert "ให้ปรับปรุงเว็บไซต์" in recompose(text)


def test_downloads(world, client):
    base = f"/committees/meetings/{world['meeting'].pk}"
    client.force_login(world["make"].user("unit_officer", world["units"]["th-38"]))
    got = client.get(f"{base}/agenda.docx")
    assert got.status_code == 200
    assert "agenda-push-1-2567.docx" in got["Content-Disposition"]
    Meeting.objects.update(state="invited")
    assert client.get(f"{base}/minutes.docx").status_code == 409
    client.force_login(world["make"].user("unit_officer", world["units"]["th-66"]))
    assert client.get(f"{base}/agenda.docx").status_code == 404
