"""What the views share: a template in scope, and running a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.plans.models import PlanTemplate
from sucharit.plans.rollout import queries


def template_or_404(request: HttpRequest, pk: int) -> PlanTemplate:
    """The template as far as the reader sees it."""
    found = queries.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such template within your scope."))
    return found


def attempt(request: HttpRequest, do: Callable[[], Any], *, form: forms.Form | None = None) -> Any:
    """What the service gives (True for nothing); None when it refused: told in the form or as a message."""
    try:
        return do() or True
    except Refusal as refusal:
        if form is not None and refusal.where in form.fields:
            form.add_error(refusal.where, str(refusal))
        else:
            messages.error(request, str(refusal))
        return None
