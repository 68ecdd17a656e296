"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from sucharit.core.errors import Refusal
from sucharit.core.registry import registry


def sent(request: HttpRequest) -> Any:
    """The posted fields; None on GET."""
    return request.POST if request.method == "POST" else None


def attempt(
    request: HttpRequest, do: Callable[[], Any], *, form: forms.Form | None = None, done: str = ""
) -> Any:
    """Run a service; what it refuses goes beside its field or on top. Gives its result, or None."""
    try:
        found = do()
    except Refusal as refusal:
        if form is not None and refusal.where in form.fields:
            form.add_error(refusal.where, str(refusal))
        else:
            messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return found if found is not None else True


def around(user: Any, kind: str, pk: int) -> dict[str, Any]:
    """What refers to the thing, and what the reader can make of it elsewhere."""
    return {
        "referring": registry.referring(user, kind, str(pk)),
        "offered": registry.offered(user, kind, str(pk)),
    }
