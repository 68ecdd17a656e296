"""Before and after: the same people by their own anonymous code, and what they gained.

Only people found on both sides count; how many were not is part of the result. Normalised gain
after Hake: g = (post − pre) / (100 − pre), not defined at pre = 100.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .numbers import deviation, mean

FULL = 100


@dataclass(frozen=True, slots=True)
class Taker:
    """A counted test of somebody: the own code (empty: none given) and the percent."""

    code: str
    percent: Fraction | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The percents of one person before and after."""

    pre: Fraction
    post: Fraction

    @property
    def gain(self) -> Fraction:
        """Percentage points gained."""
        return self.post - self.pre

    @property
    def normalised(self) -> Fraction | None:
        """The share of what could be gained; None when nothing could."""
        return None if self.pre == FULL else self.gain / (FULL - self.pre)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who was found on both sides, and who was not and why (counts of tests).

    pairs carry no code. ambiguous: tests under a code that came more than once on a side.
    without_code: tests without a code. without_score: tests under a code, but without a percent.
    """

    pairs: tuple[Pair, ...]
    only_pre: int
    only_post: int
    ambiguous: int
    without_code: int
    without_score: int

    @property
    def n(self) -> int:
        """Number of pairs."""
        return len(self.pairs)

    @property
    def unpaired(self) -> int:
        """Tests that are in no pair."""
        left_out = self.ambiguous + self.without_code + self.without_score
        return self.only_pre + self.only_post + left_out


@dataclass(frozen=True, slots=True)
class Gain:
    """What paired takers gained; None where a figure is not defined.

    class_gain: normalised gain of the means. mean_gain_normalised: mean of the individual normalised
    gains over the `n_normalised` people for whom it is defined (`undefined` had 100 before).
    effect_size: Cohen's d of paired differences (d_z = mean difference / SD of the differences).
    effect_size_average: d_av = mean difference / mean of both SDs, comparable with unpaired studies.
    """

    n: int
    mean_pre: Fraction | None
    mean_post: Fraction | None
    mean_gain: Fraction | None
    sd_gain: Fraction | None
    class_gain: Fraction | None
    mean_gain_normalised: Fraction | None
    n_normalised: int
    undefined: int
    effect_size: Fraction | None
    effect_size_average: Fraction | None
    improved: int
    same: int
    worse: int


def pair(pre: Iterable[Taker], post: Iterable[Taker]) -> Pairing:
    """Pair the counted tests of two campaigns by code.

    The pairs come sorted by their figures, so that their order tells nothing of who they are.
    """
    before, after = list(pre), list(post)
    sides = [_side(before), _side(after)]
    twice = sides[0][1] | sides[1][1]
    clean = [{c: p for c, p in known.items() if c not in twice} for known, _ in sides]
    both = clean[0].keys() & clean[1].keys()
    found = [(clean[0][code], clean[1][code]) for code in both]
    everyone = before + after
    # A person whose other test has no percent is in no pair, and neither test is "only" one side's.
    unscored = {one.code for one in everyone if one.code and one.percent is None} - twice
    pairs = tuple(
        sorted(
            (Pair(x, y) for x, y in found if x is not None and y is not None),
            key=lambda one: (one.pre, one.post),
        )
    )
    return Pairing(
        pairs=pairs,
        only_pre=len(clean[0].keys() - both - unscored),
        only_post=len(clean[1].keys() - both - unscored),
        ambiguous=sum(one.code in twice for one in everyone),
        without_code=sum(not one.code for one in everyone),
        without_score=sum(one.code in unscored for one in everyone),
    )


def _side(takers: list[Taker]) -> tuple[dict[str, Fraction], set[str]]:
    counts = Counter(one.code for one in takers if one.code)
    twice = {code for code, count in counts.items() if count > 1}
    return {t.code: t.percent for t in takers if t.code and t.percent is not None}, twice


def gain(pairing: Pairing) -> Gain:
    """The figures of a pairing; everything is None or 0 without pairs."""
    pre = [one.pre for one in pairing.pairs]
    post = [one.post for one in pairing.pairs]
    gains = [one.gain for one in pairing.pairs]
    normalised = [one.normalised for one in pairing.pairs if one.normalised is not None]
    mean_pre, mean_post, mean_gain = mean(pre), mean(post), mean(gains)
    room = None if mean_pre is None or mean_pre == FULL else FULL - mean_pre
    spreads = [one for one in (deviation(pre), deviation(post)) if one is not None]
    return Gain(
        n=len(pre),
        mean_pre=mean_pre,
        mean_post=mean_post,
        mean_gain=mean_gain,
        sd_gain=deviation(gains),
        class_gain=_divided(mean_gain, room),
        mean_gain_normalised=mean(normalised),
        n_normalised=len(normalised),
        undefined=len(pre) - len(normalised),
        effect_size=_divided(mean_gain, deviation(gains)),
        effect_size_average=_divided(mean_gain, mean(spreads)),
        improved=sum(one > 0 for one in gains),
        same=sum(one == 0 for one in gains),
        worse=sum(one < 0 for one in gains),
    )


def _divided(value: Fraction | None, by: Fraction | None) -> Fraction | None:
    return None if value is None or not by else value / by
