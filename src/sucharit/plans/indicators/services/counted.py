"""Figures the platform counts itself (``core.registry.measures``): written verified, with no hand between."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from sucharit.core import clock
from sucharit.core.registry import registry
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.figures import E4, share, to_e4
from sucharit.plans.indicators.services.base import EDIT, hold_indicator, note
from sucharit.plans.models import Actual, Indicator


def pull_measures(*, actor: Any, unit: Unit, fiscal_year: int, until: dt.date) -> list[Actual]:
    """Count every indicator with a measure, of the unit or above it, up to a day (CE, included).

    The figure belongs to the period the day lies in. What has not changed is not written again; nothing
    to count leaves no row. Needs "plans.edit" at the unit. Gives the new rows.
    """
    scope.require(actor, EDIT, unit)
    ways = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    wanted = Indicator.objects.filter(Q(owner_unit__path__in=ways), retired_at=None)
    made = []
    for indicator in wanted.exclude(measured_by="").order_by("code"):
        measure = registry.measures.get(indicator.measured_by)
        seq = _period(indicator, fiscal_year, until)
        if measure is None or seq is None:
            continue
        found = measure.count(unit, fiscal_year, until)
        if found is None or found[1] <= 0:
            continue
        row = _write(indicator, unit, fiscal_year, seq, found, until, actor=actor)
        if row is not None:
            made.append(row)
    return made


def _period(indicator: Indicator, fiscal_year: int, day: dt.date) -> int | None:
    kind = indicator.frequency
    numbers = range(1, periods.PARTS[kind] + 1)
    return next((n for n in numbers if day in periods.bounds(fiscal_year, kind, n)), None)


def _write(
    indicator: Indicator,
    unit: Unit,
    fiscal_year: int,
    seq: int,
    counts: tuple[int, int],
    until: dt.date,
    *,
    actor: Any,
) -> Actual | None:
    numerator, denominator = (n * E4 for n in counts)
    with transaction.atomic():
        held = hold_indicator(indicator)
        where = {
            "indicator": held, "unit": unit, "fiscal_year": fiscal_year, "period": held.frequency, "seq": seq,
        }  # fmt: skip
        rows = Actual.objects.select_for_update(of=("self",)).filter(**where)
        before = rows.filter(latest=True).first()
        if before and (before.numerator_e4, before.denominator_e4) == (numerator, denominator):
            return None
        rows.filter(official=True).update(official=False)
        rows.filter(latest=True).update(latest=False)
        now = clock.now()
        made = Actual.objects.create(
            **where, version=before.version + 1 if before else 1, numerator_e4=numerator,
            denominator_e4=denominator, value_e4=to_e4(share(numerator, denominator, held.measure)),
            status=Actual.Status.VERIFIED, official=True, counted=True, entered_at=now,
            submitted_at=now, verified_at=now,
            reason=f"counted up to {until.isoformat()}" if before else "",
        )  # fmt: skip
        note(actor=actor, action="actual.counted", target=made, unit=unit, fiscal_year=fiscal_year,
             code=held.code, seq=seq, version=made.version)  # fmt: skip
    return made
