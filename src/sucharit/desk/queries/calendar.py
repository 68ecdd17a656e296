"""My work by day: items with a due day and events of all apps, for the month page and the feed."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from sucharit.core.registry import CalendarEvent, DeskItem, DeskWant, registry
from sucharit.desk.queries import arranged, sources

MOST = 500  # items of one month or feed; the soonest ones
BE = 543


@dataclass(frozen=True)
class Entry:
    """One line of a day. ``at``: the hour as text, empty for the whole day."""

    title: str
    url: str
    kind_label: Any
    at: str = ""
    place: str = ""
    late: bool = False
    cancelled: bool = False


@dataclass(frozen=True)
class Month:
    """A month: weeks of seven days (Sunday first; days of other months too) and the entries by day."""

    first: dt.date
    weeks: list[list[dt.date]]
    entries: dict[dt.date, list[Entry]]
    more: bool  # there are more items than are shown

    @property
    def text(self) -> str:
        """As it stands in the address: "2567-03"."""
        return month_text(self.first)


def month_text(day: dt.date) -> str:
    """The day's month with its BE year, for an address."""
    return f"{day.year + BE}-{day.month:02d}"


def month_of(text: str) -> dt.date | None:
    """The first day of "2567-03" (BE); None for anything else."""
    year, _dash, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2):
        return None
    if not (2443 < int(year) < 2743 and 1 <= int(month) <= 12):
        return None
    return dt.date(int(year) - BE, int(month), 1)


def shifted(first: dt.date, months: int) -> dt.date:
    """The first day of the month so many months on."""
    number = first.year * 12 + first.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def dated(user: Any, first: dt.date, before: dt.date, *, today: dt.date) -> tuple[list[DeskItem], bool]:  # fmt: skip
    """Items of the user's own desk due from the first day to before the other; and whether there are more."""
    given = arranged.taken(user, today)
    want = DeskWant(
        dated=True, due_from=first, due_before=before,
        without=arranged.hidden(user, today) | given.keys(),
    )  # fmt: skip
    found = [i for i in sources.plain(user) if sources.fits(i, want)]
    found += [
        t.item for t in given.values() if sources.fits(t.item, replace(want, without=frozenset()))
    ]
    for source in sources.large():
        places = source.soonest(user, want, MOST + 1)
        found += source.items(user, [key for _due, key in places]).values()
    found.sort(key=lambda i: (i.due_on, i.key))
    return found[:MOST], len(found) > MOST


def events(user: Any, first: dt.date, last: dt.date) -> list[CalendarEvent]:
    """Events of every app the user may see, from the first to the last day."""
    return [e for source in registry.calendar for e in source(user, first, last)]


def month(user: Any, first: dt.date, *, today: dt.date) -> Month:
    """The month that begins on ``first``."""
    weeks = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)
    before = shifted(first, 1)
    items, more = dated(user, first, before, today=today)
    entries: dict[dt.date, list[Entry]] = {}
    for event in events(user, first, before - dt.timedelta(days=1)):
        day, at = _when(event.starts)
        # What began in an earlier month and goes on stands at the month's first day.
        day = max(day, first)
        if day < before:
            entry = Entry(event.title, event.url, event.kind_label, at, event.place, cancelled=event.cancelled)  # fmt: skip
            entries.setdefault(day, []).append(entry)
    for item in items:
        entry = Entry(item.title, item.url, item.kind_label, late=item.due_on < today)
        entries.setdefault(item.due_on, []).append(entry)
    for found in entries.values():
        found.sort(key=lambda e: (e.at, e.title))
    return Month(first, weeks, dict(sorted(entries.items())), more)


def _when(starts: Any) -> tuple[dt.date, str]:
    if isinstance(starts, dt.datetime):
        local = timezone.localtime(starts)
        return local.date(), f"{local:%H:%M}"
    return starts, ""
