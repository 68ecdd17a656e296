"""The memo read back: Thai as it was written, complex script named, nothing run, no macros."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from sucharit.core import memo as memos
from sucharit.core.errors import Refusal
from sucharit.core.memo import Memo, MemoTable, memo_docx

THAI = "สรุปผลการประเมินคุณธรรม น้ำประปา ทำการ กำกับดูแล อำเภอ"
MEMO = Memo(
    office="จังหวัดบึงกาฬ <ศปท.> & คณะ",
    subject=THAI,
    to="ผู้ว่าราชการจังหวัด",
    day=dt.date(2024, 3, 18),
    paragraphs=[THAI, "{{ office }} {% raw %}"],
    tables=[
        MemoTable("ตัวชี้วัด", ("รหัส", "ชื่อ", "คะแนน"), [("1", "ทำงาน", "84.16"), ("2", "น้ำ", "–")]),
        MemoTable("สอง", ("ก", "ข"), [("1", "2")]),
    ],
    closing=["จึงเรียนมาเพื่อโปรดทราบ"],
    signer="นายทดสอบ ระบบ",
)


def read(data: bytes):
    return Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def made():
    return memo_docx(MEMO)


def text_of(document) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def test_the_parts_of_a_memo_stand_in_order(made):
    text = text_of(read(made))
    words = ["บันทึกข้อความ", "ส่วนราชการ", "ที่", "วันที่", "เรื่อง", "เรียน", "จึงเรียนมา", "นายทดสอบ"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert "๑๘ มีนาคม ๒๕๖๗" in text


def test_sara_am_and_signs_come_back_as_written(made):
    text = text_of(read(made))
    assert text.count(THAI) == 2
    assert "\u0e4d" not in text
    assert "จังหวัดบึงกาฬ <ศปท.> & คณะ" in text


def test_text_is_never_run_as_a_template(made):
    assert "{{ office }} {% raw %}" in text_of(read(made))


def test_tables_have_the_columns_of_their_head(made):
    first, second = read(made).tables
    assert [[c.text for c in row.cells] for row in first.rows] == [
        ["รหัส", "ชื่อ", "คะแนน"],
        ["1", "ทำงาน", "84.16"],
        ["2", "น้ำ", "–"],
    ]
    assert [[c.text for c in row.cells] for row in second.rows] == [["ก", "ข"], ["1", "2"]]


def test_every_thai_run_names_the_complex_font_and_its_size(made):
    document = read(made)
    runs = [r for p in document.paragraphs for r in p.runs]
    runs += [
        r for t in document.tables for row in t.rows for c in row.cells
        for p in c.paragraphs for r in p.runs
    ]  # fmt: skip
    runs = [r for r in runs if r.text.strip()]
    assert len(runs) > 20
    for run in runs:
        properties = run._r.rPr
        assert properties.rFonts.get(qn("w:cs")) == "TH Sarabun New"
        assert properties.find(qn("w:szCs")).get(qn("w:val")) == str(int(run.font.size.pt * 2))
    order = [child.tag.split("}")[1] for child in runs[0]._r.rPr]
    assert order == ["rFonts", "b", "bCs", "sz", "szCs", "lang"]


def test_the_page_is_a4_with_the_margins(made):
    page = read(made).sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert round(page.left_margin.cm, 1) == 3.0
    assert round(page.right_margin.cm, 1) == 2.0


def test_no_macros_and_nothing_outside(made):
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = parts.namelist()
        relations = b"".join(parts.read(n) for n in names if n.endswith(".rels"))
    assert not [n for n in names if "vba" in n.lower() or "activeX" in n]
    assert b'TargetMode="External"' not in relations


def test_no_placeholder_is_left_and_gaps_are_dotted():
    plain = memo_docx(Memo("หน่วย", "เรื่อง", "ผู้รับ", None, ["ย่อหน้า"]))
    text = text_of(read(plain))
    assert "{" not in text
    assert "วันที่  ....." in text
    assert read(plain).tables == []


def own(tmp_path, text: str):
    path = tmp_path / "own.docx"
    document = Document()
    document.add_paragraph(text)
    document.save(path)
    return path


def test_a_ministrys_own_template_by_setting(tmp_path, settings):
    settings.MEMO_TEMPLATE = str(own(tmp_path, "ของเรา: {{ subject }} / {{ date }}"))
    assert text_of(read(memo_docx(MEMO))) == f"ของเรา: {THAI} / ๑๘ มีนาคม ๒๕๖๗"


@pytest.mark.parametrize(
    "text", ["{% for x in %}", "{{ subject.__class__.__mro__[1].__subclasses__() }}"]
)
def test_a_template_that_cannot_be_filled_is_refused(tmp_path, text):
    with pytest.raises(Refusal, match=r"own\.docx"):
        memo_docx(MEMO, own(tmp_path, text))


def test_a_template_with_macros_or_none_is_refused(tmp_path):
    path = own(tmp_path, "x")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refusal, match="without macros"):
        memo_docx(MEMO, path)
    (tmp_path / "no.docx").write_text("no")
    with pytest.raises(Refusal, match="cannot be read"):
        memo_docx(MEMO, tmp_path / "no.docx")
    with pytest.raises(Refusal, match="cannot be read"):
        memo_docx(MEMO, tmp_path / "absent.docx")


def test_the_default_template_names_every_placeholder():
    text = text_of(read(memos.default_template()))
    table = read(memos.default_template()).tables[0]
    text += " ".join(c.text for row in table.rows for c in row.cells)
    for name in MEMO.placeholders():
        assert name in text
