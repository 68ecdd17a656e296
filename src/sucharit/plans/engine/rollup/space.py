"""Units become one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sucharit.plans.engine.rollup.parts import Figure, Rolled, Rule, join, part_of, result

if TYPE_CHECKING:
    from collections.abc import Iterable


def roll_up(figures: Iterable[Figure | None], rule: Rule) -> Rolled:
    """The roll-up of one year figure a unit; None for a unit that should have one and has not."""
    return result(join(part_of(f, rule) for f in figures), rule)
