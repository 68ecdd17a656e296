"""Closing of what resolutions assigned: rate and median days, the two numbers executives read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median


@dataclass(frozen=True, slots=True)
class Task:
    """An action item of a resolution: its state, and the days it was opened and closed on."""

    state: str
    opened_on: dt.date
    closed_on: dt.date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """``rate`` = accepted / (all − cancelled), None where nothing counts; ``days``: median to close, None: none closed."""

    accepted: int
    counted: int
    cancelled: int
    overdue: int
    rate: Fraction | None
    days: Fraction | None


def closing(tasks: Sequence[Task]) -> Closing:
    """Rate and median days of tasks; cancelled ones count for nothing."""
    counted = [t for t in tasks if t.state != "cancelled"]
    done = [t for t in counted if t.state == "accepted" and t.closed_on is not None]
    days = [Fraction((t.closed_on - t.opened_on).days) for t in done if t.closed_on]
    return Closing(
        accepted=len(done),
        counted=len(counted),
        cancelled=len(tasks) - len(counted),
        overdue=sum(1 for t in counted if t.overdue),
        rate=Fraction(len(done), len(counted)) if counted else None,
        days=Fraction(median(days)) if days else None,
    )
