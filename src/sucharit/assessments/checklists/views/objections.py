"""A unit's marks, objections to them, and the decisions."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.checklists import services, values
from sucharit.assessments.checklists.forms import DecisionForm, ObjectionForm
from sucharit.assessments.checklists.queries import marking as queries
from sucharit.assessments.checklists.queries import reading
from sucharit.assessments.checklists.rights import MARKS_SHOWN, rights, stakes
from sucharit.assessments.checklists.services.objections import (
    NOT_APPLICABLE,
    decisions,
    objectionable,
)
from sucharit.assessments.checklists.views._shared import (
    context,
    go,
    item_or_404,
    nothing,
    open_unit,
)
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.models import ChecklistObjection
from sucharit.assessments.proof import queries as proofs
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import Refusal


@login_required
@require_GET
def marks(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """All stages of a unit's marks; the unit sees them when the ministry has finished."""
    cu = open_unit(request, campaign_id, code)
    state = reading.state_of(cu)
    _shown(request, cu, state)
    sheet = queries.sheetful(cu, state)
    actions = reading.actions_of(request.user, cu, state)
    return render(
        request,
        "assessments/checklists/marks.html",
        context(
            cu,
            state=state,
            sheet=sheet,
            actions=actions,
            possible={
                r.item.id for r in sheet.rows if r.objection is None and objectionable(cu, r.item)
            }
            if "object" in actions
            else set(),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, campaign_id: int, code: str, item: str) -> HttpResponse:
    """Object to one mark."""
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT)
    asked = item_or_404(cu, item)
    state = reading.state_of(cu)
    _shown(request, cu, state)
    row = queries.sheetful(cu, state).row(item)
    if row is None:
        raise nothing()
    better = [(v, _text(asked, v)) for v in decisions(cu, asked)[1:]]
    library = proofs.library_of(request.user, cu.unit).usable()  # type: ignore[attr-defined]
    form = ObjectionForm(sent(request), better=better, proofs=library)
    if request.method == "POST" and form.is_valid():
        do = partial(
            services.raise_objection,
            actor=request.user,
            campaign_unit=cu,
            item=item,
            **form.cleaned_data,
        )
        if attempt(request, do, form=form, done=_("The objection was handed in.")):
            return go(cu, "marks")
    return render(
        request,
        "assessments/checklists/object.html",
        context(
            cu,
            state=state,
            asked=asked,
            row=row,
            form=form,
            may="object" in reading.actions_of(request.user, cu, state)
            and row.objection is None
            and bool(better),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, campaign_id: int, code: str, item: str) -> HttpResponse:
    """Decide one objection."""
    cu = open_unit(request, campaign_id, code, right=workflow.MARK_MINISTRY)
    asked = item_or_404(cu, item)
    state = reading.state_of(cu)
    objection = (
        ChecklistObjection.objects.filter(campaign_unit=cu, item=item)
        .select_related("raised_by", "decided_by")
        .first()
    )
    row = queries.sheetful(cu, state).row(item)
    if objection is None or row is None:
        raise nothing()
    current, *better = decisions(cu, asked)
    allowed = [(current, _("The mark stays: %(value)s") % {"value": _text(asked, current)})]
    allowed += [(v, _("The mark becomes: %(value)s") % {"value": _text(asked, v)}) for v in better]
    form = DecisionForm(sent(request), allowed=allowed)
    if request.method == "POST" and form.is_valid():
        do = partial(
            services.decide_objection,
            actor=request.user,
            campaign_unit=cu,
            item=item,
            **form.cleaned_data,
        )
        if attempt(request, do, form=form, done=_("The objection was decided.")):
            return go(cu, "mark_unit")
    stake = stakes(request.user, [cu]).get(cu.pk, "")
    return render(
        request,
        "assessments/checklists/decide.html",
        context(
            cu,
            state=state,
            asked=asked,
            row=row,
            objection=objection,
            wanted=_text(asked, objection.wanted) if objection.wanted else "",
            form=form,
            stake=stake,
            may=objection.state == ChecklistObjection.State.OPEN and not stake,
            copied=queries.copied_item(queries.copy_of(cu), item),
            copy=queries.copy_of(cu),
        ),
    )


def _shown(request: HttpRequest, cu: object, state: object) -> None:
    """Units see marks when the ministry has finished; who marks or manages sees them before."""
    from sucharit.assessments.models import CampaignUnit, ChecklistState

    assert isinstance(cu, CampaignUnit)
    assert isinstance(state, ChecklistState)
    insiders = {workflow.MARK_PROVINCE, workflow.MARK_MINISTRY, workflow.MANAGE}
    if state.state not in MARKS_SHOWN and not rights(request.user, cu) & insiders:
        raise Refusal(_("The unit sees the marks when the ministry has finished its stage."))


def _text(asked: SheetItem, value: str) -> str:
    if value == NOT_APPLICABLE:
        return _("Does not apply")
    return values.shown(asked, value) or _("nothing found")
