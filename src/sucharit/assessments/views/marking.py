"""Pages of marks: the assessor's queue and items; the unit's marks and objections; decisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.engine import workflow
from sucharit.assessments.forms_marking import (
    NOT_APPLICABLE,
    DecisionForm,
    MarkForm,
    ObjectionForm,
    PointsForm,
)
from sucharit.assessments.models import Mark, Objection, OitEntry, Participation
from sucharit.assessments.proof import pages
from sucharit.assessments.queries import checklist
from sucharit.assessments.queries import report as reports
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services import marking as services
from sucharit.assessments.services import objections
from sucharit.assessments.views._points import choices, decision_text
from sucharit.assessments.views._shared import attempt, rebase, sent
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.orgs import scope


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Units to mark and objections to decide."""
    if not scope.can_somewhere(request.user, workflow.MARK):
        raise Forbidden(_("This page is for assessors."))
    return render(
        request, "assessments/marking/queue.html", {"tasks": queries.marking_queue(request.user)}
    )


@login_required
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """One unit's items with their marks; marking is finished here."""
    p = _to_mark(request, round_id, code)
    report = reports.report_of(p, marks=True)
    if request.method == "POST":
        finish = partial(services.finish_marking, actor=request.user, participation=p)
        if attempt(request, finish, done=_("Marking of this unit is finished.")):
            return redirect("assessments:marking")
        return redirect("assessments:marking_unit", round_id=round_id, code=code)
    return render(
        request,
        "assessments/marking/unit.html",
        {
            "p": p,
            "round": p.round,
            "report": report,
            "actions": _actions(request, p),
            "next_item": reports.next_of(report.rows),
            "stake": services.stakes(request.user, [p]).get(p.pk, ""),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """One item as it was frozen, and its points."""
    p = _to_mark(request, round_id, code)
    report = reports.report_of(p, marks=True)
    row = report.row(item)
    stake = services.stakes(request.user, [p]).get(p.pk, "")
    mark = (
        Mark.objects.filter(participation=p, item=item, turn=1).select_related("assessor").first()
    )
    form = MarkForm(sent(request), initial=_initial(mark), allowed=choices(p, item))
    do = partial(services.mark_item, actor=request.user, participation=p, item=item)
    done, other = _judge(request, form, do, done=_("%(item)s was marked.") % {"item": item})
    if done:
        return _onward(request, p, report, item)
    before, after = report.beside(item)
    return render(
        request,
        "assessments/marking/item.html",
        {
            "p": p,
            "round": p.round,
            "report": report,
            "row": row,
            "form": form,
            "other": other,
            "stake": stake,
            "may_mark": "mark" in _actions(request, p) and not stake,
            "mark": mark,
            "entry": _frozen(p, item),
            "elements": [reports.text(e) for e in row.item.elements],
            "before": before,
            "after": after,
        },
    )


@login_required
@require_GET
def marks(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """A unit's marks, from the objection window on, with the way to object."""
    p = queries.participation_or_404(request.user, round_id, code)
    if not checklist.marks_shown(p.round):
        raise Refusal(_("You see the marks when the objection window opens."))
    return render(
        request,
        "assessments/marking/marks.html",
        {
            "p": p,
            "round": p.round,
            "report": reports.report_of(p, marks=True),
            "actions": _actions(request, p),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """Object to one mark, about the frozen links."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, workflow.EDIT, p.unit)
    if not checklist.marks_shown(p.round):
        raise Refusal(_("You see the marks when the objection window opens."))
    row = reports.report_of(p, marks=True).row(item)
    form = ObjectionForm(sent(request), links=objections.frozen_links(p, item))
    if request.method == "POST" and form.is_valid():
        do = partial(
            objections.raise_objection,
            actor=request.user,
            participation=p,
            item=item,
            **form.cleaned_data,
        )
        if attempt(
            request,
            do,
            form=form,
            done=_("The objection to %(item)s was handed in.") % {"item": item},
        ):
            return redirect("assessments:marks", round_id=round_id, code=code)
    return render(
        request,
        "assessments/marking/object.html",
        {
            "p": p,
            "round": p.round,
            "row": row,
            "form": form,
            "entry": _frozen(p, item),
            "actions": _actions(request, p),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """Decide one objection."""
    p = _to_mark(request, round_id, code)
    row = reports.report_of(p, marks=True).row(item)
    objection = (
        Objection.objects.filter(participation=p, item=item)
        .select_related("raised_by", "decided_by")
        .first()
    )
    if objection is None:
        raise NotFoundInScope(_("There is no objection to this item."))
    if row.mark is None:
        raise Refusal(_("This item has no mark yet."))
    stake = services.stakes(request.user, [p]).get(p.pk, "")
    allowed = [
        (v or NOT_APPLICABLE, decision_text(v, row.mark.points))
        for v in objections.decisions(p, item, row.mark)
    ]
    form = DecisionForm(sent(request), allowed=allowed)
    do = partial(objections.decide_objection, actor=request.user, participation=p, item=item)
    done, _other = _judge(
        request, form, do, done=_("The objection to %(item)s was decided.") % {"item": item}
    )
    if done:
        return redirect("assessments:marking")
    return render(
        request,
        "assessments/marking/decide.html",
        {
            "p": p,
            "round": p.round,
            "row": row,
            "objection": objection,
            "form": form,
            "entry": _frozen(p, item),
            "stake": stake,
            "may_decide": "decide" in _actions(request, p)
            and objection.state == Objection.State.OPEN
            and not stake,
            "same_assessor": objections.first_marker(p, item) == request.user.pk,
            "elements": [reports.text(e) for e in row.item.elements],
        },
    )


def _judge(
    request: HttpRequest, form: PointsForm, do: Callable[..., object], *, done: str
) -> tuple[bool, Mark | None]:
    """Send a posted judgement to its service: (whether it was taken, a mark saved meanwhile)."""
    if request.method != "POST" or not form.is_valid():
        return False, None
    other: list[Mark | None] = []

    def take() -> None:
        try:
            do(**form.judgement)
        except services.StaleMarkError as stale:
            other.append(stale.current)
            rebase(form, stale.current.version if stale.current else 0)
            raise

    return attempt(request, take, form=form, done=done), next(iter(other), None)


def _initial(mark: Mark | None) -> dict[str, Any]:
    if mark is None:
        return {"version": 0}
    points = NOT_APPLICABLE if mark.not_applicable else mark.points
    return {"points": points, "comment": mark.comment, "version": mark.version}


def _to_mark(request: HttpRequest, round_id: int, code: str) -> Participation:
    """A participation in an assessor's scope; 403 for who sees it in another role."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, workflow.MARK, p.unit)
    return p


def _actions(request: HttpRequest, p: Participation) -> frozenset[str]:
    found = workflow.possible(
        p.oit_state, p.round.state, queries.permissions_at(request.user, p.unit)
    )
    open_now = p.round.objection_from <= clock.today() <= p.round.objection_to
    return found if open_now else found - {"object"}


def _frozen(p: Participation, item_code: str) -> dict[str, Any] | None:
    entry = OitEntry.objects.filter(participation=p, item=item_code).exclude(frozen_at=None).first()
    return pages.with_copies(p, entry.frozen or {}, item_code) if entry else None


def _onward(
    request: HttpRequest, p: Participation, report: reports.Report, item_code: str
) -> HttpResponse:
    _before, after = report.beside(item_code)
    if request.POST.get("go") == "next" and after:
        return redirect(
            "assessments:marking_item", round_id=p.round_id, code=p.unit.code, item=after
        )
    if request.POST.get("go") == "next":
        return redirect("assessments:marking_unit", round_id=p.round_id, code=p.unit.code)
    return redirect(
        "assessments:marking_item", round_id=p.round_id, code=p.unit.code, item=item_code
    )
