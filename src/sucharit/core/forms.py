"""Fields every app's forms share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core import thaidate


class ThaiDateField(forms.DateField):
    """A day as officers write it: 18/3/2567, 18 มี.ค. 2567 or ISO; kept as CE."""

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "placeholder": _("for example 18/3/2567")}
    )

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return thaidate.parse(str(value))
        except thaidate.DateTextError:
            raise forms.ValidationError(
                _("Not a date. Write it like 18/3/2567 or 18 มี.ค. 2567.")
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return thaidate.short(value) if isinstance(value, dt.date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True
