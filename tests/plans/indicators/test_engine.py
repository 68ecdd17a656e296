"""Attainment, bands, periods and roll-up: identities, and what must never happen."""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.core import fiscal
from sucharit.plans.engine import periods
from sucharit.plans.engine.attainment import Goal, attain, shown
from sucharit.plans.engine.bands import band_of, in_force
from sucharit.plans.engine.figures import FigureTextError, of_e4, parse_e4, text_of
from sucharit.plans.engine.rollup import Figure, Rule, join, over_time, result, roll_up
from sucharit.plans.engine.rollup.parts import part_of
from sucharit.plans.engine.rollup.tree import Wanted, subtree_parts, years_of

F = Fraction
numbers = st.integers(-(10**9), 10**9).map(lambda n: F(n, 10_000))
FEW = settings(max_examples=100)
WEIGHTED = Rule("percent", "last", "weighted")


@FEW
@given(target=numbers, direction=st.sampled_from(["increase", "decrease", "maintain"]))
def test_on_target_is_a_hundred(target, direction):
    got = attain(target, Goal(direction, target, baseline=target))
    assert (got.percent, got.progress, got.met) == (100, 100, True)


@FEW
@given(a=numbers, t=numbers.filter(lambda t: t > 0))
def test_increase_is_the_plain_share(a, t):
    assert attain(a, Goal("increase", t)).percent == a / t * 100


@FEW
@given(a=numbers, b=numbers, t=numbers.filter(bool), d=st.sampled_from(["increase", "decrease"]))
def test_a_hundred_or_more_exactly_when_met(a, b, t, d):
    got = attain(a, Goal(d, t, baseline=b))
    assert (got.percent >= 100) == got.met
    assert (got.progress >= 100) == got.met


@FEW
@given(a=numbers, b=numbers, t=numbers)
def test_progress_mirrors(a, b, t):
    up = attain(a, Goal("increase", t, baseline=b))
    down = attain(-a, Goal("decrease", -t, baseline=-b))
    assert (up.percent, up.progress, up.met) == (down.percent, down.progress, down.met)


def test_edges():
    assert attain(F(0), Goal("decrease", F(0))).percent == 100
    assert attain(F(1), Goal("decrease", F(0))).percent == 0
    assert attain(F(5), Goal("increase", F(10), baseline=F(10))).progress == 0
    assert attain(F(53), Goal("decrease", F(43), baseline=F(63))).progress == 50
    assert attain(F(-12), Goal("decrease", F(-10))).percent == 120
    assert attain(None, Goal("increase", F(1))).percent is None
    assert attain(F(1), Goal("increase", None)).rule == "no_target"
    assert attain(F(1), Goal("increase", F(1), measure="binary")).percent == 100
    assert attain(F(7), Goal("range", F(5), F(9))).percent == 100
    assert attain(F(10), Goal("range", F(5), F(9), F(13))).percent == 75
    assert attain(F(10), Goal("range", F(5), F(9), F(13))).progress == 75
    assert (shown(F(250)), shown(F(-3)), shown(None)) == (120, 0, None)


def test_bands_of_the_convention():
    from sucharit.plans.indicators.data import band_sets

    found = in_force(band_sets(), 2567)
    assert in_force(band_sets(), 2500) is None

    def key(value):
        return getattr(band_of(value, found.bands), "key", None)

    assert [key(F(v)) for v in (100, 250, 99, 76, 75, 51, 50, 0, -4)] == [
        "achieved", "achieved", "below", "below", "risk", "risk", "critical", "critical", "critical",
    ]  # fmt: skip
    assert key(F(9999, 100)) == "below"
    assert key(None) is None


