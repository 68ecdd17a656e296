"""Types: what is refused before it is published."""

from __future__ import annotations

import pytest
from hypothesis import given

from sucharit.assessments.engine.expressions import Kind, Type, check, infer, parse

from .trees import trees

TYPES = {
    "n": Type(Kind.NUMBER),
    "mark": Type(Kind.NUMBER, frozenset({"0", "1", "2"})),
    "one": Type(Kind.TEXT, frozenset({"a", "b"})),
    "level": Type(Kind.TEXT, frozenset({"1", "2", "na"})),
    "many": Type(Kind.SET, frozenset({"a", "b"})),
    "free": Type(Kind.TEXT),
    "day": Type(Kind.DATE),
    "clock": Type(Kind.TIME),
    "rows": Type(Kind.ROWS),
}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("${n} > 1 and ${one} = 'a'", []),
        ("${one} = 'z'", ["never"]),
        ("${one} != 'z'", ["never"]),
        ("${level} = 3", ["never"]),
        ("${level} >= 2", []),
        ("${level} = 2 or ${mark} = 1", []),
        ("${mark} = 5", ["never"]),
        ("${one} > 1", ["order"]),
        ("${one} = 1", ["equal"]),
        ("${free} + 1 = 2", ["number"]),
        ("${many} = 'a'", ["set"]),
        ("${many} = ''", []),
        ("selected(${many}, 'a')", []),
        ("selected(${many}, 'z')", ["never"]),
        ("selected(${free}, 'a')", ["chosen"]),
        ("selected(${n}, 'a')", ["chosen"]),
        ("count-selected(${many}) >= 2", []),
        ("${day} > '2024-01-01'", []),
        ("${day} > 3", ["order"]),
        ("${day} = 'tomorrow'", ["equal"]),
        ("today() - ${day} > 30", []),
        ("${clock} < '12:00'", []),
        ("${n} + ${day} > 1", ["number"]),
        ("${rows} = 1", ["rows"]),
        ("${rows} + 1 > 1", ["rows"]),
        ("sum(${rows}) > 1", []),
        ("${n}", ["condition"]),
        ("not(${one})", ["condition"]),
        ("${one}", ["condition"]),
        ("true() = 1", ["equal"]),
        ("if(${n} > 1, ${day}, 1) = ''", ["mixed"]),
        ("(${n} = 1) + (${n} = 2) >= 1", []),
        ("${unknown} = 'anything'", []),
        ("if(${n} > 1, 'x', 'y') = 'z'", ["never"]),
    ],
)
def test_clashes(text, codes):
    found = check(parse(text), TYPES, condition=True)
    assert [clash.code for clash in found] == codes
    assert all(clash.message != clash.message_th for clash in found)


def test_here_has_the_type_of_its_item():
    assert check(parse(". >= 0"), {}, Type(Kind.NUMBER), condition=True) == ()
    assert [c.code for c in check(parse(". >= 0"), {}, Type(Kind.SET), condition=True)] == ["order"]


def test_inference():
    assert infer(parse("${n} div 2"), TYPES).kind is Kind.NUMBER
    assert infer(parse("if(${n} > 1, 'x', 'y')"), TYPES) == Type(Kind.TEXT, frozenset("xy"))
    assert infer(parse("${day} + 30"), TYPES).kind is Kind.DATE


@given(trees)
def test_checking_never_raises(tree):
    check(tree, {"a": Type(Kind.ROWS), "b2": Type(Kind.SET)})
