"""Working days and days due over HTTP: what law and the announced days off say, about nobody."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.desk.deadlines import calendar, queries, words
from sucharit.desk.engine import deadlines as engine
from sucharit.desk.models import Clock
from sucharit.orgs.models import Unit

router = Router(tags=["deadlines"])
MOST = 3_660
FAR = (dt.date(1957, 1, 1), dt.date(2107, 12, 31))  # days the table can hold


class Asked(Schema):
    start: dt.date
    clock: str = ""
    n: int = 0
    unit: Literal["day", "working_day", "week", "month", "year"] = "day"
    roll_forward: bool = True
    starts_same_day: bool = False
    province: str = ""


class Sentence(Schema):
    kind: str
    on: dt.date
    text: str
    days_off: list[str]


class Due(Schema):
    due_on: dt.date
    clock: str
    legal_basis: str
    verified: bool | None
    province: str
    steps: list[Sentence]


class WorkingDay(Schema):
    on: dt.date
    province: str
    is_working_day: bool
    next_working_day: dt.date
    name: str
    covered: bool


@router.get("/compute", response=Due, summary="The last day of a period, and why")
def compute(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:  # noqa: ARG001 (ninja's signature)
    """By a clock (its own rule counts) or by ``n`` units; 404 for an unknown clock or province."""
    _near(asked.start)
    province = _province(asked.province)
    used = None
    if asked.clock:
        if not Clock.objects.filter(key=asked.clock).exists():
            raise NotFoundInScope("No such clock.")
        used = queries.clock_on(asked.clock, asked.start)
        rule = queries.rule_of(used)
    else:
        if not 1 <= asked.n <= MOST:
            raise Refusal(f"n is a number from 1 to {MOST}.", where="n")
        rule = engine.Rule(asked.n, asked.unit, asked.roll_forward, asked.starts_same_day)
    found = queries.compute(rule, asked.start, province)
    return {
        "due_on": found.due_on,
        "clock": asked.clock,
        "legal_basis": used.legal_basis if used else "",
        "verified": used.verified if used else None,
        "province": province,
        "steps": [_sentence(step.as_data()) for step in found.steps],
    }


@router.get("/working-day", response=WorkingDay, summary="Whether the civil service works on a day")
def working_day(request: HttpRequest, on: dt.date, province: str = "") -> dict[str, Any]:  # noqa: ARG001
    """``covered`` false: the days off of that year are not in the table, only week-ends are known."""
    _near(on)
    code = _province(province)
    found = calendar.current()
    row = found.row(on, code)
    return {
        "on": on,
        "province": code,
        "is_working_day": found.is_working_day(on, code),
        "next_working_day": found.next_working_day(on, code),
        "name": row.name if row else "",
        "covered": on.year in found.covered,
    }


def _sentence(step: dict[str, Any]) -> dict[str, Any]:
    told = words.told([step])[0]
    return {
        "kind": step["kind"],
        "on": step["on"],
        "text": told.text,
        "days_off": [name for name, _verified in told.days],
    }


def _province(code: str) -> str:
    if code and not Unit.objects.filter(code=code, kind__in=calendar.PROVINCES).exists():
        raise NotFoundInScope("No such province.")
    return code


def _near(day: dt.date) -> None:
    if not FAR[0] <= day <= FAR[1]:
        raise Refusal(f"Give a day from {FAR[0]} to {FAR[1]}.", where="start")
