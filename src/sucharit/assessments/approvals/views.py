"""Pages of approval: the assessments, a branch of the tree, one unit with its history and unlocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.approvals import queries, sentences, services, workflows
from sucharit.assessments.approvals.boards import authorities
from sucharit.assessments.approvals.forms import AskForm, DecideForm, NoteForm, ReturnNoteForm
from sucharit.assessments.approvals.locks import lock_of
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.engine.approval import Authority
from sucharit.assessments.views._shared import attempt
from sucharit.core.errors import Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

# What the button says -> the form its fields come from.
FORMS: dict[str, type[forms.Form]] = {
    "approve": NoteForm,
    "approve_missing": ReturnNoteForm,
    "unapprove": ReturnNoteForm,
    "accept": NoteForm,
    "unaccept": NoteForm,
    "ask": AskForm,
    "grant": DecideForm,
    "refuse": DecideForm,
}


@login_required
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """Without ``workflow`` the assessments to approve; with it the branch of ``unit``."""
    if key := request.GET.get("workflow", ""):
        return _tree(request, workflows.visible(request.user, key))
    flows = [
        (flow, reverse("assessments:approvals") + f"?workflow={flow.key}")
        for flow in workflows.visible_to(request.user)
    ]
    return render(request, "assessments/approvals/list.html", {"flows": flows})


def _tree(request: HttpRequest, flow: Workflow) -> HttpResponse:
    work: Any = getattr(request, "work", None)
    code = request.GET.get("unit", "")
    unit = (
        queries.unit_of(request.user, code)
        if code
        else queries.start_unit(request.user, flow, getattr(work, "unit", None))
    )
    found = queries.branch(request.user, flow, unit)
    return render(
        request,
        "assessments/approvals/tree.html",
        {"flow": flow, "branch": found, "top": found.top, "unit": unit},
    )


@login_required
@require_http_methods(["GET", "POST"])
def unit_page(request: HttpRequest, kind: str, pk: int, code: str) -> HttpResponse:
    """One unit: its sentence, what can be done now, its unlock requests, its history."""
    flow = workflows.visible(request.user, f"{kind}:{pk}")
    unit = queries.unit_of(request.user, code)
    go = request.POST.get("go", "")
    bound: forms.Form | None = None
    if request.method == "POST" and go in FORMS:
        bound = FORMS[go](request.POST)
        if bound.is_valid() and _taken(request, flow, unit, go, bound):
            cache.delete(f"desk-count-{request.user.pk}")
            return redirect(_onward(request, flow, unit))
    found, waits = queries.alone(request.user, flow, unit)
    asked = queries.open_request(flow, unit)
    return render(
        request,
        "assessments/approvals/unit.html",
        {
            "flow": flow,
            "unit": unit,
            "found": found,
            "waits": waits,
            "lock": lock_of(flow.key, unit),
            "open_until": queries.open_until(flow, unit),
            "asked": asked,
            "may_ask": asked is None and scope.can(request.user, queries.EDIT, unit),
            "may_decide": queries.may_decide(request.user, flow, unit, asked),
            "missing_ok": queries.without_report_possible(flow, found)
            and found.may.approved is False
            and _may_sign(request, flow, unit),
            "history": [(e, sentences.EVENTS[e.action]) for e in queries.history(flow, unit)],
            "wrong": bound if bound is not None and bound.errors else None,
            **_forms(go, bound),
        },
    )


def _forms(go: str, bound: forms.Form | None) -> dict[str, forms.Form]:
    """One form per card; the posted one keeps what was typed and its errors."""

    def of(kind: type[forms.Form], *steps: str) -> forms.Form:
        prefix = "id_" + steps[0] + "_%s"
        if bound is not None and go in steps:
            bound.auto_id = prefix
            return bound
        return kind(auto_id=prefix)

    return {
        "approve_form": of(NoteForm, "approve", "accept", "unaccept"),
        "return_form": of(ReturnNoteForm, "unapprove"),
        "missing_form": of(ReturnNoteForm, "approve_missing"),
        "ask_form": of(AskForm, "ask"),
        "decide_form": of(DecideForm, "grant", "refuse"),
    }


def _taken(request: HttpRequest, flow: Workflow, unit: Unit, go: str, form: forms.Form) -> bool:
    data, actor = form.cleaned_data, request.user
    note = data.get("note", "")
    common: dict[str, Any] = {"actor": actor, "workflow": flow.key, "unit": unit}
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "approve": (partial(services.approve, note=note), _("Approved. The data is locked now.")),
        "approve_missing": (
            partial(services.approve, note=note, without_report=True),
            _("Approved without a report; the reason stands in the history."),
        ),
        "unapprove": (
            partial(services.unapprove, note=note),
            _("The approval was taken back; the data can be changed."),
        ),
        "accept": (partial(services.accept, note=note), _("Accepted. The unit is frozen now.")),
        "unaccept": (partial(services.unaccept, note=note), _("The acceptance was taken back.")),
        "ask": (
            partial(services.request_unlock, reason=data.get("reason", "")),
            _("The request was sent to the level above."),
        ),
    }
    if go in steps:
        do, done = steps[go]
        return attempt(request, partial(do, **common), form=form, done=done)
    asked = queries.open_request(flow, unit)
    if asked is None:
        return attempt(request, _nothing_asked)
    decide = partial(
        services.decide_unlock, actor=actor, request=asked, grant=go == "grant",
        until=data["until"], answer=data["answer"],
    )  # fmt: skip
    done = (
        _("Granted: the unit can change its data.")
        if go == "grant"
        else _("The request was refused.")
    )
    return attempt(request, decide, form=form, done=done)


def _nothing_asked() -> None:
    raise Refusal(_("No request waits for a decision."))


def _onward(request: HttpRequest, flow: Workflow, unit: Unit) -> str:
    """Back to the branch a button was pressed in, else the unit's own page."""
    if back := request.POST.get("back", ""):
        at = queries.unit_of(request.user, back)
        return reverse("assessments:approvals") + f"?workflow={flow.key}&unit={at.code}"
    return queries.address(flow, unit)


def _may_sign(request: HttpRequest, flow: Workflow, unit: Unit) -> bool:
    held = authorities(request.user, unit, flow)
    return bool(held & {Authority.APPROVE_OWN, Authority.APPROVE_LOWER})
