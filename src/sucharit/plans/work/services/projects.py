"""Projects of a plan: what, where, with whom, and why they contribute to the strategies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.engine import alignment as engine
from sucharit.plans.models import Activity, Alignment, Goal, Plan, Project, ProjectArea, Strategy
from sucharit.plans.work import aligned
from sucharit.plans.work.services import held as held_

AREA_KINDS = (
    Unit.Kind.PROVINCE, Unit.Kind.BANGKOK, Unit.Kind.DISTRICT, Unit.Kind.KHET, Unit.Kind.SUBDISTRICT,
)  # fmt: skip
TEXTS = (
    "code", "program_th", "title_th", "title_en", "rationale", "objective", "expected_result",
    "beneficiaries", "risk",
)  # fmt: skip
SHORT = {"code": 60}
LONG = ("rationale", "objective", "expected_result", "risk")


def create_project(
    *,
    actor: Any,
    plan: Plan,
    title_th: str,
    owner: Unit | None = None,
    areas: Sequence[str] = (),
    partners: Sequence[Unit] = (),
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    beneficiary_count: int | None = None,
    copied_from: Project | None = None,
    **texts: str,
) -> Project:
    """A new project at the end of a draft or approved plan.

    ``owner`` (default: the plan's): the plan's owner or a unit below it. ``areas``: codes of provinces, districts or tambons.
    ``texts``: code, program_th, title_en, rationale, objective, expected_result, beneficiaries, risk.
    Dates are CE and within the plan's fiscal year. Refusal names the field.
    """
    with transaction.atomic():
        held = held_.plan_for(plan, actor=actor)
        held_.must_be_open(held)
        unit = owner or held.owner
        below(unit, held.owner)
        held_.in_frame(starts_on, ends_on, held.fiscal_year)
        places = areas_of(areas)
        project = Project.objects.create(
            plan=held, fiscal_year=held.fiscal_year, seq=held_.next_seq(held.projects), owner=unit,
            starts_on=starts_on, ends_on=ends_on, beneficiary_count=beneficiary_count,
            copied_from=copied_from,
            state=Project.State.APPROVED if held.state == Plan.State.APPROVED else Project.State.DRAFT,
            **_texts({"title_th": title_th, **texts}),
        )  # fmt: skip
        project.partners.set(partners)
        _set_areas(project, places)
        _record("created", project, actor=actor, plan=held.pk, areas=[u.code for u in places])
    return project


def change_project(
    *,
    actor: Any,
    project: Project,
    areas: Sequence[str] | None = None,
    partners: Sequence[Unit] | None = None,
    **fields: Any,
) -> Project:
    """Change what is given, leave the rest.

    ``fields``: the texts of ``create_project``, starts_on, ends_on, beneficiary_count.
    """
    names: tuple[str, ...] = ("starts_on", "ends_on", "beneficiary_count")
    numbers: dict[str, Any] = {k: fields.pop(k) for k in names if k in fields}
    with transaction.atomic():
        held = held_.project_for(project, actor=actor)
        changed: dict[str, Any] = {**_texts(fields), **numbers}
        for name, value in changed.items():
            setattr(held, name, value)
        held_.in_frame(held.starts_on, held.ends_on, held.fiscal_year)
        held.save()
        if partners is not None:
            held.partners.set(partners)
        if areas is not None:
            _set_areas(held, areas_of(areas))
        _record("changed", held, actor=actor, fields=sorted({*fields, *numbers}))
    return held


def align_project(
    *,
    actor: Any,
    project: Project,
    rung: str,
    contribution: str,
    goal: Goal | None = None,
    strategy: Strategy | None = None,
    weight_e4: int | None = None,
) -> Alignment:
    """Say why the project contributes to a target (Y: of a sub-plan; Z: of the issue above a Y) or another plan.

    A contribution without a reason is refused. The same target again replaces the reason. Y needs a goal of a
    sub-plan; Z one of the issue above a Y that is there already; "other" a goal or a strategy.
    """
    if not engine.reasoned(contribution):
        raise Refusal(
            _("Say in a sentence why the project contributes to the target: without a reason it is not taken."),
            where="contribution",
        )  # fmt: skip
    with transaction.atomic():
        held = held_.project_for(project, actor=actor)
        _rung(held, rung, goal, strategy)
        row, _made = Alignment.objects.update_or_create(
            project=held, rung=rung, goal=goal, strategy=None if goal else strategy,
            defaults={"contribution": contribution.strip(), "weight_e4": weight_e4},
        )  # fmt: skip
        _record("aligned", held, actor=actor, rung=rung, goal=goal.code if goal else "")
    return row


def unalign_project(*, actor: Any, alignment: Alignment) -> None:
    """Take an alignment of a draft plan out again."""
    with transaction.atomic():
        held = held_.project_for(alignment.project, actor=actor)
        if held.plan.state != Plan.State.DRAFT:
            raise Refusal(_("The plan is approved: its alignments stay. Add another one if needed."))  # fmt: skip
        goal = alignment.goal.code if alignment.goal else ""
        Alignment.objects.filter(pk=alignment.pk).delete()
        _record("unaligned", held, actor=actor, rung=alignment.rung, goal=goal)


def cancel_project(*, actor: Any, project: Project, reason: str) -> Project:
    """Give a project up, with a reason; its activities that are not done are cancelled with it."""
    with transaction.atomic():
        held = held_.project_for(project, actor=actor)
        held.cancel_reason = held_.words(reason, "reason", _("Say why it is cancelled."))
        held.state = Project.State.CANCELLED
        held.save(update_fields=["cancel_reason", "state"])
        open_ones = held.activities.exclude(state=Activity.State.DONE)
        n = open_ones.update(state=Activity.State.CANCELLED)
        _record("cancelled", held, actor=actor, activities=n)
    return held


def areas_of(codes: Sequence[str]) -> list[Unit]:
    """Units of the codes, each once; Refusal names the first that is no province, district or tambon."""
    wanted = list(dict.fromkeys(c.strip().lower() for c in codes if c.strip()))
    found = {u.code: u for u in Unit.objects.filter(code__in=wanted, kind__in=AREA_KINDS)}
    for code in wanted:
        if code not in found:
            raise Refusal(
                _("There is no province, district or tambon with the code %(code)s.")
                % {"code": code},
                where="areas",
            )
    return [found[c] for c in wanted]


def below(unit: Unit, owner: Unit) -> None:
    """Refuse a unit that is neither the owner nor below it."""
    if not unit.path.startswith(owner.path):
        raise Refusal(_("Choose the unit of the plan or one below it."), where="owner")


def _rung(project: Project, rung: str, goal: Goal | None, strategy: Strategy | None) -> None:
    level = goal.strategy.level if goal else ""
    if rung == Alignment.Rung.Y and level != Strategy.Level.SUBPLAN:
        raise Refusal(_("Y is a target of a sub-plan: choose one of those."), where="goal")
    if rung == Alignment.Rung.Z and (
        goal is None or goal.pk not in {g.pk for g in aligned.zs_of(project)}
    ):
        raise Refusal(
            _("Z follows from Y: align with a target of the sub-plan first."), where="goal"
        )
    if rung not in Alignment.Rung.values or (goal is None and strategy is None):
        raise Refusal(_("Choose a target or a plan."), where="goal")


def _texts(given: dict[str, Any]) -> dict[str, str]:
    unknown = set(given) - set(TEXTS)
    if unknown:
        raise TypeError(f"a project has no {', '.join(sorted(unknown))}")
    if "title_th" in given:
        held_.words(given["title_th"] or "", "title_th", _("Give the project a title."))
    return {
        k: (v or "").strip() if k in LONG else (v or "").strip()[: SHORT.get(k, 300)]
        for k, v in given.items()
    }


def _set_areas(project: Project, places: Sequence[Unit]) -> None:
    keep = [u.pk for u in places]
    project.areas.exclude(unit__in=keep).delete()
    there = set(project.areas.values_list("unit_id", flat=True))
    ProjectArea.objects.bulk_create(
        ProjectArea(project=project, unit=u, fiscal_year=project.fiscal_year, path=u.path)
        for u in places
        if u.pk not in there
    )


def _record(what: str, project: Project, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"plans.project.{what}", target=project, unit=project.owner,
        fiscal_year=project.fiscal_year, **data,
    )  # fmt: skip
