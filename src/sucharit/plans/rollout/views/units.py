"""For a unit that is asked: what the template holds, what adopting does, adopt, decline, and how its plan differs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine.templates import count
from sucharit.plans.models import PlanTemplate
from sucharit.plans.rollout import queries, services
from sucharit.plans.rollout.forms import DeclineForm
from sucharit.plans.rollout.services.answers import EDIT
from sucharit.plans.rollout.views._shared import attempt, template_or_404


def _asked(request: HttpRequest, pk: int, code: str) -> tuple[PlanTemplate, Unit]:
    found = template_or_404(request, pk)
    unit = Unit.objects.visible_to(request.user).filter(code=code).first()
    if unit is None or not queries.is_for(found, unit):
        raise NotFoundInScope(_("There is no such template for this unit."))
    return found, unit


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The unit's page of a template; a POST declines it with a reason."""
    found, place = _asked(request, pk, code)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        scope.require(request.user, EDIT, place)
        if form.is_valid() and attempt(
            request,
            lambda: services.decline_template(
                actor=request.user, template=found, unit=place, reason=form.cleaned_data["reason"]
            ),
            form=form,
        ):
            messages.success(request, _("The answer was noted. You can still adopt the template later."))  # fmt: skip
            return redirect("plans:rollout_unit", pk=pk, code=code)
    projects, activities = count(found.document)
    answer = queries.answer(found, place)
    context = {
        "template": found,
        "unit": place,
        "answer": answer,
        "projects": projects,
        "activities": activities,
        "form": form,
        "may_answer": scope.can(request.user, EDIT, place)
        and found.state == PlanTemplate.State.PUBLISHED
        and answer.plan is None,
    }
    return render(request, "plans/rollout/unit.html", context)


@require_POST
@login_required
def adopt(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Make the unit's plan from the template."""
    found, place = _asked(request, pk, code)
    scope.require(request.user, EDIT, place)
    if attempt(
        request,
        lambda: services.adopt_template(actor=request.user, template=found, unit=place),
    ):
        messages.success(request, _("The plan was made as a draft. Adapt it to the province, then submit it."))  # fmt: skip
    return redirect("plans:rollout_unit", pk=pk, code=code)
