"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.webhooks import events
from sucharit.core.webhooks.units import units_of


class HookForm(forms.Form):
    """Name, address, events; ``unit`` only where there is a choice."""

    title = forms.CharField(
        label=_("Name of the receiving system"),
        max_length=120,
        help_text=_("For people, for example “open data portal of the ministry”."),
    )
    url = forms.CharField(
        label=_("Address that takes the messages"),
        max_length=1000,
        widget=forms.URLInput(
            attrs={"placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("It must begin with https:// and be reachable from the open network."),
    )
    events = forms.MultipleChoiceField(
        label=_("Events to be told of"), widget=forms.CheckboxSelectMultiple
    )
    unit: Any = forms.ModelChoiceField(
        label=_("Unit it belongs to"),
        queryset=None,
        empty_label=None,
        help_text=_("Events that are not public come from this unit and the units below it."),
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen, unit = self.fields["events"], self.fields["unit"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        chosen.choices = events.choices()
        if user is None:
            del self.fields["unit"]
        else:
            unit.queryset = units_of(user)
            unit.initial = unit.queryset.first()
