"""The next-best sets: each leaves out at least one item of every set before it."""

import heapq
from itertools import count

from sucharit.assessments.engine.planner.search import Problem, Solution, solve

_MOST = 60
"""Programmes solved for one list of alternatives; the list ends early rather than the page late."""


def best_sets(problem: Problem, wanted: int) -> list[dict[str, int]]:
    """Up to `wanted` sets of mends (steps by item), cheapest first.

    A set that leaves out an item of every set found so far must avoid one item of each: so each
    found set is solved again with each of its items forbidden, best programme first.
    """
    queue: list[tuple[tuple[int, int], int, frozenset[str], Solution]] = []
    seen: set[frozenset[str]] = set()
    turn = count()

    def ask(forbidden: frozenset[str]) -> None:
        if forbidden in seen or len(seen) >= _MOST:
            return
        seen.add(forbidden)
        found = solve(problem.without(forbidden))
        if found is not None:
            cost = found.cost.effort, found.cost.items
            heapq.heappush(queue, (cost, next(turn), forbidden, found))

    ask(frozenset())
    sets: list[dict[str, int]] = []
    while queue and len(sets) < wanted:
        _cost, _turn, forbidden, found = heapq.heappop(queue)
        if all(set(before) - set(found.steps) for before in sets):
            sets.append(found.steps)
        if len(sets) < wanted:
            for item in found.steps:
                ask(forbidden | {item})
    return sets
