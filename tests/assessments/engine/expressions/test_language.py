"""Reading and printing: precedence, places of errors, bounds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.expressions import (
    Binary,
    Call,
    Column,
    ExpressionError,
    Here,
    Name,
    Negative,
    Text,
    names,
    parse,
    to_xpath,
)

from .trees import trees


@given(trees)
def test_what_is_printed_is_read_back_as_the_same_tree(tree):
    assert parse(to_xpath(tree)) == tree


@pytest.mark.parametrize(
    ("loose", "explicit"),
    [
        ("${a} = 1 or ${b} = 2 and ${c} = 3", "(${a} = 1) or ((${b} = 2) and (${c} = 3))"),
        ("${a} + ${b} * ${c} > 2 = true()", "((${a} + (${b} * ${c})) > 2) = true()"),
        ("${a} - ${b} - ${c}", "(${a} - ${b}) - ${c}"),
        ("${a} div ${b} * 100", "(${a} div ${b}) * 100"),
        ("${a} mod 3 + 1", "(${a} mod 3) + 1"),
        ("-${a} + ${b}", "(-${a}) + ${b}"),
        ("-${a} * ${b}", "(-${a}) * ${b}"),
        ("${a} < ${b} = ${c} < ${d}", "(${a} < ${b}) = (${c} < ${d})"),
        ("${a} = ${b} != ${c}", "(${a} = ${b}) != ${c}"),
    ],
)
def test_precedence_is_that_of_xpath(loose, explicit):
    assert parse(loose) == parse(explicit)


def test_brackets_that_change_nothing_are_not_printed():
    assert to_xpath(parse("((${a} + (2)) * (${b}))")) == "(${a} + 2) * ${b}"
    assert to_xpath(parse("${a}-(${b}-1)")) == "${a} - (${b} - 1)"


def test_words_with_hyphens_and_signs_do_not_mix():
    assert parse("count-selected(${a})-1") == Binary(
        "-", Call("count-selected", (Name("a"),)), parse("1")
    )
    assert parse("${a-b}-${c}") == Binary("-", Name("a-b"), Name("c"))
    assert parse("- -.") == Negative(Negative(Here()))
    assert parse("concat(\"it's\", '\"')") == Call("concat", (Text("it's"), Text('"')))


def test_a_text_with_both_quotes_is_put_together():
    from sucharit.assessments.engine.expressions import Context, evaluate

    text = to_xpath(Text("a'b\"c"))
    assert evaluate(parse(text), Context()) == "a'b\"c"


def test_names():
    assert names(parse("if(${a} > ${b}, ${c.d}, today())")) == {"a", "b", "c.d"}


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("${a} +", 6, "value is missing"),
        ("${a} ${b}", 5, "does not belong"),
        ("(${a}", 5, "closing bracket"),
        ("if(${a}, 1)", 0, "takes 3"),
        ("pulldata('x')", 0, "no function pulldata"),
        ("a = 1", 0, "write ${a}"),
        ("../a", 0, "paths"),
        ("/data/a", 0, "paths"),
        ("'abc", 0, "no end"),
        ("${}", 0, "needs the id"),
        ("${ก}", 0, "needs the id"),
        ("1 # 2", 2, "no meaning"),
        ("regex(., ${a})", 0, "between quotes"),
        ("regex(., '(a')", 0, "( without its )"),
        ("regex(., '(?=a)')", 0, "not supported"),
        (r"regex(., '(a)\1')", 0, "not supported"),
        ("1" * 41, 0, "too long"),
    ],
)
def test_errors_name_the_place_and_what_to_do(text, position, message):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position
    assert message in caught.value.message
    assert caught.value.message_th
    assert caught.value.message_th != caught.value.message


def test_columns_of_options_are_known_in_choice_filters_only():
    assert parse("province = ${p}", columns=True) == Binary("=", Column("province"), Name("p"))
    with pytest.raises(ExpressionError):
        parse("province = ${p}")


@pytest.mark.parametrize(
    "text",
    [
        "1+" * 5000 + "1",
        "(" * 3000 + "1" + ")" * 3000,
        "-" * 3900 + "1",
        "not(" * 900 + "1" + ")" * 900,
        "1" + "+1" * 1000,
        "1=(" * 1000 + "1" + ")" * 1000,
    ],
)
def test_what_is_too_large_is_refused_and_never_overflows(text):
    with pytest.raises(ExpressionError, match=r"longer|deeply"):
        parse(text)


def test_a_chain_as_long_as_a_checklist_is_fine():
    terms = " + ".join(f"if(${{q{n}}} = 1, 1, 0)" for n in range(100))
    assert len(names(parse(terms))) == 100


@settings(max_examples=300)
@given(st.text(alphabet="${}()abd1.'\"+-*=<>!, ordivm/|[]กx\n", max_size=60))
def test_any_text_is_an_expression_or_a_clear_error(text):
    started = time.perf_counter()
    try:
        node = parse(text)
    except ExpressionError as error:
        good = 0 <= error.position <= len(text) and error.message != ""
    else:
        good = parse(to_xpath(node)) == node
    assert good
    assert time.perf_counter() - started < 2
