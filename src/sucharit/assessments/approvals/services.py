"""Approve, give back, accept; ask for an unlock and decide it. Each step: lock, right, engine, row, ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.approvals import boards, sentences, workflows
from sucharit.assessments.approvals.locks import lock_of
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.engine.approval import Authority, Facts, NotNowError, State
from sucharit.assessments.models import Approval, ApprovalEvent, UnlockRequest
from sucharit.assessments.services.steps import account, day_text
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

VIEW, EDIT = "assessments.view", "assessments.edit"
_A = ApprovalEvent.Action
_NEEDED: dict[str, frozenset[Authority]] = {
    "approve": frozenset({Authority.APPROVE_OWN, Authority.APPROVE_LOWER}),
    "unapprove": frozenset(
        {Authority.APPROVE_OWN, Authority.APPROVE_LOWER, Authority.ACCEPT_LOWER}
    ),
    "accept": frozenset({Authority.ACCEPT_LOWER}),
    "unaccept": frozenset({Authority.ACCEPT_LOWER}),
}
_EVENTS = {
    "approve": _A.APPROVED,
    "unapprove": _A.UNAPPROVED,
    "accept": _A.ACCEPTED,
    "unaccept": _A.UNACCEPTED,
}


def approve(
    *, actor: Any, workflow: str, unit: Unit, note: str = "", without_report: bool = False
) -> Approval:
    """Approve a unit's data; locks it. All units below must be approved, its own report in.

    ``without_report`` lets a unit through that has handed in nothing, after the last day and with a
    note that says why. NotFoundInScope, Forbidden, or Refusal with the state's own sentence.
    """
    return _step(
        "approve",
        actor=actor,
        workflow=workflow,
        unit=unit,
        note=note,
        without_report=without_report,
    )


def unapprove(*, actor: Any, workflow: str, unit: Unit, note: str) -> Approval:
    """Take an approval back, or return it from the level above; ``note`` says why.

    Possible until a level above has approved; accepted data only by who may accept it.
    """
    if not note.strip():
        raise Refusal(_("Say in a sentence what has to be changed."), where="note")
    return _step("unapprove", actor=actor, workflow=workflow, unit=unit, note=note)


def accept(*, actor: Any, workflow: str, unit: Unit, note: str = "") -> Approval:
    """Accept a unit's approved data from above; freezes it from below."""
    return _step("accept", actor=actor, workflow=workflow, unit=unit, note=note)


def unaccept(*, actor: Any, workflow: str, unit: Unit, note: str = "") -> Approval:
    """Take an acceptance back; the approval stays."""
    return _step("unaccept", actor=actor, workflow=workflow, unit=unit, note=note)


def request_unlock(*, actor: Any, workflow: str, unit: Unit, reason: str) -> UnlockRequest:
    """Ask the level above to open locked data, with a reason. One open request a unit."""
    with transaction.atomic():
        flow = _locked(workflow)
        held = _fresh(unit)
        scope.require(actor, EDIT, held)
        if not reason.strip():
            raise Refusal(_("Say what has to be corrected, and why."), where="reason")
        if lock_of(flow.key, held) is None:
            raise Refusal(_("The data is not locked: it can be changed now."))
        if UnlockRequest.objects.of(flow.key).filter(unit=held, state="open").exists():
            raise Refusal(_("A request of this unit waits for its decision already."))
        now = clock.now()
        made = UnlockRequest.objects.create(
            workflow=flow.key,
            unit=held,
            reason=reason.strip(),
            asked_by=account(actor),
            asked_at=now,
        )
        facts = _facts(flow.key, held)
        _remember(_A.UNLOCK_ASKED, flow, held, facts, actor=actor, note=reason.strip())
        record(
            actor=actor, action="assessments.unlock.asked", target=made, unit=held,
            fiscal_year=flow.fiscal_year, workflow=flow.key,
        )  # fmt: skip
    return made


def decide_unlock(
    *,
    actor: Any,
    request: UnlockRequest,
    grant: bool,
    until: dt.date | None = None,
    answer: str = "",
) -> UnlockRequest:
    """Grant or refuse an unlock. Granting takes the unit's approval back until the day ``until``.

    By a level above; for the owner itself by somebody else of the owner. A unit above that has
    approved must take that back first (nothing is taken back by itself): Refusal names it.
    """
    with transaction.atomic():
        flow = _locked(request.workflow)
        held = UnlockRequest.objects.select_for_update().select_related("unit").get(pk=request.pk)
        unit = _fresh(held.unit)
        _may_decide(flow, unit, held, actor=actor)
        if held.state != UnlockRequest.State.OPEN:
            raise Refusal(_("This request has been decided already."))
        if not grant and not answer.strip():
            raise Refusal(_("Say why the request is refused."), where="answer")
        facts = (
            _open_again(flow, unit, until, answer, actor=actor) if grant else _facts(flow.key, unit)
        )
        held.state = UnlockRequest.State.GRANTED if grant else UnlockRequest.State.REFUSED
        held.until, held.answer = (until if grant else None), answer.strip()
        held.decided_by, held.decided_at = account(actor), clock.now()
        held.save()
        kind = _A.UNLOCK_GRANTED if grant else _A.UNLOCK_REFUSED
        _remember(kind, flow, unit, facts, actor=actor, note=answer.strip(), open_until=held.until)
        record(
            actor=actor, action=f"assessments.unlock.{held.state}", target=held, unit=unit,
            fiscal_year=flow.fiscal_year, workflow=flow.key,
            until=held.until.isoformat() if held.until else "",
        )  # fmt: skip
    return held


