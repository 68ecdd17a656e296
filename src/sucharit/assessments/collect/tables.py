"""The list of campaigns as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.collect.forms import KINDS
from sucharit.assessments.models import Campaign
from sucharit.core.lists import DateColumn, ExportColumn, ListTable, NumberColumn
from sucharit.core.templatetags.ui import chip

STATES = {
    "draft": _("Draft"),
    "open": _("Open for answers"),
    "closed": _("Closed"),
    "final": _("Result is final"),
}
_HOUSE = {"final": "announced"}


def state_chip(state: str) -> Any:
    """A campaign's state with icon and word."""
    return chip(_HOUSE.get(state, state), STATES.get(state, state))


class CampaignFilters(django_filters.FilterSet):
    """Title, kind, state, year."""

    q = django_filters.CharFilter(label=_("Words of the title"), method="named")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of instrument"),
        field_name="framework__kind",
        choices=list(KINDS.items()),
        empty_label=_("All kinds of instruments"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Stage"), choices=list(STATES.items()), empty_label=_("All stages")
    )
    fiscal_year = django_filters.NumberFilter(label=_("Fiscal year (B.E.)"))

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()

    def named(self, found: QuerySet[Campaign], _name: str, value: str) -> QuerySet[Campaign]:
        """Either title."""
        return found.filter(Q(title_th__icontains=value) | Q(title_en__icontains=value))


class CampaignTable(ListTable):
    """Campaigns, newest year first."""

    title = tables.Column(
        verbose_name=_("Campaign"), linkify=("assessments:collect_campaign", {"campaign_id": tables.A("pk")}),
        orderable=False,
    )  # fmt: skip
    kind = tables.Column(verbose_name=_("Kind of instrument"), accessor="framework__kind")
    fiscal_year = tables.Column(verbose_name=_("Fiscal year"))
    state = tables.Column(verbose_name=_("Stage"))
    opens_on = DateColumn(verbose_name=_("First day"))
    closes_on = DateColumn(verbose_name=_("Last day"))
    n_units = NumberColumn(verbose_name=_("Units"))

    class Meta(ListTable.Meta):
        model = Campaign
        fields = ("title", "kind", "fiscal_year", "state", "opens_on", "closes_on", "n_units")

    def render_kind(self, value: str) -> Any:
        """The kind's word."""
        return KINDS.get(value, value)

    def render_state(self, record: Campaign) -> Any:
        """Chip, and a second one for synthetic data."""
        if record.synthetic:
            return format_html("{} {}", state_chip(record.state), chip("synthetic"))
        return state_chip(record.state)


EXPORT = (
    ExportColumn(_("Campaign"), "title_th"),
    ExportColumn(_("Kind of instrument"), "framework.kind"),
    ExportColumn(_("Fiscal year"), "fiscal_year"),
    ExportColumn(_("Stage"), "state"),
    ExportColumn(_("First day"), "opens_on"),
    ExportColumn(_("Last day"), "closes_on"),
    ExportColumn(_("Units"), "n_units"),
)
