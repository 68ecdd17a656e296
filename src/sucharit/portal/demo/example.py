"""One province with exactly the scores of the method's worked example: it fails by less than one OIT item.

IIT indicators 92.40, 88.15, 90.05, 86.70, 84.95, EIT 91.20, 83.40, 79.85, one OIT item missing in each of
9.2, 9.3, 10.1 and 10.2: 84.16, "must improve"; with the one item of 10.2 it is 89.16, "passed".
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from sucharit.assessments.engine import Edition, NodeKind

UNIT = "th-66"
PEOPLE = 2_000  # so many that every mean below is a whole number of full answers
MEANS = {
    "1": "92.40", "2": "88.15", "3": "90.05", "4": "86.70", "5": "84.95",
    "6": "91.20", "7": "83.40", "8": "79.85",
}  # fmt: skip
MISSING_IN = ("9.2", "9.3", "10.1", "10.2")  # the last item of each

Bytes = npt.NDArray[np.uint8]


def people(edition: Edition, instrument: str, seed: int) -> Bytes:
    """Packed answers uint8[PEOPLE, columns] whose indicator means are exactly MEANS."""
    rng = np.random.default_rng([seed, 66])
    columns = []
    for item in edition.items_of(instrument):
        path = edition.path(item.code)
        indicator = next(c for c in path if edition.node_kind[c] is NodeKind.INDICATOR)
        for question in item.subquestions:
            column = _column([o.points for o in question.scale.options], Fraction(MEANS[indicator]))
            columns.append(rng.permutation(column))
    return np.stack(columns, axis=1)


def marks(edition: Edition) -> dict[str, str]:
    """Full points everywhere, none at the last item of the four sub-indicators."""
    last = {group: edition.children(group)[-1] for group in MISSING_IN}
    return {
        item.code: str((min if item.code in last.values() else max)(item.allowed_points))
        for item in edition.items_of("OIT")
    }


def _column(points: list[Fraction], mean: Fraction) -> Bytes:
    """Option positions with this mean: best and worst answers, some of them moved to the middle in pairs."""
    order = sorted(range(len(points)), key=lambda place: points[place])
    full = mean * PEOPLE / 100
    if full.denominator != 1:
        raise ValueError(f"{PEOPLE} people cannot have a mean of {mean}")
    best = int(full)
    worst = PEOPLE - best
    pairs = worst // 2 if len(order) == 4 else 0  # 33 + 67 is as much as 0 + 100
    counts = dict.fromkeys(order, 0)
    counts[order[0]], counts[order[-1]] = worst - pairs, best - pairs
    if pairs:
        counts[order[1]], counts[order[2]] = pairs, pairs
    return np.repeat(np.array(list(counts), np.uint8), list(counts.values()))
