"""Working days (วันทำการ) of the civil service: weekdays that are no day off, for the nation and each province.

Weekdays are counted by formula and only the exceptions are kept, sorted: a question costs a bisection, however
far apart the days are. Days are CE dates.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NATION = ""
SATURDAY = 5
_WEEK = 7
_WORK = 5


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off of the nation (``province`` "") or of one province.

    ``works`` takes a day back: it is a working day, be it a day off of the nation or a Saturday.
    """

    on: dt.date
    name: str
    province: str = NATION
    works: bool = False
    verified: bool = True


@dataclass(frozen=True)
class _Index:
    """Days of one province that differ from "Monday to Friday": weekdays off, week-end days worked."""

    off: tuple[int, ...]  # ordinals, sorted
    worked: tuple[int, ...]

    def upto(self, ordinal: int) -> int:
        """Working days from a fixed origin up to and including the day."""
        return (
            _weekdays(ordinal)
            - bisect_right(self.off, ordinal)
            + bisect_right(self.worked, ordinal)
        )


@dataclass(frozen=True)
class Calendar:
    """All days off. A province's own row stands over the nation's row of the same day.

    ``covered``: years (CE) whose days off are known; beyond them only week-ends are.
    """

    days: tuple[DayOff, ...] = ()
    covered: frozenset[int] = frozenset()
    _rows: Mapping[str, Mapping[dt.date, DayOff]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _index: Mapping[str, _Index] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        rows: dict[str, dict[dt.date, DayOff]] = {NATION: {}}
        for day in self.days:
            rows.setdefault(day.province, {})[day.on] = day
        merged = {p: MappingProxyType({**rows[NATION], **own}) for p, own in rows.items()}
        object.__setattr__(self, "_rows", MappingProxyType(merged))
        object.__setattr__(
            self, "_index", MappingProxyType({p: _indexed(found) for p, found in merged.items()})
        )

    @classmethod
    def of(cls, days: Iterable[DayOff]) -> Calendar:
        """A calendar that covers every year in which the nation has a day off."""
        kept = tuple(sorted(days, key=lambda d: (d.on, d.province)))
        return cls(kept, frozenset(d.on.year for d in kept if not d.province and not d.works))

    def row(self, day: dt.date, province: str = NATION) -> DayOff | None:
        """What the table says of the day in the province; None: nothing."""
        return self._rows.get(province, self._rows[NATION]).get(day)

    def is_working_day(self, day: dt.date, province: str = NATION) -> bool:
        """Monday to Friday without a day off, or a day that was taken back."""
        found = self.row(day, province)
        return found.works if found is not None else day.weekday() < SATURDAY

    def next_working_day(self, day: dt.date, province: str = NATION) -> dt.date:
        """The day itself where it is a working day, else the first one after it."""
        return self.add_working_days(day - dt.timedelta(days=1), 1, province)

    def add_working_days(self, start: dt.date, n: int, province: str = NATION) -> dt.date:
        """The n-th working day after ``start``, which itself is not counted; 0 gives ``start`` back.

        ValueError for a negative n, OverflowError past the year 9999.
        """
        if n < 0:
            raise ValueError("working days are counted forward")
        if n == 0:
            return start
        index = self._index.get(province, self._index[NATION])
        low = start.toordinal()
        wanted = index.upto(low) + n
        step = _WEEK * (n // _WORK + 1)
        high = low + step
        while index.upto(high) < wanted:
            low, high = high, high + step
        # The first day by which that many working days have passed is a working day itself.
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if index.upto(middle) < wanted else (low, middle)
        if high > dt.date.max.toordinal():
            raise OverflowError("past the end of the calendar")
        return dt.date.fromordinal(high)

    def working_days_between(self, start: dt.date, end: dt.date, province: str = NATION) -> int:
        """Working days after ``start`` up to and including ``end``; negative where ``end`` is earlier.

        ``working_days_between(d, add_working_days(d, n)) == n``.
        """
        index = self._index.get(province, self._index[NATION])
        return index.upto(end.toordinal()) - index.upto(start.toordinal())

    def working_days_in(self, first: dt.date, last: dt.date, province: str = NATION) -> int:
        """Working days of a stretch, both ends included; 0 for an empty one."""
        if last < first:
            return 0
        return self.working_days_between(first - dt.timedelta(days=1), last, province)

    def days_off(self, first: dt.date, last: dt.date, province: str = NATION) -> list[DayOff]:
        """Rows between two days (both included) that keep the province from working, in order."""
        found = self._rows.get(province, self._rows[NATION])
        return sorted(
            (d for on, d in found.items() if first <= on <= last and not d.works),
            key=lambda d: d.on,
        )


def _weekdays(ordinal: int) -> int:
    """Mondays to Fridays from day 1 (a Monday) up to and including the ordinal."""
    weeks, rest = divmod(ordinal, _WEEK)
    return weeks * _WORK + min(rest, _WORK)


def _indexed(rows: Mapping[dt.date, DayOff]) -> _Index:
    off = sorted(d.on.toordinal() for d in rows.values() if not d.works and _is_weekday(d.on))
    worked = sorted(d.on.toordinal() for d in rows.values() if d.works and not _is_weekday(d.on))
    return _Index(tuple(off), tuple(worked))


def _is_weekday(day: dt.date) -> bool:
    return day.weekday() < SATURDAY
