"""The lists of this room as core.lists shows them: the library, a sample's items."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.assessments.models import Proof, SecondReading
from sucharit.assessments.templatetags.ita import name
from sucharit.assessments.templatetags.proof import reading_chip, state_word
from sucharit.core import clock
from sucharit.core.lists import DateColumn, ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip

STATES = (
    ("current", gettext_lazy("Holds")),
    ("expired", gettext_lazy("Expired")),
    ("withdrawn", gettext_lazy("Withdrawn")),
)
KINDS = (("link", gettext_lazy("Web address")), ("file", gettext_lazy("File")))


class ProofFilters(django_filters.FilterSet):
    """Words, kind, state, year of origin."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Name or address"), max_length=100, method="by_text"
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Link or file"), choices=KINDS, empty_label=gettext_lazy("Both")
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=STATES,
        empty_label=gettext_lazy("All states"),
        method="by_state",
    )
    fiscal_year = django_filters.NumberFilter(
        label=gettext_lazy("Fiscal year of origin"), min_value=2500, max_value=2700
    )

    def by_text(self, queryset: QuerySet[Proof], _name: str, value: str) -> QuerySet[Proof]:
        """In the name, or in the newest address."""
        return queryset.filter(Q(title__icontains=value) | Q(url__icontains=value))

    def by_state(self, queryset: QuerySet[Proof], _name: str, value: str) -> QuerySet[Proof]:
        """As of today."""
        if value == "withdrawn":
            return queryset.filter(state="withdrawn")
        past = Q(expires_on__lt=clock.today())
        held = queryset.filter(state="current")
        return held.filter(past) if value == "expired" else held.exclude(past)


class ProofTable(ListTable):
    title = tables.Column(verbose_name=gettext_lazy("Name of the evidence"))
    kind = tables.Column(verbose_name=gettext_lazy("Link or file"))
    unit = tables.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__sort_key",))
    document_date = DateColumn(verbose_name=gettext_lazy("Date of the document"))
    expires_on = DateColumn(verbose_name=gettext_lazy("Holds until"), default="–")
    state = tables.Column(verbose_name=gettext_lazy("State"), orderable=False)
    n_uses = NumberColumn(verbose_name=gettext_lazy("Used at items"))

    def render_title(self, record: Proof) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("assessments:proof", args=[record.pk]), record.title
        )

    def render_kind(self, record: Proof) -> Any:
        return dict(KINDS)[record.kind]

    def render_unit(self, record: Proof) -> str:
        return name(record.unit)

    def render_state(self, record: Proof) -> str:
        return chip(*state_word(record.state_on(clock.today())))


PROOF_EXPORT = (
    ExportColumn(gettext_lazy("Unit"), "unit.code"),
    ExportColumn(gettext_lazy("Name of the evidence"), "title"),
    ExportColumn(gettext_lazy("Link or file"), "kind"),
    ExportColumn(gettext_lazy("Web address"), "url"),
    ExportColumn(gettext_lazy("Date of the document"), "document_date"),
    ExportColumn(gettext_lazy("Holds until"), "expires_on"),
    ExportColumn(gettext_lazy("State"), lambda p: p.state_on(clock.today())),
    ExportColumn(gettext_lazy("Fiscal year of origin"), "fiscal_year"),
    ExportColumn(gettext_lazy("Used at items"), "n_uses"),
)


def points_text(points: str, not_applicable: bool) -> str:
    """Points as shown; an item that does not apply says so."""
    return _("does not apply") if not_applicable else points


class ReadingTable(ListTable):
    """A first mark is shown once the second reading is noted: the reader shall not lean on it."""

    place = NumberColumn(verbose_name=gettext_lazy("No."))
    unit = tables.Column(
        verbose_name=gettext_lazy("Unit"),
        accessor="participation__unit",
        order_by=("participation__unit__sort_key",),
    )
    item = tables.Column(verbose_name=gettext_lazy("Item"))
    first = tables.Column(
        verbose_name=gettext_lazy("First mark"), accessor="points", orderable=False, empty_values=()
    )
    second = tables.Column(
        verbose_name=gettext_lazy("Second reading"), accessor="second_points", orderable=False,
        empty_values=(),
    )  # fmt: skip
    outcome = tables.Column(
        verbose_name=gettext_lazy("Outcome"), accessor="read_at", empty_values=()
    )

    def render_unit(self, record: SecondReading) -> str:
        return name(record.participation.unit)

    def render_item(self, record: SecondReading) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("assessments:proof_reading", args=[record.pk]),
            record.item,
        )

    def render_first(self, record: SecondReading) -> str:
        if record.read_at is None:
            return _("shown after the second reading")
        return points_text(record.points, record.not_applicable)

    def render_second(self, record: SecondReading) -> str:
        if record.read_at is None:
            return "–"
        return points_text(record.second_points, record.second_not_applicable)

    def render_outcome(self, record: SecondReading) -> str:
        return reading_chip(record)


READING_EXPORT = (
    ExportColumn(gettext_lazy("No."), "place"),
    ExportColumn(gettext_lazy("Unit"), "participation.unit.code"),
    ExportColumn(gettext_lazy("Item"), "item"),
    ExportColumn(gettext_lazy("First mark"), lambda r: points_text(r.points, r.not_applicable)),
    ExportColumn(
        gettext_lazy("Second reading"),
        lambda r: points_text(r.second_points, r.second_not_applicable) if r.read_at else None,
    ),
    ExportColumn(gettext_lazy("Agrees"), lambda r: None if r.agrees is None else int(r.agrees)),
    ExportColumn(gettext_lazy("Read on"), "read_at"),
)
