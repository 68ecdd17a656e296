"""What the pages of committees share: try a service and put its refusal where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sucharit.core.errors import Refusal
from sucharit.core.forms import ThaiDateField


def tried(request: HttpRequest, form: forms.BaseForm | None, do: Callable[[], Any], done: str = "") -> bool:  # fmt: skip
    """Whether the step was taken; what the service refuses goes beside its field, or on top."""
    try:
        do()
    except Refusal as refusal:
        if form is not None and refusal.where in form.fields:
            form.add_error(refusal.where, str(refusal))
        elif form is not None and form.is_bound:
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    except ValidationError as error:
        if form is None:
            raise
        for text in error.messages:
            form.add_error(None, text)
        return False
    if done:
        messages.success(request, done)
    return True


class TimeField(forms.TimeField):
    """A time of day, 09:30 or 9.30."""

    widget = forms.TextInput(attrs={"placeholder": "09:30", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Not a time. Write it like 09:30.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """The aware moment of a day and time in Thailand."""
    return timezone.make_aware(dt.datetime.combine(day, time))


__all__ = ["ThaiDateField", "TimeField", "moment", "tried"]
