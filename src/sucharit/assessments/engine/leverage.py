"""What one item is worth in the total, and where the cheapest points lie."""

from dataclasses import dataclass
from fractions import Fraction

from .model import TOTAL, Edition
from .results import UnitScore


def leverage(edition: Edition, item: str) -> Fraction:
    """Points of the total that 100 points of an item are worth when nothing is left out.

    Groups are plain means inside each other, so an item of a small group weighs more:
    0.40 · ½ · ½ · 100 · ½ = 5 where sub-indicator 10.2 has two items. KeyError for an unknown item.
    """
    share = Fraction(100)
    for code in edition.path(edition.item[item].code)[:-1]:
        if code in edition.instrument:
            share *= edition.instrument[code].weight
        else:
            share /= len(edition.children(edition.parent(code) or TOTAL))
    return share


@dataclass(frozen=True, slots=True)
class Gain:
    """Points the total rises when an item reaches 100, everything else unchanged."""

    item: str
    gain: Fraction


def gains(edition: Edition, score: UnitScore) -> list[Gain]:
    """Items below 100 by the points they would add to the total, largest first.

    Uses the shares the unit's score really had (items left out change them). Items without a value
    and items under a published figure are not listed: their effect cannot be told.
    """
    found = []
    for item in edition.items:
        path = [score.nodes[code] for code in edition.path(item.code)]
        if path[0].value is None or any(node.rule == "published" for node in path):
            continue
        share = Fraction(1)
        for node in path:
            share *= node.weight
        if share and path[0].value < 100:
            found.append(Gain(item.code, share * (100 - path[0].value)))
    return sorted(found, key=lambda gain: -gain.gain)
