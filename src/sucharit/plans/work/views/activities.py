"""Pages of activities: record, form, months, a quarter's report, and one made of an action item."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.core import fiscal
from sucharit.core.charts import Chart
from sucharit.core.errors import NotFoundInScope
from sucharit.core.evidence.forms import EvidenceForm
from sucharit.core.evidence.queries import documents_of
from sucharit.core.evidence.services import add_evidence
from sucharit.core.registry import registry
from sucharit.core.rounding import hundredths_text
from sucharit.desk.models import ActionItem
from sucharit.orgs import scope
from sucharit.orgs.models import User
from sucharit.plans.engine import months
from sucharit.plans.models import Activity
from sucharit.plans.work import locks, queries, services, words
from sucharit.plans.work.forms import ActivityForm, FromActionForm, MonthsForm, NoteForm, ReportForm
from sucharit.plans.work.services import held as held_
from sucharit.plans.work.views._shared import around, attempt, sent

KIND = "plans.activity"
FACTS = (
    "title_th",
    "target_group",
    "expected_output",
    "heads_planned",
    "starts_on",
    "ends_on",
    "weight",
    "predecessor",
)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new activity of a project."""
    project = queries.project(request.user, pk)
    if not queries.works(request.user, project.owner, project.plan.owner):
        scope.require(request.user, held_.EDIT, project.plan.owner)
    form = ActivityForm(sent(request), user=request.user, project=project)
    if form.is_valid():
        do = partial(
            services.create_activity, actor=request.user, project=project, **form.cleaned_data
        )
        made = attempt(
            request, do, form=form, done=_("The activity was added. Now plan its months.")
        )
        if made:
            return redirect("plans:activity_months", pk=made.pk)
    context = {
        "form": form,
        "heading": _("New activity"),
        "back": reverse("plans:project", args=[pk]),
        "note": words.title(project),
    }
    return render(request, "plans/work/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def from_action(request: HttpRequest) -> HttpResponse:
    """A new activity that mends an action item (``?action=``)."""
    if not scope.can_somewhere(request.user, held_.EDIT):
        raise NotFoundInScope(_("There is no such page for your role."))
    text, user = request.GET.get("action", ""), cast("User", request.user)
    item: Any = None
    if text:
        rows = ActionItem.objects.visible_to(user)
        number = int(text) if text.isdecimal() and len(text) < 16 else 0
        item = scope.get_or_404(rows, pk=number)
    form = FromActionForm(
        sent(request), user=request.user, initial={"title_th": getattr(item, "title", "")}
    )
    if form.is_valid():
        do = partial(services.create_activity, actor=request.user, action=item, **form.cleaned_data)
        made = attempt(
            request, do, form=form, done=_("The activity was added. Now plan its months.")
        )
        if made:
            return redirect("plans:activity_months", pk=made.pk)
    context = {
        "form": form,
        "heading": _("Make it an activity of a plan"),
        "back": reverse("plans:plans"),
        "note": getattr(item, "title", ""),
        "no_project": not form.fields["project"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "plans/work/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity."""
    found = _mine(request, pk)
    start = {name: getattr(found, name) for name in FACTS} | {"indicators": found.indicators.all()}
    form = ActivityForm(sent(request), user=request.user, project=found.project, initial=start)
    if form.is_valid():
        do = partial(
            services.change_activity, actor=request.user, activity=found, **form.cleaned_data
        )
        if attempt(request, do, form=form, done=_("The activity was changed.")):
            return redirect("plans:activity", pk=pk)
    context = {
        "form": form,
        "heading": _("Change the activity"),
        "back": reverse("plans:activity", args=[pk]),
        "note": words.title(found),
    }
    return render(request, "plans/work/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def month_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The twelve months of an activity."""
    found = _mine(request, pk)
    start = {
        f"m{m.month}": hundredths_text(m.planned_e2)
        for m in found.months.all()
        if m.planned_e2 is not None
    }
    form = MonthsForm(sent(request), initial=start)
    if form.is_valid():
        do = partial(
            services.set_month_plan,
            actor=request.user,
            activity=found,
            planned=form.planned(),
            reason=form.cleaned_data["reason"],
        )
        if attempt(request, do, form=form, done=_("The months were kept.")):
            return redirect("plans:activity", pk=pk)
    context = {"form": form, "activity": found, "title": words.title(found)}
    return render(request, "plans/work/months.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, quarter: int) -> HttpResponse:
    """Report a quarter; what stands there already is shown and becomes an earlier version."""
    found = _mine(request, pk)
    if quarter not in months.QUARTERS:
        raise NotFoundInScope(_("There is no such quarter."))
    last = found.reports.filter(quarter=quarter, latest=True).first()
    start: dict[str, Any] = {"version": last.version if last else 0}
    if last:
        start |= {n: getattr(last, n) for n in ("result", "problem", "solution", "heads_attended")}
        start["progress"] = hundredths_text(last.progress_e2)
    form = ReportForm(sent(request), initial=start)
    year = found.project.fiscal_year
    locked = locks.locked(found.owner, year, quarter)
    if not locked:
        del form.fields["late_reason"]
    if form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("version")
        data.pop("progress")
        do = partial(
            services.report_quarter,
            actor=request.user,
            activity=found,
            quarter=quarter,
            progress_e2=form.progress_e2(),
            expected_version=seen,
            **data,
        )
        if attempt(request, do, form=form, done=_("The report was kept.")):
            return redirect("plans:activity", pk=pk)
    context = {
        "form": form,
        "activity": found,
        "title": words.title(found),
        "quarter": quarter,
        "period": fiscal.quarter(year, quarter),
        "locked": locked,
        "last": last,
    }
    return render(request, "plans/work/report.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity: months planned and reached, reports with versions, links, evidence."""
    found = queries.activity(request.user, pk)
    go = request.POST.get("go", "")
    note = NoteForm(request.POST if go in {"block", "cancel"} else None)
    upload = (
        EvidenceForm(request.POST, request.FILES) if "upload" in request.FILES else EvidenceForm()
    )
    if request.method == "POST":
        _mine(request, pk)
        if _posted(request, found, note, upload):
            return redirect("plans:activity", pk=pk)
    year = found.project.fiscal_year
    (row,) = queries.rows([found], year)
    item = registry.link(request.user, "desk.action", str(found.action_id or ""))
    live = found.state != Activity.State.CANCELLED
    writes = live and _works(request.user, found) and queries.open_for_work(found.project.plan)
    locked = locks.locked_quarters(found.owner, year)
    context = {
        "activity": found,
        "title": words.title(found),
        "state": words.ACTIVITY[found.state],
        "group": words.GROUPS.get(found.target_group, ""),
        "row": row,
        "verdict": words.VERDICTS[row.standing.verdict] if row.standing else None,
        "chart": _chart(row),
        "reports": found.reports.select_related("by").order_by("quarter", "-version"),
        "quarters": [(q, q in locked) for q in queries.quarters_due(year)],
        "reporting": writes and found.project.plan.state == "approved",
        "writes": writes,
        "item": item,
        "indicators": [
            registry.link(request.user, "plans.indicator", str(i.pk)) or i
            for i in found.indicators.order_by("code")
        ],
        "documents": documents_of(KIND, pk),
        "upload": upload,
        "note": note,
        "synthetic": found.project.plan.synthetic,
        **around(request.user, KIND, pk),
    }
    return render(request, "plans/work/activity.html", context)


def _works(user: Any, found: Activity) -> bool:
    return queries.works(user, found.owner, found.project.owner, found.project.plan.owner)


def _mine(request: HttpRequest, pk: int) -> Activity:
    """The activity, when the reader may write it."""
    found = queries.activity(request.user, pk)
    if not _works(request.user, found):
        scope.require(request.user, held_.EDIT, found.project.plan.owner)
    return found


def _posted(request: HttpRequest, found: Activity, note: NoteForm, upload: EvidenceForm) -> bool:
    actor, go = request.user, request.POST.get("go", "")
    steps = {
        "block": (services.block_activity, _("The activity is marked as blocked.")),
        "cancel": (services.cancel_activity, _("The activity was cancelled.")),
    }
    if go in steps and note.is_valid():
        service, done = steps[go]
        do: Any = partial(service, actor=actor, activity=found, reason=note.cleaned_data["note"])
        return bool(attempt(request, do, form=note, done=done))
    if upload.is_bound and upload.is_valid():
        do = partial(
            add_evidence,
            actor=actor,
            unit=found.owner,
            fiscal_year=found.project.fiscal_year,
            owner_kind=KIND,
            owner_id=found.pk,
            title=upload.cleaned_data["title"],
            upload=upload.cleaned_data["upload"],
            check=lambda: held_.must_be_open(found.project.plan),
        )
        return bool(attempt(request, do, form=upload, done=_("The document was attached.")))
    return False


def _chart(row: queries.Row) -> Chart:
    names = words.months()

    def shown(value: int | None) -> str:
        return "–" if value is None else hundredths_text(value)

    def drawn(value: int | None) -> float | None:
        return None if value is None else value / 100

    return Chart(
        key="months",
        kind="line",
        title=_("Planned and reached by month, cumulative per cent"),
        columns=[_("Month"), _("Planned, %"), _("Reached, %")],
        labels=names,
        series=[
            (_("Planned, %"), [drawn(p) for _m, p, _a in row.cells]),
            (_("Reached, %"), [drawn(a) for _m, _p, a in row.cells]),
        ],
        rows=[[n, shown(p), shown(a)] for n, (_m, p, a) in zip(names, row.cells, strict=True)],
        top=100,
    )