@FEW
@given(st.integers(2540, 2600), st.sampled_from(["month", "quarter", "half", "year"]))
def test_periods_tile_the_year(year, kind):
    parts = [periods.bounds(year, kind, n) for n in range(1, periods.PARTS[kind] + 1)]
    assert parts[0].start == fiscal.start_of(year)
    assert parts[-1].end == fiscal.end_of(year)
    for one, two in itertools.pairwise(parts):
        assert one.end + dt.timedelta(days=1) == two.start
    for n, part in enumerate(parts, 1):
        assert periods.quarter_in(kind, n) == fiscal.quarter_of(part.end)
        assert periods.ended(year, kind, part.end) == n
        assert periods.ended(year, kind, part.end - dt.timedelta(days=1)) == n - 1


def test_no_such_period():
    with pytest.raises(ValueError, match="no quarter 5"):
        periods.bounds(2567, "quarter", 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", 12345000), ("๘๕.๒๕ %", 852500), ("−3", -30000), ("0", 0), ("12.3456", 123456)],
)
def test_written_figures(text, value):
    assert parse_e4(text) == value


@pytest.mark.parametrize("text", ["", "1,23", "1.23456", "abc", "1 2", "9" * 20, "1e5"])
def test_no_figures(text):
    with pytest.raises(FigureTextError):
        parse_e4(text)


@FEW
@given(st.integers(-(10**12), 10**12))
def test_figures_come_back(value):
    assert parse_e4(text_of(of_e4(value), 4)) == value


def test_percentages_are_never_averaged():
    """1 of 1 and 0 of 99 is 1 %, not 50 %."""
    figures = [Figure(1, 4, None, 10_000, 10_000), Figure(2, 4, None, 0, 990_000)]
    assert roll_up(figures, WEIGHTED).value == 1
    assert roll_up(figures, Rule("percent", "average", "average")).value == 1
    year = over_time(list(figures), Rule("percent", "average", "weighted"), 4)
    assert year.exact == 1


def test_missing_is_missing():
    got = roll_up([Figure(1, 4, None, 10_000, 20_000), None, None], WEIGHTED)
    assert (got.value, got.reported, got.expected, got.missing) == (50, 1, 3, 2)
    assert got.zero == F(50, 3)
    assert got.zero_assumed
    nothing = roll_up([None, None], WEIGHTED)
    assert (nothing.value, nothing.zero, nothing.reported, nothing.expected) == (None, None, 0, 2)
    assert over_time([], WEIGHTED, 4).exact is None
    total = roll_up([Figure(1, 4, 50_000), None], Rule("count", "sum", "sum"))
    assert (total.reported_only, total.zero) == (5, 5)
    mean = roll_up([Figure(1, 4, 50_000), None], Rule("score", "last", "average"))
    assert (mean.reported_only, mean.zero) == (5, F(5, 2))


def test_a_share_without_its_denominator_is_not_added_up():
    got = roll_up([Figure(1, 4, 900_000)], WEIGHTED)
    assert (got.value, got.reported, got.expected) == (None, 0, 1)


def test_units_that_meet_their_target_bangkok_apart():
    rule = Rule("percent", "last", "count_met")
    figures = [
        Figure(1, 4, None, 9, 10, met=True), Figure(2, 4, None, 1, 10, met=False), None,
        Figure(9, 4, None, 9, 10, met=True, apart=True),
    ]  # fmt: skip
    got = roll_up(figures, rule)
    assert (got.value, got.reported_only, got.expected) == (F(100, 3), 50, 3)
    assert (got.apart_met, got.apart_expected) == (1, 1)


def test_cumulative_takes_the_last_period():
    figures = [Figure(1, q, q * 10_000) for q in (1, 2, 3)]
    assert over_time(figures, Rule("count", "sum", "sum", cumulative=True), 4).exact == 3
    plain = over_time(figures, Rule("count", "sum", "sum"), 4)
    assert (plain.exact, plain.reported, plain.expected) == (6, 3, 4)
    assert over_time(figures, Rule("score", "average", "sum"), 4).zero == F(6, 4)
    assert over_time(figures, Rule("score", "last", "sum"), 4).zero == 0
    assert over_time(figures, Rule("score", "max", "sum"), 4).exact == 3
    assert over_time(figures, Rule("score", "min", "sum"), 4).exact == 1
    assert over_time(figures, Rule("score", "none", "sum"), 4).exact is None


