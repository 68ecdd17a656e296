"""A small approved plan for reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sucharit.core import clock
from sucharit.plans.models import (
    Activity,
    ActivityMonth,
    ActivityReport,
    BudgetLine,
    BudgetTransaction,
    Plan,
    Project,
)


def plan(unit: Any, *, state: str = "approved", title: str = "แผนป้องกันการทุจริต") -> Plan:
    """A plan of 2567 with one project and two activities."""
    made = Plan.objects.create(
        fiscal_year=2567,
        kind="integrity",
        owner=unit,
        code=f"p-{unit.code}",
        title_th=title,
        state=state,
    )
    project = Project.objects.create(
        plan=made, fiscal_year=2567, seq=1, title_th="โครงการโปร่งใส", owner=unit
    )
    for seq in (1, 2):
        activity = Activity.objects.create(
            project=project,
            seq=seq,
            title_th=f"กิจกรรมที่ {seq}",
            owner=unit,
            weight=seq,
            state="running",
        )
        ActivityMonth.objects.bulk_create(
            ActivityMonth(activity=activity, month=m, planned_e2=min(10_000, 1_000 * m))
            for m in range(1, 13)
        )
    return made


def report(activity: Activity, quarter: int, progress_e2: int, **fields: Any) -> ActivityReport:
    """What an activity told for a quarter."""
    return ActivityReport.objects.create(
        activity=activity, quarter=quarter, progress_e2=progress_e2, result="ดำเนินการแล้ว",
        at=clock.now(), **fields,
    )  # fmt: skip


def money(activity: Activity, *rows: tuple[str, int, str]) -> BudgetLine:
    """A line with transactions (kind, satang, ISO day)."""
    line = BudgetLine.objects.create(
        project=activity.project, activity=activity, unit=activity.owner, fiscal_year=2567,
        origin_fiscal_year=2567, source="regular", category="operating", item="ค่าใช้จ่าย",
    )  # fmt: skip
    BudgetTransaction.objects.bulk_create(
        BudgetTransaction(
            line=line, number=n, kind=kind, amount_satang=amount, on=dt.date.fromisoformat(on),
            allocated_after=0, available_after=0, at=clock.now(),
        )
        for n, (kind, amount, on) in enumerate(rows, start=1)
    )  # fmt: skip
    return line
