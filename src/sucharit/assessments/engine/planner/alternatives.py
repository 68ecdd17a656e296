"""The next-best sets: each leaves out at least one item of every set before it."""

import heapq
from dataclasses import dataclass, field

from sucharit.assessments.engine.planner.search import Cost, Frontier, Problem, Solution, settle

_MOST = 400
"""Least efforts asked for one list of alternatives; the list ends early rather than the page late."""


@dataclass(order=True)
class _Branch:
    """A problem without some items. `bound` is its cost or less; `solution` once it is settled."""

    bound: Cost
    open: bool
    """Settled branches come before open ones of the same bound: nothing can be better."""
    turn: int
    forbidden: frozenset[str] = field(compare=False)
    solution: Solution | None = field(compare=False, default=None)


class _Branches:
    """Branches by bound; a branch is settled only when its turn has come."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.frontier = Frontier(problem)
        self.heap: list[_Branch] = []
        self.seen: set[frozenset[str]] = set()

    def add(self, forbidden: frozenset[str], above: Cost | None) -> None:
        """Without these items; it costs no less than the branch above, which had more to choose from."""
        if forbidden in self.seen or len(self.seen) >= _MOST:
            return
        self.seen.add(forbidden)
        effort = self.frontier.least(self.problem.without(forbidden))
        if effort is not None:
            bound = above if above and above.effort == effort else Cost(effort, 0)
            heapq.heappush(self.heap, _Branch(bound, True, len(self.seen), forbidden))

    def next(self) -> _Branch | None:
        """The cheapest branch that is left, settled."""
        while self.heap:
            branch = heapq.heappop(self.heap)
            if branch.solution is not None:
                return branch
            branch.solution = settle(self.problem.without(branch.forbidden), branch.bound.effort)
            branch.bound, branch.open = branch.solution.cost, False
            heapq.heappush(self.heap, branch)
        return None


def best_sets(problem: Problem, wanted: int) -> list[dict[str, int]]:
    """Up to `wanted` sets of mends (steps by item), cheapest first.

    A set that leaves out an item of every set found so far must avoid one item of each: so each
    found set is searched again with each of its items forbidden, the cheapest search first.
    """
    branches = _Branches(problem)
    branches.add(frozenset(), None)
    sets: list[dict[str, int]] = []
    while len(sets) < wanted and (branch := branches.next()) is not None:
        assert branch.solution is not None
        steps = branch.solution.steps
        if all(set(before) - set(steps) for before in sets):
            sets.append(steps)
        if len(sets) < wanted:
            for item in steps:
                branches.add(branch.forbidden | {item}, branch.solution.cost)
    return sets
