"""Many units together: means, pass shares, ranks, and what moved between two years."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .model import TOTAL, Edition
from .results import UnitScore
from .scoring import mean


@dataclass(frozen=True, slots=True)
class GroupStatistics:
    """Unweighted statistics of a group of units.

    `mean` is over unrounded totals, None when nobody is scored; `excluded` have no total.
    """

    units: int
    scored: int
    excluded: int
    passed: int
    failed: int
    mean: Fraction | None

    @property
    def pass_share(self) -> Fraction | None:
        """Passed over scored, 0–1."""
        return Fraction(self.passed, self.scored) if self.scored else None


def group_statistics(edition: Edition, scores: Sequence[UnitScore]) -> GroupStatistics:
    """Statistics of units scored by one edition; passing is decided on the displayed total."""
    totals = [score.total for score in scores if score.total is not None]
    passed = sum(passes(edition, score.display_hundredths(TOTAL)) for score in scores)
    return GroupStatistics(
        units=len(scores),
        scored=len(totals),
        excluded=len(scores) - len(totals),
        passed=passed,
        failed=len(totals) - passed,
        mean=mean(totals),
    )


def passes(edition: Edition, displayed: int | None) -> bool:
    """Whether a displayed total (in units of the last digit) reaches the pass mark (85 in ITA)."""
    if displayed is None or edition.pass_mark is None:
        return False
    return displayed >= edition.pass_mark * Fraction(10) ** edition.rounding.digits


def dense_ranks(
    totals: Mapping[str, int | None], kinds: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Dense rank of each unit by its displayed total, within its type: 1, 2, 2, 3.

    `kinds` gives the type of each unit; without it all are of one. Units without a total have none.
    """
    by_kind: dict[str, set[int]] = defaultdict(set)
    for unit, total in totals.items():
        if total is not None:
            by_kind[kinds[unit] if kinds else ""].add(total)
    places = {
        kind: {total: place for place, total in enumerate(sorted(found, reverse=True), 1)}
        for kind, found in by_kind.items()
    }
    return {
        unit: places[kinds[unit] if kinds else ""][total]
        for unit, total in totals.items()
        if total is not None
    }


@dataclass(frozen=True, slots=True)
class Change:
    """What one node adds to the change of the total, in points of the total; None = unknown."""

    code: str
    before: Fraction | None
    after: Fraction | None
    effect: Fraction | None
    children: tuple["Change", ...] = ()


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Change of a total between two years.

    `delta` = sum of the instruments' effects + `weight_effect` (from changed weights). `warnings`
    are keys: items_differ, scales_differ, bands_differ, weights_differ.
    """

    delta: Fraction | None
    instruments: tuple[Change, ...]
    weight_effect: Fraction | None
    warnings: tuple[str, ...]

    @property
    def unexplained(self) -> Fraction | None:
        """What the parts do not explain: 0 for computed totals, not so for published ones."""
        effects = [change.effect for change in self.instruments]
        if self.delta is None or self.weight_effect is None or None in effects:
            return None
        return self.delta - self.weight_effect - sum((_sure(e) for e in effects), Fraction(0))


def decompose(before: UnitScore, after: UnitScore) -> Decomposition:
    """Split ΔT into w·ΔM by instrument (new weights), and each into its indicators.

    An indicator's effect is the difference of its shares in the instrument, times the weight; it is
    unknown when it had no value in one of the years or the instrument is a published figure.
    """
    old = {instrument.code: instrument.weight for instrument in before.edition.instruments}
    changes, weight_effect = [], Fraction(0)
    for instrument in after.edition.instruments:
        change = _change(before, after, instrument.code, instrument.weight)
        changes.append(change)
        weight = old.get(instrument.code, Fraction(0))
        weight_effect += (instrument.weight - weight) * _sure(change.before)
    warnings = comparable(before.edition, after.edition)
    if before.total is None or after.total is None:
        return Decomposition(None, tuple(changes), None, warnings)
    return Decomposition(after.total - before.total, tuple(changes), weight_effect, warnings)


def _change(before: UnitScore, after: UnitScore, code: str, weight: Fraction) -> Change:
    values = [_value(score, code) for score in (before, after)]
    children = []
    for child in after.edition.children(code):
        shares = [_share(score, child) for score in (before, after)]
        effect = None if None in shares else weight * (_sure(shares[1]) - _sure(shares[0]))
        children.append(Change(child, _value(before, child), _value(after, child), effect))
    effect = None if None in values else weight * (_sure(values[1]) - _sure(values[0]))
    return Change(code, values[0], values[1], effect, tuple(children))


def _sure(value: Fraction | None) -> Fraction:
    return value if value is not None else Fraction(0)


def _value(score: UnitScore, code: str) -> Fraction | None:
    return score.nodes[code].value if code in score.nodes else None


def _share(score: UnitScore, code: str) -> Fraction | None:
    """Points an indicator gives its instrument: weight · value."""
    value, parent = _value(score, code), score.edition.parent(code)
    if value is None or parent is None or score.nodes[parent].rule != "group_mean":
        return None
    return score.nodes[code].weight * value


def comparable(before: Edition, after: Edition) -> tuple[str, ...]:
    """Keys of what makes two editions hard to compare. Levels map by the pass mark only."""
    pairs: dict[str, list[Any]] = {
        "weights_differ": [{i.code: i.weight for i in e.instruments} for e in (before, after)],
        "items_differ": [_shape(e) for e in (before, after)],
        "scales_differ": [_points(e) for e in (before, after)],
        "bands_differ": [
            [(b.level, b.min_total, b.min_each) for b in e.bands] for e in (before, after)
        ],
    }
    return tuple(key for key, (old, new) in pairs.items() if old != new)


def _shape(edition: Edition) -> dict[str, int]:
    codes = [code for code in edition.nodes if code not in edition.item]
    return {code: len(edition.children(code)) for code in codes}


def _points(edition: Edition) -> set[tuple[Fraction, ...]]:
    return {
        tuple(option.points for option in question.scale.options)
        for item in edition.items
        for question in item.subquestions
    }
