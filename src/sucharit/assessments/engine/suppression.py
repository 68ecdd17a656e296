"""Which figures must stay hidden so that nothing hidden can be computed from what is shown.

A figure of fewer respondents than may be shown is *sensitive*. Hiding it alone is not enough: where a
whole is the weighted sum (or mean) of its parts, a single hidden figure follows from the others. So
further figures are hidden until no sensitive one can be computed (complementary suppression, as in
official statistics).

The relations must form a forest: a figure is a part of at most one whole. Then

* by equations a figure can be computed exactly if peeling finds it, that is, if relations with a single
  unknown lead to it one after the other (`derivable`): where every relation left has two unknowns or
  more, a change of any of them can be passed on from relation to relation to the ends of the tree;
* by the ends of the scale (if a whole is 100 of 100, so is every part) its range is found in one pass up
  and one pass down the tree, which is exact on trees (`ranges`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Range = tuple[Fraction, Fraction]


class Why(StrEnum):
    """Why a figure is hidden."""

    SMALL = "small"
    COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Relation:
    """`whole` = Σ weight·part, every weight above zero. `weights` empty: a plain sum."""

    whole: str
    parts: tuple[str, ...]
    weights: tuple[Fraction, ...] = ()

    def weight(self, place: int) -> Fraction:
        """Weight of the part at a place."""
        return self.weights[place] if self.weights else Fraction(1)

    @property
    def members(self) -> tuple[str, ...]:
        """The whole, then its parts."""
        return (self.whole, *self.parts)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a table holds.

    `relations` from the top down; `size` respondents behind a figure (0: nobody, None: not asked of
    people); `fixed` figures that stand open elsewhere and cannot be hidden; `whole_first` wholes that
    are hidden sooner than a second of their parts. Where `bounds` (least, most) is given, `value` must
    hold every shown figure, and a range of `narrow` or less counts as known.
    """

    relations: tuple[Relation, ...]
    size: Mapping[str, int | None] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    whole_first: frozenset[str] = frozenset()
    value: Mapping[str, Fraction] = field(default_factory=dict)
    bounds: Range | None = None
    narrow: Fraction = Fraction(0)


def protect(figures: Figures, sensitive: Iterable[str]) -> dict[str, Why]:
    """Every figure to hide, and why; {} when nothing is sensitive.

    Deterministic. A figure that follows from an equation takes the smallest part beside it along
    (`whole_first`: the whole); one that the ends of the scale give away takes the nearest shown whole
    above it. Raises ValueError where everything else is `fixed`, or a sensitive figure is.
    """
    small = frozenset(sensitive)
    if small & figures.fixed:
        raise ValueError(f"fixed figures cannot be sensitive: {sorted(small & figures.fixed)}")
    hidden = dict.fromkeys(sorted(small), Why.SMALL)
    while leaking := disclosed(figures, hidden) & small:
        by_equation = derivable(figures.relations, hidden)
        extra = (
            _beside(figures, hidden)
            if leaking & by_equation
            else _above(figures, hidden, min(leaking))
        )
        hidden[extra] = Why.COMPLEMENT
    return hidden


def disclosed(figures: Figures, hidden: Iterable[str]) -> frozenset[str]:
    """Hidden figures whose value follows, or nearly (`narrow`), from what is shown."""
    concealed = frozenset(hidden)
    found = derivable(figures.relations, concealed)
    if figures.bounds is None:
        return found
    tight = {
        code
        for code, (low, high) in ranges(figures, concealed).items()
        if high - low <= figures.narrow
    }
    return found | tight


def derivable(relations: Iterable[Relation], hidden: Iterable[str]) -> frozenset[str]:
    """Hidden figures that follow from the shown ones by the relations alone."""
    unknown, found = set(hidden), set()
    pending, moved = list(relations), True
    while moved:
        moved = False
        for relation in pending:
            open_ = [member for member in relation.members if member in unknown]
            if len(open_) == 1:
                unknown.discard(open_[0])
                found.add(open_[0])
                moved = True
    return frozenset(found)


def ranges(figures: Figures, hidden: Iterable[str]) -> dict[str, Range]:
    """Least and most that each hidden figure can be, given all that is shown. Needs `bounds`."""
    if figures.bounds is None:
        raise ValueError("without bounds a hidden figure can be anything")
    concealed, found = frozenset(hidden), dict[str, Range]()

    def now(code: str) -> Range:
        if code in concealed:
            return found.get(code, figures.bounds or (Fraction(0), Fraction(0)))
        return (figures.value[code], figures.value[code])

    for relation in reversed(figures.relations):
        if relation.whole in concealed:
            found[relation.whole] = _meet(now(relation.whole), _sum(relation, now))
    for relation in figures.relations:
        low, high = now(relation.whole)
        all_low, all_high = _sum(relation, now)
        for place, part in enumerate(relation.parts):
            if part not in concealed:
                continue
            weight, (least, most) = relation.weight(place), now(part)
            others_low, others_high = all_low - weight * least, all_high - weight * most
            found[part] = _meet(
                (least, most), ((low - others_high) / weight, (high - others_low) / weight)
            )
    return {code: now(code) for code in concealed}


def _sum(relation: Relation, now: Callable[[str], Range]) -> Range:
    low = sum((relation.weight(i) * now(p)[0] for i, p in enumerate(relation.parts)), Fraction(0))
    high = sum((relation.weight(i) * now(p)[1] for i, p in enumerate(relation.parts)), Fraction(0))
    return low, high


def _meet(one: Range, other: Range) -> Range:
    return max(one[0], other[0]), min(one[1], other[1])


def _beside(figures: Figures, hidden: Mapping[str, Why]) -> str:
    """A further figure of a relation that has a single unknown."""
    for relation in figures.relations:
        if sum(member in hidden for member in relation.members) != 1:
            continue
        whole = relation.whole not in hidden and relation.whole not in figures.fixed
        parts = [p for p in relation.parts if _may_hide(figures, p, hidden)]
        if whole and (relation.whole in figures.whole_first or not parts):
            return relation.whole
        if parts:
            order = relation.parts.index
            return min(parts, key=lambda part: (figures.size.get(part) or 0, order(part)))
    raise ValueError("everything beside a sensitive figure is fixed: it cannot be hidden")


def _above(figures: Figures, hidden: Mapping[str, Why], code: str) -> str:
    """The nearest shown whole above a figure, else a part beside it."""
    above = {part: relation for relation in figures.relations for part in relation.parts}
    at = code
    while at in above:
        at = above[at].whole
        if at not in hidden and at not in figures.fixed:
            return at
    for relation in figures.relations:
        for part in relation.parts:
            if _may_hide(figures, part, hidden):
                return part
    raise ValueError("everything around a sensitive figure is fixed: it cannot be hidden")


def _may_hide(figures: Figures, part: str, hidden: Mapping[str, Why]) -> bool:
    """A part nobody answered hides nothing."""
    return part not in hidden and part not in figures.fixed and figures.size.get(part) != 0
