"""Days off: enter, put right, take out; and fill the table from the package and our file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import fiscal
from sucharit.core.actors import System
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.desk.deadlines import source
from sucharit.desk.deadlines.calendar import PROVINCES
from sucharit.desk.models import Holiday
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User

MANAGE = "calendar.manage"
YEARS = range(2500, 2651)  # fiscal years (BE) a calendar is kept for


@dataclass(frozen=True)
class Filled:
    """What filling the table did; ``no_unit``: province days whose province is not in the register."""

    added: int = 0
    renewed: int = 0
    kept: int = 0
    gone: int = 0
    no_unit: int = 0


def ministry() -> Unit | None:
    """The root that keeps the calendar: the ministry, else the first root there is."""
    roots = Unit.objects.filter(depth=1)
    found: Unit | None = roots.filter(kind=Unit.Kind.MINISTRY).first() or roots.first()
    return found


def locked(*, actor: Any) -> Unit | None:
    """Take the calendar's lock (the root's row) and check the right; inside a transaction.

    One writer at a time: that is what lets ``calendar.current`` see every change by the newest ``entered_at``.
    """
    root = ministry()
    if root is None:
        if not isinstance(actor, System):
            raise Refusal(_("Bring in the register of units first."))
        return None
    held: Unit = Unit.objects.select_for_update().get(pk=root.pk)
    scope.require(actor, MANAGE, held)
    return held


def save_day(
    *, actor: Any, on: dt.date, name_th: str, kind: str, unit: Unit | None = None, name_en: str = "",
    works: bool = False, order_no: str = "", source_text: str = "", verified: bool = False,
    day: Holiday | None = None,
) -> Holiday:  # fmt: skip
    """Enter a day off, or put ``day`` right; a day of that date and place must not be there twice.

    A row saved here counts as a person's: loading never touches it again. Refusal with ``where`` for a unit
    that is no province, a missing name, a doubled day.
    """
    with transaction.atomic():
        root = locked(actor=actor)
        held = Holiday.objects.select_for_update().get(pk=day.pk) if day else Holiday()
        sound(on, name_th, kind, unit)
        twin = Holiday.objects.filter(on=on, unit=unit).exclude(pk=held.pk).first()
        if twin is not None:
            raise Refusal(
                _("This day is in the table already: change that row instead."), where="on"
            )
        held.on, held.unit, held.kind, held.works = on, unit, kind, works
        held.name_th, held.name_en = name_th.strip(), name_en.strip()
        held.order_no, held.source, held.verified = order_no.strip(), source_text.strip(), verified
        held.entered_by = account(actor=actor)
        held.save()
        record(
            actor=actor, action="desk.calendar.changed" if day else "desk.calendar.entered", target=held,
            unit=unit or root, fiscal_year=fiscal.fiscal_year_be(on), on=on.isoformat(), works=works,
        )  # fmt: skip
    return held


def remove_day(*, actor: Any, day: Holiday) -> None:
    """Take a row out of the table.

    A day of the package comes back with the next loading: take it back instead (``works``), which is kept.
    """
    with transaction.atomic():
        root = locked(actor=actor)
        held = Holiday.objects.select_for_update().get(pk=day.pk)
        record(
            actor=actor, action="desk.calendar.removed", target=held, unit=held.unit or root,
            fiscal_year=fiscal.fiscal_year_be(held.on), on=held.on.isoformat(),
        )  # fmt: skip
        held.delete()


def load_calendar(*, actor: Any, first_year: int, last_year: int) -> Filled:
    """Fill fiscal years (BE) from the package and our file; may be run any number of times.

    What a person entered stays; rows a loading made are renewed, and go where their source no longer has them.
    """
    if first_year not in YEARS or last_year not in YEARS or first_year > last_year:
        raise Refusal(_("Give two fiscal years from 2500 to 2650, the earlier one first."))
    rows = source.days(first_year, last_year)
    with transaction.atomic():
        root = locked(actor=actor)
        filled = _fill(rows, fiscal.start_of(first_year), fiscal.end_of(last_year))
        record(
            actor=actor, action="desk.calendar.loaded", target=f"desk.calendar:{first_year}-{last_year}",
            unit=root, fiscal_year=None, added=filled.added, renewed=filled.renewed, gone=filled.gone,
        )  # fmt: skip
    return filled


def _fill(rows: list[source.Row], first: dt.date, last: dt.date) -> Filled:
    provinces = {
        u.code: u for u in Unit.objects.filter(kind__in=PROVINCES, code__in={r.unit for r in rows})
    }
    there = {
        (h.on, h.unit.code if h.unit else ""): h
        for h in Holiday.objects.filter(on__range=(first, last)).select_related("unit")
    }
    new, renewed, kept, no_unit = [], 0, 0, 0
    for row in rows:
        old = there.pop((row.on, row.unit), None)
        if row.unit and row.unit not in provinces:
            no_unit += 1
        elif old is None:
            new.append(_take(Holiday(on=row.on, unit=provinces.get(row.unit)), row))
        elif is_loaded(old) and _differs(old, row):
            _take(old, row).save()
            renewed += 1
        else:
            kept += 1
    left = [h.pk for h in there.values() if is_loaded(h)]
    Holiday.objects.bulk_create(new)
    Holiday.objects.filter(pk__in=left).delete()
    return Filled(len(new), renewed, kept, len(left), no_unit)


_FIELDS = ("kind", "name_th", "name_en", "works", "order_no", "source", "verified")


def _take(day: Holiday, row: source.Row) -> Holiday:
    for name in _FIELDS:
        setattr(day, name, getattr(row, name))
    return day


def _differs(day: Holiday, row: source.Row) -> bool:
    return any(getattr(day, name) != getattr(row, name) for name in _FIELDS)


def is_loaded(day: Holiday) -> bool:
    """Whether a loading made the row and nobody touched it since."""
    return day.entered_by_id is None and day.source.startswith(source.PACKAGE)


def sound(on: dt.date, name_th: str, kind: str, unit: Unit | None) -> None:
    """Refusal, with ``where``, for what cannot stand in the table."""
    if fiscal.fiscal_year_be(on) not in YEARS:
        raise Refusal(_("Give a day of the fiscal years 2500 to 2650."), where="on")
    if not name_th.strip():
        raise Refusal(_("Say what the day is called."), where="name_th")
    if unit is not None and unit.kind not in PROVINCES:
        raise Refusal(_("A day off holds for the nation or for one province."), where="unit")
    if (kind == Holiday.Kind.PROVINCE) != (unit is not None):
        raise Refusal(
            _("A day of the kind “province only” needs its province, and the other kinds have none."),
            where="unit",
        )  # fmt: skip


def account(*, actor: Any) -> User | None:
    """The account behind an actor; None for the platform itself."""
    return actor if isinstance(actor, User) else None
