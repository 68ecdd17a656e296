"""What a person owes: figures that are due or were returned, figures to verify."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.registry import DeskItem
from sucharit.desk.deadlines import calendar
from sucharit.desk.deadlines.queries import rule_of
from sucharit.desk.engine.deadlines import deadline
from sucharit.desk.models import Clock
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.indicators import words
from sucharit.plans.models import Actual, Indicator, Target

CLOCK = "indicator_figure"  # desk/data/clocks.yaml: so long after its period a figure is expected
MOST = 200  # lines one source puts on the desk


@dataclass(frozen=True)
class Due:
    """A figure a unit should have entered."""

    indicator: Indicator
    unit: Unit
    fiscal_year: int
    seq: int
    due_on: dt.date | None  # None: the clock is not loaded, so no day is known
    returned: Actual | None = None


def to_verify(user: Any) -> QuerySet[Actual]:
    """Figures handed in whose reviewer unit is the reader's, oldest first; his own entries are left out."""
    mine = Q(pk__in=())
    for path in scope.paths(user, "indicators.verify"):
        inside = {"path__gte": path, "path__lt": path + "~"}
        units = Unit.objects.filter(**inside).order_by().values("pk")
        mine |= Q(indicator__reviewer_unit__in=units)
        mine |= Q(indicator__reviewer_unit=None, indicator__owner_unit__in=units)
    rows = Actual.objects.filter(mine, latest=True, status=Actual.Status.SUBMITTED)
    rows = (
        rows.exclude(entered_by_id=getattr(user, "pk", None)) if getattr(user, "pk", None) else rows
    )
    return rows.select_related("indicator", "unit").order_by("submitted_at", "pk")


def owed(user: Any, unit: Unit, fiscal_year: int, today: dt.date) -> list[Due]:
    """Figures of the unit that are missing or came back, of periods that have ended."""
    if not scope.can(user, "plans.edit", unit):
        return []
    aimed = Target.objects.filter(
        unit=unit, fiscal_year=fiscal_year, superseded=False, indicator__retired_at=None,
        indicator__measured_by="",
    ).exclude(indicator__over_space="none", indicator__kind="impact")  # fmt: skip
    indicators = {t.indicator_id: t.indicator for t in aimed.select_related("indicator")}
    there = {
        (a.indicator_id, a.seq): a
        for a in Actual.objects.filter(
            unit=unit, fiscal_year=fiscal_year, latest=True, indicator__in=list(indicators),
            period=F("indicator__frequency"),
        )
    }  # fmt: skip
    missing: list[tuple[Indicator, int, dt.date, Actual | None]] = []
    for indicator in indicators.values():
        for seq in range(1, periods.ended(fiscal_year, indicator.frequency, today) + 1):
            found = there.get((indicator.pk, seq))
            if found is not None and found.status not in {"draft", "returned"}:
                continue
            end = periods.bounds(fiscal_year, indicator.frequency, seq).end
            back = found if found is not None and found.status == "returned" else None
            missing.append((indicator, seq, end, back))
    days = due_days({end for _i, _s, end, _b in missing}, unit)
    missing.sort(key=lambda m: (m[2], m[0].code))
    return [Due(i, unit, fiscal_year, seq, days[end], back) for i, seq, end, back in missing]


def due_days(ends: set[dt.date], unit: Unit) -> dict[dt.date, dt.date | None]:
    """End of a period (CE) → day its figure is expected, by the clock in force at that end. Three queries.

    None where no version of the clock is loaded for that day: a day is never guessed.
    """
    if not ends:
        return {}
    versions = list(Clock.objects.filter(key=CLOCK).order_by("-effective_from"))
    if not versions:
        return dict.fromkeys(ends)
    days_off, province = calendar.current(), calendar.province_of(unit)
    found: dict[dt.date, dt.date | None] = {}
    for end in ends:
        clock_ = next((c for c in versions if _in_force(c, end)), None)
        found[end] = (
            None if clock_ is None else deadline(rule_of(clock_), end, days_off, province).due_on
        )
    return found


def _in_force(version: Clock, day: dt.date) -> bool:
    until = version.effective_to
    return version.effective_from <= day and (until is None or until >= day)


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Figures the person's own units owe, what was returned, and what waits for him to verify."""
    for actual in to_verify(user)[:MOST]:
        yield DeskItem(
            _title(actual.indicator, actual.fiscal_year, actual.seq),
            reverse("plans:figure_record", args=[actual.pk]), actual.unit, "indicator_verify",
            _("Figure to verify"), None, actual.fiscal_year, f"plans.actual:{actual.pk}",
        )  # fmt: skip
    today = clock.today()
    year = fiscal_year_be(today)
    for unit in _own_units(user):
        for each in (year - 1, year):
            yield from (_item(due) for due in owed(user, unit, each, today)[:MOST])


def _own_units(user: Any) -> list[Unit]:
    """The units a person's roles are given at, not all below them."""
    paths = scope.paths(user, "plans.edit")
    return list(Unit.objects.filter(path__in=paths).order_by("path")[:20])


def _title(indicator: Indicator, fiscal_year: int, seq: int) -> str:
    return _("%(name)s: %(period)s") % {
        "name": words.name(indicator),
        "period": words.period(indicator.frequency, seq, fiscal_year),
    }


def _item(due: Due) -> DeskItem:
    back = due.returned is not None
    where = (due.indicator.pk, due.unit.code, due.fiscal_year, due.seq)
    return DeskItem(
        _title(due.indicator, due.fiscal_year, due.seq),
        reverse("plans:figure", args=where), due.unit,
        "indicator_returned" if back else "indicator_due",
        _("Figure returned") if back else _("Figure due"),
        due.due_on, due.fiscal_year, f"plans.figure:{'.'.join(map(str, where))}",
    )  # fmt: skip
