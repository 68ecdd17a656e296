"""Reads: clocks in force, the day something is due, a fiscal year's calendar, obligations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from sucharit.core import fiscal
from sucharit.core.errors import Refusal
from sucharit.desk.deadlines import calendar
from sucharit.desk.engine import deadlines as engine
from sucharit.desk.engine.workdays import Calendar
from sucharit.desk.models import Clock, Holiday, Obligation
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit

_DUTIES = (RoleAssignment.Role.UNIT_HEAD, RoleAssignment.Role.UNIT_OFFICER)
_ONE = dt.timedelta(days=1)


def clocks_on(day: dt.date) -> QuerySet[Clock]:
    """Versions in force on a day (CE), by title."""
    return Clock.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day
    ).order_by("title_th", "key")


def clock_on(key: str, day: dt.date) -> Clock:
    """The version of a clock in force on a day; Refusal where there is none."""
    found = clocks_on(day).filter(key=key).first()
    if found is None:
        raise Refusal(
            _("The clock “%(key)s” has no version for this day. Load the clocks, or choose a later day.")
            % {"key": key},
            where="anchor_on",
        )  # fmt: skip
    return found


def rule_of(clock: Clock) -> engine.Rule:
    """A clock as the engine takes it."""
    return engine.Rule(
        n=clock.n,
        unit=clock.unit,
        roll_forward=clock.roll_forward,
        max_extensions=clock.max_extensions,
        extension_n=clock.extension_n,
        extension_unit=clock.extension_unit,
    )


def deadline_for(clock_key: str, anchor_on: dt.date, unit: Unit | None = None) -> engine.Deadline:
    """The last day of a clock from its event (CE dates), with the days off of the unit's province.

    By the version in force on the day of the event; Refusal where the clock has none.
    """
    rule = rule_of(clock_on(clock_key, anchor_on))
    return compute(rule, anchor_on, calendar.province_of(unit))


def compute(
    rule: engine.Rule, anchor_on: dt.date, province: str = "", extensions: int = 0
) -> engine.Deadline:
    """The engine over today's table of days off; Refusal where the day lies past the end of time."""
    try:
        return engine.deadline(rule, anchor_on, calendar.current(), province, extensions)
    except OverflowError:
        raise Refusal(_("That day is too far away to be computed."), where="n") from None


@dataclass(frozen=True)
class Cell:
    """A day of a month's grid; ``on`` None fills the week."""

    on: dt.date | None
    works: bool = True
    name: str = ""


@dataclass(frozen=True)
class MonthSheet:
    """A month: its weeks from Monday to Sunday, its working days, and its rows of the table."""

    first: dt.date
    weeks: list[list[Cell]]
    working_days: int
    rows: list[Holiday]


def year_sheet(fiscal_year: int, province: Unit | None = None) -> list[MonthSheet]:
    """The twelve months of a BE fiscal year as the nation works, or one province."""
    found = calendar.current()
    code = province.code if province else ""
    whole = fiscal.year(fiscal_year)
    rows = Holiday.objects.filter(on__range=(whole.start, whole.end)).select_related("unit")
    mine = list(rows.filter(Q(unit=None) | Q(unit=province)) if province else rows)
    sheets = []
    for number in range(1, 13):
        month = fiscal.month(fiscal_year, number)
        sheets.append(
            MonthSheet(
                month.start,
                _weeks(month, found, code),
                found.working_days_in(month.start, month.end, code),
                [r for r in mine if r.on in month],
            )
        )
    return sheets


def _weeks(month: fiscal.Period, found: Calendar, code: str) -> list[list[Cell]]:
    cells = [Cell(None)] * month.start.weekday()
    for n in range(month.days):
        day = month.start + n * _ONE
        row = found.row(day, code)
        cells.append(Cell(day, found.is_working_day(day, code), row.name if row else ""))
    cells += [Cell(None)] * (-len(cells) % 7)
    return [cells[i : i + 7] for i in range(0, len(cells), 7)]


def obligations(user: Any) -> QuerySet[Obligation]:
    """Obligations of the user's scope, open ones first, soonest due first."""
    return (
        Obligation.objects.visible_to(user)
        .select_related("unit", "clock", "done_by")
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")
    )


def own(user: Any) -> QuerySet[Obligation]:
    """Open obligations of the very units the user is head or officer of."""
    paths = [path for role, path in scope.grants(user) if role in _DUTIES]
    return Obligation.objects.open().filter(unit__path__in=paths).select_related("unit")
