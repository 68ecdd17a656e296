"""The way to the next level: which points are missing, read from an evaluated moral instrument.

Every moral instrument keeps to these names: nodes ``level_1_items`` … whose parts are the items of a level,
``cut_1`` … the points a level asks for in all, ``points_all`` and ``level_now``. A level asks for at
least 1 point at each of its items, the level below, and its cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Need:
    """An item: its points that count (None: nothing yet) and whether the level misses it."""

    item: str
    points: Fraction | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: its items, the points it asks for in all, and whether it is reached."""

    level: int
    needs: tuple[Need, ...]
    cut: Fraction
    reached: bool
    short: Fraction  # points missing to the cut, 0 where it is reached

    @property
    def missing(self) -> tuple[str, ...]:
        """Items without a point."""
        return tuple(n.item for n in self.needs if n.missing)


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs from the lowest, the level reached and all points."""

    rungs: tuple[Rung, ...]
    level: int
    points: Fraction

    @property
    def next(self) -> Rung | None:
        """The rung to climb; None at the top."""
        return next((r for r in self.rungs if r.level == self.level + 1), None)


def ladder(nodes: Mapping[str, Any], values: Mapping[str, Any]) -> Ladder | None:
    """The ladder of a document's scoring nodes and its evaluated values (numbers as text).

    None where the instrument keeps to other names (somebody's own scheme).
    """
    items = [_parts(nodes.get(f"level_{n}_items")) for n in LEVELS]
    cuts = [_number(values.get(f"cut_{n}")) for n in LEVELS]
    points = _number(values.get("points_all")) or Fraction(0)
    now = _number(values.get("level_now"))
    if not all(items) or now is None:
        return None
    rungs, below = [], True
    for level, of_level, cut in zip(LEVELS, items, cuts, strict=True):
        if cut is None:
            return None
        needs = tuple(_need(i, values) for i in of_level)
        short = max(cut - points, Fraction(0))
        below = below and not any(n.missing for n in needs) and not short
        rungs.append(Rung(level, needs, cut, below, short))
    return Ladder(tuple(rungs), int(now), points)


def _need(item: str, values: Mapping[str, Any]) -> Need:
    points = _number(values.get(item))
    return Need(item, points, points is None or points < 1)


def _parts(node: Mapping[str, Any] | None) -> Sequence[str]:
    return tuple((node or {}).get("of") or ())


def _number(value: Any) -> Fraction | None:
    try:
        return None if value in (None, "") else Fraction(str(value))
    except ValueError:
        return None
