"""The list of budget lines as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.core.exports import Satang
from sucharit.core.lists import ExportColumn, ListTable, MoneyColumn
from sucharit.desk.labels import unit_name
from sucharit.plans.budget import words
from sucharit.plans.models import BudgetLine


class LineFilters(django_filters.FilterSet):
    """Year, source, category, unit; plan, project and activity by the links that lead here."""

    fiscal_year = django_filters.NumberFilter(label=_("Fiscal year"))
    source = django_filters.ChoiceFilter(
        label=_("Source of the money"),
        choices=list(words.SOURCES.items()),
        empty_label=_("All sources of money"),
    )
    category = django_filters.ChoiceFilter(
        label=_("Category of expenses"),
        choices=list(words.CATEGORIES.items()),
        empty_label=_("All categories"),
    )
    unit = django_filters.CharFilter(
        label=_("Unit: name or code"), max_length=100, method="by_unit"
    )
    q = django_filters.CharFilter(label=_("Project or item"), max_length=100, method="by_text")
    plan = django_filters.NumberFilter(field_name="project__plan", widget=forms.HiddenInput)
    project = django_filters.NumberFilter(field_name="project", widget=forms.HiddenInput)
    activity = django_filters.NumberFilter(field_name="activity", widget=forms.HiddenInput)

    def by_unit(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Lines spent by units whose name holds the text or whose code it is."""
        text = value.strip()
        return queryset.filter(
            Q(unit__name_th__icontains=text)
            | Q(unit__name_en__icontains=text)
            | Q(unit__code=text.lower())
        )

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Lines whose item or project's title holds the text."""
        text = value.strip()
        return queryset.filter(Q(item__icontains=text) | Q(project__title_th__icontains=text))


class LineTable(ListTable):
    item = tables.LinkColumn(
        "plans:budget_line", args=[tables.A("pk")], verbose_name=_("What the money is for")
    )
    project = tables.Column(verbose_name=_("Project"), orderable=False)
    unit = tables.Column(
        verbose_name=_("Unit that spends"), order_by=("unit__sort_key", "unit__code")
    )
    fiscal_year = tables.Column(verbose_name=_("Fiscal year"))
    source = tables.Column(verbose_name=_("Source of the money"))
    allocated_satang = MoneyColumn(verbose_name=_("Allocated"))
    committed_satang = MoneyColumn(verbose_name=_("Committed, not yet paid"))
    disbursed_satang = MoneyColumn(verbose_name=_("Disbursed"))
    available_satang = MoneyColumn(verbose_name=_("Available"), orderable=False)

    def render_unit(self, record: BudgetLine) -> str:
        return unit_name(record.unit)

    def render_source(self, record: BudgetLine) -> Any:
        return words.SOURCES[record.source]


LINE_EXPORT = (
    ExportColumn(_("Fiscal year"), "fiscal_year"),
    ExportColumn(_("Year the money comes from"), "origin_fiscal_year"),
    ExportColumn(_("Unit code"), "unit.code"),
    ExportColumn(_("Unit that spends"), "unit.name_th"),
    ExportColumn(_("Project"), "project.title_th"),
    ExportColumn(_("Activity"), "activity.title_th"),
    ExportColumn(_("What the money is for"), "item"),
    ExportColumn(_("Source of the money"), lambda line: words.SOURCES[line.source]),
    ExportColumn(_("Category of expenses"), lambda line: words.CATEGORIES[line.category]),
    ExportColumn(_("Allocated"), lambda line: Satang(line.allocated_satang)),
    ExportColumn(_("Lapsed or carried over"), lambda line: Satang(line.left_satang)),
    ExportColumn(_("Reserved"), lambda line: Satang(line.reserved_satang)),
    ExportColumn(_("Committed, not yet paid"), lambda line: Satang(line.committed_satang)),
    ExportColumn(_("Disbursed"), lambda line: Satang(line.disbursed_satang)),
    ExportColumn(_("Available"), lambda line: Satang(line.available_satang)),
)
