"""Validation rules: outcomes, unknown figures, pairs, and the bundled rules themselves."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.approvals import findings
from sucharit.assessments.engine.validation import RuleError, ValidationRule, broken, check


def rule(left="${a}", op="<=", right="${b}", importance="high"):
    return ValidationRule.read("r", left, op, right, importance)


@pytest.mark.parametrize(
    ("op", "a", "b", "outcome"),
    [
        ("<=", 3, 3, "kept"),
        ("<=", 4, 3, "broken"),
        ("<", 3, 3, "broken"),
        ("=", 3, 3, "kept"),
        ("!=", 3, 3, "broken"),
        (">", 4, 3, "kept"),
        (">=", 2, 3, "broken"),
        ("<=", None, 3, "skipped"),
        ("<=", 3, None, "skipped"),
        ("=", None, None, "skipped"),
        ("compulsory_pair", 3, None, "broken"),
        ("compulsory_pair", None, None, "kept"),
        ("compulsory_pair", 3, 0, "kept"),
        ("exclusive_pair", 3, 0, "broken"),
        ("exclusive_pair", None, 0, "kept"),
    ],
)
def test_outcomes(op, a, b, outcome):
    figures = {k: Fraction(v) for k, v in (("a", a), ("b", b)) if v is not None}
    assert check(rule(op=op), figures).outcome == outcome


def test_both_sides_are_expressions_and_exact():
    found = check(rule("${a} div 3 * 3", "=", "${a}"), {"a": Fraction(1)})
    assert (found.outcome, found.left, found.right) == ("kept", 1, 1)


def test_dividing_by_nothing_is_unknown_not_broken():
    assert check(rule("${a} div ${b}"), {"a": Fraction(1), "b": Fraction(0)}).outcome == "skipped"


def test_the_most_important_comes_first():
    low, high = rule(importance="low"), rule("${a}", "=", "${b}", "high")
    found = broken([low, high], {"a": Fraction(4), "b": Fraction(3)})
    assert [c.rule.importance for c in found] == ["high", "low"]


@pytest.mark.parametrize(
    "bad", [{"op": "~"}, {"importance": "huge"}, {"left": "${a"}, {"right": "nonsense("}]
)
def test_rules_that_cannot_be(bad):
    with pytest.raises(RuleError, match="r: "):
        rule(**bad)


OPS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@given(numbers, numbers, st.sampled_from(sorted(OPS)))
def test_comparisons_are_those_of_numbers(a, b, op):
    assert (check(rule(op=op), {"a": a, "b": b}).outcome == "kept") == OPS[op](a, b)


def test_the_bundled_rules_say_what_people_need():
    told = findings.rules()
    assert len({t.rule.code for t in told}) == len(told) >= 5
    for each in told:
        assert each.title["th"]
        assert each.why["th"]
        assert each.source["th"]
        assert not each.verified
    assert told[0].holds_for("ita-2567", 2567)
    assert not told[0].holds_for("moral.organisation", 2567)
    assert not told[0].holds_for("ita-2563", 2563)
