"""The engine's calendar from the table of days off, kept per process until the table changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max

from sucharit.desk.engine.workdays import NATION, Calendar, DayOff
from sucharit.desk.models import Holiday
from sucharit.orgs.models import Unit

PROVINCES = (Unit.Kind.PROVINCE, Unit.Kind.BANGKOK)
_held: dict[str, Any] = {}


def current() -> Calendar:
    """Every day off. One small query tells whether another process changed the table.

    Writers hold the lock of ``services.days.locked``, so a later change always has a later ``entered_at``.
    """
    version = tuple(
        Holiday.objects.order_by()
        .aggregate(n=Count("pk"), last=Max("entered_at"), key=Max("pk"))
        .values()
    )
    kept = _held.get("calendar")
    if kept is None or kept[0] != version:
        kept = (version, _read())
        _held["calendar"] = kept
    found: Calendar = kept[1]
    return found


def _read() -> Calendar:
    rows = Holiday.objects.order_by("on", "pk").values_list(
        "on", "name_th", "unit__code", "works", "verified"
    )
    return Calendar.of(DayOff(on, name, code or NATION, works, ok) for on, name, code, works, ok in rows)  # fmt: skip


def province_of(unit: Unit | None) -> str:
    """Code of the province a unit lies in (itself included); "" for a unit of the nation."""
    if unit is None:
        return NATION
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    found = Unit.objects.filter(path__in=way, kind__in=PROVINCES).values_list("code", flat=True)
    return str(found.first() or NATION)
