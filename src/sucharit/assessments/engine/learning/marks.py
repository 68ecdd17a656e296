"""One test paper and the figures of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from sucharit.assessments.engine.exact import half_up
from sucharit.assessments.engine.instruments import Evaluation, Instrument, points_of

from .numbers import deviation, mean


@dataclass(frozen=True, slots=True)
class ItemMark:
    """Points of one test item; an item left open has none of its possible points."""

    points: Fraction
    possible: Fraction
    answered: bool

    @property
    def is_correct(self) -> bool:
        """Whether it has all its points."""
        return self.answered and self.points == self.possible


@dataclass(frozen=True, slots=True)
class Marked:
    """A test paper: points out of possible ones, percent (None when nothing was asked)."""

    points: Fraction
    possible: Fraction
    percent: Fraction | None
    items: Mapping[str, ItemMark]


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of the papers of a group, in percent; None where they are not defined."""

    n: int
    mean: Fraction | None
    sd: Fraction | None
    median: Fraction | None
    least: Fraction | None
    most: Fraction | None
    passed: int | None
    pass_share: Fraction | None


def mark(instrument: Instrument, evaluation: Evaluation) -> Marked:
    """Mark a paper: every item with a correct answer that applied to this person counts.

    Not answered is not correct. What was not asked (not relevant, not of the profile, set aside)
    is not among the possible points.
    """
    items: dict[str, ItemMark] = {}
    for item in instrument.items:
        asked = item.id in evaluation.relevant and item.id not in evaluation.not_applicable
        if item.correct and asked and item.id not in instrument.repeat_of:
            points = points_of(item, evaluation.typed.get(item.id))
            items[item.id] = ItemMark(points or Fraction(0), item.points, points is not None)
    points = sum((one.points for one in items.values()), Fraction(0))
    possible = sum((one.possible for one in items.values()), Fraction(0))
    return Marked(points, possible, 100 * points / possible if possible else None, items)


def is_passed(percent: Fraction | None, pass_mark: Fraction, digits: int = 2) -> bool:
    """Whether the percent, as it is displayed, reaches the pass mark (in percent)."""
    if percent is None:
        return False
    return Fraction(half_up(percent, digits), 10**digits) >= pass_mark


def summary(papers: Sequence[Marked], *, pass_mark: Fraction | None = None) -> Summary:
    """Mean, spread and pass share of papers that have a percent (others are not counted in n)."""
    percents = [paper.percent for paper in papers if paper.percent is not None]
    passed = None
    if pass_mark is not None:
        passed = sum(is_passed(percent, pass_mark) for percent in percents)
    return Summary(
        n=len(percents),
        mean=mean(percents),
        sd=deviation(percents),
        median=Fraction(median(percents)) if percents else None,
        least=min(percents, default=None),
        most=max(percents, default=None),
        passed=passed,
        pass_share=Fraction(100 * passed, len(percents))
        if passed is not None and percents
        else None,
    )
