"""Every unit of a tree and every indicator at once: whole numbers in arrays, exact at the end.

Units stand in the order of their tree paths, so a subtree is a stretch of places, and its sum the
difference of two running totals. Arrays are 64-bit as long as no total can leave them, else Python's
own integers: slower, never wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from sucharit.plans.engine.attainment import Goal, is_met
from sucharit.plans.engine.rollup.parts import Figure, Part, Rule, join, part_of
from sucharit.plans.engine.rollup.time import over_time, way_over_time

# Least common multiple of 1 … 12: a mean of that many periods is whole in these parts.
MEAN_SCALE = 27_720
ROOM = 2**62
INDICATOR, UNIT, SEQ, NUMERATOR, DENOMINATOR, VALUE, HAS_VALUE = range(7)  # columns of the rows
Array = Any  # numpy's integer or object arrays


@dataclass(frozen=True)
class Years:
    """The year's figures of one indicator, a place for each unit (path order)."""

    rule: Rule
    expected: Array  # bool
    reported: Array  # bool
    value: Array  # ten-thousandths × scale
    numerator: Array
    denominator: Array
    scale: int = 1
    met: Array | None = None
    judged: Array | None = None
    apart: Array | None = None  # bool
    covers: bool = False  # a unit's figure stands for its whole subtree: it hides those below


@dataclass(frozen=True)
class Wanted:
    """An indicator as the tree needs it: which units should have a figure, and what each is held against."""

    rule: Rule
    expected: Array  # bool, a place for each unit
    goals: Mapping[int, Goal] = field(default_factory=dict)  # by place; needed for count_met only
    apart: Array | None = None
    covers: bool = False
    periods: int = 4


def years_of(rows: Array, indicators: Sequence[Wanted], units: int) -> list[Years]:
    """Figures by period to figures of the year.

    ``rows``: int64, ordered by indicator, unit and period; columns indicator (index into
    ``indicators``), unit (place), seq, numerator, denominator (0: none), value, has_value; the
    figures in ten-thousandths.
    """
    edges = np.searchsorted(rows[:, INDICATOR], np.arange(len(indicators) + 1))
    return [
        _year(rows[edges[n] : edges[n + 1]], wanted, units) for n, wanted in enumerate(indicators)
    ]


def subtree_parts(years: Years, ends: Sequence[int] | Array) -> Parts:
    """Parts of every unit's subtree; ``ends[n]``: the place after the last unit below place n."""
    if years.covers:
        return Parts(years, tuple(_covering(years, ends)))
    counted = years.expected if years.apart is None else years.expected & ~years.apart
    there = years.reported & counted
    columns = {
        "expected": counted, "reported": there,
        "value": np.where(there, years.value, 0),
        "numerator": np.where(there, years.numerator, 0),
        "denominator": np.where(there, years.denominator, 0),
    }  # fmt: skip
    if years.met is not None and years.judged is not None:
        columns |= {"met": there & years.met, "judged": there & years.judged}
    if years.apart is not None:
        columns["apart_expected"] = years.expected & years.apart
        if years.met is not None:
            columns["apart_met"] = columns["apart_expected"] & years.reported & years.met
    at, to = np.arange(len(counted)), np.asarray(ends)
    sums = {}
    for name, column in columns.items():
        running = np.concatenate(([0], np.cumsum(_safe(column))))
        sums[name] = running[to] - running[at]
    return Parts(years, None, sums)


@dataclass(frozen=True)
class Parts:
    """Part of each unit's subtree, made when asked for."""

    years: Years
    made: tuple[Part, ...] | None = None
    sums: Mapping[str, Array] = field(default_factory=dict)

    def __getitem__(self, place: int) -> Part:
        if self.made is not None:
            return self.made[place]
        got = {name: int(column[place]) for name, column in self.sums.items()}
        value: Any = got["value"]
        if self.years.scale != 1:
            value = Fraction(value, self.years.scale)
        return Part(
            got["expected"], got["reported"], value, got["numerator"], got["denominator"],
            got.get("met", 0), got.get("judged", 0), got.get("apart_expected", 0), got.get("apart_met", 0),
        )  # fmt: skip


def _safe(column: Array, factor: int = 1) -> Array:
    """The column in a kind of integer in which its sum times ``factor`` is exact."""
    if column.dtype == object:
        return column
    whole = column.astype(np.int64)
    most = float(np.abs(whole.astype(np.float64)).sum()) * factor
    return whole if most < ROOM else whole.astype(object)


