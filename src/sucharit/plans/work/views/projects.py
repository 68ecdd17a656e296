"""Pages of projects: the record with its alignments and activities, and the form."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.orgs import scope
from sucharit.plans.models import Project
from sucharit.plans.work import aligned, queries, services, words
from sucharit.plans.work.forms import AlignForm, NoteForm, ProjectForm
from sucharit.plans.work.services import held as held_
from sucharit.plans.work.views._shared import around, attempt, sent

FACTS = tuple(n for n in ProjectForm.base_fields if n != "areas")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new project of a plan."""
    plan = queries.plan(request.user, pk)
    scope.require(request.user, held_.EDIT, plan.owner)
    form = ProjectForm(sent(request))
    if form.is_valid():
        do = partial(services.create_project, actor=request.user, plan=plan, **form.cleaned_data)
        made = attempt(
            request,
            do,
            form=form,
            done=_("The project was added. Now say which target it contributes to."),
        )
        if made:
            return redirect("plans:project", pk=made.pk)
    context = {
        "form": form,
        "heading": _("New project"),
        "back": reverse("plans:plan", args=[pk]),
        "note": words.title(plan),
    }
    return render(request, "plans/work/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a project."""
    found = queries.project(request.user, pk)
    _may(request, found)
    start = {name: getattr(found, name) for name in FACTS}
    start["areas"] = ", ".join(found.areas.order_by("path").values_list("unit__code", flat=True))
    form = ProjectForm(sent(request), initial=start)
    if form.is_valid():
        do = partial(
            services.change_project, actor=request.user, project=found, **form.cleaned_data
        )
        if attempt(request, do, form=form, done=_("The project was changed.")):
            return redirect("plans:project", pk=pk)
    context = {
        "form": form,
        "heading": _("Change the project"),
        "back": reverse("plans:project", args=[pk]),
        "note": words.title(found),
    }
    return render(request, "plans/work/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """A project: facts, areas, why it contributes, activities, what hangs on it."""
    found = queries.project(request.user, pk)
    go = request.POST.get("go", "")
    align = AlignForm(request.POST if go == "align" else None, fiscal_year=found.fiscal_year)
    note = NoteForm(request.POST if go == "cancel" else None)
    if request.method == "POST":
        _may(request, found)
        if _posted(request, found, align, note):
            return redirect("plans:project", pk=pk)
    activities = list(queries.activities_of(found))
    rows = queries.rows(activities, found.fiscal_year)
    writes = queries.works(request.user, found.owner, found.plan.owner)
    live = found.state != Project.State.CANCELLED
    context = {
        "project": found,
        "title": words.title(found),
        "state": words.PROJECT[found.state],
        "areas": found.areas.select_related("unit").order_by("path"),
        "partners": found.partners.order_by("path"),
        "alignments": [
            (a, words.RUNGS[a.rung])
            for a in found.alignments.select_related("goal__strategy", "strategy").order_by(
                "rung", "pk"
            )
        ],
        "zs": aligned.zs_of(found),
        "gaps": [words.GAPS[g.kind] for g in aligned.gaps_of([found])[found.pk]] if live else [],
        "rows": [
            (
                r,
                words.ACTIVITY[r.activity.state],
                words.VERDICTS[r.standing.verdict] if r.standing else None,
            )
            for r in rows
        ],
        "progress": queries.weighted(activities),
        "indicators": found.indicators.order_by("code"),
        "align": align,
        "note": note,
        "wrong": next((f for f in (align, note) if f.is_bound and f.errors), None),
        "writes": writes and live and queries.open_for_work(found.plan),
        "draft": found.plan.state == "draft",
        "synthetic": found.plan.synthetic,
        **around(request.user, "plans.project", pk),
    }
    return render(request, "plans/work/project.html", context)


def _may(request: HttpRequest, found: Project) -> None:
    if not queries.works(request.user, found.owner, found.plan.owner):
        scope.require(request.user, held_.EDIT, found.plan.owner)


def _posted(request: HttpRequest, found: Project, align: AlignForm, note: NoteForm) -> bool:
    go, actor = request.POST.get("go", ""), request.user
    if go == "align" and align.is_valid():
        data = align.cleaned_data
        do: Any = partial(services.align_project, actor=actor, project=found, **data)
        return bool(attempt(request, do, form=align, done=_("The contribution was kept.")))
    if go == "cancel" and note.is_valid():
        do = partial(
            services.cancel_project, actor=actor, project=found, reason=note.cleaned_data["note"]
        )
        return bool(attempt(request, do, form=note, done=_("The project was cancelled.")))
    if go.startswith("unalign-") and go[8:].isdecimal():
        row: Any = scope.get_or_404(found.alignments.select_related("goal"), pk=int(go[8:]))
        do = partial(services.unalign_project, actor=actor, alignment=row)
        return bool(attempt(request, do, done=_("The contribution was taken out.")))
    return False
