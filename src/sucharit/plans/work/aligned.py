"""Alignments of many projects at once, as the engine wants them: what is missing, and which Z follows."""

from __future__ import annotations

from collections.abc import Iterable

from sucharit.plans.engine import alignment as engine
from sucharit.plans.models import Alignment, Goal, Project, Strategy


def aims_of(projects: Iterable[Project]) -> dict[int, list[engine.Aim]]:
    """Project id → its alignments."""
    found: dict[int, list[engine.Aim]] = {p.pk: [] for p in projects}
    rows = Alignment.objects.filter(project__in=list(found)).order_by("pk")
    for project, rung, goal, of_goal, strategy, reason in rows.values_list(
        "project_id", "rung", "goal_id", "goal__strategy_id", "strategy_id", "contribution"
    ):
        found[project].append(engine.Aim(rung, goal, of_goal or strategy, reason))
    return found


def gaps_of(projects: Iterable[Project]) -> dict[int, tuple[engine.Gap, ...]]:
    """Project id → what keeps it from being submitted."""
    aims = aims_of(projects)
    parents, goals = _ladder(a for rows in aims.values() for a in rows)
    return {
        pk: engine.gaps(rows, engine.follows(rows, parents, goals)) for pk, rows in aims.items()
    }


def zs_of(project: Project) -> list[Goal]:
    """Targets of the issue (Z) that follow from the project's Ys."""
    rows = aims_of([project])[project.pk]
    parents, goals = _ladder(rows)
    wanted = engine.follows(rows, parents, goals)
    found = Goal.objects.select_related("strategy").in_bulk(wanted)
    return [found[pk] for pk in wanted]


def _ladder(
    aims: Iterable[engine.Aim],
) -> tuple[dict[int, int | None], dict[int, tuple[int, ...]]]:
    """Strategy → the one above, and strategy → goals, of what the aims need."""
    own = {a.strategy for a in aims if a.rung == engine.Y and a.strategy is not None}
    parents: dict[int, int | None] = dict(
        Strategy.objects.filter(pk__in=own).order_by().values_list("pk", "parent_id")
    )
    goals: dict[int, tuple[int, ...]] = {}
    above = {p for p in parents.values() if p is not None}
    rows = Goal.objects.filter(strategy__in=above).order_by("code", "pk")
    for pk, strategy in rows.values_list("pk", "strategy_id"):
        goals[strategy] = (*goals.get(strategy, ()), pk)
    return parents, goals
