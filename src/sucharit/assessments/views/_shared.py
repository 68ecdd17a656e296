"""What the pages of a round share: errors back into forms, refusals as messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sucharit.core.errors import Refusal


def put_errors(form: forms.Form, error: ValidationError) -> None:
    """A service's refusal of input, beside the fields it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def sent(request: HttpRequest) -> Any:
    """The posted fields for a form; None on GET. An empty post is a post, too."""
    return request.POST if request.method == "POST" else None


def rebase(form: forms.Form, version: int) -> None:
    """Let the form save over a newer version: its reader has that version before his eyes now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["version"] = str(version)
    form.data = data


def attempt(
    request: HttpRequest, do: Callable[[], Any], *, form: forms.Form | None = None, done: str = ""
) -> bool:
    """Run a service; put what it refuses into the form or a message. True when it was done."""
    try:
        do()
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
        else:
            put_errors(form, error)
        return False
    except Refusal as refusal:
        if form is None or refusal.where not in form.fields:
            messages.error(request, str(refusal))
        else:
            form.add_error(refusal.where, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True
