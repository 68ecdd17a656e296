"""Forms of action items; the rules stand in the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField
from sucharit.desk import actions
from sucharit.orgs.models import Unit, User


class ChangeForm(forms.Form):
    """Hand over, and until when."""

    owner = forms.ModelChoiceField(
        label=_("Person in charge"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet: everybody of the unit sees it"),
    )
    due_on = ThaiDateField(
        label=_("To be done by"), required=False, help_text=_("For example 30/9/2567")
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = actions.owners(unit)


class NoteForm(forms.Form):
    """A sentence that goes into the history."""

    note = forms.CharField(
        label=_("What was done, or why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. No names of reporters or complainants."),
    )
