"""For the owner of templates: the list, a template with who answered, draft, publish, withdraw, remind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.exports import csv_response
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.plans.engine.templates import count
from sucharit.plans.models import Plan, PlanTemplate
from sucharit.plans.rollout import queries, services
from sucharit.plans.rollout.forms import ChangeForm, NewForm
from sucharit.plans.rollout.services.publishing import MANAGE
from sucharit.plans.rollout.views._shared import attempt, template_or_404

STEPS = {
    "publish": services.publish_template,
    "withdraw": services.withdraw_template,
    "version": services.new_version,
    "remind": services.remind,
}
COLUMNS = ("template", "version", "unit", "name_th", "standing", "answered_at", "differences", "plan", "reason")  # fmt: skip


@require_safe
@login_required
def templates(request: HttpRequest) -> HttpResponse:
    """Templates the reader owns or is asked to adopt, newest year first."""
    rows = list(queries.visible_to(request.user))
    waiting = queries.waiting_for(request.user)
    context = {
        "rows": [(t, *count(t.document)) for t in rows],
        "waiting": waiting,
        "may_manage": scope.can_somewhere(request.user, MANAGE),
    }
    return render(request, "plans/rollout/templates.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a template from a plan."""
    if not scope.can_somewhere(request.user, MANAGE):
        raise NotFoundInScope(_("There is no such page for your role."))
    plans = scope.limit(
        Plan.objects.select_related("owner"),
        request.user,
        path_field="owner__path",
        permission=MANAGE,
    )
    rows = list(plans.order_by("-fiscal_year", "owner__path", "code")[:500])
    choices = [(str(p.pk), f"{p.fiscal_year} {p.owner.name_th}: {p.title_th}") for p in rows]
    initial = {"plan": request.GET.get("plan"), "audience_kinds": ["province"]}
    form = NewForm(choices, _sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        plan = next(p for p in rows if str(p.pk) == form.cleaned_data["plan"])
        fields = {k: v for k, v in form.cleaned_data.items() if k != "plan"}
        made = attempt(
            request,
            lambda: services.template_from_plan(actor=request.user, plan=plan, **fields),
            form=form,
        )
        if made:
            messages.success(request, _("The draft was made. Read it, then publish it."))
            return redirect("plans:rollout_template", pk=made.pk)
    return render(request, "plans/rollout/form.html", {"form": form, "template": None})


@require_safe
@login_required
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """What the template holds and, for its owner, how each unit answered."""
    found = template_or_404(request, pk)
    rows = queries.answers(request.user, found) if found.state != PlanTemplate.State.DRAFT else []
    projects, activities = count(found.document)
    context: dict[str, Any] = {
        "template": found,
        "projects": projects,
        "activities": activities,
        "rows": rows,
        "tally": queries.tally(rows),
        "open": sum(r.adoption is None for r in rows),
        "manages": scope.can(request.user, MANAGE, found.owner),
        "may_export": scope.can_somewhere(request.user, "export"),
    }
    return render(request, "plans/rollout/template.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    found = template_or_404(request, pk)
    scope.require(request.user, MANAGE, found.owner)
    initial = {name: getattr(found, name) for name in ChangeForm.field_order}
    form = ChangeForm(_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(
            request,
            lambda: services.change_template(actor=request.user, template=found, **fields),
            form=form,
        ):
            messages.success(request, _("The draft was changed."))
            return redirect("plans:rollout_template", pk=pk)
    return render(request, "plans/rollout/form.html", {"form": form, "template": found})


@require_POST
@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Publish, withdraw, begin the next version, remind."""
    found = template_or_404(request, pk)
    scope.require(request.user, MANAGE, found.owner)
    if name not in STEPS:
        raise NotFoundInScope(_("There is no such step."))
    done: list[Any] = []

    def run() -> bool:
        done.append(STEPS[name](actor=request.user, template=found))
        return True

    if attempt(request, run):
        messages.success(request, _done(name, done[0]))
        if name == "version":
            return redirect("plans:rollout_template", pk=done[0].pk)
    return redirect("plans:rollout_template", pk=pk)


@require_safe
@login_required
def answers_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How each unit answered, as CSV."""
    found = template_or_404(request, pk)
    if not scope.can_somewhere(request.user, "export"):
        raise Forbidden(_("Your role does not include exports."))
    rows = queries.answers(request.user, found)
    record(
        actor=request.user, action="core.export", target=f"plans.template:{found.pk}", unit=found.owner,
        fiscal_year=found.fiscal_year, format="csv", rows=len(rows),
    )  # fmt: skip
    cells = (
        (
            found.code, found.version, r.unit.code, r.unit.name_th, r.standing,
            r.adoption.at if r.adoption else None, len(r.differences) if r.plan else None,
            r.plan.code if r.plan else "", r.adoption.reason if r.adoption else "",
        )
        for r in rows
    )  # fmt: skip
    return csv_response(f"{found.code}-v{found.version}.csv", COLUMNS, cells)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(name: str, result: Any) -> str:
    if name == "remind":
        return ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", result) % {"n": result}  # fmt: skip
    return {
        "publish": _("The template was published. It waits for answers now."),
        "withdraw": _("The template was withdrawn."),
        "version": _("A draft of the next version was made."),
    }[name]
