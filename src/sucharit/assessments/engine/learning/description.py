"""Means of rating questions with their level in words, and what is too small to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sucharit.assessments.engine.exact import exact, half_up

from .numbers import deviation, mean


@dataclass(frozen=True, slots=True)
class Level:
    """A level in words: its code and its title by language."""

    code: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelBand:
    """A level and the displayed value from which it holds."""

    level: Level
    min: Fraction

    @staticmethod
    def read(bands: Sequence[Mapping[str, object]]) -> "tuple[LevelBand, ...]":
        """Bands from data: [{code, title: {th, en}, min}, …]. Raises ValueError for bad numbers."""
        found = []
        for band in bands:
            title = band["title"]
            assert isinstance(title, Mapping)
            found.append(LevelBand(Level(str(band["code"]), title), exact(str(band["min"]))))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Description:
    """Figures of a rating question or a score over a group.

    suppressed: the group is smaller than may be shown; then n and every figure are None.
    response_rate: percent of those asked, None when nobody knows how many were.
    """

    n: int | None
    mean: Fraction | None
    sd: Fraction | None
    level: Level | None
    response_rate: Fraction | None
    suppressed: bool


def level_of(value: Fraction | None, bands: Sequence[LevelBand], digits: int = 2) -> Level | None:
    """The level of a value: compared is what is displayed (4.505 shows as 4.51 and is 4.51).

    None for no value, and below the lowest band.
    """
    if value is None:
        return None
    shown = Fraction(half_up(value, digits), 10**digits)
    reached = [band for band in bands if shown >= band.min]
    return max(reached, key=lambda band: band.min).level if reached else None


def describe(
    values: Sequence[Fraction],
    *,
    bands: Sequence[LevelBand] = (),
    asked: int | None = None,
    min_n: int = 0,
    digits: int = 2,
) -> Description:
    """n, mean, sample SD, level in words and response rate; nothing of a group below min_n.

    An empty group is not small but empty: n = 0 is said.
    """
    n = len(values)
    if 0 < n < min_n:
        return Description(None, None, None, None, None, suppressed=True)
    middle = mean(values)
    return Description(
        n=n,
        mean=middle,
        sd=deviation(values),
        level=level_of(middle, bands, digits),
        response_rate=Fraction(100 * n, asked) if asked else None,
        suppressed=False,
    )
