"""Two years of a unit beside each other: what moved the total, and where a line must not be drawn.

Exact. ΔT = Σ w·ΔM over the instruments + effect of changed weights + what stays unexplained (only
published, rounded figures leave anything). Each w·ΔM is split into its indicators the same way.
Levels of two editions are never set side by side: only "passed" (total at the pass mark) is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .groups import comparable, passes
from .model import TOTAL, Edition

_ZERO = Fraction(0)


@dataclass(frozen=True)
class YearFigures:
    """What is known of one year: exact values of the total, instruments and indicators.

    `counted` are the indicators the instrument's mean was taken over; None for an instrument whose
    own figure does not follow its indicators (published, or decided by the sample rule).
    `displayed` is the total as shown, in units of the last digit.
    """

    year: int
    edition: Edition
    values: Mapping[str, Fraction]
    counted: Mapping[str, tuple[str, ...]]
    displayed: int | None

    @property
    def passed(self) -> bool | None:
        """Whether the displayed total reaches the edition's pass mark; None when not known."""
        return None if self.displayed is None else passes(self.edition, self.displayed)


@dataclass(frozen=True, slots=True)
class Effect:
    """A node's part in the change, in points of the total; None where a year has no figure of it."""

    code: str
    before: Fraction | None
    after: Fraction | None
    effect: Fraction | None


@dataclass(frozen=True)
class InstrumentEffect:
    """w·ΔM of an instrument with the new weight, its indicators, and what they leave unexplained."""

    node: Effect
    weight: Fraction
    indicators: tuple[Effect, ...]
    residual: Fraction | None


@dataclass(frozen=True)
class Comparison:
    """Change from one year to a later one.

    delta = Σ instruments' effects + weight_effect + residual, exactly, where all are known.
    `breaks` are keys that say why a trend must not be drawn (see `groups.comparable`), empty when it
    may.
    """

    before: YearFigures
    after: YearFigures
    delta: Fraction | None
    instruments: tuple[InstrumentEffect, ...]
    weight_effect: Fraction | None
    residual: Fraction | None
    breaks: tuple[str, ...]


def compare(
    before: YearFigures, after: YearFigures, *, breaks: tuple[str, ...] | None = None
) -> Comparison:
    """Split the change of the total. `breaks` replaces what the editions themselves tell."""
    found = tuple(_instrument(before, after, i.code) for i in after.edition.instruments)
    told = comparable(before.edition, after.edition) if breaks is None else breaks
    old, new = before.values.get(TOTAL), after.values.get(TOTAL)
    delta = None if old is None or new is None else new - old
    weights = _weight_effect(before, after)
    residual = None
    effects = [effect for part in found if (effect := part.node.effect) is not None]
    if delta is not None and weights is not None and len(effects) == len(found):
        residual = delta - weights - sum(effects, _ZERO)
    return Comparison(before, after, delta, found, weights, residual, told)


def _weight_effect(before: YearFigures, after: YearFigures) -> Fraction | None:
    """What other weights alone would have changed: Σ (w_new − w_old)·M_old, gone instruments too."""
    old = {i.code: i.weight for i in before.edition.instruments}
    new = {i.code: i.weight for i in after.edition.instruments}
    total = _ZERO
    for code in {**old, **new}:
        change = new.get(code, _ZERO) - old.get(code, _ZERO)
        if change and code in old and code not in before.values:
            return None
        total += change * before.values.get(code, _ZERO)
    return total


def _instrument(before: YearFigures, after: YearFigures, code: str) -> InstrumentEffect:
    weight = after.edition.instrument[code].weight
    effect = _effect(before, after, code, weight)
    if code not in before.edition.instrument and code in after.values:
        # New this year: everything it gives is its effect.
        effect = Effect(code, None, after.values[code], weight * after.values[code])
    codes = dict.fromkeys([*_indicators(before.edition, code), *_indicators(after.edition, code)])
    indicators = tuple(_indicator(before, after, code, child, weight) for child in codes)
    residual = None
    known = [i.effect for i in indicators if i.effect is not None]
    if effect.effect is not None and known:
        residual = effect.effect - sum(known, _ZERO)
    return InstrumentEffect(effect, weight, indicators, residual)


def _indicators(edition: Edition, instrument: str) -> tuple[str, ...]:
    return edition.children(instrument) if instrument in edition.instrument else ()


def _effect(before: YearFigures, after: YearFigures, code: str, worth: Fraction) -> Effect:
    old, new = before.values.get(code), after.values.get(code)
    effect = None if old is None or new is None else worth * (new - old)
    return Effect(code, old, new, effect)


def _indicator(
    before: YearFigures, after: YearFigures, instrument: str, code: str, weight: Fraction
) -> Effect:
    """Difference of what the indicator gave its instrument; a year it did not count gave nothing."""
    old, new = before.values.get(code), after.values.get(code)
    shares = [_given(year, instrument, code) for year in (before, after)]
    if shares[0] is None or shares[1] is None:
        return Effect(code, old, new, None)
    return Effect(code, old, new, weight * (shares[1] - shares[0]))


def _given(year: YearFigures, instrument: str, code: str) -> Fraction | None:
    """Points of the instrument an indicator stands for; None where that cannot be told."""
    counted = year.counted.get(instrument)
    if counted is None:
        return None
    return year.values[code] / len(counted) if code in counted else _ZERO


def stretches(years: list[YearFigures], broken: Mapping[int, tuple[str, ...]]) -> list[list[int]]:
    """Years that one line may join, in order: a new stretch begins at every break.

    `broken[year]` are the reasons for a break between the year before in the list and this one.
    """
    found: list[list[int]] = []
    for figures in years:
        if not found or broken.get(figures.year):
            found.append([])
        found[-1].append(figures.year)
    return found
