"""Numbers of meetings: n/พ.ศ., without gaps within a committee and a calendar year (BE) of the meeting's day."""

from __future__ import annotations

from collections.abc import Collection


def next_number(taken: Collection[int]) -> int:
    """The smallest number from 1 that no meeting of the year holds; a cancelled meeting holds none.

    So a number that became free is given out again before a higher one is, and no gap stays.
    """
    held = set(taken)
    return next(n for n in range(1, len(held) + 2) if n not in held)


def gaps(taken: Collection[int]) -> tuple[int, ...]:
    """Numbers below the highest one that no meeting holds (a cancelled one left them)."""
    held = set(taken)
    return tuple(n for n in range(1, max(held, default=0)) if n not in held)
