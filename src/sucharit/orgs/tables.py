"""The lists of orgs as core.lists shows them: units, and who holds which role."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.lists import DateColumn, ExportColumn, ListTable
from sucharit.orgs import labels, scope
from sucharit.orgs.forms import role_choices
from sucharit.orgs.models import RoleAssignment, Unit
from sucharit.orgs.queries import unit_pages


def may_export(permission: str) -> Any:
    """A right to export: held everywhere where ``permission`` lets the user see rows."""

    def decide(user: Any) -> bool:
        seen, allowed = scope.paths(user, permission), scope.paths(user, "export")
        return bool(seen) and all(any(p.startswith(a) for a in allowed) for p in seen)

    return decide


class UnitFilters(django_filters.FilterSet):
    """Name, kind, the unit above, and whether ended units are shown, too."""

    q = django_filters.CharFilter(label=_("Name, short name or code"), max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of unit"),
        choices=lambda: list(labels.KINDS.items()),
        empty_label=_("All kinds"),
    )
    ended = django_filters.BooleanFilter(
        label=_("Also units that have ended"), widget=forms.CheckboxInput
    )
    within = django_filters.CharFilter(max_length=64, widget=forms.HiddenInput)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002 (matching limits anew)
        """Units of the reader's scope; former names are searched, too."""
        asked = self.form.cleaned_data
        wanted = unit_pages.Wanted(
            text=asked["q"], kind=asked["kind"], within=asked["within"], ended=bool(asked["ended"])
        )
        return unit_pages.matching(self.request.user, wanted, clock.today())


class UnitTable(ListTable):
    name = tables.TemplateColumn(
        template_name="orgs/unit_name_cell.html",
        verbose_name=_("Name"),
        accessor="name_th",
        order_by=("sort_key", "code"),
    )
    kind = tables.Column(verbose_name=_("Kind of unit"))
    above = tables.Column(
        verbose_name=_("Unit above"), accessor="above", default="–", orderable=False
    )
    code = tables.Column(verbose_name=_("Code"))

    def render_kind(self, record: Unit) -> Any:
        # Not ``value``: that is the choice's English word already.
        return labels.kind(record.kind)


UNIT_EXPORT = (
    ExportColumn(_("Code"), "code"),
    ExportColumn(_("Name"), "name_th"),
    ExportColumn(_("Name in English"), "name_en"),
    ExportColumn(_("Kind of unit"), lambda u: labels.kind(u.kind)),
    ExportColumn(_("Unit above"), "above"),
    ExportColumn(_("From"), "valid_from"),
    ExportColumn(_("To"), "valid_to"),
)


class RoleFilters(django_filters.FilterSet):
    """Name, user name or unit; role."""

    q = django_filters.CharFilter(
        label=_("Name, user name or unit"), max_length=100, method="by_text"
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=lambda: list(role_choices()), empty_label=_("All roles")
    )

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows where one of the three holds the text."""
        text = value.strip()
        return queryset.filter(
            Q(user__username__icontains=text)
            | Q(user__name_th__icontains=text)
            | Q(unit__name_th__icontains=text)
        )


class RoleTable(ListTable):
    person = tables.TemplateColumn(
        template_name="orgs/role_person_cell.html",
        verbose_name=_("Person"),
        accessor="user",
        order_by=("user__username",),
    )
    role = tables.Column(verbose_name=_("Role"))
    unit = tables.TemplateColumn(
        template_name="orgs/role_unit_cell.html",
        verbose_name=_("Unit"),
        order_by=("unit__sort_key", "unit__code"),
    )
    valid_from = DateColumn(verbose_name=_("From"), default="–")
    valid_to = DateColumn(verbose_name=_("To"), default=_("no end"))

    def render_role(self, record: RoleAssignment) -> Any:
        return role_name(record.role)


def role_name(role: str) -> Any:
    """The role's title in the reader's language."""
    return dict(role_choices()).get(role, role)


ROLE_EXPORT = (
    ExportColumn(_("User name"), "user.username"),
    ExportColumn(_("Person"), lambda row: str(row.user)),
    ExportColumn(_("Role"), lambda row: str(role_name(row.role))),
    ExportColumn(_("Unit code"), "unit.code"),
    ExportColumn(_("Unit"), "unit.name_th"),
    ExportColumn(_("From"), "valid_from"),
    ExportColumn(_("To"), "valid_to"),
)
