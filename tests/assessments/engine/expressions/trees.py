"""Random expression trees and values for the property tests."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction

from hypothesis import strategies as st

from sucharit.assessments.engine.expressions import (
    FUNCTIONS,
    Binary,
    Call,
    Here,
    Name,
    Negative,
    Number,
    Rows,
    Text,
)

OPERATORS = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
NAMES = ["a", "b2", "c_3", "d.4", "e-5"]

numbers = st.integers(0, 10**6).flatmap(
    lambda n: st.integers(0, 4).map(lambda digits: Number(Fraction(n, 10**digits)))
)
letters = st.characters(blacklist_characters="'\"", blacklist_categories=("Cs",))
texts = st.text(letters, max_size=8)
leaves = st.one_of(
    numbers,
    texts.map(Text),
    st.sampled_from(NAMES).map(Name),
    st.just(Here()),
)
patterns = st.sampled_from(["[0-9]{13}", "(a|b)*c", r"\d+\.\d\d", "", ".*"]).map(Text)


def _calls(inside):
    def build(name):
        function = FUNCTIONS[name]
        if name == "regex":
            return st.builds(lambda a, p: Call(name, (a, p)), inside, patterns)
        most = min(function.most, function.least + 2)
        many = st.lists(inside, min_size=function.least, max_size=most)
        return many.map(lambda arguments: Call(name, tuple(arguments)))

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(build)


trees = st.recursive(
    leaves,
    lambda inside: st.one_of(
        st.builds(Binary, st.sampled_from(OPERATORS), inside, inside),
        st.builds(Negative, inside),
        _calls(inside),
    ),
    max_leaves=25,
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.fractions(),
    st.text(max_size=6),
    st.sampled_from(["1", "0", "-3.5", "2024-02-29", "12:30", "a b", ".", "-", "1/3", "๑๒"]),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(
        [date(9999, 12, 31), date(1, 1, 1), datetime.fromisoformat("2024-01-01T01:00"), time(0, 0)]
    ),
)
sets = st.lists(st.sampled_from(["a", "b", "1", "2"]), unique=True).map(tuple)
values = st.one_of(scalars, sets, st.lists(scalars, max_size=3).map(Rows))
