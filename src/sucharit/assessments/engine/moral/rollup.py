"""How many units reached which level, out of those assessed and out of all. Exact, never rounded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Change(StrEnum):
    """A level against last year's; ``UNKNOWN`` where one of the two is not known."""

    RISE = "rise"
    SAME = "same"
    DROP = "drop"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Count:
    """Units at exactly this level (``n``) and at it or above (``at_least``)."""

    level: int
    n: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Counts by level, highest first, of ``assessed`` units out of ``units``.

    ``units`` is at least ``assessed``: whoever was assessed is one of all.
    """

    counts: tuple[Count, ...]
    assessed: int
    units: int

    def at_least(self, level: int) -> int:
        """Units that reached the level or a higher one."""
        return sum(c.n for c in self.counts if c.level >= level)

    def of_assessed(self, n: int) -> Fraction | None:
        """The share of the assessed units; None where none was assessed."""
        return Fraction(n, self.assessed) if self.assessed else None

    def of_all(self, n: int) -> Fraction | None:
        """The share of all units; None where there is none."""
        return Fraction(n, self.units) if self.units else None


def pyramid(levels: Mapping[str, int | None], every: Iterable[str], *, highest: int = 3) -> Pyramid:
    """Count units by level.

    levels: unit -> level 0..highest, None while there is no result. every: all units that count, with
    or without a result; units of ``levels`` count in any case. ValueError for a level outside.
    """
    known = [v for v in levels.values() if v is not None]
    strange = [v for v in known if not 0 <= v <= highest]
    if strange:
        raise ValueError(f"levels run from 0 to {highest}, got {sorted(set(strange))}")
    counts = tuple(
        Count(level, known.count(level), sum(1 for v in known if v >= level))
        for level in range(highest, -1, -1)
    )
    return Pyramid(counts, len(known), len({*levels, *every}))


def reaches(n: int, of: int, percent: Fraction | int) -> bool | None:
    """Whether n of ``of`` is at least so many percent, compared unrounded: 79.995 % is not 80 %.

    None where ``of`` is 0. ValueError unless 0 <= n <= of.
    """
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of} is no share")
    return None if of == 0 else Fraction(n * 100, of) >= percent


def change(last: int | None, now: int | None) -> Change:
    """How a level moved."""
    if last is None or now is None:
        return Change.UNKNOWN
    if now == last:
        return Change.SAME
    return Change.RISE if now > last else Change.DROP


def tally(changes: Sequence[Change]) -> dict[Change, int]:
    """How many rose, stayed, dropped, and of how many it is not known."""
    return {kind: sum(1 for c in changes if c is kind) for kind in Change}
