"""Forms of "my work": filters, put off, hand over, deputy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.forms import ThaiDateField
from sucharit.desk.queries.board import GROUPS, Asked
from sucharit.orgs.models import User

_CONTROL = {"class": "form-control"}
_SELECT = {"class": "form-select"}


class BoardForm(forms.Form):
    """What of "my work" is shown. All optional; what makes no sense is passed over, never widened."""

    q = forms.CharField(
        label=_("Search in titles"),
        required=False,
        max_length=100,
        widget=forms.TextInput(_CONTROL),
    )
    kind = forms.CharField(
        label=_("Kind of work"), required=False, max_length=60, widget=forms.Select(_SELECT)
    )
    unit = forms.CharField(
        label=_("Unit: name or code"),
        required=False,
        max_length=100,
        widget=forms.TextInput(_CONTROL),
    )
    year = forms.IntegerField(label=_("Fiscal year"), required=False, widget=forms.Select(_SELECT))
    scope = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    group = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = fiscal_year_be(clock.today())
        years = [("", _("All years"))] + [(str(y), str(y)) for y in range(this + 1, this - 6, -1)]
        self.fields["year"].widget.choices = years

    def asked(self) -> Asked:
        """The question as the query takes it."""
        self.is_valid()
        data = self.cleaned_data
        group = data.get("group") or ""
        return Asked(
            scope="units" if data.get("scope") == "units" else "mine",
            group=group if group in GROUPS else "",
            kind=data.get("kind") or "",
            unit=data.get("unit") or "",
            fiscal_year=data.get("year"),
            text=(data.get("q") or "").strip(),
            page=data.get("page") or 1,
        )

    def with_kinds(self, kinds: list[tuple[str, Any, int]]) -> BoardForm:
        """The form with the kinds there are, each with its number."""
        known = [("", _("All kinds"))] + [(k, f"{label} ({n})") for k, label, n in kinds]
        chosen = self.cleaned_data.get("kind")
        if chosen and chosen not in {k for k, _label, _n in kinds}:
            known.append((chosen, chosen))
        self.fields["kind"].widget.choices = known
        return self


class SnoozeForm(forms.Form):
    """Until when, and why."""

    until = ThaiDateField(label=_("Back on this day"))
    reason = forms.CharField(
        label=_("Why it can wait"), max_length=300,
        error_messages={"required": _("Say why the item can wait.")},
    )  # fmt: skip


class HandOverForm(forms.Form):
    """To whom, and a word with it."""

    taker = forms.ModelChoiceField(
        label=_("Colleague"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    note = forms.CharField(
        label=_("A word for the colleague"), max_length=300, required=False,
        help_text=_("No names of reporters or complainants."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues


class DeputyForm(forms.Form):
    """Who, from when until when."""

    deputy = forms.ModelChoiceField(
        label=_("Deputy"), queryset=User.objects.none(), to_field_name="username",
        empty_label=_("Choose a colleague"),
        help_text=_("Somebody with a role at your unit or above it"),
    )  # fmt: skip
    starts_on = ThaiDateField(label=_("First day"))
    ends_on = ThaiDateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deputy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues
