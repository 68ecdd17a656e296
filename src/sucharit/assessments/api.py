"""Results over HTTP, by the same queries as the pages: announced ones for everybody, others within one's scope."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from sucharit.assessments.models import UnitResult
from sucharit.assessments.queries import groups, results
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit

router = Router(tags=["results"])


class NodeOut(Schema):
    node: str
    title_th: str
    title_en: str
    value: str | None  # "84.16", as displayed; null when the status says why
    exact: str | None  # "n/d", unrounded
    n: int | None
    status: str


class ResultOut(Schema):
    unit: str
    name_th: str
    fiscal_year: int
    total: str | None
    level: str
    level_th: str
    level_en: str
    passed: bool | None
    kind: str
    source: str
    verified: bool
    synthetic: bool


class ResultFull(ResultOut):
    nodes: list[NodeOut]


def _text(hundredths: int | None) -> str | None:
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


def _plain(result: UnitResult) -> dict[str, Any]:
    assert result.unit is not None
    run = result.run
    return {
        "unit": result.unit.code,
        "name_th": result.unit.name_th,
        "fiscal_year": result.fiscal_year,
        "total": _text(result.total_hundredths),
        "level": result.level,
        "level_th": result.level_th,
        "level_en": result.level_en,
        "passed": result.passed,
        "kind": run.kind,
        "source": run.source,
        "verified": run.verified,
        "synthetic": run.synthetic,
    }


@router.get("/{fiscal_year}", response=list[ResultOut], summary="Results of a fiscal year (BE)")
def list_results(
    request: HttpRequest, fiscal_year: int, kind: str | None = None
) -> list[dict[str, Any]]:
    """One row a unit; ``kind`` narrows to a kind of unit, such as province."""
    units = Unit.objects.filter(kind=kind) if kind else Unit.objects.all()
    return [
        _plain(s.result)
        for s in groups.group_year(request.user, units, fiscal_year, ["total"]).standings
    ]


@router.get("/{fiscal_year}/{code}", response=ResultFull, summary="One unit's result, every node")
def get_result(request: HttpRequest, fiscal_year: int, code: str) -> dict[str, Any]:
    """404 when there is none that you may see."""
    unit = Unit.objects.filter(code=code).first()
    found = results.unit_year(request.user, unit, fiscal_year) if unit else None
    if found is None:
        raise NotFoundInScope("No such result.")
    exact = dict(found.result.nodes.values_list("node", "exact"))
    nodes = [
        {
            "node": f.node,
            "title_th": f.title_th,
            "title_en": f.title_en,
            "value": _text(f.hundredths),
            "exact": exact.get(f.node) or None,
            "n": f.n,
            "status": f.status,
        }
        for f in found.figures.values()
    ]
    return {**_plain(found.result), "nodes": nodes}


@router.get(
    "/{fiscal_year}/{code}/why/{node}", response=dict[str, Any], summary="How one figure came about"
)
def get_why(request: HttpRequest, fiscal_year: int, code: str, node: str) -> dict[str, Any]:
    """The explanation tree of a node: value, n, weight, rule, children. 404 when there is none."""
    unit = Unit.objects.filter(code=code).first()
    result = results.best_result(request.user, unit, fiscal_year) if unit else None
    found = results.explanation(result, node) if result else None
    if found is None:
        raise NotFoundInScope("No such figure.")
    return found[0]
