"""Dated data of the budget room: bundled files, thresholds in force, ceilings as a warning that never blocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q, QuerySet

from sucharit.plans.engine.quadrant import Thresholds
from sucharit.plans.models import Ceiling

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class WatchRule:
    """What the desk asks about, and when work and money are too far apart."""

    thresholds: Thresholds
    old_commitment_days: int
    lapse_month: int  # of the fiscal year, 12 = September
    source: str
    verified: bool


@dataclass(frozen=True)
class OverCeiling:
    """An amount above a rate: a reason to explain, never a block. Satang."""

    ceiling: Ceiling
    asked: int
    most: int


@cache
def read(name: str) -> list[dict[str, Any]]:
    """Rows of a bundled YAML file of plans/data."""
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return rows


def watch(on: dt.date) -> WatchRule:
    """The rule in force on a day (CE); the oldest one for days before all."""
    rows = sorted(read("budget-watch"), key=lambda row: row["effective_from"])
    held = [row for row in rows if row["effective_from"] <= on] or rows[:1]
    row = held[-1]
    return WatchRule(
        Thresholds(Fraction(row["gap"]), Fraction(row["behind"])), row["old_commitment_days"],
        row["lapse_month"], row["source"], bool(row["verified"]),
    )  # fmt: skip


def in_force(on: dt.date) -> QuerySet[Ceiling]:
    """Ceilings that hold on a day (CE)."""
    return Ceiling.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on
    )


def ceiling(key: str, on: dt.date) -> Ceiling | None:
    """The newest version of a rate that holds on a day; None: no such rate is known."""
    return in_force(on).filter(key=key).order_by("-effective_from").first()


def most(held: Ceiling, *, heads: int, times: int) -> int:
    """What the rate allows for heads × days (or hours, meals), in satang."""
    return held.rate_satang * heads * times


def check(
    key: str, amount_satang: int, on: dt.date, *, heads: int = 1, times: int = 1
) -> OverCeiling | None:
    """A warning when the amount is above rate × heads × times; None where it is not or no rate is known."""
    held = ceiling(key, on)
    if held is None:
        return None
    allowed = most(held, heads=heads, times=times)
    return OverCeiling(held, amount_satang, allowed) if amount_satang > allowed else None
