"""Exports: every text comes back as it was, and none of it can run."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sucharit.core.exports import (
    Hundredths,
    Satang,
    csv_response,
    csv_rows,
    disposition,
    json_rows,
    safe_text,
    text_of_safe,
    xlsx_bytes,
    xlsx_response,
)
from sucharit.core.exports.cells import clean

TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.builds(
    lambda lead, rest: lead + rest,
    st.sampled_from(
        ["=", "+", "-", "@", "\t", "\r", "'", "''=", " =", "\ufeff=", "＝", "-1", "+66"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=10),
)
RUNS = tuple("=+-@\t\r\n＝＋－＠")


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def read_xlsx(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_any_text_comes_back_from_csv_and_none_runs(rows):
    head, *read = read_csv("".join(csv_rows(("a", "b"), rows)))
    assert head == ["a", "b"]
    assert [[text_of_safe(c) for c in row] for row in read] == [
        [clean(c) for c in row] for row in rows
    ]
    assert not [c for row in read for c in row if c.lstrip(" \u00a0\ufeff").startswith(RUNS)]


@given(TEXT)
@example("'=1")
@example("''=1")
@example("' =1")
def test_the_apostrophe_is_taken_away_exactly_when_it_was_put_there(text):
    assert text_of_safe(safe_text(text)) == clean(text)


@settings(max_examples=40)
@given(st.lists(TEXT.filter(lambda t: clean(t) != ""), min_size=1, max_size=4))
def test_any_text_comes_back_from_xlsx_as_text(texts):
    rows = read_xlsx(xlsx_bytes("x", ["a"], [(t,) for t in texts]))
    # XML knows one line end: a return before a line feed is folded into it.
    expected = [clean(t).replace("\r\n", "\n") for t in texts]
    assert [str(r[0]).replace("\r\n", "\n") for r in rows[1:]] == expected
    assert all(isinstance(r[0], str) for r in rows[1:])


def test_an_xlsx_holds_no_formula_and_no_link():
    import zipfile

    content = xlsx_bytes("x", ["=1+1"], [("=cmd|' /C calc'!A0",), ("http://example.org/",)])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


WHEN = dt.datetime(2024, 3, 17, 18, 30, tzinfo=dt.UTC)  # already the 18th in Thailand
ROW = (
    "น้ำ",
    84,
    -5,
    Hundredths(8416),
    Hundredths(None),
    Satang(123450),
    None,
    dt.date(2024, 3, 18),
    WHEN,
)
COLUMNS = tuple("abcdefghi")


def test_cells_of_every_kind_in_csv():
    _head, row = read_csv("".join(csv_rows(COLUMNS, [ROW])))
    assert row == [
        "น้ำ",
        "84",
        "-5",
        "84.16",
        "",
        "1234.50",
        "",
        "2024-03-18",
        "2024-03-18 01:30:00+07:00",
    ]


def test_cells_of_every_kind_in_json():
    (thing,) = json.loads("".join(json_rows(COLUMNS, [ROW])))
    assert list(thing.values()) == [
        "น้ำ", 84, -5, 84.16, None, 1234.5, None, "2024-03-18", "2024-03-18T01:30:00+07:00",
    ]  # fmt: skip
    assert "น้ำ" in "".join(json_rows(COLUMNS, [ROW]))  # not escaped
    assert json.loads("".join(json_rows(COLUMNS, []))) == []


def test_cells_of_every_kind_in_xlsx():
    _head, row = read_xlsx(xlsx_bytes("ผล", COLUMNS, [ROW]))
    assert row == [
        "น้ำ",
        84,
        -5,
        84.16,
        "",
        1234.5,
        "",
        dt.date(2024, 3, 18),
        dt.datetime(2024, 3, 18, 1, 30),  # noqa: DTZ001 (a wall clock)
    ]


@given(st.integers(-(10**12), 10**12))
def test_hundredths_are_never_off_by_one_in_any_file(value):
    from decimal import Decimal

    exact = Decimal(value) / 100
    _head, row = read_csv("".join(csv_rows("a", [(Hundredths(value),)])))
    assert Decimal(row[0]) == exact
    (thing,) = json.loads("".join(json_rows("a", [(Hundredths(value),)])), parse_float=Decimal)
    assert Decimal(thing["a"]) == exact


def test_an_integer_beyond_a_spreadsheets_digits_goes_in_as_text():
    assert read_xlsx(xlsx_bytes("x", "a", [(10**17 + 1,)]))[1] == [str(10**17 + 1)]


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark_not_dropped():
    (text,) = read_xlsx(xlsx_bytes("x", "a", [("ก" * 40_000,)]))[1]
    assert len(text) == 32_767
    assert text.endswith("[…]")
    (text,) = read_xlsx(xlsx_bytes("x", "a", [("😀" * 20_000,)]))[1]
    assert text.endswith("😀 […]")


@pytest.mark.parametrize("name", ["", "a/b:c*?[]\\", "'quoted'", "ก" * 40, "=1"])
def test_any_sheet_name_opens(name):
    assert read_xlsx(xlsx_bytes(name, ["a"], [(1,)]))[1] == [1]


def test_rows_are_taken_one_by_one_while_the_csv_is_sent():
    taken = []

    def rows():
        for n in range(1000):
            taken.append(n)
            yield (n,)

    lines = iter(csv_response("x.csv", ["a"], rows()).streaming_content)
    next(lines)
    next(lines)
    assert len(taken) < 5


def test_a_download_is_named_in_thai_and_cannot_break_the_header():
    assert csv_response("ผล.csv", ["a"], [])["Content-Disposition"].endswith(
        "filename*=UTF-8''%E0%B8%9C%E0%B8%A5.csv"
    )
    assert disposition('a"\r\nSet-Cookie: x.csv').count('"') == 2
    assert "\r" not in disposition("a\r\nb")


def test_an_xlsx_download_is_a_workbook():
    with contextlib.closing(xlsx_response("x.xlsx", "x", ["a"], [(1,)])) as response:
        content = b"".join(response.streaming_content)
    assert read_xlsx(content) == [["a"], [1]]


def test_a_book_of_several_sheets():
    from sucharit.core.exports import Satang, Sheet, book_response

    answer = book_response(
        "x.xlsx",
        [Sheet("สรุป", ["ก"], [["=1+1"]]), Sheet("เงิน/บาท", ["ข"], [[Satang(123450)]])],
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    assert book.sheet_names == ["สรุป", "เงิน-บาท"]
    assert book.get_sheet_by_name("สรุป").to_python() == [["ก"], ["=1+1"]]
    assert book.get_sheet_by_name("เงิน-บาท").to_python() == [["ข"], [1234.5]]
