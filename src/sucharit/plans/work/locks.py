"""Which quarters are locked. A lock of a unit holds for the unit and everything below it."""

from __future__ import annotations

from sucharit.orgs.models import Unit
from sucharit.plans.models import PeriodLock


def lock_of(unit: Unit, fiscal_year: int, quarter: int) -> PeriodLock | None:
    """The lock in force at the unit or above it, the highest first; None: open."""
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    rows = PeriodLock.objects.filter(
        unit__path__in=way, fiscal_year=fiscal_year, quarter=quarter, reopened_at=None
    )
    return rows.select_related("unit").order_by("unit__path").first()


def locked(unit: Unit, fiscal_year: int, quarter: int) -> bool:
    """Whether reports, months and figures of the quarter need a reason at the unit."""
    return lock_of(unit, fiscal_year, quarter) is not None


def locked_quarters(unit: Unit, fiscal_year: int) -> set[int]:
    """Locked quarters of the year at the unit, own locks and those from above."""
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    rows = PeriodLock.objects.filter(
        unit__path__in=way, fiscal_year=fiscal_year, reopened_at=None
    ).order_by()
    return set(rows.values_list("quarter", flat=True))
