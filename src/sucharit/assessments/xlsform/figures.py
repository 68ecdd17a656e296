"""Figures of a sheet: numbers as people see them, and which of them Excel takes for dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sucharit.assessments.xlsform.xml import parse

# Numbers of Excel's own date and time formats.
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def date_styles(content: bytes) -> frozenset[int]:
    """Positions of the cell formats that show a number as a date or time."""
    own: dict[str, str] = {}
    formats: list[str] = []
    inside = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            formats.append(attributes.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    if content:
        parse(content, start=start, end=end)
    return frozenset(at for at, number in enumerate(formats) if _shows_date(number, own))


def _shows_date(number: str, own: dict[str, str]) -> bool:
    if number in own:
        code = _LITERAL.sub("", own[number].lower()).split(";")[0]
        return any(letter in code for letter in "ymdhs") and "general" not in code
    return number.isascii() and number.isdigit() and int(number) in _DATES


def number_text(text: str) -> str:
    """A number as a person sees it: 2.0 → "2", 0.1 (kept as 0.10000000000000001) → "0.1"."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 (not a number)
        return text
    return str(int(value)) if value.is_integer() else format(value, ".15g")


def day_text(value: str, *, from_1904: bool) -> str:
    """A spreadsheet's day number as ISO text: a date, a time, or both; odd numbers stay numbers."""
    try:
        number = float(value)
        whole, rest = divmod(round(number * 86_400), 86_400)
        base = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 (no zone in a sheet)
        moment: Any = base + dt.timedelta(days=whole, seconds=rest)
    except (ValueError, OverflowError):
        return value
    if not rest:
        return str(moment.date().isoformat())
    return str(moment.time().isoformat() if not whole else moment.isoformat())
