"""Forms of accounts and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit


def role_choices() -> list[tuple[str, Any]]:
    """Roles with their names in both languages."""
    names = {
        "ministry_centre": _("Ministry centre (ศปท.)"),
        "unit_head": _("Unit head (approves)"),
        "unit_officer": _("Unit officer"),
        "assessor": _("Assessor"),
        "auditor": _("Auditor (reads all but sealed)"),
        "system_admin": _("System administrator (sees no content)"),
        "partner": _("Partner member"),
    }
    return [(role, names[role]) for role in RoleAssignment.Role.values]


class UnitField(forms.CharField):
    """A unit by its code; the page offers the codes of the actor's scope in a datalist."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=64,
            label=_("Unit code"),
            help_text=_("For example th-38 or moi-cdd."),
            **kwargs,
        )

    def of(self, user: Any, code: str) -> Unit | None:
        """The unit within the user's scope, or None."""
        units = scope.limit(Unit.objects.all(), user, path_field="path", permission="roles.manage")
        return units.filter(code=code.strip().lower()).first()


class _RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    unit = UnitField()

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_unit(self) -> Unit:
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        found = field.of(self.actor, self.cleaned_data["unit"])
        if found is None:
            raise forms.ValidationError(_("No unit with this code lies within your scope."))
        return found


class AccountForm(_RoleForm):
    """A new account with its first role."""

    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("Latin letters and digits.")
    )
    name_th = forms.CharField(label=_("Name in Thai"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    field_order = ["username", "name_th", "name_en", "role", "unit"]


class GrantForm(_RoleForm):
    """One more role for an account."""

    valid_from = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_to = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
