"""Months, quarters, halves and years of a fiscal year as periods of figures. Plain Python; BE years, CE dates."""

from __future__ import annotations

import datetime as dt

from sucharit.core import fiscal

PARTS = {"month": 12, "quarter": 4, "half": 2, "year": 1}  # seq runs from 1; month 1 is October


def bounds(fiscal_year: int, kind: str, seq: int) -> fiscal.Period:
    """First and last day of a period. ValueError: no such kind or number."""
    parts = PARTS.get(kind)
    if parts is None or not 1 <= seq <= parts:
        raise ValueError(f"a fiscal year has no {kind} {seq}")
    months = 12 // parts
    first = _month(fiscal_year, (seq - 1) * months)
    return fiscal.Period(first, _month(fiscal_year, seq * months) - dt.timedelta(days=1))


def quarter_in(kind: str, seq: int) -> int:
    """The quarter in which a period ends: its lock is the period's lock. half 1 → 2, year → 4, month 5 → 2."""
    return -(-seq * 4 // PARTS[kind])


def ended(fiscal_year: int, kind: str, day: dt.date) -> int:
    """How many periods of the year have ended before or on the day: that many figures may be expected."""
    return sum(bounds(fiscal_year, kind, n).end <= day for n in range(1, PARTS[kind] + 1))


def _month(fiscal_year: int, months: int) -> dt.date:
    """First day of the month ``months`` after October of the fiscal year (0 to 12)."""
    years, month = divmod(9 + months, 12)
    return dt.date(fiscal_year - fiscal.BE_OFFSET - 1 + years, month + 1, 1)
