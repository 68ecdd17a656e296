"""Overlaps and gaps: symmetric, never of one agency with itself, and the same in whatever order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.plans.engine.overlaps import (
    YEAR,
    Effort,
    Figure,
    Gap,
    district_gaps,
    indicator_gaps,
    mask,
    meet,
    months_of,
    overlaps,
)

PATHS = st.sampled_from(["0001", "00010001", "00010002", "000100010001", "000100020001"])
AIMS = st.dictionaries(
    st.sampled_from(["group:youth", "group:people", "goal:210101", "indicator:1"]),
    st.integers(0, YEAR),
    max_size=3,
)
EFFORTS = st.lists(
    st.builds(
        Effort,
        key=st.integers(1, 12).map(str),
        agency=st.sampled_from("abc"),
        areas=st.lists(PATHS, min_size=1, max_size=2).map(tuple),
        aims=AIMS,
    ),
    max_size=10,
    unique_by=lambda e: e.key,
)


def brute(efforts: list[Effort]) -> set[tuple[str, str, tuple[str, ...], int]]:
    """The definition word for word, every pair against every other."""
    found = set()
    for a in efforts:
        for b in efforts:
            shared = {k: a.aims[k] & b.aims[k] for k in a.aims if k in b.aims}
            aims = tuple(sorted(k for k, m in shared.items() if m))
            if a.key < b.key and a.agency != b.agency and aims and meet(a.areas, b.areas):
                months = 0
                for k in aims:
                    months |= shared[k]
                found.add((a.key, b.key, aims, months))
    return found


@settings(max_examples=150)
@given(EFFORTS, st.randoms())
def test_the_definition_in_any_order(efforts, rng):
    got = overlaps(efforts)
    assert got.complete
    assert {(o.first, o.second, o.aims, o.months) for o in got.found} == brute(efforts)
    shuffled = list(efforts)
    rng.shuffle(shuffled)
    assert overlaps(shuffled) == got


@settings(max_examples=80)
@given(EFFORTS, st.integers(0, 6))
def test_no_self_no_double_and_a_budget_that_holds(efforts, budget):
    got = overlaps(efforts, budget=budget)
    agency = {e.key: e.agency for e in efforts}
    pairs = [(o.first, o.second) for o in got.found]
    assert all(a < b and agency[a] != agency[b] for a, b in pairs)
    assert len(pairs) == len(set(pairs))
    assert got.compared <= budget
    assert {(o.first, o.second) for o in got.found} <= {p[:2] for p in brute(efforts)}
    assert overlaps(list(reversed(efforts)), budget=budget) == got


def test_the_budget_is_told():
    many = [Effort(f"{n:03}", f"a{n}", ("0001",), {"group:youth": 1}) for n in range(300)]
    got = overlaps(many, budget=1000)
    assert not got.complete
    assert got.compared == 1000


@given(st.lists(PATHS, max_size=3), st.lists(PATHS, max_size=3))
def test_areas_meet_both_ways(one, two):
    assert meet(one, two) == meet(two, one)


def test_months():
    assert months_of(mask(1, 3)) == (1, 2, 3)
    assert mask(5, 4) == 0
    assert mask(-3, 20) == YEAR


def test_a_project_without_months_is_named_not_compared():
    quiet = Effort("1", "a", ("0001",), {"group:youth": 0})
    other = Effort("2", "b", ("0001",), {"group:youth": YEAR})
    got = overlaps([quiet, other])
    assert got.found == ()
    assert got.without_months == ("1",)


def test_gaps():
    figures = [Figure("1", False), Figure("2", False), Figure("3", None), Figure("4", True)]
    assert indicator_gaps(figures, {"2": 1}) == [Gap("indicator", "1")]
    efforts = [
        Effort("1", "a", ("00010001",), {}),  # the whole province
        Effort("2", "a", ("0001000100020003",), {}),  # a tambon of the second district
        Effort("3", "a", ("00010009",), {}),  # elsewhere
    ]
    districts = {"d1": "000100010001", "d2": "000100010002"}
    assert district_gaps("00010001", districts, efforts) == [Gap("district", "d1", 1)]