rules = st.sampled_from(
    [
        Rule("count", "sum", "sum"), WEIGHTED, Rule("percent", "sum", "weighted"),
        Rule("score", "average", "average"), Rule("score", "last", "average"),
        Rule("percent", "last", "count_met"), Rule("count", "max", "sum"), Rule("percent", "min", "weighted"),
        Rule("count", "sum", "sum", cumulative=True),
    ]
)  # fmt: skip
small = st.integers(0, 10**7)
figures = st.one_of(
    st.none(),
    st.builds(
        lambda v, n, d, m: Figure(1, 1, v, n, d, met=m), small, small, st.integers(1, 10**7), st.booleans()
    ),
)  # fmt: skip


@FEW
@given(st.lists(figures, max_size=12), st.integers(0, 12), rules)
def test_parts_make_the_whole(rows, cut, rule):
    whole = roll_up(rows, rule)
    parts = [join(part_of(f, rule) for f in piece) for piece in (rows[:cut], rows[cut:])]
    again = result(join(parts), rule)
    assert (again.value, again.zero, again.reported, again.expected) == (
        whole.value, whole.zero, whole.reported, whole.expected,
    )  # fmt: skip


@settings(max_examples=60)
@given(
    rule=rules,
    table=st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(1, 4)),
        st.tuples(st.one_of(small, st.just(2**53 - 1)), st.integers(0, 10**7), small),
    ),
    goal=st.integers(0, 10**7),
)
def test_the_tree_gives_what_the_plain_engine_gives(rule, table, goal):
    """Places 0 … 6: a root, two children with two each."""
    ends = [7, 4, 3, 4, 7, 6, 7]
    aim = Goal("increase", F(goal, 10_000), measure=rule.measure)
    rows = np.array(
        [(0, p, q, n, d, v, 1) for (p, q), (n, d, v) in sorted(table.items())], np.int64
    ).reshape(-1, 7)
    there = np.array([any(p == at for p, _q in table) for at in range(7)])
    wanted = Wanted(
        rule, there, dict.fromkeys(range(7), aim) if rule.over_space == "count_met" else {}
    )
    parts = subtree_parts(years_of(rows, [wanted], 7)[0], ends)
    plain = []
    for place in range(7):
        own = [
            Figure(place, q, v, n if d else None, d or None)
            for (p, q), (n, d, v) in sorted(table.items()) if p == place
        ]  # fmt: skip
        year = over_time(own, rule, 4)
        met = year.exact is not None and attain(year.exact, aim).met
        figure = year.figure and Figure(
            place,
            0,
            year.figure.value_e4,
            year.figure.numerator_e4,
            year.figure.denominator_e4,
            met=met,
        )
        plain.append(figure if own else "none")
    for place, end in enumerate(ends):
        want = roll_up([f for f in plain[place:end] if f != "none"], rule)
        got = result(parts[place], rule)
        assert (got.value, got.zero, got.reported, got.expected) == (
            want.value, want.zero, want.reported, want.expected,
        )  # fmt: skip


def test_a_counted_figure_stands_for_its_subtree():
    rows = np.array([(0, 1, 4, 10_000, 20_000, 0, 0), (0, 2, 4, 990_000, 990_000, 0, 0)], np.int64)
    there = np.array([False, True, True, False])
    wanted = Wanted(WEIGHTED, there, covers=True)
    parts = subtree_parts(years_of(rows, [wanted], 4)[0], [4, 3, 3, 4])
    got = [result(parts[n], WEIGHTED) for n in range(4)]
    assert [g.value for g in got] == [50, 50, 100, None]
    assert (got[0].reported, got[0].expected) == (1, 1)
