"""The integer programme itself, solved exactly by dynamic programming over effort and number of items.

Every item belongs to one instrument (a block), and only the sum of a block's gains matters for its
floor and for the total. So a table per block, `most[effort, items]` = largest gain with at most that
effort and that many items, holds all that is needed; blocks meet in one max-plus sum. Whole numbers
only: there is no tolerance to trust.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[Any]
"""int64[effort + 1, items + 1]; Python integers where int64 would not do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An item: up to `steps` steps, each `effort` (≥ 1) work and `gain` (≥ 0) for its block."""

    code: str
    effort: int
    gain: int
    steps: int


@dataclass(frozen=True, slots=True)
class Block:
    """An instrument: the gains of its choices must reach `floor`; each counts `weight` in the total."""

    weight: int
    floor: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Problem:
    """Reach every floor and `need` in the total, in document order of blocks and choices."""

    blocks: tuple[Block, ...]
    need: int

    def without(self, forbidden: Collection[str]) -> "Problem":
        """The same without some items."""
        blocks = tuple(
            Block(b.weight, b.floor, tuple(c for c in b.choices if c.code not in forbidden))
            for b in self.blocks
        )
        return Problem(blocks, self.need)


@dataclass(frozen=True, order=True)
class Cost:
    """What is made small, first to last: effort, items touched."""

    effort: int
    items: int


@dataclass(frozen=True)
class Solution:
    """The first of all cheapest sets, in document order: steps by item."""

    cost: Cost
    steps: dict[str, int]


def solve(problem: Problem) -> Solution | None:
    """The cheapest set, None when even all mends together do not reach it."""
    limit = _upper(problem)
    if limit is None:
        return None
    effort = _least_effort(problem, limit)
    number = sum(len(block.choices) for block in problem.blocks)
    tables = _Tables(problem, effort, min(number, effort))
    items = tables.least_items()
    return Solution(Cost(effort, items), tables.first(effort, items))


def _upper(problem: Problem) -> int | None:
    """Effort of some set that does (the best bargains first): no cheapest one costs more."""
    lacks = [block.floor for block in problem.blocks]
    need = problem.need
    total = 0
    for only_floors in (True, False):
        bargains = sorted(
            ((c, n) for n, b in enumerate(problem.blocks) for c in b.choices),
            key=lambda pair: -pair[0].gain * _worth(problem, pair[1], only_floors) / pair[0].effort,
        )
        if only_floors:
            taken = {choice.code: 0 for choice, _ in bargains}
        for choice, place in bargains:
            while taken[choice.code] < choice.steps:
                if (lacks[place] <= 0) if only_floors else (need <= 0):
                    break
                taken[choice.code] += 1
                lacks[place] -= choice.gain
                need -= choice.gain * problem.blocks[place].weight
                total += choice.effort
    return total if need <= 0 and max(lacks, default=0) <= 0 else None


def _worth(problem: Problem, place: int, only_floors: bool) -> int:
    return 1 if only_floors else problem.blocks[place].weight


def _least_effort(problem: Problem, limit: int) -> int:
    """Least effort, number of items left open; `limit` is known to be enough."""
    kind, nothing = _kind(problem)
    reach: Table = np.zeros((limit + 1, 1), kind)
    for block in problem.blocks:
        table: Table = np.zeros((limit + 1, 1), kind)
        for choice in block.choices:
            table = _with(table, choice, counted=False)
        reach = _joined(_total(table, block, nothing), reach)
    return int(np.argmax(reach[:, 0] >= problem.need))


def _with(table: Table, choice: Choice, *, counted: bool = True) -> Table:
    """The table when the item may be used, too."""
    found, one = table.copy(), int(counted)
    efforts, items = table.shape
    for steps in range(1, choice.steps + 1):
        spent = steps * choice.effort
        if spent >= efforts or one >= items:
            break
        mended = table[: efforts - spent, : items - one] + steps * choice.gain
        np.maximum(found[spent:, one:], mended, out=found[spent:, one:])
    return found


def _total(table: Table, block: Block, nothing: int) -> Table:
    """Gains in points of the total; states that miss the block's floor count as nothing at all."""
    return np.where(table >= block.floor, table * block.weight, nothing)


def _joined(left: Table, right: Table) -> Table:
    """Best sum over all ways to share effort and items between two tables that never fall."""
    found: Table = np.full_like(right, left.min() + right.min())
    efforts, items = right.shape
    rises = np.ones(left.shape, bool)
    rises[1:] &= left[1:] > left[:-1]
    rises[:, 1:] &= left[:, 1:] > left[:, :-1]
    for effort, number in zip(*np.nonzero(rises), strict=True):
        part = found[effort:, number:]
        np.maximum(
            part, left[effort, number] + right[: efforts - effort, : items - number], out=part
        )
    return found


def _kind(problem: Problem) -> tuple[Any, int]:
    """Number type and a "not at all" that no gain makes up for."""
    most = sum(c.gain * c.steps * max(b.weight, 1) for b in problem.blocks for c in b.choices)
    nothing = -4 * (most + abs(problem.need) + 1)
    fits = 4 * len(problem.blocks) * -nothing < np.iinfo(np.int64).max
    return (np.int64 if fits else object), nothing


class _Tables:
    """Tables of what the items from some place on can add: the way back to one set."""

    def __init__(self, problem: Problem, effort: int, items: int) -> None:
        kind, self.nothing = _kind(problem)
        self.problem = problem
        self.after: list[list[Table]] = []
        """after[block][n]: what choices n, n + 1, … of the block can add to it."""
        for block in problem.blocks:
            tables = [np.zeros((effort + 1, items + 1), kind)]
            for choice in reversed(block.choices):
                tables.append(_with(tables[-1], choice))
            self.after.append(tables[::-1])
        self.rest: list[Table] = [np.zeros((effort + 1, items + 1), kind)]
        """rest[block]: what this block and all later ones can add to the total, floors kept."""
        for block, own in zip(reversed(problem.blocks), reversed(self.after), strict=True):
            self.rest.append(_joined(_total(own[0], block, self.nothing), self.rest[-1]))
        self.rest.reverse()

    def least_items(self) -> int:
        """Fewest items with all the effort there is."""
        return int(np.argmax(self.rest[0][-1] >= self.problem.need))

    def first(self, effort: int, items: int) -> dict[str, int]:
        """Of all sets with this effort and number of items the first: early items, many steps."""
        chosen: dict[str, int] = {}
        total = 0
        for place, block in enumerate(self.problem.blocks):
            gained = 0
            for n, choice in enumerate(block.choices):
                later = _Later(self, place, n + 1, total)
                most = min(choice.steps, effort // choice.effort) if items else 0
                for steps in range(most, -1, -1):
                    left = effort - steps * choice.effort, items - bool(steps)
                    if not steps or later.enough(gained + steps * choice.gain, *left):
                        break
                effort, items = left
                gained += steps * choice.gain
                if steps:
                    chosen[choice.code] = steps
            total += gained * block.weight
        return chosen


@dataclass(frozen=True)
class _Later:
    """What can still be won after a place."""

    tables: _Tables
    place: int
    n: int
    total: int

    def enough(self, gained: int, effort: int, items: int) -> bool:
        """Whether the rest reaches floors and need, with so much gained in this block so far."""
        block = self.tables.problem.blocks[self.place]
        own = self.tables.after[self.place][self.n][: effort + 1, : items + 1] + gained
        others = self.tables.rest[self.place + 1][effort::-1, items::-1]
        best = _total(own, block, self.tables.nothing) + others
        return bool((best + self.total >= self.tables.problem.need).any())
