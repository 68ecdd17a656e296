"""A unit's workspace and its items: answer, note, evidence, what was taken over from last year."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sucharit.assessments.checklists import inferring, services
from sucharit.assessments.checklists.forms import AnswerForm, EvidenceForm
from sucharit.assessments.checklists.queries import workspace as spaces
from sucharit.assessments.checklists.services.copying import last_year_of
from sucharit.assessments.checklists.views._shared import context, go, item_or_404, open_unit
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import CampaignUnit, ChecklistAnswer, ChecklistResult, ProofUse
from sucharit.assessments.proof import queries as proofs
from sucharit.assessments.proof import services as proof
from sucharit.assessments.views._shared import attempt, put_errors, rebase
from sucharit.core.errors import NotFoundInScope, Refusal


@login_required
@require_GET
def unit(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Where the checklist stands, who must act next, and the way to every item."""
    cu = open_unit(request, campaign_id, code)
    space = spaces.workspace(request.user, cu)
    may_copy = "edit" in space.actions and (last_year_of(cu) or inferring.inferred_for(cu))
    return render(
        request,
        "assessments/checklists/unit.html",
        context(
            cu,
            space=space,
            sentence=spaces.sentence(space),
            may_copy=may_copy,
            result=cu.checklist_results.order_by("-run").first(),
            history=cu.checklist_events.select_related("by"),
            next_item=next((r.item.id for r in space.rows if not r.done), ""),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, campaign_id: int, code: str, item: str) -> HttpResponse:
    """One item; draft until submitted."""
    posting = request.method == "POST"
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT if posting else "")
    asked = item_or_404(cu, item)
    form = evidence_form = current = None
    if posting:
        done, form, evidence_form, current = _post(request, cu, item)
        if done is not None:
            return done
    space = spaces.workspace(request.user, cu)
    row = space.row(item)
    answer = ChecklistAnswer.objects.filter(campaign_unit=cu, item=item).first()
    before, after = space.beside(item)
    may_edit = "edit" in space.actions and row is not None
    return render(
        request,
        "assessments/checklists/item.html",
        context(
            cu,
            space=space,
            asked=asked,
            row=row,
            answer=answer,
            form=form or AnswerForm(item=asked, initial=_initial(answer)),
            evidence_form=evidence_form or EvidenceForm(proofs=_choices(request, cu, item)),
            current=current,
            uses=proof.attached(campaign_unit=cu, item=item),
            may_edit=may_edit,
            taken=_taken(request, row),
            before=before,
            after=after,
            last_year=_last_year(cu, item),
            guess=inferring.inferred_for(cu).get(item),
        ),
    )


@login_required
@require_POST
def copy(request: HttpRequest, campaign_id: int, code: str) -> HttpResponse:
    """Take last year's answers over, to be confirmed."""
    cu = open_unit(request, campaign_id, code, right=workflow.EDIT)
    try:
        found = services.copy_last_year(actor=request.user, campaign_unit=cu)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Taken over: %(n)s answers. Open each one and confirm it, or change it.")
            % {"n": len(found.last_year) + len(found.mapped)},
        )
    return go(cu)


def _post(
    request: HttpRequest, cu: CampaignUnit, item: str
) -> tuple[HttpResponse | None, AnswerForm | None, EvidenceForm | None, Any]:
    """What a posted item page does: (where to go, answer form, evidence form, what stands meanwhile)."""
    if request.POST.get("detach"):
        _detach(request, cu, item)
        return go(cu, "item", item=item), None, None, None
    if request.POST.get("go") == "confirm":
        do = partial(services.confirm_item, actor=request.user, campaign_unit=cu, item=item)
        done = attempt(request, do, done=_("Confirmed: the answer counts now."))
        return (_onward(request, cu, item) if done else go(cu, "item", item=item)), None, None, None
    if request.POST.get("go") == "attach":
        evidence = EvidenceForm(request.POST, request.FILES, proofs=_choices(request, cu, item))
        if evidence.is_valid() and _attach(request, cu, item, evidence):
            return go(cu, "item", item=item), None, None, None
        return None, None, evidence, None
    form = AnswerForm(request.POST, item=item_or_404(cu, item))
    if not form.is_valid():
        return None, form, None, None
    saved, current = _save(request, cu, item, form)
    return (_onward(request, cu, item) if saved else None), form, None, current


