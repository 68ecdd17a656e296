"""Forms of action items; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField
from sucharit.desk import actions, labels
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit, User


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class OwnerField(forms.ModelChoiceField):
    """Accounts that may own an item of the unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            User.objects.none(),
            label=_("Person in charge"),
            required=False,
            empty_label=_("Nobody yet: everybody of the unit sees it"),
            **kwargs,
        )


class StepForm(forms.Form):
    """A step without anything to say; the others add their fields. ``item``: what it is about."""

    def __init__(self, *args: Any, item: ActionItem, origin: bool = False, **kwargs: Any) -> None:
        self.item, self.origin = item, origin
        super().__init__(*args, **kwargs)


class NoteForm(StepForm):
    """A sentence that goes into the history."""

    note = forms.CharField(
        label=_("What was done, or why"),
        required=False,
        max_length=2_000,
        widget=_area(),
        help_text=_("One or two sentences. No names of reporters or complainants."),
    )


class ReportForm(NoteForm):
    """How far the work is."""

    progress = forms.IntegerField(
        label=_("Progress in per cent"), min_value=0, max_value=100, required=True
    )
    field_order = ("progress", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["progress"].initial = self.item.progress


class AskForm(NoteForm):
    """Another day, and why."""

    due_on = ThaiDateField(label=_("The day asked for"))
    field_order = ("due_on", "note")


class DeferForm(NoteForm):
    """The day that is agreed."""

    due_on = ThaiDateField(label=_("The new day"))
    field_order = ("due_on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = self.item.asked_due_on


class ReopenForm(NoteForm):
    """Why, and until when."""

    due_on = ThaiDateField(label=_("To be done by"), required=False)
    field_order = ("note", "due_on")


class ChangeForm(StepForm):
    """Hand over, and until when; the unit the finding belongs to also says how urgent it is."""

    owner = OwnerField()
    due_on = ThaiDateField(label=_("To be done by"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=list(labels.PRIORITIES.items())
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = actions.owners(self.item.unit)
        owner.initial, self.fields["due_on"].initial = self.item.owner_id, self.item.due_on
        self.fields["priority"].initial = self.item.priority
        if not self.origin:
            del self.fields["priority"]


class OpenForm(forms.Form):
    """An action item by hand. Codes of units, because a ministry's lists are too long to choose from."""

    unit = forms.CharField(
        label=_("Code of the unit that does it"), max_length=40, help_text=_("For example th-38")
    )
    title = forms.CharField(label=_("What to do"), max_length=300)
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=4_000,
        widget=_area(),
        help_text=_("Figures and rules; no names of persons."),
    )
    co_units = forms.CharField(
        label=_("Codes of units that help"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas or spaces"),
    )
    due_on = ThaiDateField(label=_("To be done by"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=list(labels.PRIORITIES.items()), initial=2
    )

    def clean_unit(self) -> Unit:
        """The unit of the code."""
        return _units(self.cleaned_data["unit"], one=True)[0]

    def clean_co_units(self) -> list[Unit]:
        """The units of the codes."""
        return _units(self.cleaned_data["co_units"])


def _units(text: str, *, one: bool = False) -> list[Unit]:
    codes = text.replace(",", " ").lower().split()
    known = {u.code: u for u in Unit.objects.filter(code__in=codes)}
    unknown = [c for c in codes if c not in known]
    if unknown or (one and len(codes) != 1):
        raise forms.ValidationError(
            _("No unit has this code: %(codes)s. Look it up in the list of units.")
            % {"codes": ", ".join(unknown or codes)}
        )
    return [known[c] for c in dict.fromkeys(codes)]
