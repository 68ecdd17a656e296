"""Building a plan report: everything up to its last day, read once, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from sucharit.core import fiscal
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit
from sucharit.plans.engine.budget import REVERSAL, effect_of
from sucharit.plans.engine.report import ActivityRow, Money, ProjectRow, last_day
from sucharit.plans.indicators.queries import unit_rows
from sucharit.plans.models import (
    Activity,
    ActivityMonth,
    ActivityReport,
    BudgetLine,
    BudgetTransaction,
    Plan,
    Project,
    PublishedReport,
)
from sucharit.plans.reports.shapes import BelowLine, Document, IndicatorLine

MOST_BELOW = 100
_COUNTED = (Plan.State.APPROVED, Plan.State.CLOSED)


def build(user: Any, unit: Unit, fiscal_year: int, half: int, today: dt.date) -> Document:
    """The report of the unit's own plans (approved or closed; drafts are not reported) as the reader may see it.

    ``half`` 1: October to March, 2: the whole fiscal year (BE). Before the period ends it tells what is there so far.
    """
    ends = last_day(half, fiscal.end_of(fiscal_year), fiscal.half(fiscal_year, 1).end)
    until = min(ends, today)
    plans = list(
        Plan.objects.filter(owner=unit, fiscal_year=fiscal_year, state__in=_COUNTED).order_by(
            "code"
        )
    )
    below, left = _below(user, unit, fiscal_year)
    return Document(
        unit={"code": unit.code, "name_th": unit.name_th, "name_en": unit.name_en},
        fiscal_year=fiscal_year,
        half=half,
        until=until.isoformat(),
        made_on=today.isoformat(),
        complete=today > ends,
        synthetic=unit.synthetic or any(p.synthetic for p in plans),
        projects=_projects(plans, half, until),
        indicators=_indicators(user, unit, fiscal_year),
        actions=_actions(user, unit, fiscal_year, until),
        below=below,
        below_left=left,
    )


def _projects(plans: Sequence[Plan], half: int, until: dt.date) -> list[ProjectRow]:
    projects = list(
        Project.objects.filter(plan__in=plans)
        .exclude(state=Project.State.CANCELLED)
        .select_related("plan", "owner")
        .prefetch_related("alignments__goal")
        .order_by("plan__code", "seq")
    )
    activities = list(
        Activity.objects.filter(project__in=[p.pk for p in projects])
        .select_related("owner")
        .order_by("project", "seq")
    )
    planned, reached = _months(activities, fiscal_month(until))
    told = _told(activities, 2 * half)
    by_activity, by_project = _money([p.pk for p in projects], until)
    rows: dict[int, list[ActivityRow]] = defaultdict(list)
    for a in activities:
        report = told.get(a.pk)
        money = by_activity.get(a.pk, Money())
        rows[a.project_id].append(
            ActivityRow(
                title=a.title_th,
                owner=a.owner.name_th,
                state=a.state,
                weight=a.weight,
                planned_e2=planned.get(a.pk),
                progress_e2=report.progress_e2 if report else reached.get(a.pk),
                heads_planned=a.heads_planned,
                heads_attended=report.heads_attended if report else None,
                allocated=money.allocated,
                committed=money.committed,
                disbursed=money.disbursed,
                result=report.result if report else "",
                problem=report.problem if report else "",
                solution=report.solution if report else "",
                group=a.target_group,
                url=reverse("plans:activity", args=[a.pk]),
                late_reason=report.late_reason if report else "",
            )
        )
    return [_project(p, rows[p.pk], by_project.get(p.pk, Money())) for p in projects]


def _project(project: Project, rows: list[ActivityRow], own: Money) -> ProjectRow:
    return ProjectRow(
        title=project.title_th,
        owner=project.owner.name_th,
        plan=project.plan.title_th,
        activities=rows,
        own_allocated=own.allocated,
        own_committed=own.committed,
        own_disbursed=own.disbursed,
        url=reverse("plans:project", args=[project.pk]),
        aligned=sorted({a.goal.code for a in project.alignments.all() if a.goal}),
    )


def fiscal_month(day: dt.date) -> int:
    """The last month of the fiscal year that is over at the end of the day, 0 (none) to 12.

    A month counts when the day is its last one or later: a plan says where one stands at a month's end.
    """
    tomorrow = day + dt.timedelta(days=1)
    months = (tomorrow.month - fiscal.FIRST_MONTH) % 12
    return (
        12
        if months == 0 and fiscal.fiscal_year_be(tomorrow) != fiscal.fiscal_year_be(day)
        else months
    )


def _months(activities: Iterable[Activity], month: int) -> tuple[dict[int, int], dict[int, int]]:
    """Planned and reached (hundredths of a per cent, cumulative) at the end of the month, by activity."""
    planned: dict[int, int] = {}
    reached: dict[int, int] = {}
    rows = ActivityMonth.objects.filter(
        activity__in=[a.pk for a in activities], month__lte=month
    ).order_by("month")
    for row in rows:
        if row.planned_e2 is not None:
            planned[row.activity_id] = row.planned_e2
        if row.actual_e2 is not None:
            reached[row.activity_id] = row.actual_e2
    return planned, reached


def _told(activities: Iterable[Activity], quarter: int) -> dict[int, ActivityReport]:
    """The newest report of each activity up to the quarter."""
    rows = ActivityReport.objects.filter(
        activity__in=[a.pk for a in activities], latest=True, quarter__lte=quarter
    ).order_by("quarter")
    return {row.activity_id: row for row in rows}


def _money(projects: Sequence[int], until: dt.date) -> tuple[dict[int, Money], dict[int, Money]]:
    """Money by activity, and by project what is on no activity; of transactions dated up to the day."""
    sums: dict[tuple[int | None, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    rows = BudgetTransaction.objects.filter(
        line__in=BudgetLine.objects.filter(project__in=projects).values("pk"), on__lte=until
    ).values_list(
        "line__activity", "line__project", "kind", "amount_satang", "draws_on",
        "reverses__kind", "reverses__draws_on",
    )  # fmt: skip
    for activity, project, kind, amount, draws_on, undone, undone_drew in rows.iterator():
        if kind == REVERSAL:
            effect, amount = effect_of(undone, drew=undone_drew is not None), -amount  # noqa: PLW2901
        else:
            effect = effect_of(kind, drew=draws_on is not None)
        into = sums[activity, project]
        for at, sign in enumerate(effect):
            into[at] += sign * amount
    made = {key: Money(s[0], s[3], s[4]) for key, s in sums.items()}
    return (
        {activity: m for (activity, _p), m in made.items() if activity is not None},
        {project: m for (activity, project), m in made.items() if activity is None},
    )


def _indicators(user: Any, unit: Unit, fiscal_year: int) -> list[IndicatorLine]:
    return [
        IndicatorLine(
            code=row.indicator.code,
            name_th=row.indicator.name_th,
            name_en=row.indicator.name_en,
            unit_th=row.indicator.unit_th,
            target_e4=row.target_e4,
            value_e4=row.value_e4,
            attainment_e2=row.attainment_e2,
            level=row.level,
            official=row.official,
            decimals=row.indicator.decimals,
        )
        for row in unit_rows(user, unit, fiscal_year)
    ]


def _actions(user: Any, unit: Unit, fiscal_year: int, until: dt.date) -> dict[str, int]:
    """Action items of the unit itself, opened up to the day, as they stand now."""
    rows = ActionItem.objects.visible_to(user).filter(
        unit=unit, fiscal_year=fiscal_year, created_at__date__lte=until
    )
    live = rows.open()
    return {
        "all": rows.exclude(state=ActionItem.State.CANCELLED).count(),
        "accepted": rows.filter(state=ActionItem.State.ACCEPTED).count(),
        "open": live.count(),
        "late": live.overdue(until).count(),
    }


def _below(user: Any, unit: Unit, fiscal_year: int) -> tuple[list[BelowLine], int]:
    """Units below with approved plans, summed up; figures as they stand now."""
    plans = Plan.objects.visible_to(user).filter(
        owner__path__gt=unit.path, owner__path__lt=unit.path + "~",
        fiscal_year=fiscal_year, state__in=_COUNTED,
    )  # fmt: skip
    owners = Unit.objects.filter(pk__in=plans.values("owner")).by_name()
    listed = list(owners[:MOST_BELOW])
    alive = ~Q(state=Activity.State.CANCELLED)
    told = Activity.objects.filter(
        alive, project__plan__in=plans.values("pk"), project__plan__owner__in=listed
    ).values("project__plan__owner")
    counts: dict[int, Any] = {r["project__plan__owner"]: r for r in told.annotate(
        n=Count("pk"),
        reported=Count("pk", filter=Q(progress_e2__isnull=False)),
    )}  # fmt: skip
    weighted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for owner, weight, e2 in told.filter(progress_e2__isnull=False).values_list(
        "project__plan__owner", "weight", "progress_e2"
    ):
        weighted[owner][0] += weight * (e2 or 0)
        weighted[owner][1] += weight
    money: dict[int, Any] = {
        r["project__plan__owner"]: r
        for r in BudgetLine.objects.filter(project__plan__in=plans.values("pk"))
        .values("project__plan__owner")
        .annotate(allocated=Sum("allocated_satang"), disbursed=Sum("disbursed_satang"))
    }
    lines = [_line(u, counts.get(u.pk), weighted[u.pk], money.get(u.pk)) for u in listed]
    return lines, max(0, owners.count() - len(listed))


def _line(
    unit: Unit, counts: dict[str, Any] | None, weighted: list[int], money: dict[str, Any] | None
) -> BelowLine:
    from fractions import Fraction

    from sucharit.core.rounding import half_up

    return BelowLine(
        code=unit.code,
        name_th=unit.name_th,
        name_en=unit.name_en,
        activities=counts["n"] if counts else 0,
        reported=counts["reported"] if counts else 0,
        progress_e2=half_up(Fraction(weighted[0], weighted[1])) if weighted[1] else None,
        allocated=money["allocated"] if money else None,
        disbursed=money["disbursed"] if money else None,
    )


def published(unit: Unit, fiscal_year: int, half: int) -> PublishedReport | None:
    """The report of the unit that everybody may read now: the newest version, unless it was withdrawn."""
    newest = (
        PublishedReport.objects.filter(unit=unit, fiscal_year=fiscal_year, half=half)
        .order_by("-version")
        .first()
    )
    return newest if newest and newest.withdrawn_at is None else None


def versions(unit: Unit, fiscal_year: int, half: int) -> list[PublishedReport]:
    """Every version that was published, newest first, without the documents."""
    rows = PublishedReport.objects.filter(unit=unit, fiscal_year=fiscal_year, half=half)
    return list(rows.defer("document").select_related("published_by").order_by("-version"))
