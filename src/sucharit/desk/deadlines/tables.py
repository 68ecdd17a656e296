"""Lists of days off, clocks and obligations as core.lists shows them."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock, fiscal
from sucharit.core.lists import DateColumn, ExportColumn, ListTable
from sucharit.core.templatetags.ui import chip
from sucharit.desk.deadlines import words
from sucharit.desk.deadlines.forms import provinces, title
from sucharit.desk.deadlines.services.days import YEARS
from sucharit.desk.labels import unit_name
from sucharit.desk.models import Clock, Holiday, Obligation
from sucharit.desk.models.deadlines import ObligationQuerySet


def place(day: Holiday) -> str:
    """Where a day off holds, in words."""
    return unit_name(day.unit) if day.unit else str(words.NATION)


class DayFilters(django_filters.FilterSet):
    """Fiscal year, place, kind, checked or not."""

    year = django_filters.NumberFilter(label=_("Fiscal year"), method="by_year")
    province = django_filters.ChoiceFilter(
        label=_("Province"),
        choices=lambda: [(p.code, unit_name(p)) for p in provinces()],
        empty_label=_("Everywhere"),
        field_name="unit__code",
    )
    kind = django_filters.ChoiceFilter(
        label=words.COLUMNS["kind"], choices=list(words.KINDS.items()), empty_label=_("All kinds")
    )
    unverified = django_filters.BooleanFilter(
        label=_("Only days not checked yet"), widget=forms.CheckboxInput, method="by_unverified"
    )

    def by_year(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Days of a BE fiscal year; a year out of reach has none."""
        year = int(value)
        if year not in YEARS:
            return queryset.none()
        whole = fiscal.year(year)
        return queryset.filter(on__range=(whole.start, whole.end))

    def by_unverified(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Unchecked: all."""
        return queryset.filter(verified=False) if value else queryset


class DayTable(ListTable):
    on = DateColumn(verbose_name=words.COLUMNS["on"])
    name_th = tables.Column(verbose_name=_("Name of the day"), orderable=False)
    kind = tables.Column(verbose_name=words.COLUMNS["kind"])
    unit = tables.Column(verbose_name=words.COLUMNS["unit"], orderable=False, empty_values=())
    order_no = tables.Column(verbose_name=words.COLUMNS["order_no"], orderable=False, default="–")
    verified = tables.Column(verbose_name=words.COLUMNS["verified"], orderable=False)

    def render_name_th(self, record: Holiday) -> Any:
        name = record.name_th if words.thai() else record.name_en or record.name_th
        works = chip("yes", words.COLUMNS["works"]) if record.works else ""
        return format_html("{} {}", name, works)

    def render_kind(self, record: Holiday) -> Any:
        return words.KINDS[record.kind]

    def render_unit(self, record: Holiday) -> str:
        return place(record)

    def render_verified(self, record: Holiday) -> Any:
        return chip("verified" if record.verified else "unverified")


class EditableDayTable(DayTable):
    """The same for who keeps the calendar."""

    name_th = tables.Column(
        verbose_name=_("Name of the day"),
        orderable=False,
        linkify=("desk:day_off", {"pk": tables.A("pk")}),
    )


DAY_EXPORT = (
    ExportColumn(words.COLUMNS["on"], "on"),
    ExportColumn(words.COLUMNS["unit"], place),
    ExportColumn(words.COLUMNS["kind"], lambda d: str(words.KINDS[d.kind])),
    ExportColumn(words.COLUMNS["name_th"], "name_th"),
    ExportColumn(words.COLUMNS["name_en"], "name_en"),
    ExportColumn(words.COLUMNS["works"], lambda d: "yes" if d.works else "no"),
    ExportColumn(words.COLUMNS["order_no"], "order_no"),
    ExportColumn(words.COLUMNS["source"], "source"),
    ExportColumn(words.COLUMNS["verified"], lambda d: "yes" if d.verified else "no"),
)


class ObligationFilters(django_filters.FilterSet):
    """State, clock, unit."""

    state = django_filters.ChoiceFilter(
        label=_("State of the obligation"),
        choices=[("open", _("Still owed")), ("overdue", _("Overdue")), ("done", _("Done"))],
        empty_label=_("All states"),
        method="by_state",
    )
    clock = django_filters.ChoiceFilter(
        label=_("Period of law or practice"),
        choices=lambda: sorted({(c.key, title(c)) for c in Clock.objects.all()}, key=lambda c: c[1]),
        empty_label=_("All periods"),
        field_name="clock__key",
    )  # fmt: skip
    unit = django_filters.CharFilter(
        label=_("Unit: name or code"), max_length=100, method="by_unit"
    )

    def by_state(self, queryset: ObligationQuerySet, _name: str, value: str) -> ObligationQuerySet:
        """Open, past its day, or closed."""
        if value == "done":
            return queryset.filter(done_at__isnull=False)
        return queryset.open() if value == "open" else queryset.overdue(clock.today())

    def by_unit(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Obligations of units whose name holds the text or whose code it is."""
        text = value.strip()
        return queryset.filter(
            Q(unit__name_th__icontains=text)
            | Q(unit__name_en__icontains=text)
            | Q(unit__code=text.lower())
        )


def state(row: Obligation) -> str:
    """A word of core.states for where an obligation stands."""
    if row.done_at is not None:
        return "done"
    return "overdue" if row.due_on < clock.today() else "in_progress"


class ObligationTable(ListTable):
    title = tables.LinkColumn(
        "desk:obligation", args=[tables.A("pk")], verbose_name=_("What the unit has to do")
    )
    unit = tables.Column(verbose_name=_("Unit"), order_by=("unit__sort_key", "unit__code"))
    clock = tables.Column(verbose_name=_("Period of law or practice"), orderable=False)
    anchor_on = DateColumn(verbose_name=_("Day of the event"))
    due_on = DateColumn(verbose_name=_("Day it falls due"))
    state = tables.Column(verbose_name=_("State of the obligation"), empty_values=(), orderable=False)  # fmt: skip

    def render_unit(self, record: Obligation) -> str:
        return unit_name(record.unit)

    def render_clock(self, record: Obligation) -> Any:
        badge = "" if record.clock.verified else chip("unverified")
        return format_html("{} {}", title(record.clock), badge)

    def render_state(self, record: Obligation) -> Any:
        return chip(state(record))


OBLIGATION_EXPORT = (
    ExportColumn(_("What the unit has to do"), "title"),
    ExportColumn(_("Unit code"), "unit.code"),
    ExportColumn(_("Unit"), lambda row: unit_name(row.unit)),
    ExportColumn(_("Period of law or practice"), lambda row: title(row.clock)),
    ExportColumn(_("Legal basis"), "clock.legal_basis"),
    ExportColumn(_("Day of the event"), "anchor_on"),
    ExportColumn(_("Day it falls due"), "due_on"),
    ExportColumn(_("Extensions used"), "extensions"),
    ExportColumn(_("Done on"), "done_at"),
)
