"""The list of published instruments."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.authoring import words
from sucharit.core.lists import DateColumn, ExportColumn, ListTable, NumberColumn


class InstrumentFilters(django_filters.FilterSet):
    """Title or id, and kind."""

    q = django_filters.CharFilter(label=_("Title or id"), max_length=100, method="by_text")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of form"),
        choices=lambda: list(words.KINDS.items()),
        empty_label=_("All kinds of instruments"),
    )

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows with the text in a title or in the id."""
        text = value.replace("\x00", "")
        return queryset.filter(
            Q(title_th__icontains=text) | Q(title_en__icontains=text) | Q(code__icontains=text)
        )


class InstrumentTable(ListTable):
    title = tables.TemplateColumn(
        template_name="assessments/authoring/_title_cell.html",
        verbose_name=_("Name of the form"),
        accessor="title_th",
        order_by=("title_th", "code"),
    )
    kind = tables.Column(verbose_name=_("Kind of form"))
    version = NumberColumn(verbose_name=_("Version"))
    fiscal_year = tables.Column(verbose_name=_("Fiscal year"))
    verified = tables.TemplateColumn(
        template_name="assessments/authoring/_verified_cell.html",
        verbose_name=_("Compared with the source"),
    )
    owner = tables.Column(
        verbose_name=_("Published by"),
        accessor="owner__name_th",
        default=_("comes with the program"),
    )
    loaded_at = DateColumn(verbose_name=_("Published on"))

    def render_kind(self, value: str) -> str:
        return words.kind(value)


INSTRUMENT_EXPORT = (
    ExportColumn(_("Id of the instrument"), "code"),
    ExportColumn(_("Thai title"), "title_th"),
    ExportColumn(_("English title"), "title_en"),
    ExportColumn(_("Kind of form"), lambda f: words.kind(f.kind)),
    ExportColumn(_("Version"), "version"),
    ExportColumn(_("Fiscal year"), "fiscal_year"),
    ExportColumn(_("Published by"), "owner.name_th"),
    ExportColumn(_("Published on"), "loaded_at"),
)
