"""Work beside money for projects of a unit or activities of a plan, and a unit's year against the targets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sucharit.core import fiscal
from sucharit.orgs.models import Unit
from sucharit.plans.budget import queries, rules
from sucharit.plans.budget.queries import Totals
from sucharit.plans.engine import quadrant as engine
from sucharit.plans.models import Activity, ActivityMonth, BudgetLine, Plan, Project, SpendingTarget

MOST = 200  # rows of a page; the most to ask about come first


@dataclass(frozen=True)
class Row:
    """A project or an activity: where it stands, its money, paid per head that attended (satang)."""

    title: str
    url: str
    placed: engine.Placed
    totals: Totals
    per_head: Fraction | None


@dataclass(frozen=True)
class Against:
    """A spending target of the year and what was reached (per cent); ``reached`` None: nothing allocated."""

    target: SpendingTarget
    reached: Fraction | None

    @property
    def wanted(self) -> Fraction:
        return Fraction(self.target.percent_e2, 100)

    @property
    def met(self) -> bool | None:
        return None if self.reached is None else self.reached >= self.wanted


def of_unit(user: Any, unit: Unit, fiscal_year: int, today: dt.date) -> list[Row]:
    """Projects owned in the unit's subtree that the reader sees; flagged ones first. Cancelled ones are left out."""
    projects = (
        Project.objects.visible_to(user)
        .filter(
            fiscal_year=fiscal_year, owner__path__gte=unit.path, owner__path__lt=unit.path + "~"
        )
        .exclude(state="cancelled")
    )
    keys = projects.order_by().values("pk")
    activities = Activity.objects.filter(project__in=keys).exclude(state="cancelled")
    money = queries.totals_by_project(keys, fiscal_year)
    facts = _facts(activities, fiscal_year, today, by="project_id")
    rule = rules.watch(today).thresholds
    rows = [
        _row(p.title_th, _lines("project", p.pk), money.get(p.pk), facts.get(p.pk, []), rule)
        for p in projects.only("pk", "title_th")
    ]
    return _sorted(rows)


def of_plan(plan: Plan, today: dt.date) -> list[Row]:
    """Activities of a plan; flagged ones first."""
    activities = Activity.objects.filter(project__plan=plan).exclude(state="cancelled")
    money = queries.totals_by_activity(activities.order_by().values("pk"))
    facts = _facts(activities, plan.fiscal_year, today, by="pk")
    rule = rules.watch(today).thresholds
    rows = [
        _row(a.title_th, _lines("activity", a.pk), money.get(a.pk), facts.get(a.pk, []), rule)
        for a in activities.only("pk", "title_th")
    ]
    return _sorted(rows)


def targets(unit: Unit, fiscal_year: int) -> list[Against]:
    """National targets of the whole year with what the unit reached; a year without targets gives none."""
    found = list(SpendingTarget.objects.filter(fiscal_year=fiscal_year, quarter=None))
    if not found:
        return []
    sums = queries.grouped(queries.lines_of(unit, fiscal_year), "category")
    whole, recurrent = queries.NOTHING, queries.NOTHING
    for category, part in sums.items():
        whole = whole.plus(part)
        if category != BudgetLine.Category.INVESTMENT:
            recurrent = recurrent.plus(part)
    reached = {
        "investment": sums.get("investment", queries.NOTHING).disbursed_percent,
        "recurrent": recurrent.disbursed_percent,
        "total": whole.disbursed_percent,
        "spending": whole.spent_percent,
    }
    return [Against(target, reached[target.kind]) for target in found]


@dataclass(frozen=True)
class _Fact:
    """What an activity tells: progress and plan in per cent, weight, heads that attended."""

    work: Fraction | None
    planned: Fraction | None
    weight: int
    heads: int | None


def _facts(
    activities: QuerySet[Any], fiscal_year: int, today: dt.date, *, by: str
) -> dict[int, list[_Fact]]:
    """Facts by project or activity key. Planned: the last month of the grid up to today that is filled in."""
    period = fiscal.year(fiscal_year)
    month = 12 if today > period.end else fiscal.month_of(today) if today in period else 0
    grid = ActivityMonth.objects.filter(
        activity__in=activities.order_by().values("pk"), month__lte=month, planned_e2__isnull=False
    )
    planned = dict(grid.order_by("month").values_list("activity_id", "planned_e2"))
    found: dict[int, list[_Fact]] = defaultdict(list)
    for a in activities.order_by().values(
        "pk", "project_id", "progress_e2", "weight", "heads_attended"
    ):
        found[a[by]].append(
            _Fact(
                _per_cent(a["progress_e2"]),
                _per_cent(planned.get(a["pk"])),
                a["weight"],
                a["heads_attended"],
            )
        )
    return found


def _per_cent(hundredths: int | None) -> Fraction | None:
    return None if hundredths is None else Fraction(hundredths, 100)


def _row(
    title: str, url: str, money: Totals | None, facts: list[_Fact], rule: engine.Thresholds
) -> Row:
    money = money or queries.NOTHING
    work = engine.weighted([(f.work, f.weight) for f in facts])
    planned = engine.weighted([(f.planned, f.weight) for f in facts])
    known = [f.heads for f in facts if f.heads is not None]
    # Heads of some activities only would make the others' money look dear: no figure then.
    heads = sum(known) if known and len(known) == len(facts) else None
    placed = engine.place(work, money.disbursed_percent, planned, rule)
    return Row(title, url, placed, money, engine.cost_per_head(money.disbursed, heads))


def _sorted(rows: list[Row]) -> list[Row]:
    order = {"money_ahead": 0, "work_ahead": 0, "both_behind": 1, "on_track": 2, "unknown": 3}
    return sorted(rows, key=lambda r: (order[r.placed.where], -abs(r.placed.gap or 0), r.title))


def _lines(key: str, pk: int) -> str:
    return f"{reverse('plans:budget_lines')}?{key}={pk}"
