"""Tables as files: CSV that Excel opens in Thai, XLSX and JSON, streamed or in constant memory.

Cells: text, int, bool, ``Hundredths`` (84.16), ``Satang`` (baht), dates, None (empty: unknown is
not zero). Text never becomes a formula. Start at ``cells.py``; how: docs/lists-and-exports.md.
"""

from sucharit.core.exports.cells import Hundredths, Satang, safe_text, text_of_safe
from sucharit.core.exports.files import (
    XLSX_ROWS,
    Sheet,
    book_response,
    csv_response,
    csv_rows,
    disposition,
    json_response,
    json_rows,
    xlsx_bytes,
    xlsx_response,
)

__all__ = [
    "XLSX_ROWS",
    "Hundredths",
    "Satang",
    "Sheet",
    "book_response",
    "csv_response",
    "csv_rows",
    "disposition",
    "json_response",
    "json_rows",
    "safe_text",
    "text_of_safe",
    "xlsx_bytes",
    "xlsx_response",
]
