"""A plan's life: draft → submitted → approved → closed; returned to draft with a note; published when approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.models import Activity, Plan, PlanTemplate, Project, Strategy
from sucharit.plans.work import aligned
from sucharit.plans.work.services import held as held_


def create_plan(
    *,
    actor: Any,
    owner: Unit,
    fiscal_year: int,
    kind: str,
    code: str,
    title_th: str,
    title_en: str = "",
    strategies: Sequence[Strategy] = (),
    template: PlanTemplate | None = None,
    synthetic: bool = False,
) -> Plan:
    """A new plan of a unit and fiscal year (BE), as draft. ``code`` is unique for unit and year."""
    scope.require(actor, held_.EDIT, owner)
    _sane(fiscal_year, kind)
    title = held_.words(title_th, "title_th", _("Give the plan a title."))
    code = held_.words(code, "code", _("Give the plan a code."))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=owner.pk)
        if Plan.objects.filter(owner=owner, fiscal_year=fiscal_year, code=code).exists():
            raise Refusal(
                _("The unit has a plan with this code in this year already. Open it, or choose another code."),
                where="code",
            )  # fmt: skip
        plan = Plan.objects.create(
            owner=owner, fiscal_year=fiscal_year, kind=kind, code=code, title_th=title[:300],
            title_en=title_en.strip()[:300], template=template, synthetic=synthetic,
            created_by=held_.account(actor=actor),
        )  # fmt: skip
        plan.strategies.set(strategies)
        _record("created", plan, actor=actor, kind=kind)
    return plan


def change_plan(
    *,
    actor: Any,
    plan: Plan,
    title_th: str | None = None,
    title_en: str | None = None,
    kind: str | None = None,
    strategies: Sequence[Strategy] | None = None,
) -> Plan:
    """Change what a draft or approved plan is called and stands under; None leaves a field as it is."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor)
        held_.must_be_open(held)
        if title_th is not None:
            held.title_th = held_.words(title_th, "title_th", _("Give the plan a title."))
        if title_en is not None:
            held.title_en = title_en.strip()
        if kind is not None:
            _sane(held.fiscal_year, kind)
            held.kind = kind
        held.save(update_fields=["title_th", "title_en", "kind"])
        if strategies is not None:
            held.strategies.set(strategies)
        _record("changed", held, actor=actor)
    return held


def submit_plan(*, actor: Any, plan: Plan) -> Plan:
    """Hand a draft in. Refused while a project lacks a reasoned contribution to a sub-plan's target (Y)."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor)
        _in_state(held, Plan.State.DRAFT)
        projects = list(held.projects.exclude(state=Project.State.CANCELLED))
        if not projects:
            raise Refusal(_("The plan has no project yet: add one first."))
        gaps = aligned.gaps_of(projects)
        lacking = [f"{p.seq}. {p.title_th}" for p in projects if gaps[p.pk]]
        if lacking:
            raise Refusal(
                _("These projects do not say why they contribute to a target of a sub-plan (Y): %(projects)s")
                % {"projects": "; ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")}
            )  # fmt: skip
        held.state, held.returned_note = Plan.State.SUBMITTED, ""
        held.submitted_by, held.submitted_at = held_.account(actor=actor), clock.now()
        held.save(update_fields=["state", "returned_note", "submitted_by", "submitted_at"])
        _record("submitted", held, actor=actor, projects=len(projects))
    return held


def approve_plan(*, actor: Any, plan: Plan) -> Plan:
    """Approve what was submitted: right "plans.approve" at the owner, never the person who submitted."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor, right=held_.APPROVE)
        _in_state(held, Plan.State.SUBMITTED)
        _other_eyes(held, actor=actor)
        held.state = Plan.State.APPROVED
        held.approved_by, held.approved_at = held_.account(actor=actor), clock.now()
        held.save(update_fields=["state", "approved_by", "approved_at"])
        held.projects.filter(state=Project.State.DRAFT).update(state=Project.State.APPROVED)
        _record("approved", held, actor=actor)
    return held


def return_plan(*, actor: Any, plan: Plan, note: str) -> Plan:
    """Give a submitted plan back with a sentence that says what is missing."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor, right=held_.APPROVE)
        _in_state(held, Plan.State.SUBMITTED)
        held.returned_note = held_.words(note, "note", _("Say what is missing."))
        held.state = Plan.State.DRAFT
        held.save(update_fields=["state", "returned_note"])
        _record("returned", held, actor=actor)
    return held


def close_plan(*, actor: Any, plan: Plan) -> Plan:
    """Close an approved plan at the end of its year; projects whose activities are all over are finished."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor, right=held_.APPROVE)
        _in_state(held, Plan.State.APPROVED)
        going = Activity.objects.filter(project__plan=held).exclude(
            state__in=(Activity.State.DONE, Activity.State.CANCELLED)
        )
        over = held.projects.exclude(state=Project.State.CANCELLED).exclude(
            pk__in=going.values("project")
        )
        finished = over.filter(activities__isnull=False).values_list("pk", flat=True)
        Project.objects.filter(pk__in=list(finished)).update(state=Project.State.FINISHED)
        held.state = Plan.State.CLOSED
        held.save(update_fields=["state"])
        _record("closed", held, actor=actor, unfinished=going.count())
    return held


def publish_plan(*, actor: Any, plan: Plan) -> Plan:
    """Put an approved or closed plan on the public page; a second time changes nothing."""
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor, right=held_.APPROVE)
        _in_state(held, Plan.State.APPROVED, Plan.State.CLOSED)
        if held.published_at is None:
            held.published_at = clock.now()
            held.save(update_fields=["published_at"])
            _record("published", held, actor=actor)
    return held


def _sane(fiscal_year: int, kind: str) -> None:
    if fiscal_year not in held_.YEARS:
        raise Refusal(_("Write the fiscal year in the Buddhist era, like 2567."), where="fiscal_year")  # fmt: skip
    if kind not in Plan.Kind.values:
        raise Refusal(_("Choose a kind of plan."), where="kind")


def _in_state(plan: Plan, *states: str) -> None:
    if plan.state not in states:
        raise Refusal(_("The plan is not in a state for this step any more. Load the page again."))


def _other_eyes(plan: Plan, *, actor: Any) -> None:
    if plan.submitted_by_id is not None and getattr(actor, "pk", None) == plan.submitted_by_id:
        raise Forbidden(_("Somebody else approves what you submitted."))


def _record(what: str, plan: Plan, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"plans.plan.{what}", target=plan, unit=plan.owner,
        fiscal_year=plan.fiscal_year, state=plan.state, **data,
    )  # fmt: skip
