"""The step counter and the keying grid, for any numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.engine import MISSING
from sucharit.assessments.engine.fill import STEP, FillState, fill
from sucharit.assessments.engine.keying import (
    NOT_KEYED,
    Column,
    Grid,
    byte_of,
    compare,
    digit_of,
    read_table,
    settle,
)

leasts = st.none() | st.integers(1, 500)


@given(st.integers(0, 600), leasts)
def test_a_shown_step_holds_the_count_and_covers_at_least_five(n, least):
    shown = fill(n, least, still_open=True)
    assert shown.low <= n <= shown.high
    assert shown.high - shown.low + 1 >= STEP
    assert not shown.exact


@given(st.integers(0, 600), leasts)
def test_all_counts_of_a_step_look_the_same(n, least):
    """Figure, state, percent and missing change together or not at all."""
    shown = fill(n, least, still_open=True)
    for other in range(shown.low, shown.high + 1):
        assert fill(other, least, still_open=True) == shown


@given(st.integers(0, 600), leasts)
def test_more_answers_never_look_like_fewer(n, least):
    before, after = (fill(k, least, still_open=True) for k in (n, n + 1))
    assert after == before or after.low == before.high + 1


@given(st.integers(0, 600), st.integers(STEP, 500))
def test_enough_is_exactly_the_least_number(n, least):
    shown = fill(n, least, still_open=True)
    assert (shown.state is FillState.ENOUGH) == (n >= least)
    assert (shown.missing == 0) == (n >= least)
    assert (shown.percent == 100) == (n >= least)


@given(st.integers(0, 10), st.integers(1, STEP - 1))
def test_of_very_few_people_no_state_is_told(n, least):
    for still_open in (True, False):
        shown = fill(n, least, still_open=still_open)
        assert (shown.state, shown.missing, shown.percent) == (FillState.HIDDEN, None, None)


@pytest.mark.parametrize(
    ("n", "told"), [(0, (0, 0)), (1, (1, 4)), (4, (1, 4)), (5, (5, 5)), (37, (37, 37))]
)
def test_after_closing_the_count_is_exact_but_for_one_to_four(n, told):
    shown = fill(n, 30, still_open=False)
    assert (shown.low, shown.high) == told
    assert shown.exact == (told[0] == told[1])


@pytest.mark.parametrize(("n", "least"), [(-1, None), (0, 0), (0, -3)])
def test_impossible_numbers_are_refused(n, least):
    with pytest.raises(ValueError, match="answers of"):
        fill(n, least, still_open=True)


columns = st.lists(st.integers(1, 9), min_size=1, max_size=6).map(
    lambda widths: [Column(f"q{n}", width) for n, width in enumerate(widths)]
)


@st.composite
def grids(draw, of=None, forms=None):
    made = Grid(of or draw(columns), forms or draw(st.integers(1, 6)))
    for form in range(1, made.forms + 1):
        made.put(form, [str(draw(st.integers(0, c.options))) for c in made.columns])
    return made


@given(grids())
def test_what_was_keyed_comes_back(grid):
    again = Grid(grid.columns, grid.forms)
    for form in range(1, grid.forms + 1):
        assert again.put(form, grid.digits(form)) == []
    assert again.cells == grid.cells
    assert compare(grid, again) == []
    assert settle(grid, again, {}).rows() == grid.rows()


@given(st.data(), grids())
def test_two_entries_differ_exactly_where_they_differ_and_are_settled_by_decisions(data, first):
    second = data.draw(grids(of=first.columns, forms=first.forms))
    found = compare(first, second)
    truth = {
        (f, c)
        for f in range(1, first.forms + 1)
        for c in range(len(first.columns))
        if first.row(f)[c] != second.row(f)[c]
    }
    assert {(d.form, d.column) for d in found} == truth
    made = settle(first, second, {(d.form, d.column): d.second for d in found})
    assert made.rows() == second.rows()
    if found:
        with pytest.raises(ValueError, match="undecided"):
            settle(first, second, {})


def test_a_grid_says_which_forms_are_not_finished():
    grid = Grid([Column("a", 4), Column("b", 2)], 3)
    assert grid.put(1, ["4", "0"]) == []
    assert grid.put(2, ["1", "3"]) == [1]
    assert grid.row(1) == bytes([3, MISSING])
    assert grid.row(2) == bytes([0, NOT_KEYED])
    assert grid.unkeyed() == [2, 3]
    with pytest.raises(ValueError, match="not keyed"):
        grid.rows()


@pytest.mark.parametrize(
    ("text", "byte"),
    [
        ("1", 0),
        ("๒", 1),
        (" 4 ", 3),
        ("0", MISSING),
        ("", NOT_KEYED),
        *((text, None) for text in ("5", "x", "11", "-1", "²")),
    ],
)
def test_a_digit_is_the_place_of_the_option(text, byte):
    assert byte_of(text, Column("q", 4)) == byte
    if byte is not None:
        assert digit_of(byte).strip() in {text.strip(), "2"}


TWO = [Column("a", 4), Column("b", 2)]


@pytest.mark.parametrize(
    "text", ["form,a,b\n1,4,2\n2,0,1", "1;4;2\r\n2;0;1\r\n", "1\t4\t2\n\n2\t0\t1", "๑ ๔ ๒\n2  0 1"]
)
def test_a_pasted_table_is_read_however_it_was_copied(text):
    assert read_table(text, TWO, 5) == ({1: ["4", "2"], 2: ["0", "1"]}, [])


@pytest.mark.parametrize(
    ("text", "line", "code", "detail"),
    [
        ("1,4,2\n6,1,1", 2, "form", "6"),
        ("1,4,2\n0,1,1", 2, "form", "0"),
        ("1,4,2\nx,1,1", 2, "form", "x"),
        ("1,4,2\n" + "9" * 5000 + ",1,1", 2, "form", "9" * 20),
        ("1,4,2\n01,1,1", 2, "twice", "1"),
        ("1,4", 1, "columns", "1"),
        ("1,4,2,1", 1, "columns", "3"),
        ("1,4,3", 1, "digit", "b"),
        ("1,,1", 1, "digit", "a"),
    ],
)
def test_a_faulty_row_is_named_and_not_taken(text, line, code, detail):
    found, errors = read_table(text, TWO, 5)
    assert [(e.line, e.code, e.detail) for e in errors] == [(line, code, detail)]
    assert len(found) == line - 1


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    found, _errors = read_table(text, TWO, 5)
    assert all(1 <= form <= 5 and len(row) == 2 for form, row in found.items())
