"""Figures of tests and evaluations against worked examples and the standard library."""

from __future__ import annotations

import statistics
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sucharit.assessments import library
from sucharit.assessments.engine.instruments import Instrument
from sucharit.assessments.engine.learning import (
    Attempt,
    ItemMark,
    Marked,
    Pair,
    Taker,
    counting_attempts,
    describe,
    gain,
    is_passed,
    item_figures,
    level_of,
    mark,
    pair,
    root,
    summary,
)
from tests.assessments.engine.instruments.documents import TODAY, filled, small

percents = st.integers(0, 100).map(Fraction)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# --- papers ---------------------------------------------------------------------------------------

OPTIONS = {"s": {"options": [{"code": c, "label": {"th": c}} for c in "abc"]}}
TEST = small(
    {"id": "q1", "type": "choice", "scale": "s", "correct": ["a"]},
    {"id": "q2", "type": "choices", "scale": "s", "correct": ["a", "b"], "points": "2"},
    {"id": "q3", "type": "integer", "correct": ["4"], "relevant": "${q1} != 'c'"},
    {"id": "free", "type": "text"},
    kind="test",
    scales=OPTIONS,
)


def paper(answers):
    return mark(Instrument.from_document(TEST), filled(TEST, answers))


def test_a_paper_is_marked_over_what_was_asked():
    full = paper({"q1": "a", "q2": ["b", "a"], "q3": "4"})
    assert (full.points, full.possible, full.percent) == (4, 4, 100)
    half = paper({"q1": "a", "q2": ["a"]})
    assert (half.points, half.possible, half.percent) == (1, 4, 25)
    assert [one.answered for one in half.items.values()] == [True, True, False]
    assert [one.is_correct for one in half.items.values()] == [True, False, False]
    not_asked = paper({"q1": "c", "q2": ["a", "b"], "q3": "4"})
    assert (not_asked.points, not_asked.possible) == (2, 3)
    assert paper({}).percent == 0


def test_the_pass_mark_is_compared_with_what_is_displayed():
    assert is_passed(Fraction("59.995"), Fraction(60))
    assert not is_passed(Fraction("59.994"), Fraction(60))
    assert not is_passed(None, Fraction(0))


def percent_papers(values):
    return [Marked(value, Fraction(100), value, {}) for value in values]


def test_a_summary_worked_by_hand():
    found = summary(percent_papers(map(Fraction, [40, 60, 80, 100])), pass_mark=Fraction(60))
    assert (found.n, found.mean, found.median) == (4, 70, 70)
    assert (found.least, found.most, found.passed, found.pass_share) == (40, 100, 3, 75)
    # Squared differences 900 + 100 + 100 + 900 = 2000, divided by 3.
    assert float(found.sd) == close(sqrt(2000 / 3))


def test_summaries_of_nobody_and_of_one():
    nobody = summary([], pass_mark=Fraction(60))
    assert (nobody.n, nobody.mean, nobody.sd, nobody.pass_share) == (0, None, None, None)
    one = summary(percent_papers([Fraction(50)]))
    assert (one.mean, one.sd, one.passed) == (50, None, None)


@given(st.lists(percents, min_size=2, max_size=12))
def test_summaries_agree_with_the_standard_library(values):
    found = summary(percent_papers(values))
    assert found.mean == statistics.mean(values)
    assert found.median == statistics.median(values)
    assert float(found.sd) == close(statistics.stdev(map(float, values)))


@given(st.fractions(0, 10**6), st.integers(0, 12))
def test_roots_are_rounded_half_up(value, digits):
    found, unit = root(value, digits), Fraction(1, 10**digits)
    assert (found - unit / 2) ** 2 <= value or found == 0
    assert (found + unit / 2) ** 2 > value


# --- attempts -------------------------------------------------------------------------------------


def test_which_attempt_counts():
    tries = [
        Attempt("a", 2, Fraction(50)),
        Attempt("a", 1, Fraction(80)),
        Attempt("b", 1, Fraction(10)),
        Attempt("a", 3, Fraction(80)),
        Attempt("b", 2, None),
    ]

    def counted(counts, **more):
        return [(one.person, one.number) for one in counting_attempts(tries, counts, **more)]

    assert counted("best") == [("a", 1), ("b", 1)]
    assert counted("last") == [("a", 3), ("b", 1)]
    assert counted("first") == [("a", 1), ("b", 1)]
    assert counted("last", allowed=2) == [("a", 2), ("b", 1)]
    with pytest.raises(ValueError, match="best, last or first"):
        counting_attempts(tries, "worst")


