"""A chart as plain data. Its table is what counts; the drawing is an extra for those who have scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """One chart that answers one question.

    ``kind``: bar, line, stacked or radar. ``rows`` is the table (first cell: the label), as shown text.
    ``series`` is what is drawn: (name, a number or None for each label); None leaves a gap, never zero.
    ``top``: the scale's end (100 for scores); None: by the data.
    """

    key: str
    kind: str
    title: str
    columns: Sequence[str]
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    rows: Sequence[Sequence[str]]
    top: float | None = None
