"""Forms of certificates; the rules stand in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.engine.moral import is_serial, tidy


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.CharField(
        label=_("Why the certificate is revoked"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the certificate. The public page only says that it was revoked."),
        error_messages={"required": _("Say why the certificate is revoked.")},
    )


class VerifyForm(forms.Form):
    """A serial as printed on a certificate."""

    serial = forms.CharField(
        label=_("Number of the certificate"),
        max_length=40,
        help_text=_("Ten letters and digits, as printed below the QR code."),
        error_messages={"required": _("Type the number of the certificate.")},
    )

    def clean_serial(self) -> str:
        """In its one spelling; a typing error is found by the last character."""
        found = tidy(str(self.cleaned_data["serial"]))
        if not is_serial(found):
            raise forms.ValidationError(
                _("This is no number of a certificate. Compare it with the paper once more.")
            )
        return found
