"""What the pages share: the thing of the address, and refusals back into forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.models import Indicator


def unit_or_404(code: str) -> Unit:
    """The unit with the code, or NotFoundInScope."""
    found: Unit | None = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit."))
    return found


def own_unit(request: HttpRequest, code: str, permission: str = "view") -> Unit:
    """The unit with the code, where the reader holds the permission there."""
    unit = unit_or_404(code)
    scope.require(request.user, permission, unit)
    return unit


def indicator_or_404(request: HttpRequest, pk: int) -> Indicator:
    """An indicator the reader may see."""
    rows = Indicator.objects.visible_to(request.user).select_related(  # type: ignore[arg-type]
        "goal__strategy", "owner_unit", "reviewer_unit", "supersedes"
    )
    found = scope.get_or_404(rows, pk=pk)
    assert isinstance(found, Indicator)
    return found


def attempt(
    request: HttpRequest, do: Callable[[], Any], *, form: forms.Form | None = None, done: str = ""
) -> bool:
    """Run a service; what it refuses goes beside its field or becomes a message. True when it was done."""
    try:
        do()
    except ValidationError as error:
        if form is None or not hasattr(error, "error_dict"):
            messages.error(request, " ".join(error.messages))
        else:
            for name, found in error.error_dict.items():
                form.add_error(name if name in form.fields else None, found)
        return False
    except Refusal as refusal:
        if form is not None:
            form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True
