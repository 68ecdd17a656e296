"""Areas over HTTP: the projects of every agency in an area, as the area's page tells them."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from sucharit.core import clock, fiscal
from sucharit.core.rounding import hundredths_text
from sucharit.plans.areas import queries
from sucharit.plans.areas.queries.gather import ProjectRow

router = Router(tags=["areas"])


class AreaProjectOut(Schema):
    """Money in integer satang; shares in per cent as text with two decimals. null is "no data", never zero."""

    agency: str
    agency_th: str
    plan: str
    project: str
    title_th: str
    state: str
    areas: list[str]
    activities: int
    activities_reported: int
    progress: str | None
    allocated_satang: int | None
    committed_satang: int | None
    disbursed_satang: int | None
    disbursed: str | None
    synthetic: bool


@router.get("/{code}/projects", response=list[AreaProjectOut], summary="Projects in an area")
def area_projects(
    request: HttpRequest, code: str, fiscal_year: int | None = None
) -> list[dict[str, Any]]:
    """Of a province, district or subdistrict within the caller's scope; ``fiscal_year`` BE (default: this one)."""
    area = queries.area_or_404(request.user, code)
    year = fiscal_year or fiscal.fiscal_year_be(clock.today())
    return [_row(r) for r in queries.gather(request.user, area, year).rows.values()]


def _row(row: ProjectRow) -> dict[str, Any]:
    project, told, money = row.project, row.progress, row.money if row.money.lines else None
    return {
        "agency": project.owner.code,
        "agency_th": project.owner.name_th,
        "plan": project.plan.code,
        "project": project.code or str(project.seq),
        "title_th": project.title_th,
        "state": project.state,
        "areas": sorted(a.unit.code for a in row.areas),
        "activities": told.expected,
        "activities_reported": told.reported,
        "progress": _text(told.percent_e2),
        "allocated_satang": money.allocated if money else None,
        "committed_satang": money.committed if money else None,
        "disbursed_satang": money.disbursed if money else None,
        "disbursed": _text(row.disbursed_e2),
        "synthetic": project.plan.synthetic,
    }


def _text(value: int | None) -> str | None:
    return None if value is None else hundredths_text(value)