def _save(request: HttpRequest, cu: CampaignUnit, item: str, form: AnswerForm) -> tuple[bool, Any]:
    try:
        services.save_answer(actor=request.user, campaign_unit=cu, item=item, **form.cleaned_data)
    except services.StaleError as stale:
        messages.warning(request, str(stale))
        rebase(form, stale.current.version)
        return False, stale.current
    except ValidationError as error:
        put_errors(form, error)
        return False, None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False, None
    messages.success(request, _("The answer was saved."))
    return True, None


def _attach(request: HttpRequest, cu: CampaignUnit, item: str, form: EvidenceForm) -> bool:
    """Attach what was chosen; a new link or file goes into the library first."""
    data = form.cleaned_data
    found = data["proof"]
    try:
        if found is None and not (data["url"] or data["upload"]):
            form.add_error(None, _("Choose evidence, or give a link or a file."))
            return False
        if found is None:
            found = proof.add_proof(
                actor=request.user,
                unit=cu.unit,
                fiscal_year=cu.campaign.fiscal_year,
                title=data["title"],
                url=data["url"],
                upload=data["upload"],
            )
        proof.attach(actor=request.user, proof=found, campaign_unit=cu, item=item)
    except ValidationError as error:
        put_errors(form, error)
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
    else:
        messages.success(request, _("The evidence was attached."))
        return True
    return False


def _detach(request: HttpRequest, cu: CampaignUnit, item: str) -> None:
    pk = request.POST["detach"]
    use = ProofUse.objects.filter(campaign_unit=cu, item=item, pk=pk if pk.isdigit() else 0).first()
    if use is None:
        raise NotFoundInScope(_("This evidence is not attached here."))
    do = partial(proof.detach, actor=request.user, use=use)
    attempt(request, do, done=_("The evidence was taken off; it stays in the library."))


def _choices(request: HttpRequest, cu: CampaignUnit, item: str) -> Any:
    return proofs.choices_for(request.user, cu.unit, campaign_unit=cu, item=item)


def _initial(answer: ChecklistAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {"version": 0}
    return {
        "value": answer.value,
        "words": answer.note,
        "not_applicable": answer.not_applicable,
        "reason": answer.reason,
        "version": answer.version,
    }


def _taken(request: HttpRequest, row: spaces.Row | None) -> Any:
    """The colleague who works on the item, where that is somebody else."""
    part = row.assignment if row else None
    return part if part is not None and part.account_id != request.user.pk else None


def _last_year(cu: CampaignUnit, item: str) -> dict[str, Any] | None:
    """What the unit answered the year before, and what came of it."""
    source = last_year_of(cu)
    answer = (
        ChecklistAnswer.objects.filter(campaign_unit=source, item=item).first() if source else None
    )
    if source is None or answer is None:
        return None
    result = ChecklistResult.objects.filter(campaign_unit=source).order_by("-run").first()
    judged = (result.explanation.get("items", {}) if result else {}).get(item, {})
    return {
        "year": source.campaign.fiscal_year,
        "answer": answer,
        "held": judged,
        "uses": proof.attached(campaign_unit=source, item=item),
    }


def _onward(request: HttpRequest, cu: CampaignUnit, item: str) -> HttpResponse:
    """Stay, or go to the next item, as the pressed button says."""
    if request.POST.get("then", request.POST.get("go")) != "next":
        return go(cu, "item", item=item)
    _before, after = spaces.workspace(request.user, cu).beside(item)
    return go(cu, "item", item=after) if after else go(cu)
