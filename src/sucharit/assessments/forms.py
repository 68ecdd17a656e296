"""Forms of rounds, self-report and marks; the rules themselves stand in the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.engine.links import MOST_LINKS
from sucharit.assessments.models import Framework, Round
from sucharit.core.forms import ThaiDateField


class CalendarForm(forms.Form):
    """The seven dates of a round."""

    surveys_from = ThaiDateField(label=_("Surveys open on"))
    surveys_to = ThaiDateField(label=_("Surveys: last day"))
    oit_from = ThaiDateField(label=_("Self-report opens on"))
    oit_to = ThaiDateField(label=_("Self-report: last day for submission and approval"))
    review_to = ThaiDateField(label=_("Marking: last day"))
    objection_from = ThaiDateField(label=_("Objections open on"))
    objection_to = ThaiDateField(label=_("Objections: last day"))

    CALENDAR = (
        "surveys_from",
        "surveys_to",
        "oit_from",
        "oit_to",
        "review_to",
        "objection_from",
        "objection_to",
    )

    @property
    def calendar(self) -> dict[str, dt.date]:
        """The cleaned dates by name."""
        return {name: self.cleaned_data[name] for name in self.CALENDAR}


class RoundForm(CalendarForm):
    """A new round."""

    framework = forms.ModelChoiceField(
        label=_("Framework"),
        queryset=Framework.objects.none(),
        help_text=_("Only frameworks whose items are complete."),
    )
    fiscal_year = forms.IntegerField(label=_("Fiscal year (B.E.)"), min_value=2550, max_value=2650)
    title_th = forms.CharField(label=_("Title in Thai"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    tree_date = ThaiDateField(
        label=_("Units as they stood on"),
        help_text=_(
            "Departments, state enterprises and provinces that existed on this day take part."
        ),
    )
    access = forms.ChoiceField(
        label=_("How people get into the surveys"),
        choices=[
            (Round.Access.OPEN_LINK, _("One link per unit and survey")),
            (Round.Access.ONE_USE_KEYS, _("Keys that work once")),
        ],
    )
    min_report_n = forms.IntegerField(
        label=_("Show no figure below this many answers"),
        min_value=5,
        max_value=100,
        initial=5,
        help_text=_("So that nobody can be recognised. At least 5."),
    )

    field_order = (
        "framework",
        "fiscal_year",
        "title_th",
        "title_en",
        "tree_date",
        *CalendarForm.CALENDAR,
        "access",
        "min_report_n",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["framework"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Framework.objects.filter(complete=True, kind="ita").defer("document")


class PopulationForm(forms.Form):
    """A unit's head counts."""

    staff_count = forms.IntegerField(
        label=_("Staff of one year and more (IIT)"),
        min_value=1,
        max_value=2_000_000,
        help_text=_(
            "Everybody from executives to hired workers who has been in the unit for at least one year on the day of counting."
        ),
    )
    public_count = forms.IntegerField(
        label=_("People and bodies served (EIT)"),
        min_value=1,
        max_value=100_000_000,
        help_text=_(
            "Persons, companies and agencies that were served by or contacted the unit since the fiscal year began."
        ),
    )
    counted_on = ThaiDateField(label=_("Counted on"), help_text=_("For example 31/1/2567"))


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; cleans to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        several = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]


class EntryForm(forms.Form):
    """One item of the self-report. Addresses are checked by the service, so that a draft's words stay."""

    explanation = forms.CharField(
        label=_("How to find it on the page"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example: Home > About us > Structure. Say where each required element stands."
        ),
    )
    nothing_to_show = forms.BooleanField(
        label=_("The unit has not published this"),
        required=False,
        help_text=_("The item then gets no points. Leave the links empty."),
    )
    uploads = FilesField(
        label=_("Files as evidence (optional)"),
        required=False,
        help_text=_(
            "PDF, pictures, Word or Excel. Marks are given for what stands on the website, not for files."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_LINKS + 1):
            self.fields[f"link_{n}"] = forms.CharField(
                label=_("Link %(n)s") % {"n": n},
                required=False,
                max_length=2_000,
                widget=forms.TextInput(
                    attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
                ),
            )
        self.order_fields(
            [
                *(f"link_{n}" for n in range(1, MOST_LINKS + 1)),
                "explanation",
                "nothing_to_show",
                "uploads",
                "version",
            ]
        )

    @property
    def links(self) -> list[str]:
        """The addresses as typed, in their places."""
        return [self.cleaned_data.get(f"link_{n}", "") for n in range(1, MOST_LINKS + 1)]


class SubmitForm(forms.Form):
    incomplete_ok = forms.BooleanField(
        label=_("I confirm that the items without an answer get no points"), required=False
    )


class ReturnForm(forms.Form):
    """A note to the officer, and a comment per item (fields ``item_O14``)."""

    note = forms.CharField(
        label=_("What has to be changed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In general, or beside the items below."),
    )

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in codes:
            self.fields[f"item_{code}"] = forms.CharField(
                label=_("%(item)s: comment") % {"item": code},
                required=False,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    @property
    def comments(self) -> dict[str, str]:
        """Comments by item, empty ones left out."""
        return {
            name.removeprefix("item_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("item_") and text
        }
