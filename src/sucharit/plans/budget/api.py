"""Budgets over HTTP: lines the caller may see, a line with its movements, and a unit's sums of a year."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit
from sucharit.plans.budget import queries
from sucharit.plans.models import BudgetLine, BudgetTransaction

router = Router(tags=["budget"])
MOST = 1_000


class LineOut(Schema):
    """Integer satang. available = allocated − left − reserved − committed − disbursed; ``left``: lapsed or carried over."""

    id: int
    unit: str
    project: int
    activity: int | None
    fiscal_year: int
    origin_fiscal_year: int
    source: str
    category: str
    item: str
    allocated_satang: int
    left_satang: int
    reserved_satang: int
    committed_satang: int
    disbursed_satang: int
    available_satang: int
    closed: bool
    synthetic: bool


class MovementOut(Schema):
    """``draws_on``, ``reverses`` and ``stands_on`` are numbers of the same line."""

    number: int
    kind: str
    amount_satang: int
    on: dt.date
    document_no: str
    draws_on: int | None
    reverses: int | None
    override: bool
    stands_on: int | None
    available_after_satang: int


class LineWithMovementsOut(LineOut):
    movements: list[MovementOut]


class TotalsOut(Schema):
    """Sums of a unit and everything below it. ``lines`` 0: nothing is known, which is not zero baht; sums are null then."""

    unit: str
    fiscal_year: int
    lines: int
    allocated_satang: int | None
    left_satang: int | None
    reserved_satang: int | None
    committed_satang: int | None
    disbursed_satang: int | None
    available_satang: int | None


@router.get("/lines", response=list[LineOut], summary="Budget lines of a fiscal year")
def budget_lines(
    request: HttpRequest, fiscal_year: int, project: int | None = None, after: int = 0
) -> list[dict[str, Any]]:
    """Within the caller's scope, 1,000 at a time by ``id``: ask for more with ``after``, the last id. Year in the BE."""
    rows = _lines(request).filter(fiscal_year=fiscal_year, pk__gt=after)
    if project is not None:
        rows = rows.filter(project=project)
    return [_line(line) for line in rows.order_by("pk")[:MOST]]


@router.get("/lines/{pk}", response=LineWithMovementsOut, summary="A line with its movements")
def budget_line(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Every movement in the order it was entered; remarks and reasons stay on the pages."""
    line = _lines(request).filter(pk=pk).first()
    if line is None:
        raise NotFoundInScope("No such budget line.")
    rows = line.transactions.select_related("draws_on", "reverses", "stands_on").order_by("number")
    return {**_line(line), "movements": [_movement(row) for row in rows]}


@router.get(
    "/units/{code}/{fiscal_year}", response=TotalsOut, summary="A unit's sums of a fiscal year"
)
def budget_totals(request: HttpRequest, code: str, fiscal_year: int) -> dict[str, Any]:
    """Of a unit within the caller's scope; ``fiscal_year`` in the Buddhist era."""
    unit = Unit.objects.visible_to(request.user).filter(code=code).first()
    if unit is None:
        raise NotFoundInScope("No such unit.")
    found = queries.totals(unit, fiscal_year)
    names = ("allocated", "left", "reserved", "committed", "disbursed", "available")
    return {
        "unit": unit.code,
        "fiscal_year": fiscal_year,
        "lines": found.lines,
        **{f"{name}_satang": getattr(found, name) if found.lines else None for name in names},
    }


def _lines(request: HttpRequest) -> Any:
    rows = BudgetLine.objects.visible_to(request.user)  # type: ignore[arg-type]
    return rows.select_related("unit", "project__plan")


def _line(line: BudgetLine) -> dict[str, Any]:
    names = [name for name in LineOut.model_fields if name.endswith("_satang")]
    return {
        "id": line.pk,
        "unit": line.unit.code,
        "project": line.project_id,
        "activity": line.activity_id,
        "fiscal_year": line.fiscal_year,
        "origin_fiscal_year": line.origin_fiscal_year,
        "source": line.source,
        "category": line.category,
        "item": line.item,
        "closed": line.closed_at is not None,
        "synthetic": line.project.plan.synthetic,
        **{name: getattr(line, name) for name in names},
    }


def _movement(row: BudgetTransaction) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "amount_satang": row.amount_satang,
        "on": row.on,
        "document_no": row.document_no,
        "draws_on": row.draws_on.number if row.draws_on else None,
        "reverses": row.reverses.number if row.reverses else None,
        "override": row.override,
        "stands_on": row.stands_on.number if row.stands_on else None,
        "available_after_satang": row.available_after,
    }
