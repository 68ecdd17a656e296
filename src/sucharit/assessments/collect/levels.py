"""The levels in words that hold for a campaign: dated data, taken as of its last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from sucharit.assessments.engine.learning import level_of
from sucharit.assessments.library.levels import LevelSet, level_set
from sucharit.assessments.library.problems import LibraryError

FIVE = (Fraction(1), Fraction(5))  # the scale the five levels are made for


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of a mean; empty before the day from which the oldest set holds."""

    found: LevelSet | None

    def of(self, mean: Fraction, span: tuple[Fraction, Fraction] | None) -> str | None:
        """The code of a mean's level; None for a mean on another scale than 1 to 5."""
        if self.found is None or span != FIVE:
            return None
        level = level_of(mean, self.found.bands)
        return None if level is None else level.code


def levels_on(day: dt.date, name: str = "satisfaction-5") -> Levels:
    """The levels that hold on a day."""
    try:
        return Levels(level_set(name, day))
    except LibraryError:
        return Levels(None)
