"""Reads of plans: rows with their progress, one activity's grid, the months of a whole plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sucharit.core import clock, fiscal
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.plans.engine import months
from sucharit.plans.models import Activity, Plan, Project
from sucharit.plans.work.services import held as held_


@dataclass(frozen=True)
class Row:
    """An activity with its months and how it stands today. ``standing`` None: the year has not begun."""

    activity: Activity
    planned: dict[int, int | None]
    actual: dict[int, int | None]
    standing: months.Standing | None

    @property
    def cells(self) -> list[tuple[int, int | None, int | None]]:
        """(month, planned, actual), October first."""
        return [(m, self.planned.get(m), self.actual.get(m)) for m in months.MONTHS]


def plans(user: Any) -> QuerySet[Plan]:
    """Plans the reader may see."""
    return Plan.objects.visible_to(user).select_related("owner")


def plan(user: Any, pk: int) -> Plan:
    """One plan of the reader's scope, or 404."""
    found = plans(user).select_related("copied_from", "submitted_by", "approved_by")
    return scope.get_or_404(found, pk=pk)  # type: ignore[return-value]


def project(user: Any, pk: int) -> Project:
    """One project of the reader's scope, or 404."""
    found = Project.objects.visible_to(user).select_related("plan__owner", "owner", "copied_from")
    return scope.get_or_404(found, pk=pk)  # type: ignore[return-value]


def activity(user: Any, pk: int) -> Activity:
    """One activity of a project in the reader's scope, or 404."""
    found = (
        Activity.objects.filter(pk=pk)
        .select_related("project__plan__owner", "project__owner", "owner", "predecessor", "action")
        .first()
    )
    if found is None or not sees_project(user, found.project_id):
        raise NotFoundInScope("No such thing within your scope.")
    return found


def sees_project(user: Any, pk: int) -> bool:
    """Whether the reader may see the project."""
    return Project.objects.visible_to(user).filter(pk=pk).exists()


def works(user: Any, *units: Any) -> bool:
    """Whether the reader may write plans at one of the units."""
    return any(scope.can(user, held_.EDIT, u) for u in units)


def open_for_work(plan_: Plan) -> bool:
    """Draft or approved: neither being read nor closed."""
    return plan_.state in held_.OPEN


def this_month(fiscal_year: int) -> int | None:
    """The month of the fiscal year that counts today: 12 after its end, None before its beginning."""
    today = clock.today()
    year = fiscal.year(fiscal_year)
    if today < year.start:
        return None
    return 12 if today > year.end else (today.month - fiscal.FIRST_MONTH) % 12 + 1


def due_month(fiscal_year: int) -> int | None:
    """The last month of the year that is over today; None while none is."""
    month = this_month(fiscal_year)
    if month is None:
        return None
    over = month if clock.today() > fiscal.end_of(fiscal_year) else month - 1
    return over or None


def rows(activities: Iterable[Activity], fiscal_year: int) -> list[Row]:
    """Activities with months loaded (one more query), as they stand at the last month that is over."""
    until = due_month(fiscal_year)
    found = []
    for a in activities:
        planned = {m.month: m.planned_e2 for m in a.months.all()}
        actual = {m.month: m.actual_e2 for m in a.months.all()}
        at = months.standing(planned, actual, until) if until else None
        found.append(Row(a, planned, actual, at))
    return found


def activities_of(project_: Project | None = None, plan_: Plan | None = None) -> QuerySet[Activity]:
    """Activities of a project or plan in their order, months loaded."""
    found = Activity.objects.filter(project=project_) if project_ else Activity.objects.filter(project__plan=plan_)  # fmt: skip
    return (
        found.select_related("owner", "project")
        .prefetch_related("months")
        .order_by("project__seq", "seq")
    )


def weighted(activities: Iterable[Activity]) -> months.Weighted:
    """Progress over the activities that were not cancelled."""
    return months.weighted(
        months.Part(a.weight, a.progress_e2)
        for a in activities
        if a.state != Activity.State.CANCELLED
    )


def progress_of_plans(ids: Iterable[int]) -> dict[int, months.Weighted]:
    """Plan id → weighted progress, one query for a page of plans."""
    found: dict[int, list[months.Part]] = {pk: [] for pk in ids}
    live = Activity.objects.filter(project__plan__in=list(found)).exclude(
        Q(state=Activity.State.CANCELLED) | Q(project__state=Project.State.CANCELLED)
    )
    for pk, weight, value in live.order_by().values_list("project__plan", "weight", "progress_e2"):
        found[pk].append(months.Part(weight, value))
    return {pk: months.weighted(parts) for pk, parts in found.items()}


def quarters_due(fiscal_year: int) -> list[int]:
    """Quarters of the year that have begun."""
    today = clock.today()
    return [q for q in months.QUARTERS if fiscal.quarter(fiscal_year, q).start <= today]
