"""Months, weights, order, alignment: properties against plain counting."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.plans.engine import alignment, months, schedule

SHARE = st.integers(0, months.FULL)
PARTS = st.lists(
    st.builds(months.Part, weight=st.integers(1, 1000), progress=st.none() | SHARE), max_size=12
)


@given(st.lists(st.none() | SHARE, min_size=12, max_size=12))
@settings(max_examples=200)
def test_a_filled_plan_never_falls_and_ends_at_the_whole(values):
    known = [v for v in values if v is not None]
    if known != sorted(known) or not known or known[-1] != months.FULL:
        with pytest.raises(months.PlanError) as wrong:
            months.fill(values)
        assert wrong.value.kind in {"falls", "end"}
        return
    rows = months.fill(values)
    assert list(rows) == sorted(rows)
    assert rows[-1] == months.FULL
    assert all(v in (None, r) for v, r in zip(values, rows, strict=True))


@given(st.integers(1, 12), st.integers(1, 12))
def test_an_even_plan_is_a_plan(a, b):
    first, last = sorted((a, b))
    rows = months.even(first, last)
    assert months.fill(rows) == rows
    assert rows[last - 1] == months.FULL
    assert all(r == 0 for r in rows[: first - 1])


@given(PARTS)
@settings(max_examples=200)
def test_weighted_progress_is_exact_and_leaves_the_unknown_out(parts):
    found = months.weighted(parts)
    known = [p for p in parts if p.progress is not None]
    assert (found.reported, found.expected) == (len(known), len(parts))
    if not known:
        assert found.value is None
        assert found.shown is None
        return
    copies = [p.progress for p in known for _n in range(p.weight)]
    assert found.value == Fraction(sum(copies), len(copies))
    assert min(copies) <= found.value <= max(copies)
    assert found.floor <= found.value
    assert found.complete == (found.floor == found.value) or not found.complete


@pytest.mark.parametrize(
    ("actual", "verdict", "difference"),
    [
        ({}, "unknown", None),
        ({3: 3000}, "on_plan", 0),
        ({3: 2500}, "on_plan", -500),
        ({3: 2499}, "behind", -501),
        ({2: 3501}, "ahead", 501),
    ],
)
def test_where_an_activity_stands(actual, verdict, difference):
    found = months.standing({3: 3000}, actual, 3)
    assert (found.verdict, found.difference) == (verdict, difference)


def test_what_is_not_to_have_begun_is_not_late():
    assert months.standing({3: 0}, {}, 3).verdict == "not_begun"
    assert months.standing({}, {3: 10}, 3).verdict == "unknown"
    quarters = months.by_quarter({3: 1000, 6: 5000, 9: 9000, 12: 10_000}, {3: 1000, 9: 8000})
    assert [q.verdict for q in quarters] == ["on_plan", "unknown", "behind", "unknown"]


@given(st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 9)), st.integers(0, 9), st.integers(0, 9))  # fmt: skip
@settings(max_examples=200)
def test_a_ring_is_found_exactly_when_walking_comes_back(waits, a, b):
    here, steps = b, 0
    while here is not None and here != a and steps < 20:
        here, steps = waits.get(here), steps + 1
    found = schedule.ring(waits, a, b)
    assert bool(found) == (here == a)
    assert not found or found[0] == a


def test_days_within_their_frame():
    day = dt.date
    outer = schedule.Span(day(2023, 10, 1), day(2024, 9, 30))
    inner = schedule.Span
    assert schedule.wrong_dates(inner(None, None), outer) == ""
    assert schedule.wrong_dates(inner(day(2024, 1, 2), day(2024, 1, 1)), outer) == "order"
    assert schedule.wrong_dates(inner(day(2023, 9, 30), None), outer) == "before"
    assert schedule.wrong_dates(inner(None, day(2024, 10, 1)), outer) == "after"
    assert schedule.shift_year(day(2024, 2, 29)) == day(2025, 2, 28)
    assert schedule.shift_year(None) is None


def test_xyz():
    reason = "โครงการอบรมทำให้เยาวชนมีพฤติกรรมซื่อสัตย์"
    y = alignment.Aim("y", 1, 10, reason)
    assert alignment.follows([y], {10: 20}, {20: (5, 6)}) == (5, 6)
    assert alignment.gaps([y]) == ()
    assert [g.kind for g in alignment.gaps([])] == ["no_y"]
    thin = alignment.Aim("y", 1, 10, "ตามแผน")
    assert [g.kind for g in alignment.gaps([thin])] == ["no_y", "no_reason"]
    z = alignment.Aim("z", 7, 20, reason)
    assert [g.kind for g in alignment.gaps([y, z], [5, 6])] == ["not_from_y"]
    assert alignment.gaps([y, z], [7]) == ()
