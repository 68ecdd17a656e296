"""Results in the shape of IATI 2.03: result → indicator → baseline and period → target and actual.

Values are strings; what is not known is absent, never zero. ResultType 1 output, 2 outcome, 3 impact;
IndicatorMeasure 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative (code lists from general knowledge).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sucharit.core.fiscal import year as year_of
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.models import Actual, Baseline, Indicator, Target

RESULT_TYPE = {"output": "1", "outcome": "2", "impact": "3"}
MEASURE = {
    "count": "1", "percent": "2", "ratio": "1", "score": "1", "rank": "4", "binary": "3", "milestone": "3",
    "text": "5",
}  # fmt: skip


def results(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any]:
    """The unit's indicators of a year: verified figures only."""
    held = list(
        Target.objects.filter(unit=unit, fiscal_year=fiscal_year, superseded=False).order_by(
            "period", "seq"
        )
    )
    told = list(
        Actual.objects.filter(unit=unit, fiscal_year=fiscal_year, official=True).order_by(
            "period", "seq"
        )
    )
    ids = {t.indicator_id for t in held} | {a.indicator_id for a in told}
    rows = (
        Indicator.objects.visible_to(user)
        if scope.can(user, "view", unit)
        else Indicator.objects.filter(public=True)
    )
    bases: dict[int, list[Baseline]] = defaultdict(list)
    for base in Baseline.objects.filter(unit=unit, indicator__in=ids, fiscal_year__lte=fiscal_year):
        bases[base.indicator_id].append(base)
    found = rows.filter(pk__in=ids).order_by("code", "version")
    return {
        "standard": "IATI activities 2.03, result element as JSON",
        "reporting-org": unit.code,
        "fiscal-year-be": fiscal_year,
        "results": [
            _result(
                i, bases[i.pk], [t for t in held if t.indicator_id == i.pk],
                [a for a in told if a.indicator_id == i.pk], fiscal_year,
            )
            for i in found
        ],
    }  # fmt: skip


def _result(
    indicator: Indicator,
    bases: list[Baseline],
    targets: list[Target],
    actuals: list[Actual],
    fiscal_year: int,
) -> dict[str, Any]:
    sheet: dict[str, Any] = {
        "measure": MEASURE[indicator.measure],
        "ascending": indicator.direction != Indicator.Direction.DECREASE,
        "aggregation-status": indicator.over_space != Indicator.OverSpace.NONE,
        "reference": {"code": indicator.code, "version": indicator.version},
        "title": _narrative(indicator.name_th, indicator.name_en),
    }
    if indicator.definition:
        sheet["description"] = _narrative(indicator.definition, "")
    if bases:
        sheet["baseline"] = [_baseline(b) for b in bases]
    sheet["period"] = _periods(targets, actuals, fiscal_year)
    return {
        "type": RESULT_TYPE[indicator.kind],
        "aggregation-status": sheet["aggregation-status"],
        "title": sheet["title"],
        "indicator": [sheet],
    }


def _periods(
    targets: list[Target], actuals: list[Actual], fiscal_year: int
) -> list[dict[str, Any]]:
    made: dict[tuple[str, int], dict[str, Any]] = {}
    things: list[Target | Actual] = [*targets, *actuals]
    for thing in things:
        bounds = periods.bounds(fiscal_year, thing.period, thing.seq)
        entry = made.setdefault(
            (thing.period, thing.seq),
            {"period-start": bounds.start.isoformat(), "period-end": bounds.end.isoformat()},
        )
        if isinstance(thing, Target):
            entry["target"] = [{"value": _value(thing.value_e4)}]
        elif thing.value_e4 is not None or thing.text:
            entry["actual"] = [_actual(thing)]
    return [made[key] for key in sorted(made)]


def _actual(actual: Actual) -> dict[str, Any]:
    made: dict[str, Any] = {
        "value": actual.text if actual.value_e4 is None else _value(actual.value_e4)
    }
    if actual.numerator_e4 is not None and actual.denominator_e4 is not None:
        made["dimension"] = [
            {"name": "numerator", "value": _value(actual.numerator_e4)},
            {"name": "denominator", "value": _value(actual.denominator_e4)},
        ]
    return made


def _baseline(base: Baseline) -> dict[str, Any]:
    end = year_of(base.fiscal_year).end
    made = {"year": str(end.year), "iso-date": end.isoformat(), "value": _value(base.value_e4)}
    return made | ({"comment": base.source} if base.source else {})


def _value(value_e4: int) -> str:
    text = text_of(of_e4(value_e4), 4).replace(",", "")
    return text.rstrip("0").rstrip(".")


def _narrative(thai: str, english: str) -> list[dict[str, str]]:
    made = [{"lang": "th", "narrative": thai}]
    return [*made, {"lang": "en", "narrative": english}] if english else made
