"""How far a score is from each level: total, floors, and the shortest way over one instrument."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sucharit.assessments.engine.model import TOTAL, Band, Edition
from sucharit.assessments.engine.planner.standing import Outcome

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class FloorGap:
    """An instrument below the level's floor: points it lacks, exact and as displayed (hundredths)."""

    instrument: str
    gap: Fraction
    shown: int


@dataclass(frozen=True)
class LevelGap:
    """What a score lacks of one level.

    `gap` exact points of the total, 0 when its threshold is met; `shown` the same between displayed
    figures. `floors` are the instruments below the level's floor. `alone[instrument]` is how many
    points that instrument alone would have to rise, None where it alone cannot reach the level.
    """

    band: Band
    reached: bool
    gap: Fraction
    shown: int
    floors: tuple[FloorGap, ...]
    alone: Mapping[str, Fraction | None]


def least(edition: Edition, shown: Fraction) -> Fraction:
    """Least exact value that is displayed as `shown` or more: 85 → 84.995 with two digits."""
    scale = 10**edition.rounding.digits
    return Fraction(2 * ceil(shown * scale) - 1, 2 * scale)


def gaps(outcome: Outcome) -> list[LevelGap]:
    """The gap to each level, best level first. Empty when the total is not known."""
    total = outcome.total
    if total is None:
        return []
    return [_gap(outcome, band, total) for band in outcome.edition.bands]


def _gap(outcome: Outcome, band: Band, total: Fraction) -> LevelGap:
    edition = outcome.edition
    gap = max(least(edition, band.min_total) - total, _ZERO)
    floors = tuple(_floors(outcome, band))
    return LevelGap(
        band,
        reached=not gap and not floors,
        gap=gap,
        shown=_units(outcome, band.min_total, TOTAL) if gap else 0,
        floors=floors,
        alone={i.code: _alone(outcome, band, i.code, gap) for i in edition.instruments},
    )


def _floors(outcome: Outcome, band: Band) -> list[FloorGap]:
    if band.min_each is None:
        return []
    found, floor = [], least(outcome.edition, band.min_each)
    for instrument in outcome.edition.instruments:
        value = outcome.values[instrument.code]
        if value is not None and value < floor:
            shown = _units(outcome, band.min_each, instrument.code)
            found.append(FloorGap(instrument.code, floor - value, shown))
    return found


def _units(outcome: Outcome, wanted: Fraction, code: str) -> int:
    scale: int = 10**outcome.edition.rounding.digits
    return ceil(wanted * scale) - (outcome.shown(code) or 0)


def _alone(outcome: Outcome, band: Band, code: str, gap: Fraction) -> Fraction | None:
    value, weight = outcome.values[code], outcome.edition.instrument[code].weight
    floors = {floor.instrument: floor.gap for floor in _floors(outcome, band)}
    if value is None or set(floors) - {code} or (gap and not weight):
        return None
    rise = max(gap / weight if gap else _ZERO, floors.get(code, _ZERO))
    return rise if value + rise <= 100 else None
