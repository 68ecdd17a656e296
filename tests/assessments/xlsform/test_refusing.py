"""Files that are no forms: one clear error each, in bounded time and memory, whatever the bytes."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sucharit.assessments.authoring.template import TEMPLATE
from sucharit.assessments.xlsform import read, write
from sucharit.assessments.xlsform.cells import Book
from sucharit.assessments.xlsform.columns import SHEETS, SURVEY, TYPES
from tests.assessments.xlsform.workbooks import book, form

SOUND = form()


def only(data: bytes, filename: str = "form.xlsx") -> str:
    """The code of the one finding of a refused file."""
    started = time.monotonic()
    imported = read(data, filename)
    assert time.monotonic() - started < 10
    assert imported.document is None
    (found,) = imported.problems
    assert found.is_error
    return found.code


def repacked(
    data: bytes, changes: dict[str, bytes], *, drop: str = "", add: dict[str, bytes] | None = None
) -> bytes:
    """The package with some parts replaced, left out or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        for entry in old.infolist():
            if entry.filename != drop:
                new.writestr(entry.filename, changes.get(entry.filename, old.read(entry.filename)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def sheet_with(rows: str) -> bytes:
    """The sound form with other rows in its survey sheet."""
    xml = part(SOUND, SHEET).decode()
    start, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    return repacked(SOUND, {SHEET: (xml[: start + 11] + rows + xml[end:]).encode()})


def test_not_a_workbook():
    assert only(b"") == "empty_file"
    assert only(b"type,name,label\ntext,q1,x\n") == "not_xlsx"
    assert only("ข้อความ".encode()) == "not_xlsx"
    assert only(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "old_excel"
    assert only(b"PK\x03\x04" + b"x" * 50) == "broken"
    assert only(SOUND[: len(SOUND) // 2]) == "broken"
    assert only(b"x" * (10 * 1024**2 + 1)) == "too_large"


def test_a_zip_that_is_something_else():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("hello.txt", "x")
    assert only(out.getvalue()) == "not_xlsx"
    types = part(SOUND, "[Content_Types].xml")
    word = types.replace(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main")
    assert only(repacked(SOUND, {"[Content_Types].xml": word})) == "not_xlsx"


def test_macros():
    assert only(repacked(SOUND, {}, add={"xl/vbaProject.bin": b"x"})) == "macros"
    types = part(SOUND, "[Content_Types].xml")
    changed = types.replace(
        b"</Types>", b"<!-- vnd.ms-excel.sheet.macroEnabled.main+xml --></Types>"
    )
    assert only(repacked(SOUND, {"[Content_Types].xml": changed})) == "macros"


def test_a_password():
    data = bytearray(SOUND)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of an encrypted entry
    assert only(bytes(data)) == "old_excel"


def test_bombs():
    zeros = b"<x>" + b" " * (60 * 1024**2)
    big = repacked(SOUND, {}, add={"xl/media/a.xml": zeros})
    assert len(big) < 1024**2
    assert only(big) == "bomb"
    swollen = repacked(SOUND, {}, add={"xl/media/a.xml": b" " * (8 * 1024**2)})
    assert only(swollen) == "bomb"
    many = repacked(SOUND, {}, add={f"xl/x{n}.xml": b"" for n in range(1_200)})
    assert only(many) == "bomb"


def test_a_directory_that_lies_about_sizes():
    big = repacked(SOUND, {SHEET: b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"})
    lying = bytearray(big)
    real = (3_000_000 + 23).to_bytes(4, "little")
    while real in lying:
        at = lying.index(real)
        lying[at : at + 4] = (100).to_bytes(4, "little")
    assert only(bytes(lying)) in {"broken", "bomb"}


def test_external_entities_and_billion_laughs():
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    evil = doctype + b"<worksheet><sheetData>" + cell + b"</sheetData></worksheet>"
    assert only(repacked(SOUND, {SHEET: evil})) == "unsafe_xml"
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    assert only(repacked(SOUND, {"xl/sharedStrings.xml": laughs})) == "unsafe_xml"
    assert only(repacked(SOUND, {"xl/workbook.xml": laughs})) == "unsafe_xml"


def test_too_many_rows_and_columns_cost_nothing():
    assert only(sheet_with('<row r="10001"><c r="A10001"><v>1</v></c></row>')) == "too_many_rows"
    assert only(sheet_with('<row r="1"><c r="ALM1"><v>1</v></c></row>')) == "too_many_columns"
    # One cell at the far corner must not make anybody allocate the area before it.
    tracemalloc.start()
    assert (
        only(sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')) == "too_many_rows"
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024**2


def test_formatted_but_empty_cells_count_for_nothing():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 12_000))
    found = read(sheet_with(rows)).problems
    assert "too_many_rows" not in {p.code for p in found}


def test_a_long_text_repeated_often_is_bounded():
    texts = f"<sst>{'<si><t>x</t></si>' * 60}<si><t>{'ก' * 30_000}</t></si></sst>".encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>60</v></c></row>' for n in range(1, 2_000))
    data = sheet_with(rows)
    imported = read(repacked(data, {"xl/sharedStrings.xml": texts}))
    assert imported.document is None
    assert imported.problems[0].code == "too_much_text"


def test_parts_that_are_missing_or_no_xml():
    assert only(repacked(SOUND, {"xl/workbook.xml": b"not xml"})) == "broken"
    assert only(repacked(SOUND, {SHEET: b"<worksheet><sheetData>"})) == "broken"
    assert only(repacked(SOUND, {}, drop="xl/workbook.xml")) == "broken"
    assert only(sheet_with('<row r="1"><c r="A1" t="s"><v>999</v></c></row>')) == "broken"
    assert only(repacked(SOUND, {}, drop="[Content_Types].xml")) == "not_xlsx"


@pytest.mark.parametrize("data", [SOUND, write(TEMPLATE)])
def test_our_reader_sees_what_calamine_sees(data):
    """An independent reader as oracle for values and addresses."""
    ours, theirs = Book(data), CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert ours.names == theirs.sheet_names
    for name in ours.names:
        rows = theirs.get_sheet_by_name(name).to_python(skip_empty_area=False)
        wanted = {
            (r, c): str(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""
        }
        assert {at: cell.text for at, cell in ours.sheet(name).cells.items()} == wanted


# --- fuzz ------------------------------------------------------------------------------------
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(st.binary(max_size=400))
@example(SOUND[:4])
def test_any_bytes_give_findings(data):
    assert read(data).problems


@FUZZ
@given(st.data())
def test_damaged_workbooks_give_findings_or_a_document(data):
    broken = bytearray(SOUND)
    for _n in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 40))
    started = time.monotonic()
    imported = read(bytes(broken[: len(broken) - cut]))
    assert imported.document is not None or imported.problems
    assert time.monotonic() - started < 5


@FUZZ
@given(st.data())
def test_damaged_parts_give_findings_or_a_document(data):
    """Damage inside the parts, past the checksums of the package."""
    name = data.draw(
        st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
    )  # fmt: skip
    content = bytearray(part(SOUND, name))
    for _n in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    imported = read(repacked(SOUND, {name: bytes(content)}))
    assert imported.document is not None or imported.problems


CELL = st.one_of(
    st.sampled_from(["", *TYPES, "select_one yn", "q1", "${q1} = 1", "yes", "=1+1", "1/0", "ก", "x=1 y=2", "{}", "[1]"]),
    st.text(max_size=20),
    st.integers(-5, 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)  # fmt: skip


OTHER_HEADS = (
    "label::ไทย (th)",
    "list_name",
    "form_id",
    "node",
    "agg",
    "of",
    "code",
    "path",
    "value",
)
HEADS = st.one_of(st.sampled_from([*SURVEY, *OTHER_HEADS]), st.text(max_size=8))


@FUZZ
@given(st.data())
def test_random_cells_give_findings_or_a_document(data):
    sheets = {}
    for name in data.draw(st.lists(st.sampled_from(SHEETS), min_size=1, unique=True)):
        heads = data.draw(st.lists(HEADS, max_size=8))
        rows = data.draw(st.lists(st.lists(CELL, max_size=8), max_size=6))
        sheets[name] = [heads, *rows]
    try:
        made = book(**sheets)
    except (TypeError, ValueError):
        return  # xlsxwriter has its own opinion of some cells
    imported = read(made)
    assert imported.document is not None or imported.problems
    for found in imported.problems:
        assert found.th
        assert found.en
