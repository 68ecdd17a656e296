"""Last year's plan as this year's draft: projects, activities, months; no results, no money."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.engine.schedule import shift_year
from sucharit.plans.models import Activity, ActivityMonth, Alignment, Plan, Project, ProjectArea
from sucharit.plans.work.services import held as held_
from sucharit.plans.work.services.plans import create_plan

_PROJECT = (
    "seq", "code", "program_th", "title_th", "title_en", "owner_id", "rationale", "objective",
    "expected_result", "beneficiaries", "beneficiary_count", "risk",
)  # fmt: skip
_ACTIVITY = (
    "seq", "code", "title_th", "title_en", "owner_id", "target_group", "expected_output",
    "heads_planned", "weight",
)  # fmt: skip


def copy_plan(
    *,
    actor: Any,
    plan: Plan,
    fiscal_year: int,
    owner: Unit | None = None,
    code: str = "",
    title_th: str = "",
) -> Plan:
    """A draft of ``fiscal_year`` with the projects and activities of ``plan`` that were not cancelled.

    Dates move by the years between; months keep their planned shares. Alignments and indicators come along, reports,
    actual figures, money and action items do not. ``copied_from`` is kept at plan and projects.
    """
    years = fiscal_year - plan.fiscal_year
    if years < 1:
        raise Refusal(_("Copy a plan into a later year."), where="fiscal_year")
    with transaction.atomic():
        source = held_.plan_for(plan, actor=actor, right="view")
        made = create_plan(
            actor=actor, owner=owner or source.owner, fiscal_year=fiscal_year, kind=source.kind,
            code=code or source.code,
            title_th=title_th or source.title_th.replace(str(source.fiscal_year), str(fiscal_year)),
            title_en=source.title_en, strategies=list(source.strategies.all()),
            synthetic=source.synthetic,
        )  # fmt: skip
        made.copied_from = source
        made.save(update_fields=["copied_from"])
        n = sum(_project(p, made, years) for p in _alive(source))
        record(
            actor=actor, action="plans.plan.copied", target=made, unit=made.owner,
            fiscal_year=fiscal_year, source=source.pk, activities=n,
        )  # fmt: skip
    return made


def _alive(plan: Plan) -> list[Project]:
    if plan.projects.exists():
        rows = plan.projects.exclude(state=Project.State.CANCELLED).order_by("seq")
        return list(rows.prefetch_related("areas", "partners", "alignments"))
    raise NotFoundInScope(_("The plan has no project to copy."))


def _project(old: Project, plan: Plan, years: int) -> int:
    """Copy one project; gives how many activities came along."""
    here = plan.owner.path
    fields = {k: getattr(old, k) for k in _PROJECT}
    if not old.owner.path.startswith(here):
        fields["owner_id"] = plan.owner_id
    new = Project.objects.create(
        plan=plan, fiscal_year=plan.fiscal_year, copied_from=old, starts_on=shift_year(old.starts_on, years),
        ends_on=shift_year(old.ends_on, years), **fields,
    )  # fmt: skip
    new.partners.set(old.partners.all())
    ProjectArea.objects.bulk_create(
        ProjectArea(project=new, unit_id=a.unit_id, path=a.path, fiscal_year=plan.fiscal_year)
        for a in old.areas.all()
    )
    Alignment.objects.bulk_create(
        Alignment(
            project=new, rung=a.rung, goal_id=a.goal_id, strategy_id=a.strategy_id,
            contribution=a.contribution, weight_e4=a.weight_e4,
        )
        for a in old.alignments.all()
    )  # fmt: skip
    return _activities(old, new, here, years)


def _activities(old: Project, new: Project, here: str, years: int) -> int:
    rows = list(
        old.activities.exclude(state=Activity.State.CANCELLED)
        .select_related("owner")
        .prefetch_related("months", "indicators")
        .order_by("seq")
    )
    made: dict[int, Activity] = {}
    for a in rows:
        fields = {k: getattr(a, k) for k in _ACTIVITY}
        if not a.owner.path.startswith(here):
            fields["owner_id"] = new.owner_id
        made[a.pk] = Activity.objects.create(
            project=new, starts_on=shift_year(a.starts_on, years),
            ends_on=shift_year(a.ends_on, years), **fields,
        )  # fmt: skip
        made[a.pk].indicators.set(a.indicators.all())
    for a in rows:
        if a.predecessor_id in made:
            made[a.pk].predecessor = made[a.predecessor_id]
            made[a.pk].save(update_fields=["predecessor"])
    ActivityMonth.objects.bulk_create(
        ActivityMonth(activity=made[a.pk], month=m.month, planned_e2=m.planned_e2)
        for a in rows
        for m in a.months.all()
        if m.planned_e2 is not None
    )
    return len(rows)
