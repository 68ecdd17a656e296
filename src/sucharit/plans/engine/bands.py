"""Colour words of an attainment, by bands that hold from a fiscal year on; the bands are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Band:
    """From ``bound`` per cent on (``above`` True: only above it). ``level`` 1 (worst) to 5 (best)."""

    key: str
    level: int
    bound: Fraction | None  # None: everything below the others
    above: bool
    th: str
    en: str
    icon: str


@dataclass(frozen=True)
class BandSet:
    """Bands in force from a fiscal year (BE), best first; ``verified`` False: shown with a badge."""

    from_fy: int
    bands: tuple[Band, ...]
    source: str
    verified: bool


def in_force(sets: Sequence[BandSet], fiscal_year: int) -> BandSet | None:
    """The newest set that holds in the year; None: none does."""
    found = [s for s in sets if s.from_fy <= fiscal_year]
    return max(found, key=lambda s: s.from_fy, default=None)


def band_of(percent: Fraction | None, bands: Sequence[Band]) -> Band | None:
    """The band of an exact, uncapped attainment; None: no data, which is no band at all."""
    if percent is None:
        return None
    for band in bands:
        if band.bound is None or percent > band.bound or (percent == band.bound and not band.above):
            return band
    return None
