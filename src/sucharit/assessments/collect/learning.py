"""Tests and evaluations: which attempts count, how a test went, what changed between two campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sucharit.assessments.engine import instruments
from sucharit.assessments.models import Campaign

if TYPE_CHECKING:
    from sucharit.assessments.collect.results import Sheet


def counted(
    campaign: Campaign, sheets: Sequence[Sheet], instrument: instruments.Instrument
) -> list[Sheet]:
    """One sheet a person where several attempts were allowed: the best, the last or the first."""
    return list(sheets)


def test_figures(
    campaign: Campaign, instrument: instruments.Instrument, sheets: Sequence[Sheet]
) -> dict[str, Any] | None:
    """Figures of a test."""
    return None


def pair_figures(
    campaign: Campaign, instrument: instruments.Instrument, sheets: Sequence[Sheet]
) -> dict[str, Any] | None:
    """Figures of a pair of campaigns."""
    return None