def _year(rows: Array, wanted: Wanted, units: int) -> Years:
    rule, way = wanted.rule, way_over_time(wanted.rule)
    shares = rule.shares
    usable = rows[:, DENOMINATOR] > 0 if shares else rows[:, HAS_VALUE] > 0
    rows = rows[usable] if way != "none" else rows[:0]
    if way in {"max", "min"}:
        return _slowly(rows, wanted, units)
    starts = np.flatnonzero(np.diff(rows[:, UNIT], prepend=-1))
    places = rows[starts, UNIT]
    scale = MEAN_SCALE if way == "average" else 1
    picked = [_over(rows[:, c], starts, way, scale) for c in (VALUE, NUMERATOR, DENOMINATOR)]
    full = [_spread(p, places, units) for p in picked]
    reported = np.zeros(units, bool)
    reported[places] = True
    years = Years(
        rule, wanted.expected, reported, full[0], full[1], full[2], scale, None, None, wanted.apart, wanted.covers,
    )  # fmt: skip
    return _judged(years, wanted, places)


def _over(column: Array, starts: Array, way: str, scale: int) -> Array:
    """One figure a unit of its periods, which begin at ``starts``."""
    if not len(starts):
        return column[:0]
    ends = np.append(starts[1:], len(column))
    if way == "last":
        return column[ends - 1]
    total = np.add.reduceat(_safe(column, scale), starts)
    return total * (scale // (ends - starts)) if scale != 1 else total


def _spread(values: Array, places: Array, units: int) -> Array:
    full = np.zeros(units, values.dtype)
    full[places] = values
    return full


def _figure(years: Years, place: int) -> Figure:
    value: Any = int(years.value[place])
    if years.scale != 1:
        value = Fraction(value, years.scale)
    denominator = int(years.denominator[place]) or None
    numerator = int(years.numerator[place]) if denominator else None
    return Figure(place, 0, None if years.rule.shares else value, numerator, denominator)


def _judged(years: Years, wanted: Wanted, places: Array) -> Years:
    """With what each unit's own target says of it; only where units that meet it are counted."""
    if wanted.rule.over_space != "count_met":
        return years
    met, judged = np.zeros(len(years.reported), bool), np.zeros(len(years.reported), bool)
    for place in map(int, places):
        goal, exact = wanted.goals.get(place), _figure(years, place).exact(years.rule.measure)
        if goal is not None and goal.target is not None and exact is not None:
            judged[place], met[place] = True, is_met(exact, goal)
    return replace(years, met=met, judged=judged)


def _slowly(rows: Array, wanted: Wanted, units: int) -> Years:
    """Largest and smallest of shares are compared exactly, unit by unit."""
    by_place: dict[int, list[Figure]] = {}
    for _n, place, seq, numerator, denominator, value, has in rows.tolist():
        figure = Figure(
            place, seq, value if has else None, numerator if denominator else None, denominator or None,
        )  # fmt: skip
        by_place.setdefault(place, []).append(figure)
    reported = np.zeros(units, bool)
    columns = [np.zeros(units, np.int64) for _ in range(3)]
    for place, figures in by_place.items():
        year = over_time(figures, wanted.rule, wanted.periods).figure
        if year is not None:
            reported[place] = True
            got = (year.value_e4, year.numerator_e4, year.denominator_e4)
            for column, number in zip(columns, got, strict=True):
                column[place] = int(number or 0)
    years = Years(
        wanted.rule, wanted.expected, reported, columns[0], columns[1], columns[2], 1, None, None,
        wanted.apart, wanted.covers,
    )  # fmt: skip
    return _judged(years, wanted, np.array(sorted(by_place), np.int64))


def _covering(years: Years, ends: Sequence[int] | Array) -> list[Part]:
    """From the last place back: a unit's own figure, else what its children make together."""
    made: list[Part] = [Part()] * len(years.reported)
    for place in range(len(made) - 1, -1, -1):
        if years.reported[place]:
            made[place] = part_of(_met(years, place), years.rule)
            continue
        below, child = [], place + 1
        while child < ends[place]:
            below.append(made[child])
            child = int(ends[child])
        total = join(below)
        alone = bool(years.expected[place]) and not total.expected
        made[place] = Part(expected=1) if alone else total
    return made


def _met(years: Years, place: int) -> Figure:

    met: bool | None = None
    if years.met is not None and years.judged is not None and years.judged[place]:
        met = bool(years.met[place])
    apart = bool(years.apart is not None and years.apart[place])
    return replace(_figure(years, place), met=met, apart=apart)
