"""Projects of an area with their activities, aims, money and areas: seven queries, however many projects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sucharit.core import fiscal
from sucharit.orgs.models import Unit
from sucharit.plans.areas import words
from sucharit.plans.areas.queries.base import here, projects_here
from sucharit.plans.budget.queries import NOTHING, Totals, totals_by_project
from sucharit.plans.engine import areas as engine
from sucharit.plans.engine.overlaps import Effort, mask
from sucharit.plans.models import (
    Activity,
    ActivityMonth,
    Alignment,
    Project,
    ProjectArea,
)


@dataclass
class ProjectRow:
    """A project as an area shows it. ``wide``: it names the whole area around, none inside."""

    project: Project
    activities: list[Activity] = field(default_factory=list)
    areas: list[ProjectArea] = field(default_factory=list)  # here, not elsewhere
    aims: dict[str, int] = field(default_factory=dict)
    money: Totals = NOTHING
    wide: bool = False

    @property
    def progress(self) -> engine.Progress:
        """Weighted progress of its activities; those cancelled do not count."""
        return engine.progress((a.weight, a.progress_e2) for a in self.activities)

    @property
    def disbursed_e2(self) -> int | None:
        """Disbursed of the allocation in hundredths of a per cent; None without an allocation."""
        return engine.share_e2(self.money.disbursed, self.money.allocated)

    @property
    def effort(self) -> Effort:
        """What the engine compares."""
        return Effort(
            str(self.project.pk),
            str(self.project.owner_id),
            tuple(a.path for a in self.areas),
            self.aims,
        )


@dataclass(frozen=True)
class Gathered:
    """Everything of an area and year. ``names``: aims in words; ``linked``: indicator id → activities."""

    rows: dict[int, ProjectRow]
    names: dict[str, str]
    linked: dict[str, int]


def gather(user: Any, area: Unit, fiscal_year: int) -> Gathered:
    """Projects that work in the area, by agency and number, with what belongs to them."""
    found = projects_here(user, area, fiscal_year).select_related("plan", "owner")
    rows = {
        p.pk: ProjectRow(p) for p in found.order_by("owner__sort_key", "owner__code", "plan", "seq")
    }
    ids = list(rows)
    for place in ProjectArea.objects.filter(
        here(area, fiscal_year), project__in=ids
    ).select_related("unit"):
        rows[place.project_id].areas.append(place)
    for row in rows.values():
        row.wide = not any(a.path.startswith(area.path) for a in row.areas)
    activities = _activities(rows)
    months = _months(activities, fiscal_year)
    names, linked = _aims(rows, activities, months)
    for pk, money in totals_by_project(ids).items():
        rows[pk].money = money
    return Gathered(rows, names, linked)


def _activities(rows: dict[int, ProjectRow]) -> dict[int, Activity]:
    found = {}
    every = Activity.objects.filter(project__in=list(rows)).select_related("owner")
    for activity in every.defer("note").order_by("project", "seq"):
        if activity.state != Activity.State.CANCELLED:
            rows[activity.project_id].activities.append(activity)
            found[activity.pk] = activity
    return found


def _months(activities: dict[int, Activity], fiscal_year: int) -> dict[int, int]:
    """Months each activity is worked on: by its dates, else by the months of its grid in which the plan rises."""
    year = fiscal.year(fiscal_year)
    found: dict[int, int] = {}
    undated = []
    for pk, activity in activities.items():
        if activity.starts_on and activity.ends_on:
            found[pk] = _between(activity.starts_on, activity.ends_on, year)
        else:
            undated.append(pk)
    last: dict[int, int] = defaultdict(int)
    grid = ActivityMonth.objects.filter(activity__in=undated, planned_e2__isnull=False)
    for pk, month, planned in grid.order_by("activity", "month").values_list(
        "activity_id", "month", "planned_e2"
    ):
        if planned is not None and planned > last[pk]:
            found[pk] = found.get(pk, 0) | mask(month, month)
        last[pk] = planned or 0
    return found


def _between(starts: dt.date, ends: dt.date, year: fiscal.Period) -> int:
    first, last = max(starts, year.start), min(ends, year.end)
    return mask(fiscal.month_of(first), fiscal.month_of(last)) if first <= last else 0


def _aims(
    rows: dict[int, ProjectRow], activities: dict[int, Activity], months: dict[int, int]
) -> tuple[dict[str, str], dict[str, int]]:
    """Fill in the aims of each project; gives their names and the activities at work by indicator."""
    names: dict[str, str] = {f"group:{key}": str(label) for key, label in words.GROUPS.items()}
    linked: dict[str, int] = defaultdict(int)
    whole: dict[int, int] = defaultdict(int)
    for pk, activity in activities.items():
        whole[activity.project_id] |= months.get(pk, 0)
        if activity.target_group:
            _add(rows[activity.project_id], f"group:{activity.target_group}", months.get(pk, 0))
    through = Activity.indicators.through.objects.filter(activity__in=list(activities))
    for link in through.select_related("indicator"):
        key = f"indicator:{link.indicator_id}"
        names[key] = words.name(link.indicator)
        linked[str(link.indicator_id)] += 1
        _add(rows[activities[link.activity_id].project_id], key, months.get(link.activity_id, 0))
    aligned = Alignment.objects.filter(project__in=list(rows), goal__isnull=False)
    for one in aligned.select_related("goal"):
        goal = one.goal
        if goal is not None:
            names[f"goal:{goal.pk}"] = f"{goal.code} {words.title(goal)}"
            _add(rows[one.project_id], f"goal:{goal.pk}", whole[one.project_id])
    return names, linked


def _add(row: ProjectRow, aim: str, months: int) -> None:
    row.aims[aim] = row.aims.get(aim, 0) | months
