"""Forms of action items; the rules stand in the service."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core import thaidate
from sucharit.desk import actions
from sucharit.orgs.models import Unit, User


class DayField(forms.DateField):
    """A day as officers write it: 18/3/2567, 18 มี.ค. 2567 or ISO; kept as CE."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return thaidate.parse(str(value))
        except thaidate.DateTextError:
            raise forms.ValidationError(
                _("This is no date. Write it like 18/3/2567 or 18 มี.ค. 2567.")
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return thaidate.short(value) if isinstance(value, dt.date) else value


class ChangeForm(forms.Form):
    """Hand over, and until when."""

    owner = forms.ModelChoiceField(
        label=_("Person in charge"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet: everybody of the unit sees it"),
    )
    due_on = DayField(
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
