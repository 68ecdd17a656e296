"""Fiscal years (ปีงบประมาณ): October to September, named by the Buddhist year they end in.

Plain Python: CE dates in, BE years out. Rule and examples: docs/dates-and-money.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

BE_OFFSET = 543  # Buddhist era = common era + 543
FIRST_MONTH = 10  # the fiscal year opens on 1 October of the year before
# kind of period -> its length in months
KINDS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included (CE)."""

    start: dt.date
    end: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def calendar_year_be(day: dt.date) -> int:
    """BE calendar year of a CE date: 2024-12-31 → 2567."""
    return day.year + BE_OFFSET


def fiscal_year_be(day: dt.date) -> int:
    """BE fiscal year of a CE date: 2024-03-18 → 2567, 2023-10-01 → 2567, 2024-10-01 → 2568."""
    return calendar_year_be(day) + (1 if day.month >= FIRST_MONTH else 0)


def start_of(fiscal_year: int) -> dt.date:
    """First day of a BE fiscal year: 2567 → 2023-10-01."""
    return _month_start(fiscal_year, 0)


def end_of(fiscal_year: int) -> dt.date:
    """Last day of a BE fiscal year: 2567 → 2024-09-30."""
    return start_of(fiscal_year + 1) - dt.timedelta(days=1)


def year(fiscal_year: int) -> Period:
    """The whole BE fiscal year (รอบ 12 เดือน)."""
    return Period(start_of(fiscal_year), end_of(fiscal_year))


def quarter(fiscal_year: int, number: int) -> Period:
    """Quarter 1 (Oct-Dec) to 4 (Jul-Sep); ValueError for any other number."""
    return _part(fiscal_year, number, months=3)


def half(fiscal_year: int, number: int) -> Period:
    """Half 1 (รอบ 6 เดือน, Oct-Mar) or 2 (Apr-Sep); ValueError for any other number."""
    return _part(fiscal_year, number, months=6)


def quarter_of(day: dt.date) -> int:
    """Fiscal quarter of a CE date, 1 to 4: October is 1, September is 4."""
    return (day.month - FIRST_MONTH) % 12 // 3 + 1


def half_of(day: dt.date) -> int:
    """Fiscal half of a CE date: 1 (Oct-Mar) or 2 (Apr-Sep)."""
    return (quarter_of(day) + 1) // 2


def month_of(day: dt.date) -> int:
    """Month of the fiscal year, 1 (October) to 12 (September), of a CE date."""
    return (day.month - FIRST_MONTH) % 12 + 1


def month(fiscal_year: int, number: int) -> Period:
    """Month 1 (October) to 12 (September); ValueError for any other number."""
    return _part(fiscal_year, number, months=1)


def period(fiscal_year: int, kind: str, seq: int) -> Period:
    """A part of a BE fiscal year by kind ("month", "quarter", "half", "year") and number from 1.

    ValueError for an unknown kind or a number the kind does not have (a year has only number 1).
    """
    if kind not in KINDS:
        raise ValueError(f"a period is one of {', '.join(KINDS)}, not {kind}")
    return _part(fiscal_year, seq, months=KINDS[kind])


def seq_of(day: dt.date, kind: str) -> int:
    """The number (from 1) of the part of its fiscal year a CE date lies in; ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"a period is one of {', '.join(KINDS)}, not {kind}")
    return (month_of(day) - 1) // KINDS[kind] + 1


def label(fiscal_year: int, language: str = "th") -> str:
    """Like "ปีงบประมาณ พ.ศ. 2567", or in English "Fiscal year 2567 (Oct 2023 – Sep 2024)"."""
    if language.startswith("th"):
        return f"ปีงบประมาณ พ.ศ. {fiscal_year}"
    ends = fiscal_year - BE_OFFSET
    return f"Fiscal year {fiscal_year} (Oct {ends - 1} – Sep {ends})"


def quarter_label(fiscal_year: int, number: int, language: str = "th") -> str:
    """Like "ไตรมาสที่ 2/2567", or in English "Q2/2567"."""
    quarter(fiscal_year, number)
    return f"{'ไตรมาสที่ ' if language.startswith('th') else 'Q'}{number}/{fiscal_year}"


def half_label(fiscal_year: int, number: int, language: str = "th") -> str:
    """Like "รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2567", or in English "First half, fiscal year 2567"."""
    half(fiscal_year, number)
    if language.startswith("th"):
        return f"รอบ 6 เดือน{('แรก', 'หลัง')[number - 1]} ปีงบประมาณ พ.ศ. {fiscal_year}"
    return f"{('First', 'Second')[number - 1]} half, fiscal year {fiscal_year}"


def _month_start(fiscal_year: int, months: int) -> dt.date:
    """First day of the month that lies ``months`` after the year opened (0 to 12)."""
    opened = fiscal_year - BE_OFFSET - 1
    years, month = divmod(FIRST_MONTH - 1 + months, 12)
    return dt.date(opened + years, month + 1, 1)


def _part(fiscal_year: int, number: int, *, months: int) -> Period:
    parts = 12 // months
    if not 1 <= number <= parts:
        raise ValueError(f"a fiscal year has parts 1 to {parts} of {months} months, not {number}")
    first = _month_start(fiscal_year, (number - 1) * months)
    after = _month_start(fiscal_year, number * months)
    return Period(first, after - dt.timedelta(days=1))
