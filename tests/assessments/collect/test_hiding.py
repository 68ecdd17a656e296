"""Small cells stay hidden, and no sum gives them back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.collect.hiding import hidden, withheld


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(2, 6))
def test_hidden_cells_never_follow_from_the_sum(cells, least):
    counts = {str(place): n for place, n in enumerate(cells)}
    away = hidden(counts, least)
    small = {name for name, n in counts.items() if 0 < n < least}
    assert small <= away
    assert bool(away) == bool(small)
    assert not {name for name, n in counts.items() if n == 0} & away
    if away and any(n >= least for name, n in counts.items() if name not in away):
        assert len(away) >= 2
        assert sum(counts[name] for name in away) >= least


def test_by_hand():
    assert hidden({"a": 6, "b": 6}, 5) == frozenset()
    assert hidden({"a": 9, "b": 3, "c": 6, "d": 0}, 5) == {"b", "c"}
    assert hidden({"a": 1, "b": 1, "c": 9}, 5) == {"a", "b", "c"}


def test_a_single_hidden_mean_takes_another_along():
    scores = {"total": ["a", "b", "c"], "alone": ["d"], "over": ["total", "alone"]}
    assert withheld([], scores) == frozenset()
    assert withheld(["a"], scores) == {"a", "b"}
    assert withheld(["a", "c"], scores) == {"a", "c"}
    assert withheld(["d"], scores) >= {"d", "alone", "total"}
