"""Reads of committees: seats with who holds them, figures of a fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sucharit.committees.engine import flow
from sucharit.committees.engine.closing import Closing
from sucharit.committees.models import Committee, Meeting, Member, Seat
from sucharit.committees.resolutions import queries as resolutions
from sucharit.core import clock


@dataclass(frozen=True)
class SeatRow:
    """A seat, who holds it today, and who comes next or was there last."""

    seat: Seat
    holder: Member | None


@dataclass(frozen=True)
class Year:
    """A committee's fiscal year: meetings held against the plan (None: no number was set), closing of its tasks."""

    held: int
    planned: int | None
    coming: int
    closing: Closing
    open_tasks: int


def seats(committee: Committee) -> list[SeatRow]:
    """Seats not ended, in order, with today's holders."""
    today = clock.today()
    rows = Member.objects.filter(seat__committee=committee).in_force(today)
    holders = {m.seat_id: m for m in rows.order_by("starts_on", "id")}
    return [SeatRow(s, holders.get(s.pk)) for s in committee.seats.filter(ended_on=None)]


def year(committee: Committee, fiscal_year: int) -> Year:
    """Figures of a fiscal year (BE); the closing rate is over all tasks of the committee."""
    meetings = committee.meetings.filter(fiscal_year=fiscal_year)
    found = resolutions.closing_of(resolutions.tasks_of([committee.pk]))
    return Year(
        held=meetings.filter(state__in=flow.HELD).count(),
        planned=committee.meets_per_year,
        coming=meetings.filter(state__in=(Meeting.State.PLANNED, Meeting.State.INVITED)).count(),
        closing=found,
        open_tasks=found.counted - found.accepted,
    )


def percent(found: Any) -> str:
    """A rate as whole per cent, "–" where there is none: unknown is not zero."""
    return "–" if found.rate is None else f"{(found.rate * 200 + 1) // 2} %"


def days(found: Any) -> str:
    """Median days; half days as .5; "–" where nothing was closed."""
    if found.days is None:
        return "–"
    whole, half = divmod(found.days.numerator, found.days.denominator)
    return f"{whole}.5" if half else str(whole)
