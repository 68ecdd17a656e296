"""The list of plans as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from sucharit.core.exports import Hundredths
from sucharit.core.lists import ExportColumn, ListTable
from sucharit.core.rounding import hundredths_text
from sucharit.core.templatetags.ui import chip
from sucharit.desk.labels import unit_name
from sucharit.plans.models import Plan
from sucharit.plans.work import queries, words


class PlanFilters(django_filters.FilterSet):
    """Fiscal year, kind, state, unit."""

    fiscal_year = django_filters.NumberFilter(label=_("Fiscal year"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind of plan"),
        choices=list(words.KINDS.items()),
        empty_label=_("All kinds of plans"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State of the plan"),
        choices=[(k, word) for k, (_house, word) in words.PLAN.items()],
        empty_label=_("All states"),
    )
    unit = django_filters.CharFilter(
        label=_("Unit: name or code"), max_length=100, method="by_unit"
    )

    def by_unit(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Plans of units whose name holds the text or whose code it is."""
        text = value.strip()
        return queryset.filter(Q(owner__name_th__icontains=text) | Q(owner__code=text.lower()))


class PlanTable(ListTable):
    title_th = tables.LinkColumn("plans:plan", args=[tables.A("pk")], verbose_name=_("Plan"))
    fiscal_year = tables.Column(verbose_name=_("Fiscal year"))
    owner = tables.Column(verbose_name=_("Unit"), order_by=("owner__sort_key", "owner__code"))
    kind = tables.Column(verbose_name=_("Kind of plan"))
    progress = tables.Column(verbose_name=_("Weighted progress"), empty_values=(), orderable=False)
    state = tables.Column(verbose_name=_("State of the plan"))

    def before_render(self, request: Any) -> None:  # noqa: ARG002 (django_tables2's signature)
        self.progress_of = queries.progress_of_plans(row.record.pk for row in self.paginated_rows)

    def render_title_th(self, record: Plan) -> str:
        return words.title(record)

    def render_owner(self, record: Plan) -> str:
        return unit_name(record.owner)

    def render_kind(self, record: Plan) -> Any:
        return words.KINDS[record.kind]

    def render_state(self, record: Plan) -> Any:
        return chip(*words.PLAN[record.state])

    def render_progress(self, record: Plan) -> Any:
        found = self._progress(record)
        reported = now_("%(n)s of %(m)s reported") % {"n": found.reported, "m": found.expected}
        if found.shown is None:
            return chip("missing", reported)
        return f"{hundredths_text(found.shown)} % ({reported})"

    def _progress(self, record: Plan) -> Any:
        known = getattr(self, "progress_of", {})
        return known.get(record.pk) or queries.progress_of_plans([record.pk])[record.pk]


def _progress(row: Plan) -> Hundredths | None:
    shown = queries.progress_of_plans([row.pk])[row.pk].shown
    return None if shown is None else Hundredths(shown)


PLAN_EXPORT = (
    ExportColumn(_("Plan code"), "code"),
    ExportColumn(_("Plan"), "title_th"),
    ExportColumn(_("Fiscal year"), "fiscal_year"),
    ExportColumn(_("Unit code"), "owner.code"),
    ExportColumn(_("Unit"), lambda row: unit_name(row.owner)),
    ExportColumn(_("Kind of plan"), lambda row: str(words.KINDS[row.kind])),
    ExportColumn(_("State of the plan"), lambda row: str(words.PLAN[row.state][1])),
    ExportColumn(_("Weighted progress"), _progress),
    ExportColumn(_("Synthetic"), lambda row: "yes" if row.synthetic else "no"),
)
