"""Pages of budget lines: the list, a new one, one line with its movements; the rates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.desk.labels import unit_name
from sucharit.orgs import scope
from sucharit.orgs.tables import may_export
from sucharit.plans.budget import rules, services, words
from sucharit.plans.budget.charts import balance_chart
from sucharit.plans.budget.forms import LineForm, RateForm
from sucharit.plans.budget.services import OVERRIDE, SPEND
from sucharit.plans.budget.steps import STEPS
from sucharit.plans.budget.tables import LINE_EXPORT, LineFilters, LineTable
from sucharit.plans.models import BudgetLine, Project

PER_PAGE = 50


def visible_line(user: Any, pk: int) -> BudgetLine:
    """One line within the reader's scope, or NotFoundInScope."""
    rows = BudgetLine.objects.visible_to(user).select_related("unit", "project__plan", "activity")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such budget line within your scope."))
    return found


@require_safe
@login_required
def line_list(request: HttpRequest) -> HttpResponseBase:
    """Budget lines within the reader's scope; with ``export`` as a file."""
    user: Any = request.user
    rows = BudgetLine.objects.visible_to(user).select_related("unit", "project", "activity")
    return render_list(
        request,
        ListPage(
            name="plans.budget_lines",
            title=_("Budget lines"),
            queryset=rows,
            table_class=LineTable,
            filterset_class=LineFilters,
            first_step=FirstStep(
                _(
                    "Open a project or an activity and add a budget line there, then enter the allocation."
                )
            ),
            export=LINE_EXPORT,
            may_export=may_export("view"),
            template="plans/budget/lines.html",
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_new(request: HttpRequest) -> HttpResponse:
    """A new line of ``?project=`` (and ``&activity=``)."""
    user: Any = request.user
    asked = request.GET.get("project", "")
    mine = Project.objects.visible_to(user).select_related("owner", "plan")
    project = mine.filter(pk=asked).first() if asked.isdigit() else None
    if project is None:
        if not asked and scope.can_somewhere(user, SPEND):
            return redirect("plans:budget_lines")
        raise NotFoundInScope(_("There is no such project within your scope."))
    if not scope.can_somewhere(user, SPEND):
        raise Forbidden(_("Your role does not include entering money."))
    activity = request.GET.get("activity", "")
    form = LineForm(
        request.POST or None, project=project, user=user,
        initial={"activity": activity if activity.isdigit() else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_line(actor=user, project=project, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The line is there. Enter the allocation next."))
            return redirect("plans:budget_line", pk=made.pk)
    return render(request, "plans/budget/line_new.html", {"project": project, "form": form})


@require_safe
@login_required
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is, in words and figures, what can be done, and every movement, the newest first."""
    user: Any = request.user
    found = visible_line(user, pk)
    rows = found.transactions.select_related("draws_on", "reverses", "reversed_by", "by").order_by(
        "-number"
    )
    may_spend = scope.can(user, SPEND, found.unit)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/budget/line.html",
        {
            "line": found,
            "unit_name": unit_name(found.unit),
            "source": words.SOURCES[found.source],
            "category": words.CATEGORIES[found.category],
            "rows": [(row, words.KINDS[row.kind], hasattr(row, "reversed_by")) for row in page],
            "page": page,
            "steps": list(STEPS.values()) if may_spend and not found.closed_at else [],
            "may_spend": may_spend,
            "may_reopen": may_spend and scope.can(user, OVERRIDE, found.unit),
            "empty": not (
                found.available_satang or found.reserved_satang or found.committed_satang
            ),
            "chart": balance_chart(found),
            "next": found.carried_to.first(),
            "plan_synthetic": found.project.plan.synthetic,
        },
    )


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a line, or with ``go=reopen`` open it again."""
    found = visible_line(request.user, pk)
    reopening = request.POST.get("go") == "reopen"
    do = services.reopen_line if reopening else services.close_line
    try:
        do(actor=request.user, line=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The line is open again.") if reopening else _("The line is closed.")
        )
    return redirect("plans:budget_line", pk=pk)


@require_safe
@login_required
def rates(request: HttpRequest) -> HttpResponse:
    """Rates of the regulations with their sources, and a small reckoner: people × days × rate."""
    today = clock.today()
    form = RateForm(request.GET if "key" in request.GET else None)
    most = held = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        held = rules.ceiling(data["key"], today)
        most = rules.most(held, heads=data["heads"], times=data["times"]) if held else None
    return render(
        request,
        "plans/budget/rates.html",
        {
            "rates": rules.in_force(today),
            "form": form,
            "held": held,
            "most": most,
            "here": reverse("plans:budget_rates"),
        },
    )
