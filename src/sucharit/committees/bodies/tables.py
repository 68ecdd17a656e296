"""The list of committees."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.committees.models import Committee
from sucharit.committees.resolutions.words import LEVELS, STATES
from sucharit.core.lists import ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip
from sucharit.desk.labels import unit_name


class CommitteeFilters(django_filters.FilterSet):
    """Name or unit, level, state."""

    q = django_filters.CharFilter(
        label=_("Name of committee or unit"), max_length=100, method="by_text"
    )
    level = django_filters.ChoiceFilter(
        label=_("Level of the committee"), choices=list(LEVELS.items()), empty_label=_("All levels")
    )
    state = django_filters.ChoiceFilter(
        label=_("State of the committee"),
        choices=[(k, w) for k, (_s, w) in STATES.items()],
        empty_label=_("At work and ended"),
    )

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Committees whose name or unit holds the text."""
        text = value.strip()
        return queryset.filter(
            Q(name_th__icontains=text) | Q(unit__name_th__icontains=text) | Q(unit__code=text)
        )


class CommitteeTable(ListTable):
    name_th = tables.LinkColumn(
        "committees:committee", args=[tables.A("pk")], verbose_name=_("Name of the committee")
    )
    unit = tables.Column(verbose_name=_("Unit"), order_by=("unit__sort_key", "unit__code"))
    level = tables.Column(verbose_name=_("Level of the committee"))
    held = NumberColumn(verbose_name=_("Meetings held this year"), accessor="held")
    state = tables.Column(verbose_name=_("State of the committee"))

    def render_unit(self, record: Committee) -> str:
        return unit_name(record.unit)

    def render_level(self, value: Any, record: Committee) -> Any:  # noqa: ARG002
        return LEVELS[record.level]

    def render_state(self, record: Committee) -> Any:
        return chip(*STATES[record.state])


EXPORT = (
    ExportColumn(_("Unit code"), "unit.code"),
    ExportColumn(_("Unit"), lambda row: unit_name(row.unit)),
    ExportColumn(_("Short code of the committee"), "code"),
    ExportColumn(_("Name of the committee"), "name_th"),
    ExportColumn(_("Level of the committee"), lambda row: str(LEVELS[row.level])),
    ExportColumn(_("Number of the order"), "order_no"),
    ExportColumn(_("Day of the order"), "order_on"),
    ExportColumn(_("Meetings held this year"), "held"),
    ExportColumn(_("Meetings planned a year"), "meets_per_year"),
    ExportColumn(_("State of the committee"), lambda row: str(STATES[row.state][1])),
)
