"""Official papers: the same texts in DOCX and PDF, Thai as it was written, nothing run, digits as asked for."""

from __future__ import annotations

import dataclasses
import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from sucharit.core.papers import (
    Centre,
    Grid,
    Heading,
    Item,
    Labelled,
    Paper,
    Right,
    Signature,
    Split,
    Text,
    paper_docx,
    paper_pdf,
)
from sucharit.core.papers.blocks import in_thai_numerals, thai_numerals
from sucharit.core.pdf import pdf_available, recompose

THAI = "ขอเชิญประชุมคณะกรรมการ กำกับดูแล น้ำประปา ค่ำนี้ ทำการ อำเภอ"
PAPER = Paper(
    title="หนังสือเชิญประชุม",
    blocks=[
        Heading("รายงานการประชุม", 1),
        Split("ที่ บก 0017/ว 389", "ศาลากลางจังหวัดบึงกาฬ"),
        Right(["18 มีนาคม 2567"]),
        Labelled("เรื่อง", [THAI]),
        Labelled("สิ่งที่ส่งมาด้วย", ["1. ระเบียบวาระการประชุม", "2. รายงานการประชุม"]),
        Text(f"{THAI} <b>&amp; {{{{ settings.SECRET_KEY }}}}"),
        Heading("ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
        Item("1.1", "ผล ITA ข้อ O17", 0, "ผู้อำนวยการ ป.ป.ช. ประจำจังหวัด"),
        Item("(1)", "รายละเอียด", 1),
        Grid("ตารางงบประมาณ", ("รายการ", "บาท"), [("ค่าอาหาร", "1,234.50")], frozenset({1})),
        Centre("๙๙๙"),
        Signature("นายสมมุติ ตัวอย่าง", "ผู้ว่าราชการจังหวัดบึงกาฬ", "ขอแสดงความนับถือ"),
    ],
    contact=["สำนักงานจังหวัด", "โทร. 0 4249 0000"],
    foot="พิมพ์เมื่อ 1 ตุลาคม 2566",
)


def word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pdf_text(data: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return recompose(text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_word_holds_every_text_as_it_was_written():
    text = word_text(paper_docx(PAPER))
    for wanted in (THAI, "ที่ บก 0017/ว 389", "1,234.50", "ผล ITA ข้อ O17", "โทร. 0 4249 0000"):
        assert wanted in text
    assert "{{ settings.SECRET_KEY }}" in text
    assert "<b>&amp;" in text
    assert "\u0e4d" not in text


@pytest.mark.skipif(not pdf_available(), reason="this machine has no Pango")
def test_pdf_text_can_be_copied():
    text = squeezed(pdf_text(paper_pdf(PAPER)))
    for wanted in (
        THAI,
        "ระเบียบวาระที่ 1",
        "1,234.50",
        "นายสมมุติ ตัวอย่าง",
        "<b>&amp;{{settings.SECRET_KEY}}",
    ):
        assert squeezed(wanted) in text


def test_official_papers_are_written_in_thai_digits_but_codes_keep_theirs():
    made = in_thai_numerals(PAPER)
    text = word_text(paper_docx(made))
    assert "ที่ บก ๐๐๑๗/ว ๓๘๙" in text
    assert "ผล ITA ข้อ O17" in text
    assert made.blocks[0] == PAPER.blocks[0]
    assert [type(b) for b in made.blocks] == [type(b) for b in PAPER.blocks]


@given(st.text())
def test_thai_numerals_change_digits_only(text):
    back = thai_numerals(text).translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    assert back == text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


def test_a_draft_says_so_on_top():
    text = word_text(paper_docx(dataclasses.replace(PAPER, draft="ร่าง")))
    assert text.startswith("ร่าง")


def test_rows_as_long_as_the_head():
    bad = dataclasses.replace(PAPER, blocks=[Grid("", ("ก", "ข"), [("1",)])])
    with pytest.raises(ValueError, match="zip"):
        paper_docx(bad)
