"""Signals by worked example, and the properties they must keep."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sucharit.assessments.engine.quality import Answers, Code, Rule, Status, signals

RULES = {
    Code.STRAIGHT_LINE: Rule(Fraction(1, 2), 4, 3),
    Code.SAME_ANSWERS: Rule(Fraction(3, 10), 4, 3),
    Code.BURST: Rule(Fraction(4, 5), 4, 4),
    Code.CEILING: Rule(Fraction(100), 4),
    Code.PART_GAP: Rule(Fraction(15), 4),
}


def answers(rows, *, scale_of=None, weeks=None, open_weeks=8, mean=None, parts=()):
    rows = np.array(rows, dtype=np.uint8).reshape(len(rows), -1)
    return Answers(
        rows=rows,
        scale_of=np.array(scale_of if scale_of is not None else [0] * rows.shape[1]),
        weeks=np.array(weeks if weeks is not None else range(len(rows))),
        open_weeks=open_weeks,
        mean=mean,
        part_means=tuple(parts),
    )


def one(code, given_):
    return next(s for s in signals(given_, RULES) if s.code is code)


def test_straight_lines_look_at_the_commonest_scale_only():
    rows = [[2, 2, 2, 0], [2, 2, 2, 1], [1, 2, 2, 0], [0, 1, 2, 0]]
    found = one(Code.STRAIGHT_LINE, answers(rows, scale_of=[0, 0, 0, 1]))
    assert (found.value, found.status, found.n) == (Fraction(1, 2), Status.TRIGGERED, 4)
    assert dict(found.facts) == {"questions": 3, "respondents": 2}


def test_a_respondent_who_left_most_out_is_no_straight_line():
    rows = [[1, 255, 255], [1, 1, 1], [0, 1, 1], [0, 1, 0], [1, 0, 1]]
    found = one(Code.STRAIGHT_LINE, answers(rows))
    assert (found.value, found.n) == (Fraction(1, 4), 4)


def test_identical_sheets_are_counted_by_the_commonest_one():
    rows = [[0, 1, 2]] * 3 + [[0, 1, 1], [2, 1, 0]]
    found = one(Code.SAME_ANSWERS, answers(rows))
    assert (found.value, found.status) == (Fraction(3, 5), Status.TRIGGERED)
    assert dict(found.facts) == {"respondents": 3, "sheets": 3}


def test_sheets_that_all_differ_are_no_signal():
    found = one(Code.SAME_ANSWERS, answers([[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]))
    assert (found.value, found.status) == (Fraction(0), Status.NOT_TRIGGERED)


def test_a_burst_needs_a_survey_that_was_open_for_weeks():
    rows = [[0, 0, 0]] * 5
    assert one(Code.BURST, answers(rows, weeks=[7] * 4 + [14])).status is Status.TRIGGERED
    assert (
        one(Code.BURST, answers(rows, weeks=[7] * 5, open_weeks=2)).status is Status.NOT_APPLICABLE
    )


def test_only_a_full_hundred_is_the_ceiling():
    rows = [[0, 0, 0]] * 5
    assert one(Code.CEILING, answers(rows, mean=Fraction(100))).status is Status.TRIGGERED
    almost = Fraction(9_999_999, 100_000)
    assert one(Code.CEILING, answers(rows, mean=almost)).status is Status.NOT_TRIGGERED
    assert one(Code.CEILING, answers(rows)).status is Status.INSUFFICIENT


def test_parts_apart_rest_on_the_smaller_part():
    parts = [(Fraction(92), 300), (Fraction(77), 100)]
    found = one(Code.PART_GAP, answers([[0, 0, 0]] * 9, parts=parts))
    assert (found.value, found.n, found.status) == (Fraction(15), 100, Status.TRIGGERED)
    few = [(Fraction(92), 300), (Fraction(10), 3)]
    hidden = one(Code.PART_GAP, answers([[0, 0, 0]] * 9, parts=few))
    assert (hidden.value, hidden.status) == (None, Status.INSUFFICIENT)


packed = npst.arrays(
    np.uint8, st.tuples(st.integers(0, 12), st.just(5)), elements=st.sampled_from([0, 1, 2, 255])
)


@given(packed, st.randoms())
def test_the_order_of_answers_changes_nothing(rows, random):
    places = list(range(len(rows)))
    random.shuffle(places)
    weeks = np.array([7 * (i % 3) for i in range(len(rows))], dtype=int)
    before = Answers(rows, np.zeros(5, dtype=int), weeks, 8, None)
    after = Answers(rows[places], np.zeros(5, dtype=int), weeks[places], 8, None)
    assert signals(before, RULES) == signals(after, RULES)


@given(packed)
def test_below_the_least_number_nothing_is_computed(rows):
    for found in signals(answers_of(rows), RULES):
        assert (found.value is None) == (
            found.status in {Status.INSUFFICIENT, Status.NOT_APPLICABLE}
        )
        if found.value is not None:
            assert found.n >= RULES[found.code].least_n
        if found.code in {Code.STRAIGHT_LINE, Code.SAME_ANSWERS, Code.BURST} and found.value:
            assert 0 <= found.value <= 1


def answers_of(rows):
    return Answers(rows, np.zeros(5, dtype=int), np.zeros(len(rows), dtype=int), 8, None)


@pytest.mark.parametrize("code", list(Code))
def test_no_answers_no_signal(code):
    none = Answers(np.zeros((0, 5), np.uint8), np.zeros(5, int), np.zeros(0, int), 8, None)
    assert one(code, none).value is None
