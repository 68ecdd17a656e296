"""Can the total be told apart from the pass mark? The sample's margin, as a lower bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sucharit.assessments.engine.model import Edition, EitMerge, MergeMode
from sucharit.assessments.engine.planner.respondents import Spread
from sucharit.assessments.engine.sample import Margin, SurveyError, margin_of_error


class Verdict(StrEnum):
    """What the margin says of a total and a mark."""

    ABOVE = "above"
    BELOW = "below"
    NOT_APART = "not_apart"
    """The sample cannot tell the total from the mark."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class InstrumentMargin:
    """One surveyed instrument: head count (None = not told), all respondents, those of each part."""

    instrument: str
    population: int | None
    pooled: Spread
    parts: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class TotalMargin:
    """`margin` is None where it cannot be told; `missing` says why, by instrument.

    Reasons: population, respondents (fewer than two), more_than_population, not_surveyed.
    """

    margin: Margin | None
    missing: tuple[tuple[str, str], ...]
    verdict: Verdict


def total_margin(
    edition: Edition,
    surveys: Sequence[InstrumentMargin],
    total: Fraction | None,
    mark: Fraction | None = None,
    *,
    merge: EitMerge | None = None,
) -> TotalMargin:
    """The 95 % margin of a total and whether it can be told from `mark` (the edition's pass mark).

    Disclosure items are all looked at, so they add no error. A surveyed instrument without spread
    or head count makes the margin unknown: leaving it out would make the total look surer.
    """
    mark = edition.pass_mark if mark is None else mark
    given = {survey.instrument: survey for survey in surveys}
    errors: list[SurveyError] = []
    missing: list[tuple[str, str]] = []
    for instrument in edition.instruments:
        if not instrument.surveyed:
            continue
        survey = given.get(instrument.code)
        reason = "not_surveyed" if survey is None else _lacks(survey)
        if reason or survey is None:
            missing.append((instrument.code, reason))
        else:
            errors += _errors(instrument.weight, survey, merge or edition.eit_merge)
    if missing or total is None:
        return TotalMargin(None, tuple(missing), Verdict.UNKNOWN)
    margin = margin_of_error(errors)
    return TotalMargin(margin, (), _verdict(margin, total, mark))


def _lacks(survey: InstrumentMargin) -> str:
    if survey.population is None:
        return "population"
    if survey.pooled.n > survey.population:
        return "more_than_population"
    few = [part for part in survey.parts.values() if part.n and part.sd is None]
    return "respondents" if few or survey.pooled.sd is None else ""


def _errors(weight: Fraction, survey: InstrumentMargin, merge: EitMerge) -> list[SurveyError]:
    """One error of pooled respondents, else one for each part with its weight.

    Parts are seen as samples of the whole population; that errs on the wide side.
    """
    assert survey.population is not None
    if merge.mode is MergeMode.POOLED or len(survey.parts) == 1:
        pooled = survey.pooled
        return [SurveyError(weight, survey.population, pooled.n, pooled.sd or 0.0)]
    parts = {code: part for code, part in survey.parts.items() if part.n}
    weights = {code: merge.part_weight(code, len(survey.parts)) for code in parts}
    whole = sum(weights.values())
    shares = {code: weights[code] / whole if whole else Fraction(1, len(parts)) for code in parts}
    return [
        SurveyError(weight * shares[code], survey.population, part.n, part.sd or 0.0)
        for code, part in parts.items()
    ]


def _verdict(margin: Margin, total: Fraction, mark: Fraction | None) -> Verdict:
    if mark is None:
        return Verdict.UNKNOWN
    if not margin.apart(float(total), float(mark)):
        return Verdict.NOT_APART
    return Verdict.ABOVE if total >= mark else Verdict.BELOW
