"""Which cells of a table of counts stay hidden: small ones, and as many more as keep them from being computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def hidden(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """Cells to hide where the sum of all is shown. Cells of 0 are shown and help nobody.

    Small is 1 to ``least`` − 1. Alone, a small cell follows from the sum by subtraction; several follow when
    their sum leaves a single possibility (three cells, sum 3). So further cells are hidden, smallest first,
    until at least two are and together they count ``least`` or more. Where nothing is small nothing is hidden.
    """
    small = {name for name, n in counts.items() if 0 < n < least}
    if not small:
        return frozenset()
    rest = sorted(
        (name for name, n in counts.items() if n >= least), key=lambda name: (counts[name], name)
    )
    while rest and (len(small) < 2 or sum(counts[name] for name in small) < least):
        small.add(rest.pop(0))
    return frozenset(small)


def withheld(items: Iterable[str], scores: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Items and scores whose mean stays hidden, given the items whose mean would give a hidden cell away.

    ``scores``: score → its parts. A single hidden part follows from its score and the other parts, so
    another part goes with it; a score with a single part says what the part says.
    """
    away = set(items)
    changed = True
    while changed:
        before = len(away)
        for score, parts in scores.items():
            gone = [part for part in parts if part in away]
            if score in away or len(gone) != 1:
                continue
            away.add(next((part for part in parts if part not in away), score))
        changed = len(away) > before
    return frozenset(away)
