"""Exact values of survey items as quotients of whole numbers, for many units at once."""

from dataclasses import dataclass
from math import lcm

import numpy as np
import numpy.typing as npt

from .cube import CountCube
from .layout import ItemCells
from .model import EitMerge, MergeMode

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pair:
    """Exact values of one item, `num / den` by unit, valid where it was answered."""

    num: Ints
    den: Ints


def item_sums(cube: CountCube, cells: ItemCells) -> tuple[Ints, Ints, int]:
    """Sums of the respondents' scores times `scale`, and respondents: int64[part, unit] twice."""
    shares = lcm(*range(1, cells.questions + 1))
    options = [q.scale.options for q in cells.item.subquestions]
    scale = lcm(*(o.points.denominator for scale in options for o in scale))
    weights = np.zeros((cells.questions, cells.questions, cells.options, 2), np.int64)
    for answered in range(1, cells.questions + 1):
        weights[answered - 1, ..., 1] = shares // answered
        for place, choices in enumerate(options):
            for option, choice in enumerate(choices):
                points = choice.points * scale * shares / answered
                weights[answered - 1, place, option, 0] = int(points)
    counts = cube.counts[:, :, cells.cells]
    found = counts.reshape(-1, cells.size).astype(np.int64) @ weights.reshape(-1, 2)
    by_part = found.reshape(*counts.shape[:2], 2).transpose(2, 1, 0)
    return by_part[0], by_part[1] // shares, scale * shares


def part_weights(merge: EitMerge, parts: tuple[str, ...]) -> list[int] | None:
    """Whole-number weights of the parts, None where respondents are simply pooled."""
    if len(parts) == 1 or merge.mode is MergeMode.POOLED:
        return None
    weights = [merge.part_weight(part, len(parts)) for part in parts]
    common = lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def merged(
    sums: Ints, people: Ints, scale: int, weights: list[int] | None, digits: int = 2
) -> Pair:
    """Item values from sums and respondents by part, exact; `den` 0 where nobody answered.

    Uses Python integers instead of int64 when the products could grow beyond it.
    """
    if weights is None:
        return Pair(sums.sum(axis=0), people.sum(axis=0) * scale)
    bound = 100 * scale * (sum(weights) + 1) * 2 * 10**digits
    for most in people.max(axis=1, initial=1).tolist():
        bound *= max(most, 1)
    if bound > np.iinfo(np.int64).max:
        sums, people = sums.astype(object), people.astype(object)
    answered = people > 0
    share = np.array(weights, dtype=sums.dtype)[:, None] * answered
    share = np.where(share.sum(axis=0) > 0, share, answered)
    others = np.where(answered, people, 1)
    num, product = np.zeros_like(sums[0]), others.prod(axis=0)
    for place in range(len(weights)):
        num = num + share[place] * sums[place] * (product // others[place])
    return Pair(num, share.sum(axis=0) * product * scale)


def added(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Sum of quotients; those with one denominator are added without growing it."""
    sums: dict[int, int] = {}
    for num, den in pairs:
        sums[den] = sums.get(den, 0) + num
    total, common = 0, 1
    for den, num in sums.items():
        total, common = total * den + num * common, common * den
    return total, common
