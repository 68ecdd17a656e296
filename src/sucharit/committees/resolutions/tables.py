"""The list of resolutions."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.committees.models import Resolution
from sucharit.committees.resolutions.words import KINDS
from sucharit.core.lists import DateColumn, ExportColumn, ListTable
from sucharit.core.templatetags.ui import chip


class ResolutionFilters(django_filters.FilterSet):
    """Text, kind, year."""

    q = django_filters.CharFilter(
        label=_("Text of the resolution"),
        field_name="text",
        lookup_expr="icontains",
        max_length=100,
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of resolution"),
        choices=[(k, w) for k, (_s, w) in KINDS.items()],
        empty_label=_("All kinds of resolutions"),
    )
    year = django_filters.NumberFilter(label=_("Fiscal year"), method="by_year")

    def by_year(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Resolutions of a fiscal year (BE)."""
        return queryset.filter(item__meeting__fiscal_year=int(value))


class ResolutionTable(ListTable):
    text = tables.LinkColumn(
        "committees:resolution",
        args=[tables.A("pk")],
        verbose_name=_("The meeting resolved"),
        orderable=False,
    )
    kind = tables.Column(verbose_name=_("Kind of resolution"))
    committee = tables.Column(
        verbose_name=_("Name of the committee"),
        accessor="item__meeting__committee__name_th",
        orderable=False,
    )
    meeting = tables.Column(verbose_name=_("Meeting"), accessor="item__meeting", orderable=False)
    on = DateColumn(verbose_name=_("Day of the meeting"), accessor="item__meeting__starts_at")

    def render_text(self, value: str) -> str:
        return value if len(value) <= 160 else value[:157] + "…"

    def render_kind(self, record: Resolution) -> Any:
        return chip(*KINDS[record.kind])


class PublicTable(ResolutionTable):
    text = tables.Column(verbose_name=_("The meeting resolved"), orderable=False)

    def render_text(self, value: str) -> str:
        return value


EXPORT = (
    ExportColumn(_("Unit code"), "item.meeting.committee.unit.code"),
    ExportColumn(_("Name of the committee"), "item.meeting.committee.name_th"),
    ExportColumn(_("Meeting"), lambda r: str(r.item.meeting)),
    ExportColumn(_("Day of the meeting"), lambda r: r.item.meeting.starts_at),
    ExportColumn(_("What it is about"), "item.title"),
    ExportColumn(_("Kind of resolution"), lambda r: str(KINDS[r.kind][1])),
    ExportColumn(_("The meeting resolved"), "text"),
)
