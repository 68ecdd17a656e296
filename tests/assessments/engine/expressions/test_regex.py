"""Patterns: the same answers as Python's engine on what both know, and no way to hang."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.expressions.patterns import PatternError
from sucharit.assessments.engine.expressions.regex import MAX_TEXT, compiled

atoms = st.sampled_from(
    ["a", "b", "ก", ".", r"\d", r"\w", r"\.", "[ab]", "[^a]", "[a-c1]", r"[\d-]"]
)
pieces = st.recursive(
    atoms,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3).map("".join),
        st.builds(lambda a, b: f"({a}|{b})", inside, inside),
        st.builds(
            lambda a, q: f"(?:{a}){q}",
            inside,
            st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,}", "*?"]),
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(pieces, st.text("abcก1.-\n", max_size=8))
def test_it_matches_what_python_matches(pattern, text):
    assert compiled(pattern).fullmatch(text) is bool(re.fullmatch(pattern, text, re.ASCII))


@given(st.text("ab()[]{}|?*+.^$\\-,123dw", max_size=15))
def test_any_pattern_is_understood_or_refused(pattern):
    try:
        compiled(pattern).fullmatch("ab1")
    except PatternError as error:
        said = str(error)
    else:
        said = "understood"
    assert said


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a|a)*", "(a|aa)+", ".*.*.*.*.*b", "(.*a){20}", "a{0,400}a{0,400}"]
)
def test_patterns_that_hang_other_engines_are_quick(pattern):
    started = time.perf_counter()
    compiled(pattern).fullmatch("a" * 400 + "!")
    assert time.perf_counter() - started < 5


def test_bounds():
    with pytest.raises(PatternError, match="too large"):
        compiled("((a{90}){90}){90}")
    with pytest.raises(PatternError, match="longer"):
        compiled("a" * 301)
    assert not compiled("a*").fullmatch("a" * (MAX_TEXT + 1))


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", "(?=a)", "(?<!a)b", "a++", "[a", "a)", "(a", "*a", "a{2,1}", r"\p{L}", "[b-a]"],
)
def test_what_is_not_supported_says_so(pattern):
    with pytest.raises(PatternError):
        compiled(pattern)


def test_a_thai_id_card_and_a_telephone_number():
    assert compiled("^[0-9]{13}$").fullmatch("1234567890123")
    assert compiled(r"0\d{1,2}-?\d{3}-?\d{3,4}").fullmatch("02-222-1141")
    assert not compiled("^[0-9]{13}$").fullmatch("๑๒๓๔๕๖๗๘๙๐๑๒๓")
