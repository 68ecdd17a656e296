"""How many must answer, and how sure a score then is (ita.md §9.3, §9.4 I)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .inputs import Response, UnitInput, tally
from .model import Edition, SampleRule


def sample_size(rule: SampleRule, population: int) -> int:
    """Least number of respondents: all of a small population, else `rate` of it between two limits.

    Raises ValueError when the population is not a positive number.
    """
    if population <= 0:
        raise ValueError(f"a population of {population} has no sample")
    if population <= rule.census_below:
        return population
    return min(max(math.ceil(rule.rate * population), rule.floor), rule.cap)


def sample_sizes(rule: SampleRule, population: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """`sample_size` of many populations, int64[n]; all must be positive."""
    num, den = rule.rate.as_integer_ratio()
    share = np.clip(-(-num * population // den), rule.floor, rule.cap)
    return np.where(population <= rule.census_below, population, share)


@dataclass(frozen=True, slots=True)
class SurveyError:
    """One surveyed instrument: weight in the total, population, respondents, SD of their scores."""

    weight: Fraction
    population: int
    n: int
    sd: float

    @property
    def standard_error(self) -> float:
        """SE of the mean with the finite-population correction, in points of the instrument."""
        if self.n < 1 or self.population < self.n:
            raise ValueError(f"{self.n} respondents of {self.population}")
        if self.population == 1:
            return 0.0
        missed = (self.population - self.n) / (self.population - 1)
        return self.sd / math.sqrt(self.n) * math.sqrt(missed)


@dataclass(frozen=True, slots=True)
class Margin:
    """Standard error and 95 % margin of a total, in points.

    A lower bound: it supposes a random sample, and respondents choose themselves.
    """

    standard_error: float
    half_width: float

    def apart(self, total: float, mark: float) -> bool:
        """Whether the total can be told apart from a mark such as 85."""
        return abs(total - mark) > self.half_width


def margin_of_error(surveys: Sequence[SurveyError], z: float = 1.96) -> Margin:
    """Margin of the weighted total; instruments without respondents add nothing."""
    variance = math.fsum((float(s.weight) * s.standard_error) ** 2 for s in surveys)
    return Margin(math.sqrt(variance), z * math.sqrt(variance))


def respondent_sd(edition: Edition, rows: Sequence[Response]) -> float | None:
    """Sample SD (n − 1) of respondents' own instrument scores; None below two respondents.

    A respondent's score is the mean of his indicators, as for a unit. All rows must be of one
    instrument.
    """
    from .scoring import score_unit

    scores = []
    for row in rows:
        if tally(edition, UnitInput(rows=(row,))).items:
            value = score_unit(edition, UnitInput(rows=(row,))).nodes[row.instrument].value
            scores.append(float(value or 0))
    if len(scores) < 2:
        return None
    middle = math.fsum(scores) / len(scores)
    return math.sqrt(math.fsum((score - middle) ** 2 for score in scores) / (len(scores) - 1))
