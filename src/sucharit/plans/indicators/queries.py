"""Figures of one unit: its indicators of a year with target, value, attainment and colour; and what a reader may see.

Figures are official (verified) where there is one; what is only handed in is shown as such and apart.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from sucharit.core.rounding import hundredths
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.attainment import Attainment, Goal, attain
from sucharit.plans.engine.figures import of_e4, to_e4
from sucharit.plans.engine.rollup import Figure, Rule, over_time
from sucharit.plans.engine.rollup.time import Year
from sucharit.plans.indicators import data
from sucharit.plans.models import Actual, Baseline, Indicator, Target

SHOWN = (Actual.Status.SUBMITTED, Actual.Status.VERIFIED)


@dataclass(frozen=True)
class UnitRow:
    """An indicator of a unit in a year. ``level`` 1 (critical) to 5 (achieved), None: no data.

    ``official`` False: the value is handed in but not verified yet (or there is none).
    """

    indicator: Indicator
    target_e4: int | None
    value_e4: int | None
    numerator_e4: int | None
    denominator_e4: int | None
    attainment_e2: int | None  # hundredths of a per cent, not capped
    level: int | None
    as_of: dt.datetime | None
    official: bool
    attainment: Attainment
    year: Year


def rule_of(indicator: Indicator) -> Rule:
    """How the indicator's figures become one."""
    return Rule(
        indicator.measure,
        indicator.over_time,
        indicator.over_space,
        cumulative=indicator.cumulative,
    )


def goal_of(indicator: Indicator, target: Target | None, baseline: Baseline | None) -> Goal:
    """What the indicator's figure is held against."""
    return Goal(
        indicator.direction,
        of_e4(target.value_e4) if target else None,
        of_e4(target.upper_e4) if target else None,
        of_e4(baseline.value_e4) if baseline else None,
        indicator.measure,
    )


def figure_of(actual: Actual) -> Figure:
    """A stored figure as the engine takes it."""
    return Figure(
        actual.unit_id, actual.seq, actual.value_e4, actual.numerator_e4, actual.denominator_e4,
        row=actual.pk, as_of=actual.verified_at,
    )  # fmt: skip


def unit_rows(user: Any, unit: Unit, fiscal_year: int) -> list[UnitRow]:
    """Every indicator of the unit in a year (BE) that the reader may see: those with a target or a figure of it.

    Four queries, however many there are. A unit out of the reader's scope shows public indicators and
    verified figures only.
    """
    inside = scope.can(user, "view", unit)
    targets = yearly_targets(unit, fiscal_year)
    figures: dict[int, list[Actual]] = defaultdict(list)
    for actual in _figures(unit, fiscal_year, inside=inside):
        figures[actual.indicator_id].append(actual)
    wanted = set(targets) | set(figures)
    bases = baselines(unit, fiscal_year, wanted)
    visible = (
        Indicator.objects.visible_to(user) if inside else Indicator.objects.filter(public=True)
    )
    found = (
        visible.filter(pk__in=wanted)
        .select_related("goal", "owner_unit")
        .order_by("code", "version")
    )
    return [
        row_of(i, targets.get(i.pk), bases.get(i.pk), figures.get(i.pk, ()), fiscal_year) for i in found
    ]  # fmt: skip


def row_of(
    indicator: Indicator,
    target: Target | None,
    baseline: Baseline | None,
    actuals: Sequence[Actual],
    fiscal_year: int,
) -> UnitRow:
    """The year of one indicator at one unit: from verified figures, else from those handed in."""
    official = [a for a in actuals if a.official]
    used = official or [a for a in actuals if a.latest and a.status == Actual.Status.SUBMITTED]
    rule = rule_of(indicator)
    expected = periods.PARTS[indicator.frequency]
    year = over_time([figure_of(a) for a in used], rule, expected)
    reached = attain(year.exact, goal_of(indicator, target, baseline))
    made = year.figure
    return UnitRow(
        indicator,
        target.value_e4 if target else None,
        to_e4(year.exact),
        made.numerator_e4 if made else None,
        made.denominator_e4 if made else None,
        _e2(reached.percent),
        data.level_of(reached.percent, fiscal_year),
        made.as_of if made else None,
        bool(official) and made is not None,
        reached,
        year,
    )


def yearly_targets(unit: Unit, fiscal_year: int) -> dict[int, Target]:
    """Targets of the whole year in force at the unit, by indicator."""
    rows = Target.objects.filter(
        unit=unit, fiscal_year=fiscal_year, period="year", superseded=False
    )
    return {t.indicator_id: t for t in rows}


def baselines(unit: Unit, fiscal_year: int, indicators: Iterable[int]) -> dict[int, Baseline]:
    """The newest baseline of the year before or earlier, by indicator."""
    rows = Baseline.objects.filter(
        unit=unit, indicator__in=list(indicators), fiscal_year__lte=fiscal_year
    ).order_by("fiscal_year")
    return {b.indicator_id: b for b in rows}


def visible_actuals(user: Any) -> QuerySet[Actual]:
    """Figures the reader may see: of units in scope all, of others the official ones of public indicators."""
    mine = scope.limit(Actual.objects.order_by(), user, path_field="unit__path")
    return Actual.objects.filter(
        Q(pk__in=mine.values("pk")) | Q(official=True, indicator__public=True)
    )


def may_see_actual(user: Any, owner_id: str) -> bool:
    """Whether the reader may open the evidence of a figure: only within his scope."""
    if not owner_id.isdigit():
        return False
    rows = scope.limit(Actual.objects.order_by(), user, path_field="unit__path")
    return rows.filter(pk=int(owner_id)).exists()


def _figures(unit: Unit, fiscal_year: int, *, inside: bool) -> list[Actual]:
    rows = Actual.objects.filter(unit=unit, fiscal_year=fiscal_year)
    rows = (
        rows.filter(Q(official=True) | Q(latest=True, status__in=SHOWN))
        if inside
        else rows.filter(official=True)
    )
    return [
        a for a in rows.select_related("indicator").order_by("seq") if a.period == a.indicator.frequency
    ]  # fmt: skip


def _e2(percent: Fraction | None) -> int | None:
    return None if percent is None else hundredths(percent)
