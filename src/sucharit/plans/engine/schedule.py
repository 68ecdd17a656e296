"""Days and order of work: what lies outside its frame, and activities that wait for each other in a ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """From–to, both ends included (CE); None: not set."""

    start: dt.date | None
    end: dt.date | None


def wrong_dates(inner: Span, outer: Span) -> str:
    """Why the dates cannot be: "order", "before" (begins before the frame), "after", or "" when they can."""
    if inner.start and inner.end and inner.end < inner.start:
        return "order"
    for day in (inner.start, inner.end):
        if day and outer.start and day < outer.start:
            return "before"
        if day and outer.end and day > outer.end:
            return "after"
    return ""


def ring(waits_for: Mapping[int, int | None], activity: int, predecessor: int) -> tuple[int, ...]:
    """The ring that would arise if ``activity`` waited for ``predecessor``; empty: none.

    ``waits_for``: activity → the one it waits for now. The ring is given in the order it is walked,
    beginning with ``activity``.
    """
    way = [activity]
    seen = {activity}
    here: int | None = predecessor
    while here is not None:
        if here == activity:
            return tuple(way)
        if here in seen:  # a ring elsewhere is not this step's
            return ()
        seen.add(here)
        way.append(here)
        here = waits_for.get(here)
    return ()


def shift_year(day: dt.date | None, years: int = 1) -> dt.date | None:
    """The same day some years later; 29 February becomes the 28th where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
