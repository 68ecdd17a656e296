"""Forms of fieldwork; the rules themselves stand in the services."""

from __future__ import annotations

from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    Textarea,
)
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.fieldwork.services.paper import LEAST_FORMS, MOST_FORMS
from sucharit.assessments.fieldwork.services.reminders import LONGEST_MESSAGE

SURVEYS = [("IIT", _("Internal survey (IIT)")), ("EIT", _("External survey (EIT)"))]


class BatchForm(Form):
    """A new pile of paper"""

    instrument = ChoiceField(label=_("Which survey"), choices=SURVEYS)
    forms = IntegerField(
        label=_("Number of paper forms"),
        min_value=LEAST_FORMS,
        max_value=MOST_FORMS,
        help_text=_("5 to 100. Number the forms 1, 2, 3 … in pencil before keying."),
    )


class Part2Form(Form):
    """A new pile of answers that assessors collected."""

    forms = IntegerField(
        label=_("Number of answer sheets"),
        min_value=LEAST_FORMS,
        max_value=MOST_FORMS,
        help_text=_("5 to 100. Number the sheets 1, 2, 3 … before keying."),
    )
    single = BooleanField(
        label=_("Key once only"),
        required=False,
        help_text=_(
            "Quicker, but keying errors stay unseen. The batch stays marked as keyed once."
        ),
    )


class PasteForm(Form):
    """A table copied from a spreadsheet."""

    table = CharField(
        label=_("Paste the table here"),
        widget=Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        max_length=60_000,
        strip=False,
    )


class RemindForm(Form):
    """A reminder to units."""

    below = IntegerField(widget=HiddenInput)
    message = CharField(
        label=_("A sentence to the units (may stay empty)"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("To the unit, not to persons: write no names."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["below"].label = _("Below percent")
