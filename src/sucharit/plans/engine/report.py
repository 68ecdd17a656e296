"""A plan report of a half or a whole fiscal year: how far, with what money, where it stuck. Pure sums over plain rows.

Nothing is averaged over percentages: progress of many is Σ weight × progress / Σ weight over those that reported,
with how many did; money is Σ satang. What was not reported is counted apart, never as zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sucharit.core.rounding import half_up

FULL_E2 = 10_000


@dataclass(frozen=True)
class ActivityRow:
    """One activity up to the report's last day. Progress in hundredths of a per cent, None: not reported."""

    title: str
    owner: str
    state: str
    weight: int
    planned_e2: int | None
    progress_e2: int | None
    heads_planned: int | None = None
    heads_attended: int | None = None
    allocated: int | None = None  # satang; None: no money was entered
    committed: int | None = None
    disbursed: int | None = None
    result: str = ""
    problem: str = ""
    solution: str = ""
    group: str = ""
    url: str = ""
    late_reason: str = ""


@dataclass(frozen=True)
class ProjectRow:
    """A project with its activities and the money that is on no activity of it."""

    title: str
    owner: str
    plan: str
    activities: Sequence[ActivityRow]
    own_allocated: int | None = None
    own_committed: int | None = None
    own_disbursed: int | None = None
    url: str = ""
    aligned: Sequence[str] = ()  # goals it contributes to


@dataclass(frozen=True)
class Progress:
    """Weighted progress of what reported, and how many did."""

    e2: int | None  # hundredths of a per cent, rounded half up; None: nobody reported
    reported: int
    expected: int


@dataclass(frozen=True)
class Money:
    """Sums in satang; None where no money was entered, which is not zero."""

    allocated: int | None = None
    committed: int | None = None
    disbursed: int | None = None

    @property
    def disbursed_e2(self) -> int | None:
        """Disbursed per cent of allocated in hundredths; None where nothing was allocated."""
        return _share(self.disbursed, self.allocated)

    @property
    def spent_e2(self) -> int | None:
        """Disbursed and committed per cent of allocated (ใช้จ่าย)."""
        return _share(_sum((self.disbursed, self.committed)), self.allocated)


@dataclass(frozen=True)
class Counts:
    """Activities by how they stand at the report's last day; they add up to all of them."""

    done: int = 0
    on_plan: int = 0
    behind: int = 0
    not_reported: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.done + self.on_plan + self.behind + self.not_reported + self.cancelled


@dataclass(frozen=True)
class Summary:
    """What the report says in figures."""

    projects: int
    counts: Counts
    progress: Progress
    money: Money
    heads_planned: int | None
    heads_attended: int | None
    stuck: Sequence[ActivityRow] = field(default=())  # behind, or told a problem


def last_day(half_of_year: int, year_end: dt.date, half_end: dt.date) -> dt.date:
    """The last day a report covers: the half's for half 1, the year's for half 2."""
    return half_end if half_of_year == 1 else year_end


def standing(row: ActivityRow) -> str:
    """done, on_plan, behind, not_reported or cancelled.

    Behind: less than planned for the report's last month. Without a month plan what is reported is on plan.
    """
    if row.state == "cancelled":
        return "cancelled"
    if row.state == "done" or row.progress_e2 == FULL_E2:
        return "done"
    if row.progress_e2 is None:
        return "not_reported"
    return "behind" if row.progress_e2 < (row.planned_e2 or 0) else "on_plan"


def progress_of(rows: Iterable[ActivityRow]) -> Progress:
    """Σ weight × progress / Σ weight over the activities that reported; cancelled ones are left out."""
    alive = [r for r in rows if r.state != "cancelled"]
    told = [(r.weight, r.progress_e2) for r in alive if r.progress_e2 is not None]
    weights = sum(weight for weight, _e2 in told)
    if not told or weights == 0:
        return Progress(None, len(told), len(alive))
    total = sum(weight * e2 for weight, e2 in told)
    return Progress(half_up(Fraction(total, weights)), len(told), len(alive))


def money_of(projects: Iterable[ProjectRow]) -> Money:
    """Sums over projects and their activities."""
    rows = list(projects)
    activities = [a for p in rows for a in p.activities]
    return Money(
        _sum([*(p.own_allocated for p in rows), *(a.allocated for a in activities)]),
        _sum([*(p.own_committed for p in rows), *(a.committed for a in activities)]),
        _sum([*(p.own_disbursed for p in rows), *(a.disbursed for a in activities)]),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """Of what is known; None where nothing is."""
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def summarise(projects: Sequence[ProjectRow]) -> Summary:
    """The whole report in figures."""
    rows = [a for p in projects for a in p.activities]
    found = [standing(r) for r in rows]
    counts = Counts(
        **{
            name: found.count(name)
            for name in ("done", "on_plan", "behind", "not_reported", "cancelled")
        }
    )
    stuck = [
        r
        for r, how in zip(rows, found, strict=True)
        if how in {"behind", "not_reported"} or (how != "cancelled" and r.problem)
    ]
    return Summary(
        projects=len(projects),
        counts=counts,
        progress=progress_of(rows),
        money=money_of(projects),
        heads_planned=_known(r.heads_planned for r in rows),
        heads_attended=_known(r.heads_attended for r in rows),
        stuck=stuck,
    )


def _known(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _share(part: int | None, whole: int | None) -> int | None:
    if part is None or whole is None or whole <= 0:
        return None
    return half_up(Fraction(part * 100, whole), 2)
