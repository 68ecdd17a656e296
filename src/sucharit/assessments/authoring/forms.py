"""Forms of the authoring pages; what may stand where is decided by services and engine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.authoring import words
from sucharit.assessments.authoring.parts import PartField
from sucharit.assessments.engine.instruments import keys

_SLUG = RegexValidator(
    rf"^(?:{keys.SLUG.pattern})$", _("Use lower-case English letters, digits, dots and dashes.")
)


class UploadForm(forms.Form):
    """A workbook to read."""

    upload = forms.FileField(
        label=_("XLSForm workbook (.xlsx)"),
        allow_empty_file=True,
        help_text=_("At most 10 MB, without macros, formulas and merged cells."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class ReplaceForm(UploadForm):
    """A corrected workbook for a draft; ``version`` is what the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CopyForm(forms.Form):
    """A draft from a published version."""

    code = forms.CharField(
        label=_("Id of the new instrument"),
        required=False,
        max_length=60,
        help_text=_(
            "Empty: a new version of the same instrument. Otherwise lower-case English letters, "
            "digits, dots and dashes, for example moi.fair-hr."
        ),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.validators = [_SLUG]
        if not own:
            field.required = True
            field.help_text = _(
                "The instrument is not your unit's, so the copy needs an id of its own: lower-case "
                "English letters, digits, dots and dashes, for example moi.fair-hr."
            )


class VersionForm(forms.Form):
    """Only the lock: publish, discard."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PartForm(forms.Form):
    """The fields of one part of a document."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: list[PartField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[part.name] = _field(part)

    @property
    def values(self) -> dict[str, str]:
        """What was sent, by field name."""
        return {part.name: self.cleaned_data.get(part.name, "") for part in self.parts}


def _field(part: PartField) -> forms.Field:
    label = _label(part)
    if part.kind == "yes_no":
        choices = [("", _("not said")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=part.value)
    attributes = {"lang": part.language} if part.language else {}
    if part.kind == "text":
        widget: forms.Widget = forms.Textarea(attrs={**attributes, "rows": 2})
    else:
        widget = forms.TextInput(attrs=attributes)
    # Whether it may be empty is the service's to say, so that the error names the field.
    return forms.CharField(
        label=label, required=False, initial=part.value, widget=widget, strip=True
    )


def _label(part: PartField) -> str:
    pieces = [_("Choice %(code)s") % {"code": part.option}] if part.option else []
    if not (part.option and part.language):
        pieces.append(words.key_word(part.key))
    if part.language:
        pieces.append(words.language(part.language))
    return " · ".join(pieces)
