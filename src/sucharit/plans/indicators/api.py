"""Indicators over HTTP: sheets the caller may see, and a unit's figures of a year."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import queries
from sucharit.plans.models import Indicator

router = Router(tags=["indicators"])


class IndicatorOut(Schema):
    code: str
    version: int
    name_th: str
    name_en: str
    measure: str
    direction: str
    frequency: str
    public: bool
    verified: bool


class FigureOut(Schema):
    """Exact decimals as text; null is "no data", never zero. ``attainment``: per cent, not capped."""

    code: str
    version: int
    name_th: str
    target: str | None
    value: str | None
    numerator: str | None
    denominator: str | None
    attainment: str | None
    level: int | None
    official: bool
    as_of: dt.datetime | None


@router.get("", response=list[IndicatorOut], summary="Indicators in use")
def list_indicators(request: HttpRequest) -> Any:
    """Public ones for everybody, others within the caller's scope."""
    return Indicator.objects.visible_to(request.user).filter(retired_at=None)[:1000]  # type: ignore[arg-type]


@router.get("/units/{code}", response=list[FigureOut], summary="A unit's figures of a fiscal year")
def unit_figures(request: HttpRequest, code: str, fiscal_year: int) -> list[dict[str, Any]]:
    """``fiscal_year`` in the Buddhist era. Out of scope: verified figures of public indicators only."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFoundInScope("No such unit.")
    return [_row(r) for r in queries.unit_rows(request.user, unit, fiscal_year)]


def _row(row: queries.UnitRow) -> dict[str, Any]:
    percent = row.attainment.percent
    return {
        "code": row.indicator.code,
        "version": row.indicator.version,
        "name_th": row.indicator.name_th,
        "target": _text(row.target_e4),
        "value": _text(row.value_e4),
        "numerator": _text(row.numerator_e4),
        "denominator": _text(row.denominator_e4),
        "attainment": None if percent is None else text_of(percent, 2).replace(",", ""),
        "level": row.level,
        "official": row.official,
        "as_of": row.as_of,
    }


def _text(value: int | None) -> str | None:
    if value is None:
        return None
    return text_of(of_e4(value), 4).replace(",", "").rstrip("0").rstrip(".")
