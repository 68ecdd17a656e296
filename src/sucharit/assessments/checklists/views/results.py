"""The result of a unit, and every figure opened to its why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.queries import explaining, reading
from sucharit.assessments.checklists.queries import marking as marks
from sucharit.assessments.checklists.rights import rights
from sucharit.assessments.checklists.views._shared import context, go, nothing, open_unit
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.views._shared import attempt


@login_required
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """The result that holds, its runs, its scores; the owner may compute it anew."""
    cu = open_unit(
        request, campaign_id, code, right=workflow.MANAGE if request.method == "POST" else ""
    )
    if request.method == "POST":
        attempt(
            request,
            lambda: services.compute_result(actor=request.user, campaign_unit=cu),
            done=_("The result was computed anew."),
        )
        return go(cu, "result")
    state = reading.state_of(cu)
    shown = explaining.shown_result(cu, state, rights(request.user, cu))
    return render(
        request,
        "assessments/checklists/result.html",
        context(
            cu,
            state=state,
            result=shown,
            view=explaining.view_of(shown) if shown else None,
            runs=explaining.runs(cu, state, rights(request.user, cu)),
            may_compute=workflow.MANAGE in rights(request.user, cu),
        ),
    )


@login_required
@require_GET
def why(request: HttpRequest, campaign_id: int, code: str, node: str) -> HttpResponse:
    """One figure: its rule and parts, or an item's mark with the evidence behind it."""
    cu = open_unit(request, campaign_id, code)
    state = reading.state_of(cu)
    shown = explaining.shown_result(cu, state, rights(request.user, cu))
    if shown is None:
        raise nothing()
    view = explaining.view_of(shown)
    found: dict[str, Any] | None = view.node(node) or view.item(node) or view.computed(node)
    if found is None:
        raise nothing()
    is_item = "stage" in found
    insiders = bool(
        rights(request.user, cu) & {workflow.MARK_PROVINCE, workflow.MARK_MINISTRY, workflow.MANAGE}
    )
    return render(
        request,
        "assessments/checklists/why.html",
        context(
            cu,
            state=state,
            result=shown,
            view=view,
            code=node,
            found=found,
            is_item=is_item,
            is_computed="calculation" in found,
            trail=view.trail(node),
            copied=marks.copied_item(marks.copy_of(cu), node) if is_item else {},
            copy=marks.copy_of(cu),
            history=explaining.history(cu, node, state, insiders=insiders) if is_item else [],
        ),
    )
