"""Rows of a plan in the shape of eMENSCR's forms M1–M7; which columns a form has is data (``data/emenscr.yaml``).

The mapping is unverified: every file says so in its first line. Text is Thai, dates ISO, money baht.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from sucharit.core.exports import Hundredths, Satang
from sucharit.plans.models import (
    Activity,
    ActivityReport,
    Alignment,
    BudgetLine,
    Plan,
    Project,
)
from sucharit.plans.work import words

DATA = Path(__file__).resolve().parents[1] / "data" / "emenscr.yaml"
Record = dict[str, Any]


@dataclass(frozen=True)
class Column:
    key: str
    th: str
    en: str

    @property
    def title(self) -> str:
        return self.th if _thai() else self.en


@dataclass(frozen=True)
class Form:
    """One form: its columns and which records fill it (``rows``)."""

    key: str
    rows: str
    th: str
    en: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        return self.th if _thai() else self.en

    @property
    def csv(self) -> str:
        return f"{self.key}.csv"

    @property
    def json(self) -> str:
        return f"{self.key}.json"


@cache
def document() -> Record:
    """The mapping as it is written."""
    found: Record = yaml.safe_load(DATA.read_text("utf-8"))
    return found


@cache
def forms() -> tuple[Form, ...]:
    """Forms M1 to M7."""
    return tuple(
        Form(
            f["key"], f["rows"], f["title"]["th"], f["title"]["en"],
            tuple(Column(c["key"], c["th"], c["en"]) for c in f["columns"]),
        )
        for f in document()["forms"]
    )  # fmt: skip


def notice() -> str:
    """The line every file begins with, in both languages."""
    told = document()["notice"]
    return f"{told['th']} / {told['en']}"


def rows(form: Form, plan: Plan) -> Iterator[list[Any]]:
    """Cells of a form for a plan, in the order of its columns; None where nothing is known."""
    for record in RECORDS[form.rows](plan):
        yield [record.get(c.key) for c in form.columns]


def _thai() -> bool:
    return (get_language() or "th").startswith("th")


def _plan(plan: Plan) -> Iterator[Record]:
    yield {
        "plan_code": plan.code, "plan": plan.title_th, "fiscal_year": plan.fiscal_year,
        "state": plan.state, "submitted_at": plan.submitted_at, "approved_at": plan.approved_at,
    }  # fmt: skip


def _projects(plan: Plan) -> Iterator[Record]:
    (head,) = _plan(plan)
    found = plan.projects.exclude(state=Project.State.CANCELLED).select_related("owner")
    for p in found.prefetch_related("areas__unit", "partners", "indicators").order_by("seq"):
        yield head | {
            "project_no": p.seq, "project_code": p.code, "project": p.title_th,
            "program": p.program_th, "unit_code": p.owner.code, "unit": p.owner.name_th,
            "partners": "; ".join(u.name_th for u in p.partners.all()),
            "areas": ", ".join(sorted(a.unit.code for a in p.areas.all())),
            "starts_on": p.starts_on, "ends_on": p.ends_on, "rationale": p.rationale,
            "objective": p.objective, "expected_result": p.expected_result,
            "beneficiaries": p.beneficiaries, "beneficiary_count": p.beneficiary_count,
            "indicators": "; ".join(f"{i.code} {i.name_th}" for i in p.indicators.all()),
            "risk": p.risk,
        }  # fmt: skip


def _alignments(plan: Plan) -> Iterator[Record]:
    found = Alignment.objects.filter(project__plan=plan).exclude(
        project__state=Project.State.CANCELLED
    )
    for a in found.select_related("project", "goal__strategy", "strategy").order_by(
        "project__seq", "rung", "pk"
    ):
        strategy = a.goal.strategy if a.goal else a.strategy
        yield {
            "project_no": a.project.seq, "project": a.project.title_th, "rung": a.rung,
            "goal_code": a.goal.code if a.goal else None,
            "goal": a.goal.title_th if a.goal else None,
            "strategy": strategy.title_th if strategy else None,
            "strategy_version": strategy.version if strategy else None,
            "contribution": a.contribution,
        }  # fmt: skip


def _activities(plan: Plan) -> Iterator[Record]:
    found = Activity.objects.filter(project__plan=plan).exclude(state=Activity.State.CANCELLED)
    for a in (
        found.select_related("project", "owner")
        .prefetch_related("months")
        .order_by("project__seq", "seq")
    ):
        record: Record = {
            "project_no": a.project.seq, "activity_no": a.seq, "activity": a.title_th,
            "unit_code": a.owner.code, "unit": a.owner.name_th,
            "target_group": str(words.GROUPS.get(a.target_group, "")),
            "expected_output": a.expected_output, "heads_planned": a.heads_planned,
            "starts_on": a.starts_on, "ends_on": a.ends_on, "weight": a.weight,
        }  # fmt: skip
        for m in a.months.all():
            record[f"m{m.month}"] = _share(m.planned_e2)
        yield record


def _budget(plan: Plan) -> Iterator[Record]:
    found = BudgetLine.objects.filter(project__plan=plan)
    for line in found.select_related("project", "activity", "unit").order_by(
        "project__seq", "activity__seq", "pk"
    ):
        yield {
            "project_no": line.project.seq,
            "activity_no": line.activity.seq if line.activity else None,
            "source": line.source, "category": line.category, "item": line.item,
            "unit_code": line.unit.code, "allocated": Satang(line.allocated_satang),
        }  # fmt: skip


def _reports(plan: Plan) -> Iterator[Record]:
    found = ActivityReport.objects.filter(activity__project__plan=plan, latest=True)
    for r in found.select_related("activity__project").order_by(
        "activity__project__seq", "activity__seq", "quarter"
    ):
        yield {
            "project_no": r.activity.project.seq, "activity_no": r.activity.seq,
            "activity": r.activity.title_th, "quarter": r.quarter, "version": r.version,
            "progress": Hundredths(r.progress_e2), "heads_attended": r.heads_attended,
            "result": r.result, "problem": r.problem, "solution": r.solution,
            "late_reason": r.late_reason, "reported_at": r.at,
        }  # fmt: skip


def _share(value: int | None) -> Hundredths | None:
    return None if value is None else Hundredths(value)


RECORDS: dict[str, Callable[[Plan], Iterator[Record]]] = {
    "plan": _plan,
    "project": _projects,
    "alignment": _alignments,
    "activity": _activities,
    "budget": _budget,
    "report": _reports,
}
