"""Columns of our tables: numbers to the right, dates in พ.ศ., and "no data" said in words."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sucharit.core import money, rounding
from sucharit.core.templatetags.thai import thaidate, thaidatetime

_RIGHT: dict[str, dict[str, str]] = {"th": {"class": "num"}, "td": {"class": "num"}}


def _no_data() -> str:
    return format_html('<span class="text-secondary">{}</span>', _("no data"))


class ListTable(tables.Table):
    """A table of a list page. ``caption`` is read out before the table; empty: the page's title.

    An unknown value is a text, never an empty cell that could be taken for zero.
    """

    caption: ClassVar[Any] = ""

    class Meta:
        default = _("no data")


class NumberColumn(tables.Column):
    """A whole number, right-aligned, with thousands separated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", _RIGHT)
        super().__init__(**kwargs)

    def render(self, value: int) -> str:
        return f"{value:,}"


class ScoreColumn(NumberColumn):
    """Integer hundredths shown with two places: 8416 → 84.16."""

    def render(self, value: int) -> str:
        return rounding.hundredths_text(value)


class MoneyColumn(NumberColumn):
    """Integer satang shown in baht: 123450 → 1,234.50."""

    def render(self, value: int) -> str:
        return money.text(value)


class DateColumn(tables.Column):
    """A CE date or moment shown as a Thai date."""

    def render(self, value: Any) -> str:
        return thaidate(value)


class DateTimeColumn(tables.Column):
    """A moment shown in Thai time."""

    def render(self, value: Any) -> str:
        return thaidatetime(value)
