"""A unit's answer to a template: adopt (a plan is made) or decline with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions import submit_action
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User
from sucharit.plans.models import Adoption, Plan, PlanTemplate
from sucharit.plans.rollout import queries
from sucharit.plans.rollout.documents import fill_plan
from sucharit.plans.rollout.services.publishing import SOURCE
from sucharit.plans.work.services import create_plan

EDIT = "plans.edit"


def adopt_template(*, actor: Any, template: PlanTemplate, unit: Unit) -> Adoption:
    """Make the unit's plan from the template: a draft with its projects and activities, area = the unit.

    Right "plans.edit" at the unit. Refusal where it was adopted already (of two at once one wins), is withdrawn,
    or is not meant for the unit. A unit that declined may adopt after all.
    """
    scope.require(actor, EDIT, unit)
    with transaction.atomic():
        # The unit first: two officers of it answer one after the other.
        place = Unit.objects.select_for_update().get(pk=unit.pk)
        held = _open(template, place)
        before = Adoption.objects.filter(template=held, unit=place).first()
        if before is not None and before.plan_id is not None:
            raise Refusal(_("The template was adopted already. Open the plan that was made from it."))  # fmt: skip
        plan = create_plan(
            actor=actor, owner=place, fiscal_year=held.fiscal_year, kind=_kind(place),
            code=_code(held, place), title_th=_title(held.title_th, place.name_th),
            title_en=held.title_en, template=held,
        )  # fmt: skip
        projects, activities = fill_plan(plan, held.document)
        made, _new = Adoption.objects.update_or_create(
            template=held, unit=place,
            defaults={
                "state": Adoption.State.ADOPTED, "plan": plan, "reason": "", "by": _account(actor=actor),
                "at": clock.now(),
            },
        )  # fmt: skip
        _hand_in(held, place, actor=actor, note=_("Adopted: a plan was made from the template."))
        record(
            actor=actor, action="plans.template.adopted", target=held, unit=place,
            fiscal_year=held.fiscal_year, plan=plan.pk, projects=projects, activities=activities,
        )  # fmt: skip
    return made


def decline_template(*, actor: Any, template: PlanTemplate, unit: Unit, reason: str) -> Adoption:
    """Say that the unit does not take it up, and why. Refused once a plan was made."""
    scope.require(actor, EDIT, unit)
    if not reason.strip():
        raise Refusal(_("Say why the unit does not take it up."), where="reason")
    with transaction.atomic():
        place = Unit.objects.select_for_update().get(pk=unit.pk)
        held = _open(template, place)
        before = Adoption.objects.filter(template=held, unit=place).first()
        if before is not None and before.plan_id is not None:
            raise Refusal(_("A plan was made from the template: change that plan instead."))
        made, _new = Adoption.objects.update_or_create(
            template=held, unit=place,
            defaults={
                "state": Adoption.State.DECLINED, "reason": reason.strip(), "by": _account(actor=actor),
                "at": clock.now(),
            },
        )  # fmt: skip
        _hand_in(held, place, actor=actor, note=_("Declined, with a reason."))
        record(
            actor=actor, action="plans.template.declined", target=held, unit=place,
            fiscal_year=held.fiscal_year,
        )  # fmt: skip
    return made


def _open(template: PlanTemplate, unit: Unit) -> PlanTemplate:
    held = PlanTemplate.objects.select_related("owner").filter(pk=template.pk).first()
    if held is None or not queries.is_for(held, unit):
        raise NotFoundInScope(_("There is no such template for this unit."))
    if held.state != PlanTemplate.State.PUBLISHED:
        raise Refusal(_("The template is not open for answers: it was withdrawn or is not published yet."))  # fmt: skip
    return held


def _hand_in(template: PlanTemplate, unit: Unit, *, actor: Any, note: str) -> None:
    """The reminder, if there was one, is done by the answer."""
    item = ActionItem.objects.filter(
        unit=unit, source_kind=SOURCE, source_id=str(template.pk),
        state__in=("open", "in_progress", "returned", "deferred"),
    ).first()  # fmt: skip
    if item is not None and scope.can(actor, "actions.edit", unit):
        submit_action(actor=actor, action=item, note=note)


def _kind(unit: Unit) -> str:
    return Plan.Kind.PROVINCE if unit.kind == Unit.Kind.PROVINCE else Plan.Kind.INTEGRITY


def _code(template: PlanTemplate, unit: Unit) -> str:
    """A code that is free: another plan may have the template's own."""
    wanted = f"{template.code[:50]}-v{template.version}"
    taken = set(
        Plan.objects.filter(
            owner=unit, fiscal_year=template.fiscal_year, code__startswith=wanted
        ).values_list("code", flat=True)
    )
    tries = (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3)))
    return next(code for code in tries if code not in taken)


def _title(title: str, name: str) -> str:
    return f"{title} {name}"[:300]


def _account(*, actor: Any) -> User | None:
    return actor if isinstance(actor, User) else None
