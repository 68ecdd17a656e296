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

_FIRST_LIMIT = 200
"""Effort the first tables go up to."""
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
    """An instrument: the gains of its choices must reach `floor`; each counts `weight` in the total.

    Codes of blocks differ (two may be alike in everything else).
    """

    code: str
    weight: int
    floor: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Problem:
    """Reach every floor and `need` in the total, in document order of blocks and choices."""

    blocks: tuple[Block, ...]
    need: int

    @property
    def possible(self) -> bool:
        """Whether everything together reaches floors and need."""
        gains = [sum(c.gain * c.steps for c in block.choices) for block in self.blocks]
        pairs = list(zip(self.blocks, gains, strict=True))
        total = sum(block.weight * gain for block, gain in pairs)
        return total >= self.need and all(gain >= block.floor for block, gain in pairs)

    def without(self, forbidden: Collection[str]) -> "Problem":
        """The same without some items."""
        blocks = tuple(
            Block(b.code, b.weight, b.floor, tuple(c for c in b.choices if c.code not in forbidden))
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
    effort = Frontier(problem).least(problem)
    return None if effort is None else settle(problem, effort)


def settle(problem: Problem, effort: int) -> Solution:
    """The cheapest set, once the least effort is known: fewest items, then document order."""
    number = sum(len(block.choices) for block in problem.blocks)
    tables = _Tables(problem, effort, min(number, effort))
    items = tables.least_items()
    return Solution(Cost(effort, items), tables.first(effort, items))


class Frontier:
    """Least efforts of a problem and of what is left of it without some items.

    Tables of blocks that stayed the same are kept, so a problem without one more item is quick.
    """

    def __init__(self, whole: Problem) -> None:
        """Every problem asked for must be `whole` without some of its items."""
        self.kind, self.nothing = _kind(whole)
        self.limit = _FIRST_LIMIT
        self.tables: dict[Block, Table] = {}
        self.sums: dict[tuple[Block, ...], Table] = {}

    def least(self, problem: Problem) -> int | None:
        """Least effort that reaches floors and need, number of items left open; None: out of reach."""
        if not problem.possible:
            return None
        while (found := self._within(problem)) is None:
            # Tables as long as all effort there is would mostly be too long.
            self.limit *= 4
            self.tables.clear()
            self.sums.clear()
        return found

    def _within(self, problem: Problem) -> int | None:
        """The same within the limit of the tables."""
        first, *others = problem.blocks
        for known in self.sums:
            # Sum up the blocks that were summed before, and search over the one that changed.
            left = [block for block in problem.blocks if block not in known]
            if len(left) == 1 and len(known) == len(others):
                (first,), others = left, list(known)
                break
        one, rest = self._table(first), self._sum(tuple(others))
        partner = np.searchsorted(rest, problem.need - one)
        found = np.flatnonzero(partner < len(rest))
        least = int((found + partner[found]).min()) if len(found) else self.limit + 1
        # Beyond the limit a cheaper one may lie outside the tables.
        return least if least <= self.limit else None

    def _table(self, block: Block) -> Table:
        """Largest gain of a block in points of the total, by effort; its floor is kept."""
        if block not in self.tables:
            table: Table = np.zeros((self.limit + 1, 1), self.kind)
            for choice in block.choices:
                table = _with(table, choice, counted=False)
            self.tables[block] = _total(table, block, self.nothing)[:, 0]
        return self.tables[block]

    def _sum(self, blocks: tuple[Block, ...]) -> Table:
        """Largest gain of several blocks together."""
        if blocks not in self.sums:
            found: Table = np.zeros((self.limit + 1, 1), self.kind)
            for block in blocks:
                found = _joined(self._table(block)[:, None], found)
            self.sums[blocks] = found[:, 0]
        return self.sums[blocks]


def _with(table: Table, choice: Choice, *, counted: bool = True) -> Table:
    """The table when the item may be used, too: a first step (one item more), then further ones."""
    used, one = np.full_like(table, -1), int(counted)
    efforts, items = table.shape
    if choice.effort >= efforts or one >= items:
        return table
    used[choice.effort :, one:] = table[: efforts - choice.effort, : items - one] + choice.gain
    for steps in _chunks(choice.steps - 1):
        spent = steps * choice.effort
        if spent < efforts:
            # Not in place: what is added must not be added to again.
            more = used[: efforts - spent] + steps * choice.gain
            np.maximum(
                used[spent:], np.where(used[: efforts - spent] < 0, -1, more), out=used[spent:]
            )
    return np.maximum(table, used)


def _chunks(steps: int) -> list[int]:
    """Numbers whose partial sums are all numbers from 0 to `steps`: 9 → 1, 2, 4, 2."""
    found, size = [], 1
    while steps > 0:
        found.append(min(size, steps))
        steps -= found[-1]
        size *= 2
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
