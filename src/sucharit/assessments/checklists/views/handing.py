"""Submission by the officer, and the head's page: read everything, then approve, return or reopen."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.forms import CommentsForm, SubmitForm
from sucharit.assessments.checklists.queries import workspace as spaces
from sucharit.assessments.checklists.services.handing import gaps_of
from sucharit.assessments.checklists.views._shared import context, go, open_unit
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.proof import services as proof
from sucharit.assessments.views._shared import attempt, sent


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """What is missing, then hand the checklist to the head."""
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT)
    form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        do = partial(services.submit, actor=request.user, campaign_unit=cu, **form.cleaned_data)
        done = _(
            "Submitted. A copy with the hashes of all evidence was stored; now the head decides."
        )
        if attempt(request, do, form=form, done=done):
            return go(cu)
    space = spaces.workspace(request.user, cu)
    gaps = gaps_of(cu)
    titles = {r.item.id: r.title for r in space.rows}
    return render(
        request,
        "assessments/checklists/submit.html",
        context(cu, space=space, form=form, gaps=gaps, lists=_lists(gaps, titles)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """The head reads all answers on one page, then approves, returns, or takes an approval back."""
    cu = open_unit(request, campaign_id, code, right=workflow.APPROVE)
    space = spaces.workspace(request.user, cu)
    form = CommentsForm(sent(request), items=[(r.item.id, r.title) for r in space.rows])
    if request.method == "POST" and form.is_valid():
        do, done = _step(request, cu, form)
        if attempt(request, do, form=form, done=done):
            return go(cu)
        space = spaces.workspace(request.user, cu)
    return render(
        request,
        "assessments/checklists/approve.html",
        context(
            cu,
            space=space,
            form=form,
            fields=dict(form.item_fields),
            uses=proof.attached_by_item(campaign_unit=cu),
            copy=cu.checklist_copies.order_by("-number").first(),
        ),
    )


def _step(request: HttpRequest, cu: Any, form: CommentsForm) -> tuple[Any, str]:
    who: dict[str, Any] = {"actor": request.user, "campaign_unit": cu}
    words = form.cleaned_data["note"]
    action = request.POST.get("go")
    if action == "approve":
        return partial(services.approve, **who), _("Approved. The answers are frozen as submitted.")
    if action == "reopen":
        return partial(services.reopen, **who, words=words), _("The approval was taken back.")
    return (
        partial(services.return_checklist, **who, words=words, comments=form.comments),
        _("Returned to the officers."),
    )


def _lists(gaps: Any, titles: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(item, title)]) of everything that stands in the way."""
    kinds = (
        (_("Taken over from last year and not confirmed yet"), gaps.unconfirmed),
        (_("An answer is required"), gaps.required),
        (_("Evidence is required"), gaps.evidence),
        (_("Answers that do not fit together"), list(gaps.wrong)),
    )
    return [(text, [(i, titles.get(i, i)) for i in items]) for text, items in kinds if items]
