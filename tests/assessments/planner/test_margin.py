"""Spread of respondents, sub-question shares, and whether a total can be told from the pass mark."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import (
    EitMerge,
    MergeMode,
    Response,
    UnitInput,
    pack,
    respondent_sd,
    score_unit,
)
from sucharit.assessments.engine.planner import (
    InstrumentMargin,
    Spread,
    Verdict,
    question_facts,
    respondent_scores,
    spread,
    total_margin,
)
from tests.assessments.planner.editions import ITA


def survey(instrument, population, n, sd):
    return InstrumentMargin(instrument, population, Spread(n, sd), {"1": Spread(n, sd)})


def test_the_worked_example_of_the_specification():
    surveys = [survey("IIT", 120, 45, 14.0), survey("EIT", 5000, 400, 20.0)]
    found = total_margin(ITA, surveys, Fraction("85.40"))
    assert found.margin.standard_error == pytest.approx(0.5743, abs=1e-4)
    assert found.margin.half_width == pytest.approx(1.13, abs=0.005)
    assert found.verdict is Verdict.NOT_APART
    assert total_margin(ITA, surveys, Fraction("86.20")).verdict is Verdict.ABOVE
    assert total_margin(ITA, surveys, Fraction("83.80")).verdict is Verdict.BELOW


@pytest.mark.parametrize(
    ("eit", "reason"),
    [
        (None, "not_surveyed"),
        (survey("EIT", None, 40, 3.0), "population"),
        (survey("EIT", 30, 40, 3.0), "more_than_population"),
        (survey("EIT", 30, 1, None), "respondents"),
    ],
)
def test_an_instrument_without_spread_makes_the_margin_unknown_not_small(eit, reason):
    surveys = [survey("IIT", 120, 45, 14.0), *([eit] if eit else [])]
    found = total_margin(ITA, surveys, Fraction(90))
    assert (found.margin, found.missing, found.verdict) == (
        None,
        (("EIT", reason),),
        Verdict.UNKNOWN,
    )


def test_halves_weigh_each_part_by_its_own_spread():
    parts = {"1": Spread(300, 10.0), "2": Spread(100, 20.0)}
    eit = InstrumentMargin("EIT", 10**9, Spread(400, 15.0), parts)
    iit = survey("IIT", 40, 40, 9.0)  # everybody answered: no error
    halves = EitMerge(MergeMode.HALVES)
    found = total_margin(ITA, [iit, eit], Fraction(90), merge=halves)
    expected = 0.3 * ((0.5 * 10 / 300**0.5) ** 2 + (0.5 * 20 / 100**0.5) ** 2) ** 0.5
    assert found.margin.standard_error == pytest.approx(expected, rel=1e-6)
    pooled = total_margin(ITA, [iit, eit], Fraction(90), merge=EitMerge())
    assert pooled.margin.standard_error == pytest.approx(0.3 * 15 / 20, rel=1e-6)


def answers(instrument):
    questions = ITA.subquestions(instrument)
    one = st.fixed_dictionaries(
        {q.code: st.sampled_from(["", *(o.code for o in q.scale.options)]) for q in questions}
    )
    part = st.sampled_from(ITA.instrument[instrument].part_codes)
    return st.lists(st.tuples(part, one), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["IIT", "EIT"]), st.data(), st.sampled_from(["pooled", "halves"]))
def test_packed_rows_give_the_same_spread_and_items_as_the_reference(instrument, data, mode):
    given_ = data.draw(answers(instrument))
    merge = EitMerge(MergeMode(mode))
    packed = b"".join(pack(ITA, instrument, row) for _part, row in given_)
    rows = np.frombuffer(packed, np.uint8).reshape(len(given_), -1)
    parts = np.array([ITA.instrument[instrument].part_index(p) for p, _ in given_], np.int8)
    responses = [Response(instrument, part, row) for part, row in given_]
    found = spread(respondent_scores(ITA, instrument, rows))
    reference = respondent_sd(ITA, responses)
    assert (found.sd is None) == (reference is None)
    if reference is not None:
        assert found.sd == pytest.approx(reference, abs=1e-9)
    score = score_unit(ITA, UnitInput(rows=responses), eit_merge=merge)
    facts = question_facts(ITA, instrument, parts, rows, merge)
    for item in ITA.items_of(instrument):
        value = score.nodes[item.code].value
        if len(item.subquestions) > 1 and value is not None:
            assert sum(fact.share for fact in facts[item.code]) == 1
            assert sum(fact.share * fact.value for fact in facts[item.code]) == value
        else:
            assert item.code not in facts
