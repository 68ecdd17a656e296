"""A unit's pages in a round: its workspace and its head counts."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments import doors
from sucharit.assessments.forms import PopulationForm
from sucharit.assessments.queries import checklist
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.queries.samples import samples_of
from sucharit.assessments.services.population import set_population
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.orgs import scope


@login_required
@require_GET
def workspace(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """A unit's year as a short checklist."""
    participation = queries.participation_or_404(request.user, round_id, code)
    work = checklist.workspace(request.user, participation)
    return render(
        request,
        "assessments/rounds/workspace.html",
        {
            "work_place": work,
            "p": participation,
            "round": participation.round,
            "today": clock.today(),
            "doors": doors.through(doors.PARTICIPATION, request.user, participation),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def population(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Enter the head counts; shows the least number of answers with its reason."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.edit", p.unit)
    form = PopulationForm(
        sent(request),
        initial={
            "staff_count": p.staff_count,
            "public_count": p.public_count,
            "counted_on": p.counted_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        save = partial(set_population, actor=request.user, participation=p, **form.cleaned_data)
        if attempt(request, save, form=form, done=_("The head counts were saved.")):
            return redirect("assessments:population", round_id=round_id, code=code)
    return render(
        request,
        "assessments/rounds/population.html",
        {
            "form": form,
            "p": p,
            "round": p.round,
            "samples": samples_of(p),
            "may_count": checklist.may_count(request.user, p),
        },
    )
