"""Forms of the evidence library; the rules themselves stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.forms_marking import MarkForm
from sucharit.core.evidence.sniffing import ACCEPTED
from sucharit.core.forms import ThaiDateField
from sucharit.orgs.models import User


class SourceForm(forms.Form):
    """An address or a file."""

    url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
        ),
        help_text=_("Of the page or document on the unit's website."),
    )
    upload = forms.FileField(
        label=_("or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ACCEPTED)}),
        help_text=_("PDF, pictures, Word or Excel."),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind:  # a newer revision is of its proof's kind
            del self.fields["upload" if kind == "link" else "url"]


class ProofForm(SourceForm):
    """A new piece of evidence."""

    title = forms.CharField(label=_("Name of the evidence"), max_length=300)
    document_date = ThaiDateField(
        label=_("Date of the document"), required=False, help_text=_("As it stands on it.")
    )
    expires_on = ThaiDateField(
        label=_("Holds until"),
        required=False,
        help_text=_("Only if the document itself says so; its last day."),
    )
    fiscal_year = forms.IntegerField(
        label=_("Fiscal year of origin (B.E.)"), min_value=2540, max_value=2650
    )

    field_order = ("title", "url", "upload", "document_date", "expires_on", "fiscal_year")


class AssignForm(forms.Form):
    """Who gets the chosen items."""

    items = forms.MultipleChoiceField(label=_("Items to be given"), required=False)
    assignee = forms.ModelChoiceField(
        label=_("Give to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("– choose –"),
    )

    def __init__(self, *args: Any, codes: list[str], officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items, people = self.fields["items"], self.fields["assignee"]
        assert isinstance(items, forms.MultipleChoiceField)
        assert isinstance(people, forms.ModelChoiceField)
        items.choices = [(c, c) for c in codes]
        people.queryset = officers


class HandForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DrawForm(forms.Form):
    """How many, and from which seed."""

    n = forms.IntegerField(label=_("How many items"), min_value=1, max_value=2_000, initial=30)
    seed = forms.CharField(
        label=_("Seed"),
        required=False,
        max_length=64,
        help_text=_(
            "Any word or number, for example one drawn in public. Empty: the platform makes one up. "
            "The same seed gives the same sample."
        ),
    )


class ReadingForm(MarkForm):
    """A second reader's points."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
