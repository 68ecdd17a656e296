"""When a period ends, and why: Civil and Commercial Code (ป.พ.พ.) ss. 193/2–193/8, and working days of practice.

    s. 193/3  the first day is not counted, unless the act begins that day at the hour business customarily opens
    s. 193/5  weeks, months and years run by calendar: the period ends on the day before the one that corresponds
              to the day it began; where the last month has no such day, on the last day of that month
    s. 193/7  an extension without a stated start runs from the day after the last day of the period before it
    s. 193/8  where the last day is an official or customary holiday, the next working day is the last day

Whether s. 193/8 applies is part of each rule (``roll_forward``): for acts an official must do the last day
counts even where it is a day off (Administrative Procedure Act s. 64).
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.desk.engine.workdays import NATION, SATURDAY, Calendar, DayOff

DAY, WORKING_DAY, WEEK, MONTH, YEAR = "day", "working_day", "week", "month", "year"
UNITS = (DAY, WORKING_DAY, WEEK, MONTH, YEAR)
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A period: ``n`` units from an event. ``starts_same_day``: the event's own day is day 1 (s. 193/3).

    ``extension_unit`` "" stands for the unit of the period itself.
    """

    n: int
    unit: str = DAY
    roll_forward: bool = True
    starts_same_day: bool = False
    max_extensions: int = 0
    extension_n: int = 0
    extension_unit: str = ""

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("a period has at least one unit")
        if self.unit not in UNITS or (self.extension_unit and self.extension_unit not in UNITS):
            raise ValueError("unknown unit")
        if self.max_extensions and self.extension_n < 1:
            raise ValueError("an extension has at least one unit")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning. ``kind`` says which; ``on`` is the day it leads to.

    event, first (counting begins), counted (n units end on), no_such_day (last day of the month instead),
    skipped (days off passed over), rolled, not_rolled (a day off, and it counts), extended (number, n units),
    uncovered (``n`` is a year (CE) whose days off are not in the table).
    """

    kind: str
    on: dt.date
    n: int = 0
    unit: str = ""
    number: int = 0  # which extension
    days: tuple[DayOff, ...] = ()  # days off with their names
    weekend_days: int = 0  # Saturdays and Sundays passed over that have no name of their own

    def as_data(self) -> dict[str, Any]:
        """Plain data for storing (ISO dates)."""
        return {
            "kind": self.kind,
            "on": self.on.isoformat(),
            "n": self.n,
            "unit": self.unit,
            "number": self.number,
            "weekend_days": self.weekend_days,
            "days": [
                {"on": d.on.isoformat(), "name": d.name, "province": d.province, "verified": d.verified}
                for d in self.days
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day (CE), and the steps that lead to it."""

    due_on: dt.date
    steps: tuple[Step, ...]

    def as_data(self) -> list[dict[str, Any]]:
        return [step.as_data() for step in self.steps]


def deadline(
    rule: Rule, event_on: dt.date, calendar: Calendar, province: str = NATION, extensions: int = 0
) -> Deadline:
    """The last day of the rule's period from an event, with ``extensions`` granted.

    ValueError for more extensions than the rule has, OverflowError past the year 9999.
    """
    if not 0 <= extensions <= rule.max_extensions:
        raise ValueError(f"the rule has {rule.max_extensions} extensions")
    first = event_on if rule.starts_same_day else event_on + _ONE
    steps = [Step("event", event_on), Step("first", first)]
    due = _end(rule.n, rule.unit, first, rule.roll_forward, calendar, province, steps)
    for number in range(1, extensions + 1):
        due = _extended(rule, due, number, calendar, province, steps)
    return Deadline(due, (*steps, *_uncovered(calendar, first, due)))


def extend(
    rule: Rule, old_end: dt.date, number: int, calendar: Calendar, province: str = NATION
) -> Deadline:
    """The end of the rule's extension ``number`` (1 …) that follows a period which ended on ``old_end``.

    s. 193/7: it runs from the day after the old end. The old end is the last day as it counted, so where
    s. 193/8 moved it, the moved one. ValueError where the rule has no such extension.
    """
    if not 1 <= number <= rule.max_extensions:
        raise ValueError(f"the rule has {rule.max_extensions} extensions")
    steps: list[Step] = []
    due = _extended(rule, old_end, number, calendar, province, steps)
    return Deadline(due, (*steps, *_uncovered(calendar, old_end + _ONE, due)))


def _extended(
    rule: Rule, old_end: dt.date, number: int, calendar: Calendar, province: str, steps: list[Step]
) -> dt.date:
    unit = rule.extension_unit or rule.unit
    steps.append(Step("extended", old_end + _ONE, rule.extension_n, unit, number))
    return _end(rule.extension_n, unit, old_end + _ONE, rule.roll_forward, calendar, province, steps)  # fmt: skip


def _end(
    n: int, unit: str, first: dt.date, roll: bool, calendar: Calendar, province: str, steps: list[Step],
) -> dt.date:  # fmt: skip
    """The last day of n units whose first counted day is ``first``; notes how."""
    if unit == WORKING_DAY:
        due = calendar.add_working_days(first - _ONE, n, province)
        steps.append(_skipped(first, due, calendar, province))
        steps.append(Step("counted", due, n, unit))
        return due
    due, exists = _calendar_end(n, unit, first)
    steps.append(Step("counted", due, n, unit))
    if not exists:
        steps.append(Step("no_such_day", due, first.day))
    if calendar.is_working_day(due, province):
        return due
    if not roll:
        steps.append(Step("not_rolled", due, days=_named(due, due, calendar, province)))
        return due
    moved = calendar.next_working_day(due, province)
    passed = _skipped(due, moved, calendar, province)
    steps.append(Step("rolled", moved, days=passed.days, weekend_days=passed.weekend_days))
    return moved


def _calendar_end(n: int, unit: str, first: dt.date) -> tuple[dt.date, bool]:
    """(last day, whether the last month has the corresponding day): s. 193/5."""
    if unit in {DAY, WEEK}:
        return first + dt.timedelta(days=n * (7 if unit == WEEK else 1) - 1), True
    years, month = divmod(first.month - 1 + n * (12 if unit == YEAR else 1), 12)
    year = first.year + years
    if year > dt.MAXYEAR:
        raise OverflowError("past the end of the calendar")
    length = months.monthrange(year, month + 1)[1]
    if first.day > length:
        return dt.date(year, month + 1, length), False
    return dt.date(year, month + 1, first.day) - _ONE, True


def _named(first: dt.date, last: dt.date, calendar: Calendar, province: str) -> tuple[DayOff, ...]:
    return tuple(calendar.days_off(first, last, province))


def _skipped(first: dt.date, last: dt.date, calendar: Calendar, province: str) -> Step:
    """What lies between two days and was not counted: week-ends as a number, days off by name."""
    named = _named(first, last, calendar, province)
    off = (last - first).days + 1 - calendar.working_days_in(first, last, province)
    plain = off - len(named)
    # A day off that falls on a week-end took nothing away: it is told as part of the week-end.
    counted = tuple(d for d in named if d.on.weekday() < SATURDAY)
    return Step("skipped", last, off, days=counted, weekend_days=plain + len(named) - len(counted))


def _uncovered(calendar: Calendar, first: dt.date, last: dt.date) -> tuple[Step, ...]:
    """Years on the way whose days off nobody has entered: the result may come out too early."""
    years = range(first.year, min(last.year, first.year + 30) + 1)
    return tuple(Step("uncovered", last, year) for year in years if year not in calendar.covered)
