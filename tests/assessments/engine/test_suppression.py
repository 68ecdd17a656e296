"""Nothing that is hidden can be computed: asked of a linear programme that knows all that is shown."""

from __future__ import annotations

from fractions import Fraction

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.suppression import (
    Figures,
    Relation,
    Why,
    derivable,
    disclosed,
    protect,
    ranges,
)

LEAST = 5


def width_by_programme(figures: Figures, hidden, code) -> float:
    """Most minus least that a hidden figure can be, by a solver that has only the shown ones."""
    ends = []
    for sign in (1, -1):
        solver = highspy.Highs()
        solver.silent()
        low, high = (float(b) for b in figures.bounds)
        columns = {name: solver.addVariable(low, high) for name in sorted(hidden)}
        for relation in figures.relations:
            row = []
            for name, weight in [(relation.whole, Fraction(-1))] + [
                (part, relation.weight(i)) for i, part in enumerate(relation.parts)
            ]:
                row.append((name, weight))
            known = sum((w * figures.value[n] for n, w in row if n not in hidden), Fraction(0))
            terms = [float(w) * columns[n] for n, w in row if n in hidden]
            if terms:
                solver.addConstr(sum(terms[1:], terms[0]) == -float(known))
        solver.minimize(sign * columns[code])
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        ends.append(sign * solver.getInfo().objective_function_value)
    return ends[1] - ends[0]


@st.composite
def trees(draw):
    """A tree of means, two or three ranks deep, with respondents and scores of 0–100."""
    value: dict[str, Fraction] = {}
    size: dict[str, int] = {}
    relations: list[Relation] = []
    scores = st.sampled_from([0, 0, 25, 50, 60, 75, 90, 99, 100, 100])

    def grow(name: str, depth: int) -> None:
        if depth == 0:
            value[name] = Fraction(draw(scores))
            size[name] = draw(st.integers(1, 12))
            return
        parts = [f"{name}.{i}" for i in range(draw(st.integers(1, 4)))]
        for part in parts:
            grow(part, draw(st.integers(0, depth - 1)))
        relation = Relation(name, tuple(parts), (Fraction(1, len(parts)),) * len(parts))
        value[name] = sum((value[p] for p in parts), Fraction(0)) / len(parts)
        size[name] = max(size[p] for p in parts)
        relations.insert(0, relation)

    grow("t", draw(st.integers(1, 3)))
    relations.sort(key=lambda r: r.whole.count("."))
    return Figures(
        tuple(relations), size, value=value, bounds=(Fraction(0), Fraction(100)), narrow=Fraction(5)
    )


def sensitive(figures: Figures) -> set[str]:
    return {code for code, n in figures.size.items() if n < LEAST}


@settings(max_examples=150, deadline=None)
@given(trees())
def test_no_small_figure_can_be_told_from_the_shown_ones(figures):
    hidden = protect(figures, sensitive(figures))
    assert sensitive(figures) <= hidden.keys()
    assert {c for c, why in hidden.items() if why is Why.SMALL} == sensitive(figures)
    for code in sensitive(figures):
        assert width_by_programme(figures, hidden, code) > float(figures.narrow) - 1e-6


@settings(max_examples=100, deadline=None)
@given(trees(), st.data())
def test_the_range_of_any_hidden_figure_is_the_solvers(figures, data):
    hidden = data.draw(st.sets(st.sampled_from(sorted(figures.value))))
    for code, (low, high) in ranges(figures, hidden).items():
        assert float(high - low) == pytest.approx(
            width_by_programme(figures, hidden, code), abs=1e-6
        )


@settings(max_examples=60, deadline=None)
@given(trees(), st.data())
def test_what_peeling_finds_is_told_exactly_and_nothing_else_without_ends(figures, data):
    hidden = data.draw(st.sets(st.sampled_from(sorted(figures.value))))
    wide = Figures(
        figures.relations,
        figures.size,
        value=figures.value,
        bounds=(Fraction(-9999), Fraction(9999)),
    )
    for code in hidden:
        found = width_by_programme(wide, hidden, code) < 1e-6
        assert found == (code in derivable(figures.relations, hidden))


@given(trees())
def test_nothing_small_nothing_hidden(figures):
    assert protect(figures, ()) == {}


def test_the_smallest_sibling_goes_along():
    figures = Figures((Relation("p", ("a", "b", "c")),), {"p": 60, "a": 3, "b": 20, "c": 37})
    assert protect(figures, {"a"}) == {"a": Why.SMALL, "b": Why.COMPLEMENT}
    assert disclosed(figures, {"a"}) == {"a"}


def test_two_small_ones_hide_each_other():
    figures = Figures((Relation("p", ("a", "b", "c")),), {"p": 60, "a": 3, "b": 4, "c": 53})
    assert set(protect(figures, {"a", "b"})) == {"a", "b"}


def test_a_ceiling_gives_its_parts_away_so_the_whole_goes():
    third = (Fraction(1, 2),) * 2
    figures = Figures(
        (Relation("p", ("a", "b"), third),),
        {"p": 9, "a": 3, "b": 4},
        value={"p": Fraction(100), "a": Fraction(100), "b": Fraction(100)},
        bounds=(Fraction(0), Fraction(100)),
    )
    assert set(protect(figures, {"a", "b"})) == {"a", "b", "p"}


def test_an_only_part_takes_its_whole_along_up_to_the_top():
    figures = Figures((Relation("n", ("p", "q")), Relation("p", ("a",))), {"p": 3, "a": 3, "q": 50})
    assert set(protect(figures, {"a", "p"})) == {"a", "p", "q"}
    fixed = Figures(figures.relations, figures.size, fixed=frozenset({"q"}))
    assert set(protect(fixed, {"a", "p"})) == {"a", "p", "n"}


def test_what_stands_open_elsewhere_cannot_be_sensitive():
    with pytest.raises(ValueError, match="fixed"):
        protect(Figures((), {"a": 1}, fixed=frozenset({"a"})), {"a"})
    with pytest.raises(ValueError, match="everything beside"):
        protect(Figures((Relation("p", ("a", "b")),), {}, fixed=frozenset({"p", "b"})), {"a"})
