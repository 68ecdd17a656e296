"""The page on which a head opens an approved self-report again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sucharit.assessments import doors
from sucharit.assessments.engine import workflow
from sucharit.assessments.models import Participation
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services import reopening
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.orgs import scope


class ReopenForm(forms.Form):
    """Why it is opened again; the officer reads it."""

    reason = forms.CharField(
        label=gettext_lazy("What has to be changed"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": gettext_lazy("Say what has to be changed.")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Say why, and open the self-report again."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.approve", p.unit)
    form = ReopenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        do = partial(
            reopening.reopen_report, actor=request.user, participation=p, **form.cleaned_data
        )
        if attempt(request, do, form=form, done=_("The self-report is a draft again.")):
            return redirect("assessments:workspace", round_id=round_id, code=code)
    return render(
        request,
        "assessments/oit/reopen.html",
        {"p": p, "round": p.round, "form": form, "until": reopening.unlocked_until(p)},
    )


def door(user: Any, p: Participation) -> Iterable[doors.Door]:
    """From the workspace, for the head of an approved unit whose unlock runs."""
    if not scope.can(user, "assessments.approve", p.unit):
        return
    if workflow.possible(p.oit_state, p.round.state, {"assessments.approve"}) & {"reopen"}:
        until = reopening.unlocked_until(p)
        if until is not None and until >= clock.today():
            url = reverse("assessments:oit_reopen", args=[p.round_id, p.unit.code])
            yield doors.Door(_("Open the self-report again"), url)
