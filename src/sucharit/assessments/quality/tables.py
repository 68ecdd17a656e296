"""The queue of signals as core.lists shows it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.assessments.engine.quality import Code
from sucharit.assessments.models import QualitySignal
from sucharit.assessments.quality import texts
from sucharit.core import rounding
from sucharit.core.lists import ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip

SHARES = frozenset({Code.STRAIGHT_LINE, Code.SAME_ANSWERS, Code.BURST})
STATUSES = {
    "triggered": gettext_lazy("Asks for a look"),
    "not_triggered": gettext_lazy("Nothing noticed"),
    "insufficient": gettext_lazy("Too few answers to say"),
    "not_applicable": gettext_lazy("Does not apply"),
}
CHIPS = {
    "triggered": "unverified",
    "not_triggered": "yes",
    "insufficient": "insufficient",
    "not_applicable": "not_applicable",
}
FINDINGS = {
    "": gettext_lazy("Nobody has looked yet"),
    "explained": gettext_lazy("A lawful explanation was found"),
    "follow_up": gettext_lazy("The unit is asked"),
    "undecided": gettext_lazy("Still undecided"),
}


def value_text(code: str, text: str) -> str:
    """A value as shown: "3/4" as "75.00 %" for a share, as "99.50" for a score; "" stays empty."""
    if not text:
        return ""
    value = Fraction(text)
    if code in SHARES:
        return rounding.hundredths_text(rounding.hundredths(value * 100)) + " %"
    return rounding.hundredths_text(rounding.hundredths(value))


class SignalFilters(django_filters.FilterSet):
    """Unit, instrument, signal, what it says, what was found."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Name of the unit"),
        field_name="participation__unit__name_th",
        lookup_expr="icontains",
        max_length=100,
    )
    code = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind of signal"),
        choices=lambda: [(code, text.title) for code, text in texts.TEXTS.items()],
        empty_label=gettext_lazy("All signals"),
    )
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("What it says"),
        choices=lambda: list(STATUSES.items()),
        empty_label=gettext_lazy("All, also quiet ones"),
    )
    finding = django_filters.ChoiceFilter(
        label=gettext_lazy("What was found"),
        choices=lambda: [(k or "none", v) for k, v in FINDINGS.items()],
        empty_label=gettext_lazy("All findings"),
        method="by_finding",
    )

    def by_finding(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows whose newest review says so; "none": nobody has looked."""
        return queryset.filter(finding=None if value == "none" else value)


class SignalTable(ListTable):
    unit = tables.TemplateColumn(
        template_name="assessments/quality/unit_cell.html",
        verbose_name=gettext_lazy("Unit"),
        accessor="participation__unit__name_th",
        order_by=("participation__unit__sort_key",),
    )
    instrument = tables.Column(verbose_name=gettext_lazy("Instrument"))
    code = tables.Column(verbose_name=gettext_lazy("Kind of signal"))
    value = NumberColumn(verbose_name=gettext_lazy("Measured"), order_by=("order",))
    at_least = NumberColumn(verbose_name=gettext_lazy("Asks for a look from"), orderable=False)
    n = NumberColumn(verbose_name=gettext_lazy("Answers behind it"))
    status = tables.Column(verbose_name=gettext_lazy("What it says"))
    finding = tables.Column(
        verbose_name=gettext_lazy("What was found"), empty_values=(), orderable=False
    )

    def render_code(self, value: str) -> str:
        return texts.title_of(value)

    def render_value(self, record: QualitySignal) -> str:
        return value_text(record.code, record.value)

    def render_at_least(self, record: QualitySignal) -> str:
        return value_text(record.code, record.at_least)

    def render_status(self, record: QualitySignal) -> Any:
        return chip(CHIPS[record.status], STATUSES[record.status])

    def render_finding(self, record: Any) -> Any:
        return FINDINGS[record.finding or ""]


def _finding(row: Any) -> str:
    return str(FINDINGS[row.finding or ""])


EXPORT = (
    ExportColumn(gettext_lazy("Code"), "participation.unit.code"),
    ExportColumn(gettext_lazy("Unit"), "participation.unit.name_th"),
    ExportColumn(gettext_lazy("Instrument"), "instrument"),
    ExportColumn(gettext_lazy("Kind of signal"), lambda row: texts.title_of(row.code)),
    ExportColumn(gettext_lazy("Measured"), lambda row: value_text(row.code, row.value)),
    ExportColumn(
        gettext_lazy("Asks for a look from"), lambda row: value_text(row.code, row.at_least)
    ),
    ExportColumn(gettext_lazy("Answers behind it"), "n"),
    ExportColumn(gettext_lazy("What it says"), lambda row: str(STATUSES[row.status])),
    ExportColumn(gettext_lazy("What was found"), _finding),
)


def fact_texts(signal: QualitySignal) -> list[str]:
    """The counts behind a signal as sentences."""
    said = {
        "questions": _("Questions on the commonest scale: %(n)s"),
        "respondents": _("Respondents it counts: %(n)s"),
        "sheets": _("Different answer sheets: %(n)s"),
        "weeks": _("Weeks the survey was open: %(n)s"),
    }
    return [said[name] % {"n": f"{n:,}"} for name, n in signal.facts.items() if name in said]
