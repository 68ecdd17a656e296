"""Forms of the roll-out; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField
from sucharit.orgs.labels import KINDS
from sucharit.orgs.models import Unit

ADOPTING = ("province", "department", "enterprise", "district", *Unit.LAO_KINDS)


class _Audience(forms.Form):
    audience_kinds = forms.MultipleChoiceField(
        label=_("Who adopts it"),
        choices=[(k, KINDS[k]) for k in ADOPTING],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who adopts it: at least one kind of unit.")},
    )
    adopt_by = ThaiDateField(label=_("To be answered by"), required=False)


class NewForm(_Audience):
    """A template from a plan."""

    plan = forms.ChoiceField(label=_("Made from the plan"))
    code = forms.SlugField(
        label=_("Short code"),
        max_length=50,
        help_text=_("Latin letters, digits and hyphens, like integrity-2568."),
        error_messages={"required": _("Give the template a short code in Latin letters.")},
    )
    title_th = forms.CharField(
        label=_("Thai title of the template"),
        max_length=300,
        required=False,
        help_text=_("Empty: as the plan is called."),
    )
    field_order = ("plan", "code", "title_th", "audience_kinds", "adopt_by")

    def __init__(self, plans: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]


class ChangeForm(_Audience):
    """A draft."""

    title_th = forms.CharField(
        label=_("Thai title of the template"),
        max_length=300,
        error_messages={"required": _("Give the template a title.")},
    )
    title_en = forms.CharField(
        label=_("English title of the template"), max_length=300, required=False
    )
    guidance = forms.CharField(
        label=_("Guidance for those who adopt it"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("title_th", "title_en", "guidance", "audience_kinds", "adopt_by")


class DeclineForm(forms.Form):
    """Why a unit does not take it up."""

    reason = forms.CharField(
        label=_("Why the unit does not take it up"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The owner of the template reads it. Write no names of persons."),
        error_messages={"required": _("Say why the unit does not take it up.")},
    )
