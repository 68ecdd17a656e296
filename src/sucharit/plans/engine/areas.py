"""Figures of an area: shares in hundredths of a per cent and the step of a share. Unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sucharit.core.rounding import hundredths


@dataclass(frozen=True)
class Progress:
    """Weighted progress of what was reported, and how much that is: ``reported`` of ``expected``."""

    percent_e2: int | None
    reported: int
    expected: int


def share_e2(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` in hundredths of a per cent; None where there is no whole: (1, 3) → 3333."""
    return hundredths(Fraction(100 * part, whole)) if whole > 0 else None


def progress(rows: Iterable[tuple[int, int | None]]) -> Progress:
    """From (weight, progress in hundredths of a per cent or None) of each activity.

    Where only activities of weight 0 reported they count alike.
    """
    every = list(rows)
    told = [(weight, value) for weight, value in every if value is not None]
    total = sum(weight for weight, _value in told)
    if told and not total:
        told, total = [(1, value) for _weight, value in told], len(told)
    percent = hundredths(Fraction(sum(w * v for w, v in told), 100 * total)) if total else None
    return Progress(percent, sum(v is not None for _w, v in every), len(every))


def step_of(value_e2: int | None, steps: Sequence[int]) -> int:
    """0 without data, else 1 … len(steps) + 1: how many of the ``steps`` (per cent) are reached, plus one."""
    if value_e2 is None:
        return 0
    return 1 + sum(value_e2 >= 100 * step for step in steps)
