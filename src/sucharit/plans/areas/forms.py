"""The form of a gap; the rules stand in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField


class GapForm(forms.Form):
    """Which gap becomes an action item, and by when."""

    gap = forms.CharField(max_length=120)
    due_on = ThaiDateField(label=_("To be done by"), required=False)
