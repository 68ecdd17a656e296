"""Pages of plans: list, record with its steps, copy from last year, the grid of months, locks of quarters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.plans.models import PeriodLock, Plan, Project
from sucharit.plans.work import aligned, queries, services, words
from sucharit.plans.work.forms import CopyForm, LockForm, NoteForm, PlanForm
from sucharit.plans.work.services import held as held_
from sucharit.plans.work.tables import PLAN_EXPORT, PlanFilters, PlanTable
from sucharit.plans.work.views._shared import around, attempt, sent


@require_safe
@login_required
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """Plans of the reader's scope; with ``export`` as a file."""
    writes = scope.can_somewhere(request.user, held_.EDIT)
    return render_list(
        request,
        ListPage(
            name="plans.plans",
            title=_("Plans"),
            queryset=queries.plans(request.user),
            filterset_class=PlanFilters,
            table_class=PlanTable,
            export=PLAN_EXPORT,
            may_export=lambda user: scope.can_somewhere(user, "export"),
            first_step=FirstStep(
                _("Write the plan of the year first, or copy last year's plan into the new year."),
                reverse("plans:plan_new") if writes else "",
                _("New plan"),
            ),
            template="plans/work/plans.html",
            context={"writes": writes},
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    if not scope.can_somewhere(request.user, held_.EDIT):
        raise NotFoundInScope(_("There is no such page for your role."))
    work: Any = getattr(request, "work", None)
    start = {
        "owner": work.unit if work else None,
        "fiscal_year": work.fiscal_year if work else None,
    }
    form = PlanForm(sent(request), initial=start)
    if form.is_valid():
        do = partial(services.create_plan, actor=request.user, **form.cleaned_data)
        made = attempt(request, do, form=form, done=_("The plan was made. Now add its projects."))
        if made:
            return redirect("plans:plan", pk=made.pk)
    return render(
        request,
        "plans/work/form.html",
        {"form": form, "heading": _("New plan"), "back": reverse("plans:plans")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: projects with progress, gaps of alignment, what can be done next."""
    found = queries.plan(request.user, pk)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid() and _step(request, found, form):
        return redirect("plans:plan", pk=pk)
    projects = list(found.projects.select_related("owner").order_by("seq"))
    gaps = aligned.gaps_of([p for p in projects if p.state != Project.State.CANCELLED])
    activities = list(queries.activities_of(plan_=found))
    lines = []
    for p in projects:
        own = [a for a in activities if a.project_id == p.pk]
        lacking = [words.GAPS[g.kind] for g in gaps.get(p.pk, ())]
        lines.append((p, words.PROJECT[p.state], queries.weighted(own), lacking, len(own)))
    alive = [a for a in activities if a.project.state != Project.State.CANCELLED]
    context = {
        "plan": found,
        "title": words.title(found),
        "kind": words.KINDS[found.kind],
        "state": words.PLAN[found.state],
        "lines": lines,
        "progress": queries.weighted(alive),
        "activities": len(alive),
        "lacking": sum(bool(x[3]) for x in lines),
        "form": form,
        "writes": queries.works(request.user, found.owner),
        "open": queries.open_for_work(found),
        "steps": _steps(request.user, found),
        "own": found.submitted_by_id == request.user.pk,
        "synthetic": found.synthetic,
        **around(request.user, "plans.plan", pk),
    }
    return render(request, "plans/work/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Last year's plan as a draft of a later year."""
    found = queries.plan(request.user, pk)
    scope.require(request.user, held_.EDIT, found.owner)
    form = CopyForm(
        sent(request), initial={"fiscal_year": found.fiscal_year + 1, "code": found.code}
    )
    if form.is_valid():
        do = partial(services.copy_plan, actor=request.user, plan=found, **form.cleaned_data)
        made = attempt(
            request,
            do,
            form=form,
            done=_(
                "Copied: projects, activities and months came along; results and money did not."
            ),
        )
        if made:
            return redirect("plans:plan", pk=made.pk)
    context = {
        "form": form,
        "heading": _("Copy the plan into a later year"),
        "back": reverse("plans:plan", args=[pk]),
        "note": words.title(found),
    }
    return render(request, "plans/work/form.html", context)


@require_safe
@login_required
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """The months of a whole plan: activities down, October to September across."""
    found = queries.plan(request.user, pk)
    rows = queries.rows(queries.activities_of(plan_=found), found.fiscal_year)
    context = {
        "plan": found,
        "title": words.title(found),
        "months": words.months(),
        "rows": [
            (
                row,
                words.VERDICTS[row.standing.verdict] if row.standing else None,
                [(name, p, a) for name, (_m, p, a) in zip(words.months(), row.cells, strict=True)],
            )
            for row in rows
        ],
        "synthetic": found.synthetic,
    }
    return render(request, "plans/work/grid.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def locks_page(request: HttpRequest) -> HttpResponse:
    """Quarters of the active unit and year: lock what is over, open again with a reason."""
    work: Any = request.work  # type: ignore[attr-defined]
    unit = work.unit
    if unit is None or not scope.can(request.user, "view", unit):
        raise NotFoundInScope(_("Choose a unit first."))
    form, note = LockForm(sent(request)), NoteForm(sent(request))
    if request.method == "POST":
        scope.require(request.user, held_.APPROVE, unit)
        if _lock(request, unit, work.fiscal_year, form, note):
            return redirect("plans:plan_locks")
    rows = (
        PeriodLock.objects.filter(unit=unit, fiscal_year=work.fiscal_year)
        .select_related("locked_by", "reopened_by")
        .order_by("quarter", "pk")
    )
    context = {
        "unit": unit,
        "fiscal_year": work.fiscal_year,
        "rows": rows,
        "form": LockForm(),
        "note": note if note.is_bound and note.errors else NoteForm(),
        "may": scope.can(request.user, held_.APPROVE, unit),
    }
    return render(request, "plans/work/locks.html", context)


def _lock(request: HttpRequest, unit: Any, year: int, form: LockForm, note: NoteForm) -> bool:
    if "reopen" in request.POST:
        rows = PeriodLock.objects.filter(unit=unit, fiscal_year=year)
        lock: Any = scope.get_or_404(rows, pk=_number(request.POST["reopen"]))
        why = note.cleaned_data["note"] if note.is_valid() else ""
        do: Callable[[], Any] = partial(
            services.reopen_quarter, actor=request.user, lock=lock, reason=why
        )
        return bool(attempt(request, do, done=_("The quarter is open again.")))
    if not form.is_valid():
        return False
    do = partial(
        services.lock_quarter,
        actor=request.user,
        unit=unit,
        fiscal_year=year,
        quarter=form.cleaned_data["quarter"],
    )
    return bool(attempt(request, do, done=_("The quarter is locked.")))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise NotFoundInScope(_("There is no such quarter."))
    return int(text)


def _steps(user: Any, found: Plan) -> list[str]:
    """Steps of the plan the reader may take now."""
    writes = scope.can(user, held_.EDIT, found.owner)
    decides = scope.can(user, held_.APPROVE, found.owner)
    if found.state == Plan.State.DRAFT:
        return ["submit"] if writes else []
    if not decides:
        return []
    if found.state == Plan.State.SUBMITTED:
        return ["return"] if found.submitted_by_id == user.pk else ["approve", "return"]
    steps = ["close"] if found.state == Plan.State.APPROVED else []
    return steps if found.published_at else ["publish", *steps]


def _step(request: HttpRequest, found: Plan, form: NoteForm) -> bool:
    go, actor = request.POST.get("go", ""), request.user
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "submit": (
            partial(services.submit_plan, actor=actor, plan=found),
            _("The plan was submitted."),
        ),
        "approve": (
            partial(services.approve_plan, actor=actor, plan=found),
            _("The plan was approved."),
        ),
        "return": (
            partial(services.return_plan, actor=actor, plan=found, note=form.cleaned_data["note"]),
            _("The plan was returned."),
        ),
        "close": (partial(services.close_plan, actor=actor, plan=found), _("The plan was closed.")),
        "publish": (
            partial(services.publish_plan, actor=actor, plan=found),
            _("The plan was published."),
        ),
    }
    if go not in steps:
        raise Refusal(_("Choose one of the steps of the page."))
    do, done = steps[go]
    return bool(attempt(request, do, form=form, done=done))
