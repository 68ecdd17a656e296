"""The page on which a checklist is split among colleagues, and a colleague's part."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.checklists import services, values
from sucharit.assessments.checklists.base import sheet_of
from sucharit.assessments.checklists.forms import AssignForm, CommentsForm
from sucharit.assessments.checklists.queries import workspace as spaces
from sucharit.assessments.checklists.rights import rights
from sucharit.assessments.checklists.views._shared import context, go, nothing, open_unit
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import CampaignUnit, ChecklistAssignment
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.orgs.models import RoleAssignment, User


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Who works on what; give sections to a colleague or take them back."""
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT)
    titles = [
        (s.id, values.words(s.title) or _("Items outside a section")) for s in sheet_of(cu).sections
    ]
    form = AssignForm(sent(request), users=colleagues(cu), sections=titles)
    if request.method == "POST" and request.POST.get("withdraw"):
        part = _part(cu, request.POST["withdraw"])
        do: Any = partial(services.withdraw_assignment, actor=request.user, assignment=part)
        attempt(request, do, done=_("The work was taken back."))
        return go(cu, "assign")
    if request.method == "POST" and form.is_valid():
        do = partial(services.assign, actor=request.user, campaign_unit=cu, **form.cleaned_data)
        if attempt(request, do, form=form, done=_("The work was given out.")):
            return go(cu, "assign")
    return render(
        request,
        "assessments/checklists/assign.html",
        context(cu, space=spaces.workspace(request.user, cu), form=form),
    )


@login_required
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, campaign_id: int, code: str, pk: int) -> HttpResponse:
    """A colleague's part: handed in, looked over, returned with a comment per item, accepted."""
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT)
    row = _part(cu, pk)
    space = spaces.workspace(request.user, cu)
    rows = [r for r in space.rows if r.item.id in row.items]
    form = CommentsForm(sent(request), items=[(r.item.id, r.title) for r in rows])
    if request.method == "POST" and form.is_valid():
        do, done = _step(request, row, form)
        if attempt(request, do, form=form, done=done):
            return go(cu, "part", pk=row.pk) if done == _("Handed in.") else go(cu, "assign")
    mine = row.account_id == request.user.pk
    heads = workflow.APPROVE in rights(request.user, cu)
    return render(
        request,
        "assessments/checklists/part.html",
        context(
            cu,
            part=row,
            rows=rows,
            form=form,
            fields=dict(form.item_fields),
            mine=mine,
            may_judge=(not mine or heads) and "assign" in space.actions,
            open="assign" in space.actions,
            history=row.events.select_related("by"),
        ),
    )


def colleagues(cu: CampaignUnit) -> Any:
    """Accounts that answer for exactly this unit: its officers and heads of today."""
    held = RoleAssignment.objects.in_force(clock.today()).filter(
        unit=cu.unit, role__in=(RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD)
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by(
        "name_th", "username"
    )


def _step(request: HttpRequest, row: ChecklistAssignment, form: CommentsForm) -> tuple[Any, str]:
    who: dict[str, Any] = {"actor": request.user, "assignment": row}
    action = request.POST.get("go")
    if action == "submit":
        return partial(services.submit_assignment, **who), _("Handed in.")
    if action == "accept":
        return partial(services.accept_assignment, **who), _("Accepted.")
    words = {"words": form.cleaned_data["note"], "comments": form.comments}
    return partial(services.return_assignment, **who, **words), _("Returned to the colleague.")


def _part(cu: CampaignUnit, pk: Any) -> ChecklistAssignment:
    rows = cu.checklist_assignments.select_related("account", "campaign_unit")
    found = rows.filter(pk=pk).first() if str(pk).isdigit() else None
    if found is None:
        raise nothing()
    return found
