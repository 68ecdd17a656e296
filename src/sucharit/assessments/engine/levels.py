"""Levels of many units at once, the same rule as `results.level_of`."""

from math import ceil

import numpy as np
import numpy.typing as npt

from .model import Edition

Ints = npt.NDArray[np.int64]


def levels_of(edition: Edition, totals: Ints, instruments: Ints) -> npt.NDArray[np.int16]:
    """Place of each unit's band, -1 where it cannot be told.

    `totals` int64[unit] and `instruments` int64[instrument, unit] are shown values in units of the
    last digit, -1 = unknown.
    """
    digits = 10**edition.rounding.digits
    levels = np.full(len(totals), -1, np.int16)
    open_ = totals >= 0
    unknown = (instruments < 0).any(axis=0)
    for place, band in enumerate(edition.bands):
        meets = open_ & (totals >= ceil(band.min_total * digits))
        if band.min_each is not None:
            floor = ceil(band.min_each * digits)
            meets &= ~((instruments >= 0) & (instruments < floor)).any(axis=0)
            undecided = meets & unknown
            open_ &= ~undecided
            meets &= ~unknown
        levels[meets] = place
        open_ &= ~meets
    return levels
