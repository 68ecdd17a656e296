"""Tests: which attempts count, how the test and its questions went, what changed between two campaigns.

The formulas are ``engine.learning``; here they meet the campaign's settings and what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from sucharit.assessments.collect import lookup
from sucharit.assessments.collect.figures import text
from sucharit.assessments.collect.levels import levels_on
from sucharit.assessments.engine import instruments
from sucharit.assessments.engine import learning as engine
from sucharit.assessments.models import Campaign, CollectResponse

TEST = "test"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer sheet as it was evaluated."""

    unit: int  # the campaign unit
    pair: str
    attempt: int
    evaluation: instruments.Evaluation


def sheets_of(campaign: Campaign) -> Iterable[Sheet]:
    """The stored answers of a campaign, evaluated again (the same values come out)."""
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    rows = CollectResponse.objects.filter(campaign_unit__campaign=campaign).order_by("pk")
    names = ("campaign_unit_id", "pair_hash", "attempt", "answers", "day")
    for unit, pair, attempt, answers, day in rows.values_list(*names).iterator(2000):
        evaluation = instruments.evaluate(instrument, answers, today=day, previous=answers)
        yield Sheet(unit, pair, attempt, evaluation)


def counted(campaign: Campaign, sheets: Iterable[Sheet]) -> list[Sheet]:
    """One sheet a person where several attempts were allowed: the best, the last or the first.

    Persons are told apart by their own code, within their unit.
    """
    found = list(sheets)
    allowed = lookup.attempts_of(campaign)
    if allowed == 1:
        return found
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    attempts = (
        engine.Attempt(s.pair, s.attempt, engine.mark(instrument, s.evaluation).percent, s)
        for s in found
    )
    counts = cast("Any", campaign.settings.get("counts") or "best")
    chosen = engine.counting_attempts(attempts, counts, allowed=allowed)
    return [cast("Sheet", one.reference) for one in chosen]


def exam_figures(
    campaign: Campaign, sheets: Sequence[Sheet], away: frozenset[str]
) -> dict[str, Any] | None:
    """Pass share, mean and spread, and every question's difficulty and discrimination; None: no test.

    ``away``: questions whose figures would give a hidden count away.
    """
    question = lookup.questionnaire_of(campaign.framework_id)
    papers = [engine.mark(question.instrument, s.evaluation) for s in sheets]
    papers = [one for one in papers if one.percent is not None]
    if question.kind != TEST or len(papers) < campaign.min_report_n:
        return None
    pass_mark = str(campaign.settings.get("pass_mark") or "")
    found = engine.summary(papers, pass_mark=Fraction(pass_mark) if pass_mark else None)
    least = campaign.min_report_n
    passed = found.passed
    # All passed or nobody passed tells something of each; few on one side tells who they are.
    hide = passed is not None and (0 < passed < least or 0 < found.n - passed < least)
    return {
        "n": found.n,
        "mean": text(found.mean),
        "sd": text(found.sd),
        "median": text(found.median),
        "pass_mark": pass_mark,
        "passed": None if hide else passed,
        "pass_share": None if hide else text(found.pass_share),
        "pass_hidden": hide,
        "items": [
            {
                "id": one.item,
                "n": one.n,
                "difficulty": None if one.item in away else text(one.difficulty),
                "discrimination": None if one.item in away else text(one.discrimination),
                "point_biserial": None if one.item in away else text(one.point_biserial),
                "group_size": one.group_size,
            }
            for one in engine.item_figures(papers, min_n=max(10, least))
        ],
    }


def pair_figures(campaign: Campaign, sheets: Sequence[Sheet]) -> dict[str, Any] | None:
    """What the same persons gained since the campaign before; None where there is none."""
    first = campaign.pairs_with
    kinds = {lookup.questionnaire_of(c.framework_id).kind for c in (campaign, first) if c}
    if first is None or kinds != {TEST}:
        return None
    units = set(
        campaign.units.filter(pk__in={s.unit for s in sheets}).values_list("unit", flat=True)
    )
    parts = dict(first.units.values_list("pk", "unit"))
    before = [s for s in counted(first, sheets_of(first)) if parts[s.unit] in units]
    found = engine.pair(_takers(first, before), _takers(campaign, sheets))
    few = found.n < campaign.min_report_n
    shown: dict[str, Any] = {"before": first.pk, "few": few, "n": None if few else found.n}
    if few:
        return shown
    figures = engine.gain(found)
    level = levels_on(campaign.closes_on, "normalised-gain").found
    reached = engine.level_of(figures.class_gain, level.bands) if level is not None else None
    return shown | {
        "unpaired": found.unpaired,
        "only_before": found.only_pre,
        "only_after": found.only_post,
        "ambiguous": found.ambiguous,
        "without_code": found.without_code,
        "mean_before": text(figures.mean_pre),
        "mean_after": text(figures.mean_post),
        "gain": text(figures.mean_gain),
        "sd_gain": text(figures.sd_gain),
        "normalised": text(figures.class_gain),
        "normalised_each": text(figures.mean_gain_normalised),
        "undefined": figures.undefined,
        "effect": text(figures.effect_size),
        "level": dict(reached.title) if reached is not None else None,
        "level_verified": level is not None and level.verified,
    }


def _takers(campaign: Campaign, sheets: Iterable[Sheet]) -> list[engine.Taker]:
    """Every counted test with its percent."""
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    return [engine.Taker(s.pair, engine.mark(instrument, s.evaluation).percent) for s in sheets]
