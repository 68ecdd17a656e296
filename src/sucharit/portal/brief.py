"""The executive page: five numbers with what changed in a week, and what is late the longest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.core.registry import Headline, registry
from sucharit.core.rounding import hundredths, hundredths_text
from sucharit.desk.models import ActionItem
from sucharit.desk.queries.tally import top_late
from sucharit.orgs.models import Unit

WEEK = dt.timedelta(days=7)
NUMBERS, LATE = 5, 5


@dataclass(frozen=True)
class Changed:
    """A headline and how it moved since the day a week before. ``change`` None: one of the two is not known.

    ``turn``: better, worse, same, moved (neither is better) or "" (not known).
    """

    headline: Headline
    change: Fraction | None
    turn: str

    @property
    def text(self) -> str:
        """The difference with its sign; whole numbers without decimals."""
        if self.change is None:
            return ""
        sign = "+" if self.change > 0 else ""
        if self.change.denominator == 1 and self.headline.unit != "%":
            return f"{sign}{int(self.change):,}"
        return sign + hundredths_text(hundredths(self.change))


@dataclass(frozen=True)
class LateItem:
    """An action item that is late, and by how many days."""

    item: ActionItem
    days: int


@dataclass(frozen=True)
class Brief:
    """The page: numbers of ``day``, compared with those of ``before``."""

    day: dt.date
    before: dt.date
    numbers: list[Changed]
    late: list[LateItem]


def brief(user: Any, unit: Unit, fiscal_year: int, day: dt.date) -> Brief:
    """What an executive reads in a minute. Numbers come from the registry, each with its source behind it."""
    before = day - WEEK
    then = {h.key: h for h in _headlines(user, unit, fiscal_year, before)}
    now = sorted(_headlines(user, unit, fiscal_year, day), key=lambda h: h.order)
    numbers = [changed(h, then.get(h.key)) for h in now[:NUMBERS]]
    late = [
        LateItem(item, (day - item.due_on).days)
        for item in top_late(user, unit, day, LATE)
        if item.due_on
    ]
    return Brief(day, before, numbers, late)


def changed(now: Headline, then: Headline | None) -> Changed:
    """How the headline moved; unknown then or now is no change of zero."""
    if then is None or now.number is None or then.number is None:
        return Changed(now, None, "")
    change = Fraction(now.number) - Fraction(then.number)
    if change == 0:
        return Changed(now, change, "same")
    if not now.good:
        return Changed(now, change, "moved")
    return Changed(now, change, "better" if (change > 0) == (now.good == "up") else "worse")


def _headlines(user: Any, unit: Unit, fiscal_year: int, day: dt.date) -> Iterable[Headline]:
    for source in registry.headlines:
        yield from source(user, unit, fiscal_year, day)
