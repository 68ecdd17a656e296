"""Robust outliers: the modified z-score by median and median absolute deviation (MAD).

    z = constant · (x − median) / MAD          (constant 0.6745: MAD of a normal law in its σ)

Mean and standard deviation are drawn towards the very value one looks for; the median and MAD are
not. Everything is exact (Fraction). A hit is a reason to look, never a verdict.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Method = Literal["mad", "mean_deviation", "none"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Parameters as data: ``threshold`` (|z| from it on is a hit), ``constant`` of the MAD formula.

    ``fallback_constant``: of mean absolute deviation, used where MAD is 0; ``min_n``: fewest values.
    """

    threshold: Fraction
    constant: Fraction
    fallback_constant: Fraction
    min_n: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where one value lies among its peers. ``z`` None: every peer has the same value."""

    key: Hashable
    value: Fraction
    z: Fraction | None
    hit: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """A group of values with its middle. ``status`` "ok", or "insufficient" when n is too small.

    ``method``: "mad"; "mean_deviation" where more than half of the values are equal (MAD = 0);
    "none" where all are equal: then nothing stands out.
    """

    status: Literal["ok", "insufficient"]
    n: int
    median: Fraction | None
    mad: Fraction | None
    mean_deviation: Fraction | None
    method: Method
    places: tuple[Place, ...]

    @property
    def hits(self) -> tuple[Place, ...]:
        return tuple(p for p in self.places if p.hit)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two middle ones; ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread(values: Mapping[Hashable, Fraction], rule: Rule) -> Spread:
    """Where each value lies among all of them, in the order given."""
    n = len(values)
    if n < max(1, rule.min_n):
        return Spread("insufficient", n, None, None, None, "none", ())
    middle = median(list(values.values()))
    away = [abs(v - middle) for v in values.values()]
    mad, mean_away = median(away), sum(away, Fraction()) / n
    method: Method = "mad" if mad else ("mean_deviation" if mean_away else "none")
    scale = {
        "mad": rule.constant / mad if mad else None,
        "mean_deviation": rule.fallback_constant / mean_away if mean_away else None,
        "none": None,
    }[method]
    places = tuple(_place(key, value, middle, scale, rule) for key, value in values.items())
    return Spread("ok", n, middle, mad, mean_away, method, places)


def _place(
    key: Hashable, value: Fraction, middle: Fraction, scale: Fraction | None, rule: Rule
) -> Place:
    z = None if scale is None else scale * (value - middle)
    return Place(key, value, z, z is not None and abs(z) >= rule.threshold)


def changes(
    now: Mapping[Hashable, Fraction], before: Mapping[Hashable, Fraction]
) -> dict[Hashable, Fraction]:
    """Change of each unit that has both values; a unit without one is left out, not taken as zero."""
    return {key: value - before[key] for key, value in now.items() if key in before}