# --- before and after -----------------------------------------------------------------------------


def test_pairs_worked_by_hand():
    pre = [Taker("a", Fraction(40)), Taker("b", Fraction(60)), Taker("c", Fraction(100)),
           Taker("gone", Fraction(1)), Taker("", Fraction(9)), Taker("x", Fraction(2)),
           Taker("x", Fraction(3)), Taker("open", None)]  # fmt: skip
    post = [Taker("b", Fraction(90)), Taker("c", Fraction(100)), Taker("a", Fraction(70)),
            Taker("new", Fraction(5)), Taker("x", Fraction(4)), Taker("open", Fraction(50))]  # fmt: skip
    found = pair(pre, post)
    assert found.pairs == tuple(
        Pair(Fraction(x), Fraction(y)) for x, y in [(40, 70), (60, 90), (100, 100)]
    )
    assert (found.only_pre, found.only_post) == (1, 1)
    assert (found.ambiguous, found.without_code, found.without_score) == (3, 1, 2)
    figures = gain(found)
    assert (figures.n, figures.mean_pre, figures.mean_gain) == (3, Fraction(200, 3), 20)
    # Means: (260/3 − 200/3) / (100 − 200/3) = 20 / (100/3).
    assert figures.class_gain == Fraction(3, 5)
    # Individuals: 30/60 and 30/40; the third had nothing to gain.
    assert figures.mean_gain_normalised == Fraction(5, 8)
    assert (figures.n_normalised, figures.undefined) == (2, 1)
    # Differences 30, 30, 0: mean 20, SD √300.
    assert float(figures.effect_size) == close(20 / sqrt(300))
    assert (figures.improved, figures.same, figures.worse) == (2, 1, 0)


def test_gain_of_nobody_and_where_it_is_not_defined():
    nothing = gain(pair([], []))
    assert (nothing.n, nothing.mean_gain, nothing.class_gain, nothing.effect_size) == (
        0,
        None,
        None,
        None,
    )
    full = [Taker(c, Fraction(100)) for c in "ab"]
    at_top = gain(pair(full, full))
    assert (at_top.class_gain, at_top.mean_gain_normalised, at_top.undefined) == (None, None, 2)
    assert at_top.effect_size is None


takers = st.lists(
    st.builds(
        Taker, st.sampled_from(["", "a", "b", "c", "d", "e"]), st.one_of(st.none(), percents)
    ),
    max_size=8,
)


@given(takers, takers)
def test_every_test_is_in_a_pair_or_told_as_unpaired(pre, post):
    found = pair(pre, post)
    assert 2 * found.n + found.unpaired == len(pre) + len(post)
    assert min(found.only_pre, found.only_post, found.ambiguous, found.without_code) >= 0


@given(st.lists(st.tuples(percents, percents), min_size=2, max_size=10), st.randoms())
def test_gains_agree_with_the_standard_library_in_any_order(both, random):
    pre = [Taker(str(at), x) for at, (x, _) in enumerate(both)]
    post = [Taker(str(at), y) for at, (_, y) in enumerate(both)]
    random.shuffle(post)
    found = gain(pair(pre, post))
    differences = [y - x for x, y in both]
    assert found.mean_gain == statistics.mean(differences)
    spread = statistics.stdev(map(float, differences))
    if found.sd_gain == 0:
        assert found.effect_size is None
    else:
        assert float(found.effect_size) == pytest.approx(float(found.mean_gain) / spread, rel=1e-6)
    assert found.improved + found.same + found.worse == found.n
    assert found.n_normalised + found.undefined == found.n
    if found.class_gain is not None:
        assert found.class_gain <= 1
        assert (found.class_gain > 0) is (found.mean_gain > 0)


# --- items ----------------------------------------------------------------------------------------


def papers_of(rows):
    """Papers from rows of 0/1 points."""
    made = []
    for row in rows:
        items = {f"q{at}": ItemMark(Fraction(x), Fraction(1), True) for at, x in enumerate(row)}
        points = Fraction(sum(row))
        made.append(Marked(points, Fraction(len(row)), 100 * points / len(row), items))
    return made


