"""Bands of the colour words, from ``plans/data/bands.yaml``."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from sucharit.plans.engine.bands import Band, BandSet, band_of, in_force

FOLDER = Path(__file__).resolve().parents[1] / "data"


@cache
def band_sets() -> tuple[BandSet, ...]:
    """Every set of bands, read once."""
    rows = yaml.safe_load((FOLDER / "bands.yaml").read_text(encoding="utf-8"))
    return tuple(
        BandSet(
            int(row["from_fy"]),
            tuple(_band(b) for b in row["bands"]),
            str(row["source"]),
            bool(row["verified"]),
        )
        for row in rows
    )


def bands(fiscal_year: int) -> BandSet | None:
    """The set in force in a fiscal year (BE)."""
    return in_force(band_sets(), fiscal_year)


def level_of(percent: Fraction | None, fiscal_year: int) -> int | None:
    """Level 1 (critical) to 5 (achieved) of an exact attainment; None: no data."""
    found = bands(fiscal_year)
    band = band_of(percent, found.bands) if found else None
    return band.level if band else None


def band_at(level: int | None, fiscal_year: int) -> Band | None:
    """The band with this level; None: no data."""
    found = bands(fiscal_year)
    return next((b for b in found.bands if b.level == level), None) if found else None


def word(band: Band) -> str:
    """The band's word in the page's language."""
    return band.th if (get_language() or "th").startswith("th") else band.en


def _band(row: dict[str, Any]) -> Band:
    bound = row["bound"]
    return Band(
        str(row["key"]), int(row["level"]), None if bound is None else Fraction(str(bound)),
        bool(row["above"]), str(row["th"]), str(row["en"]), str(row["icon"]),
    )  # fmt: skip
