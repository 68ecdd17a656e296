"""The form of wishes: one choice a channel."""

from __future__ import annotations

from django import forms

from sucharit.desk.notices import words


class WishesForm(forms.Form):
    """``email`` and ``line``: nothing, urgent or digest."""

    email = forms.ChoiceField(
        label=words.CHANNELS["email"], choices=list(words.WANTS.items()), widget=forms.RadioSelect
    )
    line = forms.ChoiceField(
        label=words.CHANNELS["line"], choices=list(words.WANTS.items()), widget=forms.RadioSelect
    )
