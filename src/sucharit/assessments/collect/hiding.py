"""Which cells of a table of counts stay hidden: small ones, and as many more as keep them from being computed."""

from __future__ import annotations

from collections.abc import Mapping


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