def test_items_worked_by_hand():
    """Ten papers; 27 % of ten, half-up, are three: totals 4 4 3 | 3 2 2 2 | 1 1 0."""
    rows = [
        (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 0), (1, 1, 0, 1), (1, 1, 0, 0),
        (1, 0, 1, 0), (1, 0, 0, 1), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0),
    ]  # fmt: skip
    q0, q1, q2, _q3 = item_figures(papers_of(rows))
    assert (q0.n, q0.group_size, q0.difficulty) == (10, 3, Fraction(8, 10))
    # Upper: both with 4, and two with 3 share the last place; all have q0 right. Lower: 1, 0, 0.
    assert (q0.upper, q0.lower, q0.discrimination) == (1, Fraction(1, 3), Fraction(2, 3))
    # q2 in the upper group: 2 + one half of (1 + 0) of the two that tie.
    assert q2.upper == Fraction(5, 6)
    rest = [sum(row) - row[1] for row in rows]
    assert float(q1.point_biserial) == close(statistics.correlation([r[1] for r in rows], rest))


rows = st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=2, max_size=15)


@given(rows, st.randoms())
def test_the_order_of_papers_never_matters(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert item_figures(papers_of(found)) == item_figures(papers_of(shuffled))


@given(rows)
def test_items_agree_with_the_standard_library(found):
    for at, one in enumerate(item_figures(papers_of(found))):
        own = [row[at] for row in found]
        assert one.difficulty == Fraction(sum(own), len(own))
        assert -1 <= one.discrimination <= 1
        rest = [sum(row) - row[at] for row in found]
        if len(set(own)) == 1 or len(set(rest)) == 1:
            assert one.point_biserial is None
        else:
            expected = statistics.correlation(own, rest)
            assert float(one.point_biserial) == pytest.approx(expected, abs=1e-9)


def test_small_groups_have_no_discrimination():
    (figures, *_) = item_figures(papers_of([(1, 0)]))
    assert (figures.difficulty, figures.discrimination, figures.point_biserial) == (1, None, None)
    (figures, *_) = item_figures(papers_of([(1, 0)] * 9), min_n=10)
    assert figures.discrimination is None
    with pytest.raises(ValueError, match="share"):
        item_figures([], share=Fraction(2, 3))


# --- levels and suppression -----------------------------------------------------------------------


def test_the_five_thai_levels_at_their_edges():
    bands = library.level_set("satisfaction-5", TODAY).bands
    edges = {
        "5.00": "5", "4.51": "5", "4.505": "5", "4.504": "4", "4.50": "4", "3.51": "4",
        "3.50": "3", "2.51": "3", "2.50": "2", "1.51": "2", "1.50": "1", "1.00": "1",
    }  # fmt: skip
    for text, code in edges.items():
        assert level_of(Fraction(text), bands).code == code, text
    assert level_of(Fraction("0.99"), bands) is None
    assert level_of(None, bands) is None
    assert level_of(Fraction(5), bands).title["th"] == "มากที่สุด"


def test_levels_are_dated_data_that_say_they_are_not_verified():
    found = library.level_set("normalised-gain", TODAY)
    assert not found.verified
    assert found.source
    levels = [level_of(Fraction(x), found.bands).code for x in ("0.7", "0.69", "0.3", "0.29", "-3")]
    assert levels == ["high", "medium", "medium", "low", "low"]
    with pytest.raises(library.LibraryError, match="no such levels"):
        library.level_set("satisfaction-5", TODAY.replace(year=1999))


def test_small_groups_are_not_shown():
    bands = library.level_set("satisfaction-5", TODAY).bands
    four = describe([Fraction(5)] * 4, bands=bands, asked=10, min_n=5)
    assert four.suppressed
    assert (four.n, four.mean, four.response_rate, four.level) == (None, None, None, None)
    five = describe([Fraction(5)] * 5, bands=bands, asked=10, min_n=5)
    assert (five.n, five.mean, five.sd, five.response_rate, five.level.code) == (5, 5, 0, 50, "5")
    empty = describe([], bands=bands, min_n=5)
    assert (empty.n, empty.mean, empty.suppressed) == (0, None, False)


@given(st.lists(percents, max_size=9), st.integers(0, 6))
def test_nothing_leaks_from_a_small_group(values, min_n):
    assume(len(values) > 0)
    found = describe(values, asked=20, min_n=min_n)
    assert found.suppressed is (len(values) < min_n)
    if found.suppressed:
        assert (found.n, found.mean, found.sd, found.response_rate) == (None, None, None, None)
    else:
        assert found.mean == statistics.mean(values)
