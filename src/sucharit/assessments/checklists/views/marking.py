"""Pages of assessors: their queue, a unit's items, one item with all stages side by side."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.forms import FinishForm, MarkForm, WordsForm
from sucharit.assessments.checklists.queries import marking as queries
from sucharit.assessments.checklists.queries import reading
from sucharit.assessments.checklists.rights import STAGE_RIGHTS, rights, stakes
from sucharit.assessments.checklists.services.marking import left_to_mark
from sucharit.assessments.checklists.views._shared import (
    context,
    go,
    item_or_404,
    open_unit,
)
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import CampaignUnit, ChecklistMark, ChecklistState
from sucharit.assessments.views._shared import attempt, put_errors, rebase, sent
from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.orgs import scope

MARKERS = {workflow.MARK_PROVINCE, workflow.MARK_MINISTRY}


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Units whose stage the reader judges now, and objections to be decided."""
    if not any(
        scope.can_somewhere(request.user, p) for p in ("assessments.mark", "assessments.manage")
    ):
        raise Forbidden(_("This page is for assessors."))
    tasks = queries.queue(request.user)
    return render(
        request,
        "assessments/checklists/queue.html",
        {"tasks": tasks[: queries.MOST], "more": len(tasks) > queries.MOST},
    )


@login_required
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """A unit's items with what each stage says; the stage is finished here."""
    cu = open_unit(request, campaign_id, code, right=MARKERS)
    state = reading.state_of(cu)
    form = FinishForm(sent(request), initial=_days(cu))
    again = WordsForm(sent(request))
    if request.method == "POST" and form.is_valid() and again.is_valid():
        who: dict[str, Any] = {"actor": request.user, "campaign_unit": cu}
        if request.POST.get("go") == "reopen":
            do: Any = partial(services.reopen_province, **who, words=again.cleaned_data["note"])
            done, failed = _("The province's stage was taken up again."), cast("forms.Form", again)
        else:
            do = partial(services.finish_stage, **who, **form.cleaned_data)
            done, failed = _("This stage is finished for the unit."), form
        if attempt(request, do, form=failed, done=done):
            return redirect("assessments:checklists_queue")
        state = reading.state_of(cu)
    sheet = queries.sheetful(cu, state)
    mine = _mine(request, cu, sheet)
    return render(
        request,
        "assessments/checklists/mark_unit.html",
        context(
            cu,
            state=state,
            sheet=sheet,
            mine=mine,
            stake=stakes(request.user, [cu]).get(cu.pk, ""),
            form=form,
            again=again,
            left=left_to_mark_of(cu, state, sheet) if mine else [],
            may_reopen="reopen_province" in reading.actions_of(request.user, cu, state)
            and not cu.checklist_marks.filter(stage=workflow.MINISTRY).exists(),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, campaign_id: int, code: str, item: str) -> HttpResponse:
    """One item as the head approved it, what the stages before found, and the mark."""
    cu = open_unit(request, campaign_id, code, right=MARKERS)
    asked = item_or_404(cu, item)
    state = reading.state_of(cu)
    sheet = queries.sheetful(cu, state)
    row = sheet.row(item)
    mark = row.of(sheet.stage) if row and sheet.stage else None
    form = MarkForm(sent(request), item=asked, initial=_initial(mark))
    other: ChecklistMark | None = None
    if request.method == "POST" and form.is_valid():
        saved, other = _save(request, cu, item, form)
        if saved:
            return _onward(request, cu, sheet, item)
    before, after = sheet.beside(item)
    stake = stakes(request.user, [cu]).get(cu.pk, "")
    return render(
        request,
        "assessments/checklists/mark_item.html",
        context(
            cu,
            asked=asked,
            sheet=sheet,
            row=row,
            form=form,
            other=other,
            stake=stake,
            may_mark=row is not None
            and row.chosen
            and _mine(request, cu, sheet)
            and not stake
            and state.state in {workflow.APPROVED, workflow.PROVINCE_MARKED},
            copied=queries.copied_item(queries.copy_of(cu), item),
            copy=queries.copy_of(cu),
            history=cu.checklist_marks.filter(item=item).select_related("by").order_by("pk"),
            before=before,
            after=after,
        ),
    )


def left_to_mark_of(cu: CampaignUnit, state: ChecklistState, sheet: queries.Sheetful) -> list[str]:
    """Items the present stage has not judged yet."""
    from sucharit.assessments.checklists.base import Held

    return left_to_mark(Held(cu, state, sheet.stages), sheet.stage)


def _mine(request: HttpRequest, cu: CampaignUnit, sheet: queries.Sheetful) -> bool:
    """Whether the stage whose turn it is is the reader's."""
    return STAGE_RIGHTS.get(sheet.stage, "-") in rights(request.user, cu)


def _days(cu: CampaignUnit) -> dict[str, dt.date]:
    """The days after marking, proposed from what the campaign sets; nothing is invented."""
    settings = cu.campaign.settings
    found = {}
    today = clock.today()
    for name, key in (("objections_to", "objection_days"), ("decide_by", "decision_days")):
        days = settings.get(key)
        if isinstance(days, int):
            today = today + dt.timedelta(days=days)
            found[name] = today
    return found


def _initial(mark: ChecklistMark | None) -> dict[str, Any]:
    if mark is None:
        return {"turn": 0}
    return {
        "value": mark.value,
        "not_applicable": mark.not_applicable,
        "comment": mark.comment,
        "turn": mark.turn,
    }


def _save(
    request: HttpRequest, cu: CampaignUnit, item: str, form: MarkForm
) -> tuple[bool, ChecklistMark | None]:
    try:
        services.mark_item(actor=request.user, campaign_unit=cu, item=item, **form.cleaned_data)
    except services.StaleError as stale:
        messages.warning(
            request,
            _(
                "Somebody else has marked this item meanwhile. Look at that mark before you save yours."
            ),
        )
        _rebase(form, stale.current)
        return False, stale.current
    except ValidationError as error:
        put_errors(form, error)
        return False, None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False, None
    messages.success(request, _("The mark was saved."))
    return True, None


def _rebase(form: MarkForm, current: ChecklistMark | None) -> None:
    """Let the form save over the newer mark: its reader has that mark before his eyes now."""
    rebase(form, 0)
    data: Any = form.data
    data["turn"] = str(current.turn if current else 0)


def _onward(
    request: HttpRequest, cu: CampaignUnit, sheet: queries.Sheetful, item: str
) -> HttpResponse:
    if request.POST.get("go") != "next":
        return go(cu, "mark_item", item=item)
    _before, after = sheet.beside(item)
    return go(cu, "mark_item", item=after) if after else go(cu, "mark_unit")
