"""Cells into values: dates in either era, coordinates, codes.

Each gives (value, fault code or "").
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_DMY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_YMD = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
BUDDHIST_ERA = 543


def text(cell: Any) -> str:
    """The cell as trimmed text; a whole number that a spreadsheet made a float loses its ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def day(cell: Any) -> tuple[dt.date | None, str]:
    """A date: ISO (with or without time), day/month/year, CE or พ.ศ. (years from 2400 on)."""
    if isinstance(cell, dt.datetime):
        return cell.date(), ""
    if isinstance(cell, dt.date):
        return cell, ""
    raw = text(cell)
    if not raw:
        return None, ""
    parts = _YMD.match(raw)
    if parts:
        year, month, number = (int(p) for p in parts.groups())
    else:
        parts = _DMY.match(raw)
        if not parts:
            return None, "bad_date"
        number, month, year = (int(p) for p in parts.groups())
    try:
        return dt.date(year - BUDDHIST_ERA if year >= 2400 else year, month, number), ""
    except ValueError:
        return None, "bad_date"


def micro_degrees(cell: Any, limit: int) -> tuple[int | None, str]:
    """Degrees into millionths of a degree; beyond ±limit it is a fault."""
    raw = text(cell)
    if not raw:
        return None, ""
    try:
        found = round(float(raw) * 1_000_000)
    except (ValueError, OverflowError):
        return None, "bad_coordinate"
    return (found, "") if abs(found) <= limit * 1_000_000 else (None, "bad_coordinate")


def area_code(cell: Any, digits: int) -> str:
    """An official area code of that many digits, or "".

    A spreadsheet may have made it a number.
    """
    raw = text(cell)
    return raw if raw.isascii() and raw.isdigit() and len(raw) == digits else ""


def day_before(day_: dt.date) -> dt.date:
    """The last day of something that is gone from ``day_`` on."""
    return day_ - dt.timedelta(days=1)
