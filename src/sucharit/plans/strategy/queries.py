"""Reads of strategies: the ladder with its versions, a goal with its indicators and the projects aligned to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from sucharit.orgs import scope
from sucharit.plans.models import Alignment, Goal, Indicator, Project, Strategy

RUNGS = [value for value, _label in Strategy.Level.choices]


@dataclass
class Rung:
    """A strategy of the ladder with its goals and what stands below it. ``versions``: of the same code."""

    strategy: Strategy
    goals: list[Goal] = field(default_factory=list)
    children: list[Rung] = field(default_factory=list)
    versions: list[Strategy] = field(default_factory=list)


def visible(user: Any) -> Any:
    """The nation's strategies for everybody; a unit's for those who see it or work below it."""
    rows = Strategy.objects.all()
    mine = scope.limit(Strategy.objects.order_by(), user, path_field="unit__path")
    above = {p[:n] for p in scope.paths(user) for n in range(4, len(p) + 1, 4)}
    return rows.filter(Q(unit=None) | Q(pk__in=mine.values("pk")) | Q(unit__path__in=above))


def ladder(user: Any, fiscal_year: int | None = None) -> list[Rung]:
    """The tree of strategies in force in a year (BE; None: of every year), two queries."""
    rows = visible(user).select_related("unit", "grouping")
    strategies = list(rows)
    versions: dict[str, list[Strategy]] = defaultdict(list)
    for strategy in strategies:
        versions[strategy.code].append(strategy)
    if fiscal_year is not None:
        strategies = _in_force(strategies, fiscal_year)
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(strategy__in=[s.pk for s in strategies]).order_by("code"):
        goals[goal.strategy_id].append(goal)
    rungs = {s.pk: Rung(s, goals[s.pk], [], versions[s.code]) for s in strategies}
    tops: list[Rung] = []
    for rung in sorted(
        rungs.values(),
        key=lambda r: (RUNGS.index(r.strategy.level), r.strategy.code, r.strategy.version),
    ):
        parent = rungs.get(rung.strategy.parent_id or 0)
        (parent.children if parent else tops).append(rung)
    return tops


@dataclass(frozen=True)
class Aligned:
    """A project that says why it contributes to the goal."""

    project: Project
    alignment: Alignment


def goal_page(user: Any, goal: Goal) -> tuple[list[Indicator], list[Aligned], list[Goal]]:
    """Indicators of the goal that the reader may see, aligned projects he may see, the goal in other versions."""
    indicators = list(
        Indicator.objects.visible_to(user).filter(goal=goal).order_by("code", "-version")
    )
    seen = Project.objects.visible_to(user)
    rows = Alignment.objects.filter(goal__code=goal.code, goal__strategy__code=goal.strategy.code)
    found = rows.filter(project__in=seen).select_related("project__owner", "project__plan")
    others = Goal.objects.filter(code=goal.code, strategy__code=goal.strategy.code).exclude(
        pk=goal.pk
    )
    return (
        indicators,
        [Aligned(a.project, a) for a in found.order_by("-project__fiscal_year", "pk")[:200]],
        list(others.select_related("strategy")),
    )


def _in_force(strategies: list[Strategy], fiscal_year: int) -> list[Strategy]:
    """Of each code the newest version that has begun and not ended."""
    found: dict[str, Strategy] = {}
    for strategy in sorted(strategies, key=lambda s: s.from_fy):
        if strategy.from_fy <= fiscal_year <= strategy.to_fy:
            found[strategy.code] = strategy
    return list(found.values())
