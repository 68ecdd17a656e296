"""Means and pass shares of groups of units: province, ministry, nation."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt

from .exact import half_up
from .model import Edition

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GroupTable:
    """Statistics of the groups of one level, arrays by group.

    `units` in the group, `scored` of them, `passed` (displayed total at the pass mark or above),
    `mean` of unrounded totals (NaN = nobody scored), `shown` the mean half-up in units of the last
    digit (-1 = none).
    """

    units: Ints
    scored: Ints
    passed: Ints
    mean: npt.NDArray[np.float64]
    shown: Ints


def rollup(
    edition: Edition,
    totals: npt.NDArray[np.float64],
    shown: Ints,
    groups: npt.NDArray[np.integer],
    count: int,
    exact: Callable[[int], Fraction | None] | None = None,
) -> GroupTable:
    """Unweighted statistics of units by group.

    `totals` float64[unit] (NaN = none), `shown` int64[unit] displayed totals, `groups` int[unit]
    place of each unit's group or -1, `count` number of groups. `exact(unit)` decides means that lie
    on a rounding tie; without it the float mean does.
    """
    scored = ~np.isnan(totals) & (groups >= 0)
    passed = scored & (shown >= _pass_units(edition))
    number = np.bincount(groups[scored], minlength=count)
    sums = np.bincount(groups[scored], weights=totals[scored], minlength=count)
    mean = np.full(count, np.nan)
    np.divide(sums, number, out=mean, where=number > 0)
    return GroupTable(
        units=np.bincount(groups[groups >= 0], minlength=count),
        scored=number,
        passed=np.bincount(groups[passed], minlength=count),
        mean=mean,
        shown=_shown(edition.rounding.digits, mean, groups, scored, exact),
    )


def _pass_units(edition: Edition) -> int:
    """The pass mark in units of the last digit; above every total where no band passes."""
    digits: int = 10**edition.rounding.digits
    mark = edition.pass_mark
    return 100 * digits + 1 if mark is None else ceil(mark * digits)


def _shown(
    digits: int,
    mean: npt.NDArray[np.float64],
    groups: npt.NDArray[np.integer],
    scored: npt.NDArray[np.bool_],
    exact: Callable[[int], Fraction | None] | None,
) -> Ints:
    known = ~np.isnan(mean)
    scaled = np.where(known, mean, 0.0) * 10**digits + 0.5
    shown = np.where(known, np.floor(scaled).astype(np.int64), -1)
    if exact is None:
        return shown
    near = known & (np.abs(scaled - np.rint(scaled)) < 1e-7)
    for group in np.flatnonzero(near).tolist():
        units = np.flatnonzero(scored & (groups == group)).tolist()
        values = [value for unit in units if (value := exact(unit)) is not None]
        shown[group] = half_up(sum(values, Fraction(0)) / len(values), digits)
    return shown
