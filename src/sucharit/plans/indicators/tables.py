"""The list of indicators as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.core.lists import ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip
from sucharit.plans.indicators import words
from sucharit.plans.models import Indicator


class IndicatorFilters(django_filters.FilterSet):
    """Name or code, measure, in use."""

    q = django_filters.CharFilter(label=_("Name or code"), max_length=100, method="by_text")
    measure = django_filters.ChoiceFilter(
        label=_("Measure"), choices=list(words.MEASURES.items()), empty_label=_("All measures")
    )
    use = django_filters.ChoiceFilter(
        label=_("Use"), method="by_use", empty_label=_("In use and ended"),
        choices=[("now", _("In use")), ("ended", _("Ended"))],
    )  # fmt: skip

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Indicators whose name or code holds the text."""
        text = value.strip()
        return queryset.filter(
            Q(name_th__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
        )

    def by_use(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In use, or ended."""
        return queryset.filter(retired_at__isnull=value == "now")


class IndicatorTable(ListTable):
    """Code, name, measure, owner, state."""

    code = tables.Column(verbose_name=_("Code"), linkify=("plans:indicator", [tables.A("pk")]))
    version = NumberColumn(verbose_name=_("Version"))
    name_th = tables.Column(verbose_name=_("Indicator"))
    measure = tables.Column(verbose_name=_("Measure"))
    owner = tables.Column(
        verbose_name=_("Owner unit"), accessor="owner_unit", order_by="owner_unit__sort_key"
    )
    retired_at = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    def render_name_th(self, record: Indicator) -> str:
        return words.name(record)

    def render_measure(self, record: Indicator) -> str:
        return str(words.MEASURES[record.measure])

    def render_owner(self, record: Indicator) -> str:
        return words.name(record.owner_unit)

    def render_retired_at(self, record: Indicator) -> str:
        return (
            chip("open", _("In use")) if record.retired_at is None else chip("closed", _("Ended"))
        )


EXPORT = (
    ExportColumn(_("Code"), "code"),
    ExportColumn(_("Version"), "version"),
    ExportColumn(_("Name in Thai"), "name_th"),
    ExportColumn(_("Name in English"), "name_en"),
    ExportColumn(_("Measure"), "measure"),
    ExportColumn(_("Direction"), "direction"),
    ExportColumn(_("How often"), "frequency"),
    ExportColumn(_("Owner unit"), "owner_unit.code"),
    ExportColumn(_("Goal"), "goal.code"),
)
