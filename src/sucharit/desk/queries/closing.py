"""Closing rates by unit, and as they stood at the end of a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sucharit.core import clock
from sucharit.desk.engine import actions as engine
from sucharit.desk.engine.closing import TURNS, Closing, ending_of
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


@dataclass(frozen=True)
class UnitClosing:
    """A unit of the table with the figures of its whole subtree (``own``: of the unit alone)."""

    unit: Unit
    closing: Closing
    own: bool = False


def closing_of(user: Any, unit: Unit, fiscal_year: int) -> list[UnitClosing]:
    """The unit in sum, by itself, and each unit right below it with its subtree (three queries).

    Only items whose lead unit lies in the user's scope count. Units without an item are left out,
    except the first row (the sum).
    """
    rows = scope.limit(_below(unit, fiscal_year), user, path_field="unit__path")
    today, width = clock.today(), len(unit.path) + Unit.steplen
    found: dict[str, Closing] = defaultdict(Closing)
    days: dict[str, list[int]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    fields = ("unit__path", "state", "due_on", "created_at", "closed_at")
    for path, state, due_on, created_at, closed_at in rows.values_list(*fields).iterator():
        at = path[:width]
        counted = numbers[at]
        counted[0] += 1
        counted[1] += state == "accepted"
        counted[2] += state == "cancelled"
        counted[3] += engine.overdue(state, due_on, today)
        if state == "accepted" and closed_at is not None:
            days[at].append((_day(closed_at) - _day(created_at)).days)
    for at, counted in numbers.items():
        found[at] = Closing(counted[0], counted[1], counted[2], counted[3], tuple(sorted(days[at])))
    units = {u.path: u for u in Unit.objects.filter(path__in=found)}
    below = [UnitClosing(u, found[p]) for p, u in units.items() if p != unit.path]
    below.sort(key=lambda r: (r.unit.sort_key or "~", r.unit.code))
    total = sum(found.values(), Closing())
    own = [UnitClosing(unit, found[unit.path], own=True)] if unit.path in found and below else []
    return [UnitClosing(unit, total), *own, *below]


def count(unit: Unit, fiscal_year: int, until: dt.date) -> tuple[int, int] | None:
    """Accepted and all but cancelled, of the unit's subtree in the year, at the end of the day (CE).

    Read from the history, so that a past day gives what stood then; None without an item.
    """
    ended = _end(until)
    last = ActionEvent.objects.filter(action=OuterRef("pk"), kind__in=TURNS, at__lt=ended)
    rows = _below(unit, fiscal_year).filter(created_at__lt=ended)
    turns = rows.annotate(turn=Subquery(last.order_by("-pk").values("kind")[:1]))
    accepted = counted = 0
    for kind in turns.values_list("turn", flat=True).iterator():
        ending = ending_of(kind or "")
        accepted += ending == "accepted"
        counted += ending != "cancelled"
    return (accepted, counted) if counted else None


def rate(counted: tuple[int, int]) -> Fraction:
    """Accepted of all but cancelled, in per cent."""
    return Fraction(counted[0] * 100, counted[1])


def late_on(unit: Unit, fiscal_year: int, day: dt.date) -> int:
    """Items of the subtree and year that were past their day, alive and not handed in when the day ended.

    From the history: the last event before the day's end carries the due day as it stood then.
    """
    ended = _end(day)
    before = ActionEvent.objects.filter(action=OuterRef("pk"), at__lt=ended).order_by("-pk")
    turns = before.filter(kind__in=(*TURNS, "submitted", "returned", "done"))
    rows = _below(unit, fiscal_year).filter(created_at__lt=ended)
    rows = rows.annotate(
        then_due=Subquery(before.values("due_on")[:1]), turn=Subquery(turns.values("kind")[:1])
    )
    owed = Q(turn=None) | Q(turn__in=("returned", "reopened"))
    return rows.filter(owed, then_due__lt=day).count()


def _end(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _below(unit: Unit, fiscal_year: int) -> QuerySet[ActionItem]:
    return ActionItem.objects.order_by().filter(
        fiscal_year=fiscal_year, unit__path__gte=unit.path, unit__path__lt=unit.path + "~"
    )


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