def _open_again(
    flow: Workflow, unit: Unit, until: dt.date | None, answer: str, *, actor: Any
) -> Facts:
    """The unit's facts after its approval has been taken back for the unlock."""
    if until is None or until < clock.today():
        raise Refusal(_("Give the last day of the changes, today or later."), where="until")
    loaded = boards.load(flow, within=unit.path)
    above = loaded.board.signer_above(unit.pk) if unit in loaded else None
    if above is not None:
        raise Refusal(
            _(
                "%(unit)s has approved already. It takes its approval back first; then this can be granted."
            )
            % {"unit": Unit.objects.get(pk=above)}
        )
    _write(flow, unit, Facts(), actor=actor, note=answer, open_until=until)
    return Facts()


def _may_decide(flow: Workflow, unit: Unit, held: UnlockRequest, *, actor: Any) -> None:
    scope.require(actor, VIEW, unit)
    found = boards.authorities(actor, unit, flow)
    who = account(actor)
    above = bool(found & {Authority.ACCEPT_LOWER, Authority.APPROVE_LOWER})
    top = unit.pk == flow.owner.pk and Authority.APPROVE_OWN in found
    if not (above or top):
        raise Forbidden(_("A request is decided by the level above the unit."))
    if who is not None and who.pk == held.asked_by_id:
        raise Forbidden(_("Somebody else decides on your own request."))


def _step(
    action: str, *, actor: Any, workflow: str, unit: Unit, note: str, without_report: bool = False
) -> Approval:
    with transaction.atomic():
        flow = _locked(workflow)
        held = _fresh(unit)
        scope.require(actor, VIEW, held)
        found = boards.authorities(actor, held, flow)
        if not found & _NEEDED[action]:
            raise Forbidden(_("Your role does not include this step."))
        if without_report:
            _check_missing(flow, note)
        loaded = boards.load(flow, within=held.path, reported=[held.pk] if without_report else [])
        try:
            facts = loaded.board.after(action, held.pk, found)
        except NotNowError as error:
            raise Refusal(_why_not(error.state, loaded, held, found, flow)) from None
        saved = _write(flow, held, facts, actor=actor, note=note)
        _remember(
            _EVENTS[action],
            flow,
            held,
            facts,
            actor=actor,
            note=note.strip(),
            without_report=without_report,
        )
        record(
            actor=actor, action=f"assessments.approval.{_EVENTS[action]}", target=saved, unit=held,
            fiscal_year=flow.fiscal_year, workflow=flow.key, level=facts.approved_level or 0,
            accepted=facts.accepted, without_report=without_report,
        )  # fmt: skip
    return saved


def _check_missing(flow: Workflow, note: str) -> None:
    if not note.strip():
        raise Refusal(_("Say why the unit is approved without a report."), where="note")
    if clock.today() <= flow.due_on:
        raise Refusal(
            _("The unit can still hand in until %(day)s.") % {"day": day_text(flow.due_on)}
        )


def _why_not(
    state: State, loaded: boards.Loaded, unit: Unit, found: frozenset[Authority], flow: Workflow
) -> str:
    return sentences.sentence(state, sentences.audience(found, editor=False), loaded, unit, flow)


def _locked(key: str) -> Workflow:
    """The workflow, its row locked: steps of one workflow come one after the other."""
    flow = workflows.find(key)
    type(flow.source).objects.select_for_update(no_key=True).get(pk=flow.pk)
    return workflows.find(key)


def _fresh(unit: Unit) -> Unit:
    found = Unit.objects.filter(pk=unit.pk).first()
    if not isinstance(found, Unit):
        raise NotFoundInScope(_("There is no such unit."))
    return found


def _facts(key: str, unit: Unit) -> Facts:
    row = Approval.objects.of(key).filter(unit=unit).first()
    return Facts(row.approved_level, accepted=row.accepted) if row else Facts()


def _write(
    flow: Workflow,
    unit: Unit,
    facts: Facts,
    *,
    actor: Any,
    note: str,
    open_until: dt.date | None = None,
) -> Approval:
    saved, _made = Approval.objects.update_or_create(
        workflow=flow.key,
        unit=unit,
        defaults={
            "approved_level": facts.approved_level,
            "accepted": facts.accepted,
            "open_until": open_until,
            "by": account(actor),
            "at": clock.now(),
            "note": note.strip(),
        },
    )
    assert isinstance(saved, Approval)
    return saved


def _remember(
    kind: str, flow: Workflow, unit: Unit, facts: Facts, *, actor: Any, note: str, **more: Any
) -> None:
    ApprovalEvent.objects.create(
        workflow=flow.key, unit=unit, action=kind, approved_level=facts.approved_level,
        accepted=facts.accepted, by=account(actor), at=clock.now(), note=note, **more,
    )  # fmt: skip
