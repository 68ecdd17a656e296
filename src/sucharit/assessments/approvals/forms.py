"""Forms of approval; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField
from sucharit.desk import actions
from sucharit.orgs.models import Unit, User


class NoteForm(forms.Form):
    """A sentence that goes into the history."""

    note = forms.CharField(
        label=_("Note for the history"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnNoteForm(NoteForm):
    """Why an approval is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What has to be corrected")


class AskForm(forms.Form):
    """A unit asks to open its data."""

    reason = forms.CharField(
        label=_("What has to be corrected, and why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideForm(forms.Form):
    """The level above decides."""

    until = ThaiDateField(
        label=_("Open until (last day of changes)"),
        required=False,
        help_text=_("Only when you grant it."),
    )
    answer = forms.CharField(
        label=_("Answer to the unit"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you refuse."),
    )


class FollowUpForm(forms.Form):
    """Who looks, and until when."""

    due_on = ThaiDateField(label=_("To be looked at by"))
    owner = forms.ModelChoiceField(
        label=_("Who looks"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody named: everybody of the unit sees it"),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = actions.owners(unit)
