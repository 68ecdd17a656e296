"""Templates a reader sees, who has answered, and how the plans made from a template differ from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sucharit.core import clock
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine.templates import Difference, differences
from sucharit.plans.models import Adoption, Plan, PlanTemplate
from sucharit.plans.rollout.documents import documents_of

DUTIES = ("unit_head", "unit_officer")


@dataclass(frozen=True)
class Answer:
    """How a unit stands to a template: adopted, adapted (it differs), declined, waiting or late."""

    unit: Unit
    standing: str
    adoption: Adoption | None
    differences: tuple[Difference, ...] = ()

    @property
    def plan(self) -> Plan | None:
        return self.adoption.plan if self.adoption else None


def visible_to(user: Any) -> QuerySet[PlanTemplate]:
    """Templates owned within the reader's scope, and published or withdrawn ones of units above it."""
    own = scope.limit(PlanTemplate.objects.order_by(), user, path_field="owner__path")
    above = Q(pk__in=())
    for path in scope.paths(user):
        ways = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
        above |= Q(owner__path__in=ways)
    return PlanTemplate.objects.filter(
        Q(pk__in=own.values("pk")) | (above & ~Q(state=PlanTemplate.State.DRAFT))
    ).select_related("owner")


def is_for(template: PlanTemplate, unit: Unit) -> bool:
    """Whether the unit lies below the owner and is of a kind that adopts it."""
    below = unit.path != template.owner.path and unit.path.startswith(template.owner.path)
    return below and unit.kind in template.audience_kinds


def audience(template: PlanTemplate) -> QuerySet[Unit]:
    """The living units that are asked to adopt it, in Thai order."""
    below = Unit.objects.under(template.owner).exclude(pk=template.owner.pk)
    found: QuerySet[Unit] = below.filter(kind__in=template.audience_kinds)
    return found.alive(clock.today()).by_name()  # type: ignore[attr-defined]


def unanswered(template: PlanTemplate) -> list[Unit]:
    """Units of the audience without an answer."""
    told = Adoption.objects.filter(template=template).values("unit")
    return list(audience(template).exclude(pk__in=told))


def answers(user: Any, template: PlanTemplate) -> list[Answer]:
    """Every unit of the audience within the reader's scope and how it stands. A constant number of queries."""
    units = scope.limit(audience(template), user, path_field="path")
    adoptions = {
        a.unit_id: a for a in Adoption.objects.filter(template=template).select_related("plan")
    }
    plans = documents_of(a.plan_id for a in adoptions.values() if a.plan_id)
    return [answer_of(template, u, adoptions.get(u.pk), plans) for u in units]


def answer(template: PlanTemplate, unit: Unit) -> Answer:
    """One unit's answer."""
    found = Adoption.objects.filter(template=template, unit=unit).select_related("plan").first()
    plans = documents_of([found.plan_id]) if found and found.plan_id else {}
    return answer_of(template, unit, found, plans)


def answer_of(
    template: PlanTemplate, unit: Unit, adoption: Adoption | None, plans: dict[int, dict[str, Any]]
) -> Answer:
    """How the unit stands, by its row and its plan as it is now."""
    if adoption is None:
        return Answer(unit, "late" if overdue(template, clock.today()) else "waiting", None)
    if adoption.plan_id is None:
        return Answer(unit, "declined", adoption)
    found = tuple(differences(template.document, plans[adoption.plan_id]))
    return Answer(unit, "adapted" if found else "adopted", adoption, found)


def overdue(template: PlanTemplate, today: dt.date) -> bool:
    """Whether the day to answer by has passed."""
    return template.adopt_by is not None and template.adopt_by < today


def tally(rows: list[Answer]) -> dict[str, int]:
    """How many units stand how; all five standings, in order."""
    counted = Counter(r.standing for r in rows)
    return {k: counted[k] for k in ("adopted", "adapted", "declined", "waiting", "late")}


def waiting_for(user: Any) -> list[tuple[PlanTemplate, Unit]]:
    """Published templates that wait for an answer of a unit whose head or officer the user is. Three queries."""
    paths = {path for role, path in scope.grants(user) if role in DUTIES}
    units = list(Unit.objects.filter(path__in=paths)) if paths else []
    if not units:
        return []
    open_ = PlanTemplate.objects.filter(state=PlanTemplate.State.PUBLISHED).select_related("owner")
    answered = set(Adoption.objects.filter(unit__in=units).values_list("template_id", "unit_id"))
    return [
        (t, u)
        for t in open_.defer("document")
        for u in units
        if is_for(t, u) and (t.pk, u.pk) not in answered
    ]
