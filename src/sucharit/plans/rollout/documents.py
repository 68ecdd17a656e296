"""Plans as documents of a template, and documents as plans. A constant number of queries, however many plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sucharit.orgs.models import Unit
from sucharit.plans.engine.templates import ACTIVITY_FIELDS, PROJECT_FIELDS
from sucharit.plans.models import (
    Activity,
    ActivityMonth,
    Alignment,
    Goal,
    Plan,
    Project,
    ProjectArea,
)

MONTHS = 12


def documents_of(plans: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Each plan as a document; what was cancelled is left out. Four queries."""
    ids = list(plans)
    found: dict[int, dict[str, Any]] = {pk: {"projects": []} for pk in ids}
    projects: dict[int, dict[str, Any]] = {}
    rows = Project.objects.filter(plan__in=ids).exclude(state=Project.State.CANCELLED)
    for project in rows.order_by("plan", "seq"):
        one: dict[str, Any] = {"key": _key(project, "p")}
        one |= {name: getattr(project, name) for name in PROJECT_FIELDS}
        projects[project.pk] = one | {"goals": [], "activities": []}
        found[project.plan_id]["projects"].append(projects[project.pk])
    for a in Alignment.objects.filter(project__in=list(projects), goal__isnull=False).select_related(
        "goal__strategy"
    ).order_by("project", "rung", "goal__code"):  # fmt: skip
        goal = a.goal
        if goal is not None:
            projects[a.project_id]["goals"].append(
                {
                    "rung": a.rung, "strategy": goal.strategy.code, "version": goal.strategy.version,
                    "goal": goal.code, "contribution": a.contribution,
                }
            )  # fmt: skip
    _activities(projects)
    return found


def _activities(projects: dict[int, dict[str, Any]]) -> None:
    every = Activity.objects.filter(project__in=list(projects)).exclude(
        state=Activity.State.CANCELLED
    )
    activities: dict[int, dict[str, Any]] = {}
    for row in every.order_by("project", "seq"):
        one: dict[str, Any] = {"key": _key(row, "a")}
        one |= {name: getattr(row, name) for name in ACTIVITY_FIELDS}
        activities[row.pk] = one
        projects[row.project_id]["activities"].append(one)
    shares: dict[int, list[int | None]] = defaultdict(lambda: [None] * MONTHS)
    months = ActivityMonth.objects.filter(
        activity__project__in=list(projects), planned_e2__isnull=False
    )
    for pk, month, planned in months.values_list("activity_id", "month", "planned_e2"):
        shares[pk][month - 1] = planned
    for pk, one in activities.items():
        one["months"] = shares.get(pk, [])


def fill_plan(plan: Plan, document: dict[str, Any]) -> tuple[int, int]:
    """Make the document's projects and activities in an empty plan, for the plan's owner, area = the owner.

    To be called inside the transaction that made the plan; gives how many projects and activities there are.
    """
    unit: Unit = plan.owner
    projects = Project.objects.bulk_create(
        Project(
            plan=plan, fiscal_year=plan.fiscal_year, seq=n, code=row["key"], owner=unit,
            **{name: row.get(name, "") for name in PROJECT_FIELDS},
        )
        for n, row in enumerate(document["projects"], start=1)
    )  # fmt: skip
    ProjectArea.objects.bulk_create(
        ProjectArea(project=p, unit=unit, fiscal_year=plan.fiscal_year, path=unit.path)
        for p in projects
    )
    pairs = list(zip(projects, document["projects"], strict=True))
    Alignment.objects.bulk_create(_alignments(pairs))
    rows = [(p, n, a) for p, row in pairs for n, a in enumerate(row["activities"], start=1)]
    activities = Activity.objects.bulk_create(
        Activity(
            project=p, seq=n, code=a["key"], owner=unit,
            **{name: a[name] for name in ACTIVITY_FIELDS if name in a},
        )
        for p, n, a in rows
    )  # fmt: skip
    ActivityMonth.objects.bulk_create(
        ActivityMonth(activity=made, month=month, planned_e2=share)
        for made, (_p, _n, a) in zip(activities, rows, strict=True)
        for month, share in enumerate(a.get("months") or [], start=1)
        if share is not None
    )
    return len(projects), len(activities)


def _alignments(pairs: list[tuple[Project, dict[str, Any]]]) -> list[Alignment]:
    """A goal that is not known here (another installation's) is left out: the province adds its own."""
    named = {g["goal"] for _p, row in pairs for g in row.get("goals", [])}
    known = {
        (g.strategy.code, g.strategy.version, g.code): g
        for g in Goal.objects.filter(code__in=named).select_related("strategy")
    }
    return [
        Alignment(project=p, rung=g["rung"], goal=goal, contribution=g["contribution"])
        for p, row in pairs
        for g in row.get("goals", [])
        if (goal := known.get((g["strategy"], g["version"], g["goal"])))
    ]


def _key(row: Project | Activity, letter: str) -> str:
    """The code of the row where it has one, else its place; unique within a plan once ``keyed``."""
    if row.code:
        return row.code
    if isinstance(row, Activity):
        return f"{letter}{row.project_id}-{row.seq}"
    return f"{letter}{row.pk}"


def keyed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with fresh keys by place ("p1", "p1a2"): what a new template begins with."""
    projects = []
    for n, project in enumerate(document["projects"], start=1):
        rows = [{**a, "key": f"p{n}a{k}"} for k, a in enumerate(project["activities"], start=1)]
        projects.append({**project, "key": f"p{n}", "activities": rows})
    return {"projects": projects}
