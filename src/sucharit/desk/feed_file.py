"""A person's calendar as RFC 5545: all-day events for items, timed ones for meetings; titles only."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from sucharit.core.registry import CalendarEvent, DeskItem

ZONE = "Asia/Bangkok"


def feed(
    items: Iterable[DeskItem], events: Iterable[CalendarEvent], *, name: str, now: dt.datetime,
    absolute: Callable[[str], str],
) -> bytes:  # fmt: skip
    """The calendar file. ``absolute`` makes a whole address of a path; times stand in Thai time.

    UIDs come from the things' keys alone, so a moved day moves the event and makes no second one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sucharit//Desk//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for item in items:
        event = _event(item.key, item.title, item.url, item.changed, now, absolute)
        _days(event, item.due_on, item.due_on)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    for one in events:
        calendar.add_component(_timed(one, now, absolute))
    return bytes(calendar.to_ical())


def _event(
    key: str, title: str, url: str, changed: int, now: dt.datetime, absolute: Callable[[str], str]
) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:40]}@sucharit")
    event.add("dtstamp", now)
    event.add("sequence", changed)
    event.add("summary", title)
    event.add("url", absolute(url))
    event.add("class", "PRIVATE")
    return event


def _timed(one: CalendarEvent, now: dt.datetime, absolute: Callable[[str], str]) -> Event:
    event = _event(one.uid, one.title, one.url, one.changed, now, absolute)
    if isinstance(one.starts, dt.datetime):
        zone = ZoneInfo(ZONE)
        event.add("dtstart", one.starts.astimezone(zone))
        if isinstance(one.ends, dt.datetime) and one.ends > one.starts:
            event.add("dtend", one.ends.astimezone(zone))
    else:
        _days(event, one.starts, one.ends or one.starts)
    if one.place:
        event.add("location", one.place)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return event


def _days(event: Event, first: dt.date, last: Any) -> None:
    # DTEND of whole days is the day after the last one.
    event.add("dtstart", first)
    event.add("dtend", max(first, last) + dt.timedelta(days=1))


def _zone() -> Timezone:
    """Thai time: seven hours ahead, no summer time (since 1 April 1920)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("tzname", "+07")
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001 (RFC 5545 wants local time here)
    standard.add("tzoffsetfrom", dt.timedelta(hours=7))
    standard.add("tzoffsetto", dt.timedelta(hours=7))
    zone.add_component(standard)
    return zone
