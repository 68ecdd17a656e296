"""CSV, XLSX and JSON, streamed or in constant memory."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

from sucharit.core.exports.cells import (
    Hundredths,
    Satang,
    as_json,
    as_text,
    clean,
    local,
    plain_text,
    safe_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name (Excel cuts it at 31 characters), its head, its rows."""

    name: str
    columns: Sequence[Any]
    rows: Rows


XLSX_ROWS = 1_048_575  # rows of a sheet below its head
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CELL_UNITS = 32_767  # UTF-16 units an XLSX cell holds
_CUT = " […]"
_EXACT_INT = 10**15  # beyond, a spreadsheet's number loses digits
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "TH Sarabun New", "font_size": 14}


def disposition(filename: str) -> str:
    """Content-Disposition: attachment with the name in UTF-8 and a plain one for old programs."""
    name = "".join(c for c in clean(filename) if c.isprintable() and c not in '"\\/')
    plain = name.encode("ascii", "ignore").decode().strip(" .") or "export"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def csv_rows(columns: Sequence[Any], rows: Rows) -> Iterator[str]:
    """Lines of the CSV, the first with the byte-order mark by which Excel knows UTF-8."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write("\ufeff")
    writer.writerow([as_text(c) for c in columns])
    for row in rows:
        yield line.getvalue()
        line.seek(0)
        line.truncate()
        writer.writerow([as_text(c) for c in row])
    yield line.getvalue()


def csv_response(filename: str, columns: Sequence[Any], rows: Rows) -> StreamingHttpResponse:
    """A CSV download, sent while it is read."""
    lines = csv_rows(columns, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(filename)
    return response


def json_rows(columns: Sequence[Any], rows: Rows) -> Iterator[str]:
    """A JSON array of objects, one a line; the keys are the columns."""
    keys = [str(c) for c in columns]
    before = "[\n"
    for row in rows:
        thing = dict(zip(keys, map(as_json, row), strict=True))
        yield before + json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def json_response(filename: str, columns: Sequence[Any], rows: Rows) -> StreamingHttpResponse:
    """A JSON download, sent while it is read."""
    lines = json_rows(columns, rows)
    response = StreamingHttpResponse(lines, content_type="application/json")
    response["Content-Disposition"] = disposition(filename)
    return response


def xlsx_bytes(sheet: str, columns: Sequence[Any], rows: Rows) -> bytes:
    """A workbook of one sheet: bold frozen header, filter, numbers with their formats."""
    out = io.BytesIO()
    _write_book(out, [Sheet(sheet, columns, rows)])
    return out.getvalue()


def xlsx_response(filename: str, sheet: str, columns: Sequence[Any], rows: Rows) -> FileResponse:
    """An XLSX download; the workbook waits on disk, not in memory."""
    return book_response(filename, [Sheet(sheet, columns, rows)])


def book_response(filename: str, sheets: Iterable[Sheet]) -> FileResponse:
    """An XLSX download of several sheets, each with its head frozen and filtered."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    _write_book(out, sheets)
    out.seek(0)
    response = FileResponse(out, content_type=_XLSX)
    response["Content-Disposition"] = disposition(filename)
    return response


def _write_book(out: Any, sheets: Iterable[Sheet]) -> None:
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        head = book.add_format({**_FONT, "bold": True, "bottom": 1, "text_wrap": True})
        shapes = {"plain": "General", "number": "0", "score": "0.00", "money": "#,##0.00"}
        shapes |= {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
        formats = {k: book.add_format({**_FONT, "num_format": v}) for k, v in shapes.items()}
        # Text that looks like a formula stays text even when somebody edits the cell.
        formats["quoted"] = book.add_format({**_FONT, "quote_prefix": True})
        for sheet in sheets:
            _write_sheet(book, sheet, head, formats)


def _write_sheet(book: Any, sheet: Sheet, head: Any, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name))
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(sheet.columns) - 1, 0), 18, formats["plain"])
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, _fitting(clean(str(column))), head)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            _write(page, last, place, cell, formats)
    page.autofilter(0, 0, last, max(len(sheet.columns) - 1, 0))


def _write(page: Any, row: int, column: int, cell: Any, formats: dict[str, Any]) -> None:
    """One typed cell: a text is written as text, so nothing in it can run."""
    if isinstance(cell, (Hundredths, Satang)):
        shape = formats["score" if isinstance(cell, Hundredths) else "money"]
        if cell.value is not None:
            page.write_number(row, column, cell.value / 100, shape)
    elif isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < _EXACT_INT:
        page.write_number(row, column, cell, formats["number"])
    elif (moment := local(cell)) is not None and moment.year >= 1900:
        page.write_datetime(row, column, *_spreadsheet_moment(moment, formats))
    elif cell is not None and (text := _fitting(plain_text(cell))):
        runs = safe_text(text) != text
        page.write_string(row, column, text, formats["quoted" if runs else "plain"])


def _spreadsheet_moment(moment: dt.date | dt.datetime, formats: dict[str, Any]) -> tuple[Any, Any]:
    """Spreadsheets know no zones: a moment goes in as the Thai wall clock."""
    if isinstance(moment, dt.datetime):
        return moment.replace(tzinfo=None), formats["moment"]
    return moment, formats["day"]


def _fitting(text: str) -> str:
    """As much as a cell holds, marked where it was cut; XlsxWriter would leave the cell empty."""
    units = text.encode("utf-16-le")
    if len(units) // 2 <= _CELL_UNITS:
        return text
    return units[: (_CELL_UNITS - len(_CUT)) * 2].decode("utf-16-le", "ignore") + _CUT


def _sheet_name(name: str) -> str:
    """Excel's rules: at most 31 characters, none of the signs below, no apostrophe at the ends."""
    kept = "".join("-" if c in "[]:*?/\\" else c for c in clean(name))[:31].strip("'")
    return kept or "1"
