"""Words of plan reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.core import fiscal, money
from sucharit.core.rounding import hundredths_text

# how an activity stands -> (state of the house, word)
STANDING: dict[str, tuple[str, Any]] = {
    "done": ("done", _("Finished")),
    "on_plan": ("on_time", _("On plan")),
    "behind": ("late", _("Behind the plan")),
    "not_reported": ("missing", _("Not reported")),
    "cancelled": ("cancelled", _("Cancelled")),
}
NO_DATA = "ไม่มีข้อมูล"
THAI_STANDING = {
    "done": "แล้วเสร็จ",
    "on_plan": "เป็นไปตามแผน",
    "behind": "ช้ากว่าแผน",
    "not_reported": "ยังไม่รายงาน",
    "cancelled": "ยกเลิก",
}
THAI_GROUP = {
    "youth": "เด็กและเยาวชน",
    "public_personnel": "บุคลากรภาครัฐ",
    "private": "ภาคเอกชน",
    "people": "ประชาชน",
}


def percent(e2: int | None) -> str:
    """Hundredths of a per cent as text of an official paper; unknown in words."""
    return NO_DATA if e2 is None else hundredths_text(e2)


def number(e4: int | None, decimals: int = 2) -> str:
    """Ten-thousandths as text with the indicator's decimals; unknown in words."""
    from fractions import Fraction

    from sucharit.core.rounding import half_up

    if e4 is None:
        return NO_DATA
    rounded = half_up(Fraction(e4, 10_000), decimals)
    sign, whole = ("-" if rounded < 0 else ""), abs(rounded)
    if decimals == 0:
        return f"{sign}{whole:,}"
    return f"{sign}{whole // 10**decimals:,}.{whole % 10**decimals:0{decimals}d}"


def baht(satang: int | None) -> str:
    """Satang as text of an official paper; a dash where no money was entered."""
    return "–" if satang is None else money.text(satang)


def heads(value: int | None) -> str:
    """A count of people; unknown in words."""
    return NO_DATA if value is None else f"{value:,}"


def period_th(fiscal_year: int, half: int) -> str:
    """รอบ 6 เดือน or รอบ 12 เดือน of the year."""
    return f"รอบ {6 * half} เดือน {fiscal.label(fiscal_year)}"


def day(text: str) -> dt.date:
    """A day of a document."""
    return dt.date.fromisoformat(text)
