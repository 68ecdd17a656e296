"""Median, MAD and the modified z-score, against worked figures and against plain rules."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.engine.outliers import Rule, changes, median, spread

RULE = Rule(Fraction("3.5"), Fraction("0.6745"), Fraction("0.7979"), 8)


def named(values):
    return {str(n): Fraction(v) for n, v in enumerate(values)}


def test_a_worked_example():
    # Sorted 2.1 2.6 2.4 2.5 2.3 2.1 2.3 2.6 8.2 8.3 → median 2.45, MAD 0.15 (by hand).
    got = spread(
        named(["2.1", "2.6", "2.4", "2.5", "2.3", "2.1", "2.3", "2.6", "8.2", "8.3"]), RULE
    )
    assert (got.median, got.mad, got.method, got.n) == (
        Fraction("2.45"),
        Fraction("0.15"),
        "mad",
        10,
    )
    assert [p.key for p in got.hits] == ["8", "9"]
    assert got.hits[0].z == Fraction("0.6745") * Fraction("5.75") / Fraction("0.15")


def test_mean_and_deviation_would_have_missed_it():
    values = ["2.1", "2.6", "2.4", "2.5", "2.3", "2.1", "2.3", "2.6", "8.2", "8.3"]
    numbers = [float(v) for v in values]
    z = (8.3 - statistics.mean(numbers)) / statistics.stdev(numbers)
    assert z < 2.5
    assert spread(named(values), RULE).hits


def test_fewer_than_the_least_number_is_insufficient():
    got = spread(named([1] * 6 + [99]), RULE)
    assert (got.status, got.places, got.median) == ("insufficient", (), None)
    assert spread({}, RULE).status == "insufficient"


def test_where_more_than_half_are_equal_mean_deviation_takes_over():
    got = spread(named([80] * 9 + [20]), RULE)
    assert (got.mad, got.method, got.mean_deviation) == (0, "mean_deviation", 6)
    assert got.hits[0].key == "9"
    assert got.hits[0].z == Fraction("0.7979") / 6 * -60


def test_where_all_are_equal_nothing_stands_out():
    got = spread(named([80] * 9), RULE)
    assert (got.method, got.hits, got.places[0].z) == ("none", (), None)


def test_changes_leave_out_who_has_no_value():
    assert changes(
        {"a": Fraction(80), "b": Fraction(70)}, {"a": Fraction(75), "c": Fraction(1)}
    ) == {"a": 5}


numbers = st.fractions(min_value=0, max_value=100, max_denominator=100)


@given(st.lists(numbers, min_size=1, max_size=30))
def test_median_is_the_librarys(values):
    assert median(values) == statistics.median(values)


@given(
    st.lists(numbers, min_size=8, max_size=30),
    numbers,
    st.sampled_from([Fraction(2), Fraction(-1), Fraction("0.5")]),
)
def test_shift_and_scale_do_not_change_who_stands_out(values, shift, factor):
    one = spread(named(values), RULE)
    two = spread({k: v * factor + shift for k, v in named(values).items()}, RULE)
    assert [p.key for p in one.hits] == [p.key for p in two.hits]


@given(st.lists(numbers, min_size=8, max_size=30))
def test_at_most_half_can_stand_out(values):
    got = spread(named(values), RULE)
    assert len(got.hits) * 2 <= len(values)
    for place in got.places:
        assert place.hit == (place.z is not None and abs(place.z) >= RULE.threshold)


def test_no_values_have_no_middle():
    with pytest.raises(ValueError, match="no values"):
        median([])
