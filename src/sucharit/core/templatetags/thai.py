"""Filters for dates, money and scores in the page's language: ``{% load thai %}``.

Thai pages write "18 มี.ค. 2567"; English pages "18 Mar 2024 (2567)": the CE date foreigners read,
with the Buddhist year that stands on every Thai document.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.core import fiscal, money, rounding
from sucharit.core import thaidate as dates

register = template.Library()


def _thai() -> bool:
    return (get_language() or "th").startswith("th")


def _local(value: dt.date | dt.datetime) -> dt.date:
    """The day it was in Thailand: 18:30 UTC is already tomorrow there."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter(name="thaidate")
def thaidate(value: dt.date | dt.datetime | None) -> str:
    """Short date: "18 มี.ค. 2567" / "18 Mar 2024 (2567)"; None → ""."""
    if not value:
        return ""
    return dates.short(_local(value)) if _thai() else dates.short_en(_local(value))


@register.filter
def thaidate_long(value: dt.date | dt.datetime | None) -> str:
    """Long date: "18 มีนาคม 2567" / "18 March 2024 (2567)"; None → ""."""
    if not value:
        return ""
    return dates.long(_local(value)) if _thai() else dates.long_en(_local(value))


@register.filter
def thaidatetime(value: dt.datetime | None) -> str:
    """Thai wall clock: "18 มี.ค. 2567 14:05 น." / "18 Mar 2024 (2567) 14:05"; None → ""."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{thaidate(local)} {local:%H:%M}{' น.' if _thai() else ''}"


@register.filter
def fiscal_year(value: dt.date | dt.datetime | int | None) -> str:
    """Label of a BE fiscal year, given as a number or as a day in it; None → ""."""
    if not value:
        return ""
    number = value if isinstance(value, int) else fiscal.fiscal_year_be(_local(value))
    return fiscal.label(number, "th" if _thai() else "en")


@register.filter
def thai_digits(value: object) -> str:
    """0-9 → ๐-๙ on Thai pages; unchanged on English ones."""
    return dates.to_thai_digits(value) if _thai() else str(value)


@register.filter
def baht(satang: int | None) -> str:
    """Satang as baht: 123450 → "1,234.50"; None → "–" (unknown is not zero)."""
    return "–" if satang is None else money.text(satang)


def _why_none(status: str) -> str:
    reasons = {
        "missing": _("no data yet"),
        "not_applicable": _("not applicable"),
        "insufficient": _("not enough data"),
        "hidden": _("not shown to you"),
    }
    return reasons.get(status, reasons["missing"])


@register.filter
def score(value: int | None, status: Any = "missing") -> str:
    """Integer hundredths: 8416 → "84.16". None → a dash that says why, by ``status``.

    Statuses: missing, not_applicable, insufficient, hidden (may not be seen); else as missing.
    """
    if value is None:
        return f"– ({_why_none(str(status))})"
    return rounding.hundredths_text(value)
