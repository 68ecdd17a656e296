"""Item analysis of a test: how hard an item was, and whether it tells the able from the others.

Difficulty p: share of possible points reached. Discrimination: p of the upper 27 % minus p of the
lower 27 % by total (Kelley), and the corrected point-biserial correlation (item against the total
without the item).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sucharit.assessments.engine.exact import half_up

from .marks import Marked
from .numbers import correlation

GROUP = Fraction(27, 100)
"""Share of the papers in the upper and in the lower group, unless a caller says otherwise."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures of one item; None where they are not defined (too few papers, no variation)."""

    item: str
    n: int
    answered: int
    difficulty: Fraction | None
    upper: Fraction | None
    lower: Fraction | None
    discrimination: Fraction | None
    point_biserial: Fraction | None
    group_size: int


def item_figures(
    papers: Sequence[Marked], *, share: Fraction = GROUP, min_n: int = 2
) -> tuple[ItemFigures, ...]:
    """The figures of every item, over the papers in which it was asked.

    share: size of the two groups, rounded half-up, at least one paper each, never overlapping.
    min_n: below as many papers discrimination is not computed. Papers with equal totals at the edge
    of a group count in it by equal shares, so that their order never matters.
    """
    if not 0 < share <= Fraction(1, 2):
        raise ValueError("share lies above 0 and not above 1/2")
    codes = dict.fromkeys(code for paper in papers for code in paper.items)
    return tuple(_figures(code, papers, share, min_n) for code in codes)


def _figures(code: str, papers: Sequence[Marked], share: Fraction, min_n: int) -> ItemFigures:
    asked = [paper for paper in papers if code in paper.items]
    ratios = [
        paper.items[code].points / paper.items[code].possible
        if paper.items[code].possible
        else Fraction(0)
        for paper in asked
    ]
    totals = [paper.percent or Fraction(0) for paper in asked]
    size = max(1, half_up(share * len(asked), 0)) if len(asked) >= max(2, min_n) else 0
    size = min(size, len(asked) // 2)
    upper = _group(ratios, totals, size, best=True)
    lower = _group(ratios, totals, size, best=False)
    rests = [_rest(paper, code) for paper in asked]
    known = [(r, rest) for r, rest in zip(ratios, rests, strict=True) if rest is not None]
    return ItemFigures(
        item=code,
        n=len(asked),
        answered=sum(paper.items[code].answered for paper in asked),
        difficulty=sum(ratios, Fraction(0)) / len(asked) if asked else None,
        upper=upper,
        lower=lower,
        discrimination=None if upper is None or lower is None else upper - lower,
        point_biserial=correlation([r for r, _ in known], [rest for _, rest in known])
        if len(known) >= max(2, min_n)
        else None,
        group_size=size,
    )


def _rest(paper: Marked, code: str) -> Fraction | None:
    """The share of points on all other items; None when there are none."""
    item = paper.items[code]
    possible = paper.possible - item.possible
    return (paper.points - item.points) / possible if possible else None


def _group(
    ratios: Sequence[Fraction], totals: Sequence[Fraction], size: int, *, best: bool
) -> Fraction | None:
    if size == 0:
        return None
    ranked = sorted(totals, reverse=best)
    edge = ranked[size - 1]
    beyond = [r for r, t in zip(ratios, totals, strict=True) if (t > edge if best else t < edge)]
    tied = [r for r, t in zip(ratios, totals, strict=True) if t == edge]
    # Of the papers that tie at the edge, each counts by the chance it would be drawn with.
    left = Fraction(size - len(beyond), len(tied))
    return (sum(beyond, Fraction(0)) + left * sum(tied, Fraction(0))) / size
