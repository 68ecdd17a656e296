"""One step of a line, and one movement with its documents and its reversal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence.forms import EvidenceForm
from sucharit.core.evidence.queries import documents_of
from sucharit.desk.labels import unit_name
from sucharit.orgs import scope
from sucharit.plans.budget import proving, rules, services, words
from sucharit.plans.budget.forms import MovementForm, ReverseForm
from sucharit.plans.budget.services import SPEND, Paper
from sucharit.plans.budget.services.base import require
from sucharit.plans.budget.steps import STEPS, take
from sucharit.plans.budget.views.lines import visible_line
from sucharit.plans.models import BudgetLine, BudgetTransaction


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form of one step; what is refused stands beside its field and on top."""
    user: Any = request.user
    found, what = visible_line(user, pk), STEPS.get(step)
    if what is None:
        raise NotFoundInScope(_("There is no such step."))
    require(SPEND, found, actor=user)
    form = MovementForm(request.POST or None, step=what, line=found, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            take(what, actor=user, line=found, form=form)
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
            found.refresh_from_db(
                fields=[
                    f"{n}_satang"
                    for n in ("allocated", "left", "reserved", "committed", "disbursed")
                ]
            )
        else:
            messages.success(request, _("Entered: %(step)s") % {"step": what.label})
            _warn(request, form)
            return redirect("plans:budget_line", pk=pk)
    return render(
        request,
        "plans/budget/step.html",
        {"line": found, "unit_name": unit_name(found.unit), "step": what, "form": form},
    )


def _warn(request: HttpRequest, form: MovementForm) -> None:
    """Above a rate: said after it was entered, never a reason to stop."""
    data = form.cleaned_data
    if not data.get("ceiling"):
        return
    over = rules.check(
        data["ceiling"],
        data["amount"],
        data["on"],
        heads=data.get("heads") or 1,
        times=data.get("times") or 1,
    )
    if over is None:
        return
    text = _(
        "The amount is above the rate: %(asked)s baht, the rate allows %(most)s baht (%(rate)s). It was entered all "
        "the same: keep the reason with the document. Basis: %(basis)s"
    ) % {
        "asked": words.baht(over.asked),
        "most": words.baht(over.most),
        "rate": over.ceiling.title_th,
        "basis": over.ceiling.legal_basis,
    }
    if not over.ceiling.verified:
        text += " " + _("(This rate is not verified.)")
    messages.warning(request, text)


@login_required
@require_http_methods(["GET", "POST"])
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """One movement: its figures, its documents, and undoing it."""
    user: Any = request.user
    seen = BudgetLine.objects.visible_to(user).order_by().values("pk")
    rows = BudgetTransaction.objects.select_related(
        "line__unit", "line__project", "draws_on", "reverses", "reversed_by", "stands_on", "by"
    )
    found: Any = scope.get_or_404(rows.filter(line__in=seen), pk=pk)
    go = request.POST.get("go", "")
    undo = ReverseForm(request.POST if go == "reverse" else None)
    attach = EvidenceForm(
        request.POST if go == "attach" else None, request.FILES if go == "attach" else None
    )
    form: Any = undo if go == "reverse" else attach
    if request.method == "POST":
        require(SPEND, found.line, actor=user)
        if go in {"reverse", "attach"} and form.is_valid() and _taken(request, found, go, form):
            return redirect(
                "plans:budget_line" if go == "reverse" else "plans:budget_movement",
                pk=found.line_id if go == "reverse" else pk,
            )
    legs = (
        BudgetTransaction.objects.filter(pair=found.pair).exclude(pk=pk).select_related("line")
        if found.pair
        else []
    )
    return render(
        request,
        "plans/budget/movement.html",
        {
            "row": found,
            "kind": words.KINDS[found.kind],
            "unit_name": unit_name(found.line.unit),
            "documents": documents_of(proving.KIND, found.pk),
            "legs": [(leg, words.KINDS[leg.kind]) for leg in legs if visible(user, leg)],
            "undo": undo,
            "attach": attach,
            "may_spend": scope.can(user, SPEND, found.line.unit),
            "reversible": found.kind != "reversal"
            and not hasattr(found, "reversed_by")
            and not found.line.closed_at,
            "reversed": getattr(found, "reversed_by", None),
            "wrong": form if form.is_bound and form.errors else None,
        },
    )


def visible(user: Any, row: BudgetTransaction) -> bool:
    """Whether the reader sees the other leg's line."""
    return BudgetLine.objects.visible_to(user).filter(pk=row.line_id).exists()


def _taken(request: HttpRequest, found: BudgetTransaction, go: str, form: Any) -> bool:
    """Take the step; what the service refuses goes beside its field, or on top."""
    data = form.cleaned_data
    try:
        if go == "reverse":
            services.reverse(actor=request.user, movement=found, paper=Paper(note=data["note"]))
        else:
            proving.attach(
                actor=request.user, movement=found, title=data["title"], upload=data["upload"]
            )
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        return False
    messages.success(
        request,
        _("It was reversed; both stay to be seen.")
        if go == "reverse"
        else _("The file was attached."),
    )
    return True
