"""Counting levels, the ladder, serials."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.engine import moral
from sucharit.assessments.engine.moral import Change

LEVELS = st.one_of(st.none(), st.integers(0, 3))


@given(st.dictionaries(st.text(min_size=1, max_size=3), LEVELS), st.sets(st.text(max_size=3)))
def test_a_pyramid_counts_every_assessed_unit_once(levels, every):
    found = moral.pyramid(levels, every)
    assert (
        sum(c.n for c in found.counts)
        == found.assessed
        == sum(v is not None for v in levels.values())
    )
    assert found.units == len(set(levels) | every) >= found.assessed
    assert [c.level for c in found.counts] == [3, 2, 1, 0]
    assert [c.at_least for c in found.counts] == [found.at_least(n) for n in (3, 2, 1, 0)]
    assert found.at_least(0) == found.assessed
    if found.assessed:
        assert sum(found.of_assessed(c.n) for c in found.counts) == 1


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), LEVELS), st.dictionaries(st.integers(), LEVELS)
)
def test_the_pyramid_of_two_parts_is_the_sum_of_theirs(left, right):
    one, other = (
        moral.pyramid(left, ()),
        moral.pyramid({str(k) + "#": v for k, v in right.items()}, ()),
    )
    both = moral.pyramid(
        {**{f"l{k}": v for k, v in left.items()}, **{f"r{k}": v for k, v in right.items()}}, ()
    )
    assert [c.n for c in both.counts] == [
        a.n + b.n for a, b in zip(one.counts, other.counts, strict=True)
    ]
    assert (both.assessed, both.units) == (one.assessed + other.assessed, one.units + other.units)


def test_nothing_assessed_is_no_share_and_a_strange_level_is_refused():
    found = moral.pyramid({"a": None}, ["b"])
    assert (found.of_assessed(0), found.of_all(0), found.units) == (None, 0, 2)
    assert moral.pyramid({}, []).of_all(0) is None
    with pytest.raises(ValueError, match="levels run"):
        moral.pyramid({"a": 4}, [])


@pytest.mark.parametrize(
    ("n", "of", "percent", "expected"),
    [
        (80, 100, 80, True), (15999, 20000, 80, False), (79, 100, 80, False), (1, 2, 50, True),
        (4_999_999_999, 10_000_000_000, 50, False), (0, 0, 80, None), (2, 3, Fraction(200, 3), True),
    ],
)  # fmt: skip
def test_a_share_is_compared_unrounded(n, of, percent, expected):
    assert moral.reaches(n, of, percent) is expected


def test_more_than_all_is_no_share():
    with pytest.raises(ValueError, match="no share"):
        moral.reaches(3, 2, 80)


@given(LEVELS, LEVELS)
def test_a_change_is_known_only_between_two_levels(last, now):
    found = moral.change(last, now)
    assert (found is Change.UNKNOWN) == (last is None or now is None)
    assert moral.change(now, last) == {Change.RISE: Change.DROP, Change.DROP: Change.RISE}.get(
        found, found
    )
    assert moral.tally([found])[found] == 1


SERIALS = st.lists(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTUVWX"), min_size=9, max_size=9)


@given(SERIALS, st.integers(0, 9), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTUVWX"))
def test_one_wrong_character_is_found(body, place, wrong):
    picks = iter(body)
    serial = moral.make_serial(lambda _all: next(picks))
    assert moral.is_serial(serial)
    plain = list(serial.replace("-", ""))
    changed = plain[place] != wrong
    plain[place] = wrong
    assert moral.is_serial(moral.tidy("".join(plain))) == (not changed)


@given(SERIALS, st.integers(0, 8))
def test_two_swapped_neighbours_are_found(body, place):
    picks = iter(body)
    plain = list(moral.make_serial(lambda _all: next(picks)).replace("-", ""))
    plain[place], plain[place + 1] = plain[place + 1], plain[place]
    assert moral.is_serial(moral.tidy("".join(plain))) == (plain[place] == plain[place + 1])


def test_what_was_typed_gets_its_one_spelling():
    picks = iter("011ABCD01")
    serial = moral.make_serial(lambda _all: next(picks))
    assert moral.tidy(f" {serial.replace('0', 'o').replace('1', 'l').lower()} ") == serial
    assert not moral.is_serial("")
    assert not moral.is_serial(serial.replace("-", ""))
    with pytest.raises(ValueError, match="in no serial"):
        moral.check_character("Z")


NODES = {
    "level_1_items": {"of": ["a", "b"]},
    "level_2_items": {"of": ["c"]},
    "level_3_items": {"of": ["d"]},
}


def test_the_ladder_names_what_the_next_level_misses():
    values = {
        "a": "1",
        "b": "2",
        "c": "0",
        "cut_1": "3",
        "cut_2": "6",
        "cut_3": "8",
        "points_all": "3",
        "level_now": "1",
    }
    found = moral.ladder(NODES, values)
    assert (found.level, found.points) == (1, 3)
    assert [r.reached for r in found.rungs] == [True, False, False]
    assert found.next.missing == ("c",)
    assert found.next.short == 3
    assert found.rungs[2].needs[0].points is None


def test_a_document_of_other_names_has_no_ladder():
    assert moral.ladder({}, {"level_now": "1"}) is None
    assert moral.ladder(NODES, {"level_now": ""}) is None
    assert moral.ladder(NODES, {"level_now": "1"}) is None
