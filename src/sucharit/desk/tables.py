"""The list of action items as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.forms import ThaiDateField
from sucharit.core.lists import DateColumn, ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip
from sucharit.desk import labels
from sucharit.desk.engine import actions as engine
from sucharit.desk.models import ActionItem
from sucharit.desk.models.actions import LIVE


class ThaiDateFilter(django_filters.Filter):
    """A day in the Thai way of writing."""

    field_class = ThaiDateField


class ActionFilters(django_filters.FilterSet):
    """State, unit, source, priority, due range, overdue, mine."""

    state = django_filters.ChoiceFilter(
        label=_("State of the item"),
        choices=[("live", _("All that are not closed"))]
        + [(k, labels.STATES[k][1]) for k in ActionItem.State.values],
        empty_label=_("All states"),
        method="by_state",
    )
    unit = django_filters.CharFilter(
        label=_("Unit: name or code"), max_length=100, method="by_unit"
    )
    source = django_filters.ChoiceFilter(
        label=_("Where it comes from"),
        field_name="source_kind",
        choices=lambda: [(k, labels.source(k)) for k in sorted(labels.SOURCES)],
        empty_label=_("All sources"),
    )
    priority = django_filters.ChoiceFilter(
        label=_("Priority"),
        choices=list(labels.PRIORITIES.items()),
        empty_label=_("All priorities"),
    )
    due_from = ThaiDateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte")
    due_to = ThaiDateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte")
    overdue = django_filters.BooleanFilter(
        label=_("Only overdue ones"), widget=forms.CheckboxInput, method="by_overdue"
    )
    mine = django_filters.BooleanFilter(
        label=_("Only those I own"), widget=forms.CheckboxInput, method="by_owner"
    )

    def by_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Items in the state; "live": neither accepted nor cancelled."""
        return queryset.filter(state__in=LIVE) if value == "live" else queryset.filter(state=value)

    def by_unit(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Items of units whose name holds the text or whose code it is."""
        text = value.strip()
        return queryset.filter(
            Q(unit__name_th__icontains=text)
            | Q(unit__name_en__icontains=text)
            | Q(unit__code=text.lower())
        )

    def by_overdue(self, queryset: Any, _name: str, value: Any) -> Any:
        """Open items past their day; unchecked: all."""
        if not value:
            return queryset
        return queryset.overdue(clock.today())

    def by_owner(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Items the reader owns; unchecked: all."""
        return queryset.filter(owner_id=self.request.user.pk) if value else queryset


class ActionTable(ListTable):
    title = tables.LinkColumn("desk:action", args=[tables.A("pk")], verbose_name=_("What to do"))
    unit = tables.Column(verbose_name=_("Unit"), order_by=("unit__sort_key", "unit__code"))
    owner = tables.Column(
        verbose_name=_("Person in charge"), default=_("nobody yet"), orderable=False
    )
    due_on = DateColumn(verbose_name=_("To be done by"), default=_("no day set"))
    state = tables.Column(verbose_name=_("State of the item"))
    priority = tables.Column(verbose_name=_("Priority"))
    progress = NumberColumn(verbose_name=_("Progress, %"))
    source = tables.Column(
        verbose_name=_("Where it comes from"), accessor="source_kind", orderable=False
    )

    def render_unit(self, record: ActionItem) -> str:
        return labels.unit_name(record.unit)

    def render_source(self, record: ActionItem) -> Any:
        return labels.source(record.source_kind)

    def render_priority(self, record: ActionItem) -> Any:
        return labels.PRIORITIES[record.priority]

    def render_state(self, record: ActionItem) -> Any:
        if engine.overdue(record.state, record.due_on, clock.today()):
            return chip("overdue")
        house, word = labels.STATES[record.state]
        return chip(house, word)


ACTION_EXPORT = (
    ExportColumn(_("Item number"), "pk"),
    ExportColumn(_("What to do"), "title"),
    ExportColumn(_("Unit code"), "unit.code"),
    ExportColumn(_("Unit"), lambda row: labels.unit_name(row.unit)),
    ExportColumn(_("Fiscal year"), "fiscal_year"),
    ExportColumn(_("Person in charge"), lambda row: str(row.owner) if row.owner else None),
    ExportColumn(_("To be done by"), "due_on"),
    ExportColumn(_("First agreed day"), "original_due_on"),
    ExportColumn(_("Priority"), lambda row: str(labels.PRIORITIES[row.priority])),
    ExportColumn(_("Progress, %"), "progress"),
    ExportColumn(_("Unit that accepts"), "origin_unit.code"),
    ExportColumn(_("State of the item"), lambda row: str(labels.STATES[row.state][1])),
    ExportColumn(_("Where it comes from"), lambda row: str(labels.source(row.source_kind))),
)
