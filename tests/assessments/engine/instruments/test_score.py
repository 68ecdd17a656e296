"""Scores: worked cases, and an oracle that computes the documented formulas another way."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.instruments import (
    Instrument,
    ScoringError,
    evaluate,
    score,
    score_many,
)

from .documents import TODAY, changed, everything, filled, small

GOOD = {"q1": "3", "q2": "3", "t1": "ดี", "m1": "2", "m2": "1"}
AGREE = {
    "options": [
        {"code": "3", "label": {"th": "มาก"}, "points": "100"},
        {"code": "2", "label": {"th": "กลาง"}, "points": "100/3"},
        {"code": "1", "label": {"th": "น้อย"}, "points": "0"},
        {"code": "na", "label": {"th": "ไม่ทราบ"}, "na": "yes"},
    ]
}


def scored(document, answers, *, aside=frozenset(), **more):
    return score(
        Instrument.from_document(document), filled(document, answers, **more), not_applicable=aside
    )


def test_a_worked_example():
    """d1 = (100 + reversed 100 → 0) / 2 = 50; marks = 3; total = (3·50 + 1·3) / 4 = 38.25."""
    found = scored(everything(), GOOD, external={"last_level": "1"})
    assert {code: one.value for code, one in found.nodes.items()} == {
        "d1": 50,
        "marks": 3,
        "total": Fraction(153, 4),
    }
    total = found.total
    assert total.shown() == "38.25"
    assert (total.exact, total.hundredths, total.n) == ("153/4", 3825, 2)
    assert [(c, w, v) for c, w, v in total.parts] == [("d1", 3, 50), ("marks", 1, 3)]
    assert found.band.code == "C"
    assert [(t.code, t.holds, t.min_holds, t.requires_holds) for t in found.band_reason] == [
        ("A", False, False, True),
        ("B", False, False, True),
        ("C", True, True, True),
    ]


def test_a_band_needs_what_it_requires():
    answers = GOOD | {"q2": "1"}
    document = changed(bands__A__min="60")
    with_level = scored(document, answers, external={"last_level": "1"})
    assert with_level.band.code == "A"
    without = scored(document, answers)
    assert without.band.code == "B"
    assert without.band_reason[0].requires == "${last_level} >= 1"
    assert without.band_reason[0].reads == {"last_level": ""}
    assert not without.band_reason[0].requires_holds


def test_the_band_follows_the_displayed_total():
    document = changed(
        scoring__nodes={"total": {"title": {"th": "ร", "en": "t"}, "agg": "mean", "of": ["age"]}},
        bands__A__min="85", bands__A__requires=None, items__age__type="decimal",
    )  # fmt: skip
    for text, code in [("84.995", "A"), ("84.994", "B"), ("85", "A")]:
        assert scored(document, {"q1": "2", "age": text}).band.code == code


def test_no_total_no_band():
    document = changed(
        scoring__nodes__d1__missing="propagate", scoring__nodes__total__missing="propagate"
    )
    found = scored(document, {"q1": "na"})
    assert found.nodes["d1"].status == "missing"
    assert found.nodes["d1"].rule == "part_missing"
    assert found.total.value is None
    assert found.band is None
    assert not any(trial.holds for trial in found.band_reason)


def test_missing_answers_by_policy():
    answers = {"q1": "3", "q2": "na", "t1": "x"}
    for policy, value in [("drop", 100), ("zero", 50), ("propagate", None)]:
        found = scored(changed(scoring__nodes__d1__missing=policy), answers)
        assert found.nodes["d1"].value == value
    few = scored(changed(scoring__nodes__d1__min_answered="2"), answers)
    assert (few.nodes["d1"].status, few.nodes["d1"].rule) == ("missing", "too_few_answered")


def test_items_set_aside_give_their_share_of_a_sum_to_the_rest():
    """m1 set aside: 1 of 2 points on m2 stands for 2 of 4."""
    found = scored(everything(), GOOD, aside=frozenset({"m1"}))
    marks = found.nodes["marks"]
    assert (marks.value, marks.rule) == (2, "sum_redistributed")
    assert [part.status for part in marks.parts] == ["not_applicable", "ok"]
    same = score(
        Instrument.from_document(everything()),
        filled(everything(), GOOD, not_applicable=frozenset({"m1"})),
    )
    assert same.nodes["marks"].value == 2
    with pytest.raises(ScoringError, match="m2 may not be set aside"):
        scored(everything(), GOOD, aside=frozenset({"m2"}))


def test_a_whole_section_set_aside_costs_nothing_either():
    """Sums of sums: section b set aside, 3 of 4 points on a stand for 6 of 8."""
    codes = ["a1", "a2", "b1", "b2"]
    document = small(
        *[{"id": c, "type": "points", "allowed": ["0", "1", "2"], "not_applicable": "yes"} for c in codes],
        scoring={"nodes": {
            "a": {"title": {"th": "ก"}, "agg": "sum", "of": ["a1", "a2"]},
            "b": {"title": {"th": "ข"}, "agg": "sum", "of": ["b1", "b2"]},
            "total": {"title": {"th": "ร"}, "agg": "sum", "of": ["a", "b"]},
        }},
    )  # fmt: skip
    answers = {"a1": "2", "a2": "1"}
    found = scored(document, answers, aside=frozenset({"b1", "b2"}))
    assert (found.total.value, found.total.rule) == (6, "sum_redistributed")
    # Left open is not set aside.
    assert scored(document, answers).total.value == 3


def test_what_is_not_asked_counts_nowhere():
    """A department has no m2: the sum has one part, nothing is made up for."""
    found = scored(everything(), GOOD, profile="department")
    assert (found.nodes["marks"].value, found.nodes["marks"].rule) == (2, "sum")
    gone = scored(everything(), GOOD, profile="department", aside=frozenset({"m1"}))
    assert gone.nodes["marks"].status == "not_applicable"
    assert gone.nodes["marks"].rule == "all_not_applicable"
    # Its weight goes to the other part of the total.
    assert gone.total.value == gone.nodes["d1"].value == 50


def test_choices_tests_and_repeats():
    document = small(
        {"id": "many", "type": "choices", "scale": "s"},
        {"id": "one", "type": "choice", "scale": "s", "correct": ["b"], "points": "5"},
        {"id": "both", "type": "choices", "scale": "s", "correct": ["a", "c"]},
        {"id": "number", "type": "integer", "correct": ["4"], "points": "2"},
        {"id": "r", "type": "repeat", "title": {"th": "ซ้ำ"}},
        {"id": "x", "in": "r", "type": "integer"},
        scales={"s": {"options": [
            {"code": c, "label": {"th": c}, "points": p}
            for c, p in zip("abc", ["1", "2", "-1"], strict=True)
        ]}},
        scoring={"nodes": {"total": {"title": {"th": "ร"}, "agg": "sum", "of": ["many", "one", "both", "number", "x"]}}},
    )  # fmt: skip
    answers = {"many": "a b c", "one": "b", "both": ["c", "a"], "number": "4", "r": [{"x": "1"}, {}, {"x": "4"}]}  # fmt: skip
    found = scored(document, answers)
    values = {code: one.value for code, one in found.items.items()}
    assert values == {"many": 2, "one": 5, "both": 1, "number": 2, "x": Fraction(5, 2)}
    wrong = scored(document, {"one": "a", "both": ["a"], "number": "5"})
    assert [wrong.items[code].value for code in ("one", "both", "number")] == [0, 0, 0]
    assert wrong.items["many"].status == "missing"


def test_the_two_orders_differ_where_answers_are_missing():
    """Respondent 1: q1 = 100, q2 missing; respondent 2: q1 = 0, q2 = 0.

    Items first: q1 = 50, q2 = 0, mean 25. Respondents first: 100 and 0, mean 50.
    """
    document = small(
        {"id": "q1", "type": "choice", "scale": "s"},
        {"id": "q2", "type": "choice", "scale": "s"},
        scales={"s": AGREE},
        scoring={"nodes": {"total": {"title": {"th": "ร"}, "agg": "mean", "of": ["q1", "q2"]}}},
    )
    instrument = Instrument.from_document(document)
    people = [filled(document, {"q1": "3", "q2": "na"}), filled(document, {"q1": "1", "q2": "1"})]
    items_first = score_many(instrument, people)
    assert (items_first.total.value, items_first.total.n) == (25, 2)
    assert (items_first.items["q2"].value, items_first.items["q2"].n) == (0, 1)
    people_first = score_many(
        instrument, people, parameters={"unit_order": "respondent_mean_first"}
    )
    assert (people_first.total.value, people_first.total.n) == (50, 2)
    assert people_first.total.rule == "respondent_mean"
    with pytest.raises(ScoringError):
        score_many(instrument, people, parameters={"order": "x"})
    empty = score_many(instrument, [])
    assert (empty.total.value, empty.total.n) == (None, 0)


# --- an oracle ----------------------------------------------------------------------------------

POINTS = {"3": Fraction(100), "2": Fraction(100, 3), "1": Fraction(0), "na": None, None: None}
CODES = ["a", "b", "c", "d"]
AGGREGATIONS = ["mean", "weighted_mean", "sum", "min", "max", "median"]


@st.composite
def schemes(draw):
    """Two nodes over four items and a total over both, with any policies."""
    nodes = {}
    for code, of in (("n1", draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))),
                     ("n2", draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))),
                     ("total", ["n1", "n2"])):  # fmt: skip
        agg = draw(st.sampled_from(AGGREGATIONS))
        weights = {part: str(draw(st.integers(1, 4))) for part in of}
        nodes[code] = {
            "title": {"th": code},
            "agg": agg,
            "of": weights if agg in {"weighted_mean", "sum"} else of,
            "missing": draw(st.sampled_from(["drop", "zero", "propagate"])),
            "min_answered": str(draw(st.integers(0, len(of)))),
        }
    return nodes


def document_of(nodes, order="item_mean_first"):
    return small(
        *[{"id": code, "type": "choice", "scale": "s"} for code in CODES],
        scales={"s": AGREE},
        scoring={"nodes": nodes, "unit_order": order},
    )


def oracle_node(node, values):
    """(value, answered?) of a node from the values of its parts; None = missing."""
    of = node["of"]
    weights = {p: Fraction(of[p]) if isinstance(of, dict) else Fraction(1) for p in of}
    if sum(values[p] is not None for p in of) < int(node["min_answered"]):
        return None
    if node["missing"] == "zero":
        values = {p: values[p] if values[p] is not None else Fraction(0) for p in of}
    if node["missing"] == "propagate" and any(values[p] is None for p in of):
        return None
    kept = [p for p in of if values[p] is not None]
    if not kept:
        return None
    numbers = [values[p] for p in kept]
    weighed = sum(values[p] * weights[p] for p in kept)
    return {
        "mean": lambda: Fraction(sum(numbers), len(numbers)),
        "weighted_mean": lambda: weighed / sum(weights[p] for p in kept),
        "sum": lambda: weighed,
        "min": lambda: min(numbers),
        "max": lambda: max(numbers),
        "median": lambda: Fraction(median(numbers)),
    }[node["agg"]]()


def oracle(nodes, leaf):
    """leaf(item, policy) → value or None."""
    values = {}
    for code in ("n1", "n2", "total"):
        node = nodes[code]
        parts = {p: values[p] if p in values else leaf(p, node["missing"]) for p in node["of"]}
        values[code] = oracle_node(node, parts)
    return values


answers_of_one = st.fixed_dictionaries(
    {}, optional={code: st.sampled_from(["3", "2", "1", "na"]) for code in CODES}
)


def values_of(result):
    return {code: one.value for code, one in result.nodes.items()}


@settings(max_examples=150, deadline=None)
@given(schemes(), answers_of_one)
def test_one_respondent_is_what_the_oracle_says(nodes, answers):
    document = document_of(nodes)
    found = scored(document, answers)
    expected = oracle(nodes, lambda item, _policy: POINTS[answers.get(item)])
    assert values_of(found) == expected
    for code, one in found.nodes.items():
        assert (one.value is not None) is (one.status == "ok"), code


@settings(max_examples=150, deadline=None)
@given(schemes(), st.lists(answers_of_one, max_size=5))
def test_many_respondents_items_first(nodes, crowd):
    instrument = Instrument.from_document(document_of(nodes))
    people = [evaluate(instrument, answers, today=TODAY) for answers in crowd]

    def leaf(item, policy):
        given_points = [POINTS[answers.get(item)] for answers in crowd]
        known = [points for points in given_points if points is not None]
        if not known or (policy == "propagate" and len(known) < len(given_points)):
            return None
        return sum(known) / (len(given_points) if policy == "zero" else len(known))

    if crowd:
        assert values_of(score_many(instrument, people)) == oracle(nodes, leaf)


@settings(max_examples=100, deadline=None)
@given(schemes(), st.lists(answers_of_one, max_size=5))
def test_many_respondents_people_first(nodes, crowd):
    instrument = Instrument.from_document(document_of(nodes, "respondent_mean_first"))
    people = [evaluate(instrument, answers, today=TODAY) for answers in crowd]
    found = score_many(instrument, people)
    for code in nodes:
        single = [oracle(nodes, lambda i, _p, a=a: POINTS[a.get(i)])[code] for a in crowd]
        known = [value for value in single if value is not None]
        assert found.nodes[code].value == (sum(known) / len(known) if known else None)
        assert found.nodes[code].n == len(known)


linear = st.sampled_from(["mean", "weighted_mean", "sum"])


@settings(max_examples=60, deadline=None)
@given(
    schemes(),
    st.lists(
        st.fixed_dictionaries({c: st.sampled_from(["3", "2", "1"]) for c in CODES}),
        min_size=1,
        max_size=5,
    ),
    st.lists(linear, min_size=3, max_size=3),
)
def test_with_complete_answers_and_linear_scores_the_order_does_not_matter(nodes, crowd, aggs):
    for (_code, node), agg in zip(nodes.items(), aggs, strict=True):
        node["agg"] = agg
        node["of"] = dict.fromkeys(node["of"], "2") if agg != "mean" else list(node["of"])
    instrument = Instrument.from_document(document_of(nodes))
    people = [evaluate(instrument, answers, today=TODAY) for answers in crowd]
    other = score_many(instrument, people, parameters={"unit_order": "respondent_mean_first"})
    assert values_of(score_many(instrument, people)) == values_of(other)


@settings(max_examples=60, deadline=None)
@given(schemes(), answers_of_one)
def test_one_respondent_alone_is_the_unit(nodes, answers):
    instrument = Instrument.from_document(document_of(nodes))
    one = evaluate(instrument, answers, today=TODAY)
    for order in ("item_mean_first", "respondent_mean_first"):
        many = score_many(instrument, [one], parameters={"unit_order": order})
        assert values_of(many) == values_of(score(instrument, one))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=2, max_size=6),
    st.data(),
)
def test_redistribution_keeps_the_share_of_what_applies(marks, data):
    """Setting items aside leaves points ÷ possible points of the rest unchanged."""
    codes = [f"m{at}" for at in range(len(marks))]
    aside = data.draw(st.sets(st.sampled_from(codes), max_size=len(codes) - 1))
    document = small(
        *[
            {"id": c, "type": "points", "allowed": ["0", "1", "2"], "not_applicable": "yes"}
            for c in codes
        ],
        scoring={"nodes": {"total": {"title": {"th": "ร"}, "agg": "sum", "of": codes}}},
    )
    found = scored(document, dict(zip(codes, map(str, marks), strict=True)), aside=frozenset(aside))
    kept = [m for c, m in zip(codes, marks, strict=True) if c not in aside]
    assert found.total.value / (2 * len(codes)) == Fraction(sum(kept), 2 * len(kept))


def test_a_score_explains_itself_as_json():
    import json

    text = json.dumps(scored(everything(), GOOD).as_json(), ensure_ascii=False)
    back = json.loads(text)
    assert back["nodes"]["total"]["value"] == "153/4"
    assert back["nodes"]["total"]["parts"][0] == {
        "code": "d1",
        "weight": "3",
        "value": "50",
        "status": "ok",
    }
    assert back["band"] == "C"
