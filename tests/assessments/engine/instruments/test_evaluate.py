"""Answers against an instrument: relevance, checks, filters, calculations, repeats."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.instruments import Instrument, check_document, defaults, evaluate

from .documents import TODAY, changed, everything, filled, small


def said(evaluation):
    return [(one.item, one.code, one.instance) for one in evaluation.problems]


GOOD = {"q1": "3", "q2": "na", "q3": ["b", "a"], "t1": "ดี", "age": "40", "m1": "2"}


def test_good_answers_are_kept_in_one_form():
    found = filled(everything(), GOOD | {"age": " ๔๐ ", "q3": "b a"})
    assert said(found) == []
    assert found.values == {
        **GOOD,
        "q3": ["a", "b"],
        "sum": "0",
    }
    assert found.typed["age"] == 40
    assert found.is_sound


def test_what_is_not_relevant_is_dropped_and_not_checked():
    found = filled(everything(), {"q1": "1", "q3": ["nonsense"], "t1": "x" * 99})
    assert said(found) == []
    assert found.dropped == ("q3", "t1")
    assert not {"q3", "t1", "s2"} & found.relevant
    assert "q3" not in found.values
    assert "t1" not in found.values


def test_required_is_asked_for_only_where_it_applies():
    assert said(filled(everything(), {})) == [("q1", "required", None)]
    assert said(filled(everything(), {"q1": "2"})) == []
    assert said(filled(everything(), {"q1": "3"})) == [("t1", "required", None)]


def test_a_constraint_sees_what_is_computed_after_its_item():
    document = {
        **small(),
        "items": [
            {"id": "a_claim", "type": "points", "allowed": ["0", "1", "2"], "label": {"th": "ก", "en": "a"},
             "constraint": ". <= if(${share} >= 80, 2, 1) and ${later} != 9"},
            {"id": "part", "type": "integer", "label": {"th": "ข", "en": "b"}},
            {"id": "all", "type": "integer", "label": {"th": "ค", "en": "c"}},
            {"id": "later", "type": "integer", "label": {"th": "ง", "en": "d"}},
            {"id": "share", "type": "calculate", "calculation": "${part} div ${all} * 100"},
        ],
        "scoring": {"nodes": {"total": {"title": {"th": "รวม", "en": "total"}, "agg": "sum", "of": ["a_claim"]}}},
    }  # fmt: skip
    document.pop("bands", None)
    document.pop("scales", None)
    answers = {"a_claim": "2", "all": "1000", "later": "1"}
    assert said(filled(document, answers | {"part": "800"})) == []
    assert said(filled(document, answers | {"part": "799"})) == [("a_claim", "constraint", None)]
    assert said(filled(document, answers | {"part": "800", "later": "9"})) != []


def test_a_constraint_needs_an_answer_and_speaks_the_languages():
    assert said(filled(everything(), {"q1": "2", "age": ""})) == []
    (problem,) = filled(everything(), {"q1": "2", "age": "13"}).problems
    assert (problem.code, problem.message_th, problem.message_en) == (
        "constraint",
        "ไม่ใช่สิบสาม",
        "not thirteen",
    )


@pytest.mark.parametrize(
    ("answers", "item", "code"),
    [
        ({"age": "old"}, "age", "not_a_number"),
        ({"age": "1.5"}, "age", "not_whole"),
        ({"age": "-1"}, "age", "too_small"),
        ({"age": "121"}, "age", "too_large"),
        ({"age": 40}, "age", "not_text"),
        ({"q2": "9"}, "q2", "not_an_option"),
        ({"q2": ["3", "2"]}, "q2", "one_only"),
        ({"q2": {"3": 1}}, "q2", "not_an_option"),
        ({"q3": ["a", "a"]}, "q3", "twice"),
        ({"q3": ["a", 1]}, "q3", "not_an_option"),
        ({"m1": "3"}, "m1", "not_allowed"),
        ({"nonsense": "1"}, "nonsense", "unknown"),
        ({"count": "1"}, "count", "unknown"),
        ({"r1": "1"}, "r1", "not_text"),
        ({"q1": "3", "t1": "x" * 11}, "t1", "too_long"),
        ({"q1": "3", "t1": "a\x00"}, "t1", "control"),
    ],
)
def test_answers_that_cannot_be_taken(answers, item, code):
    found = filled(everything(), {"q1": "2", **answers})
    assert said(found) == [(item, code, None)]
    assert item not in found.values


def test_a_choice_filter_holds_on_the_server():
    good = filled(everything(), {"q1": "2", "province": "p1", "district": "d12"})
    assert said(good) == []
    district = Instrument.from_document(everything()).by_id["district"]
    assert good.options_of(district) == ("d11", "d12")
    bad = filled(everything(), {"q1": "2", "province": "p2", "district": "d12"})
    assert said(bad) == [("district", "filtered", None)]
    assert "district" not in bad.values


def test_repeats_have_their_own_values_and_aggregates_outside():
    answers = {"q1": "2", "r1": [{"count": "4"}, {"count": "12", "why": "มาก"}]}
    found = filled(everything(), answers)
    assert said(found) == []
    assert found.values["r1"] == [{"count": "4"}, {"count": "12", "why": "มาก"}]
    assert (found.values["sum"], found.values["ratio"]) == ("16", "8")
    assert ("why", 1) in found.relevant_instances
    assert ("why", 0) not in found.relevant_instances
    assert found.instances == {"r1": 2}


def test_problems_in_repeats_name_the_instance():
    answers = {"q1": "2", "r1": [{"count": "x"}, {}, {"count": "1", "zz": "1"}, {"count": "1"}]}
    assert said(filled(everything(), answers)) == [
        ("r1", "repeat_max", None),
        ("count", "not_a_number", 0),
        ("count", "required", 1),
        ("zz", "unknown", 2),
    ]
    assert said(filled(changed(items__r1__min="1"), {"q1": "2"})) == [("r1", "repeat_min", None)]
    fixed = changed(items__r1__repeat_count="${age}")
    assert said(filled(fixed, {"q1": "2", "age": "1"})) == [("r1", "repeat_count", None)]
    assert said(filled(fixed, {"q1": "2", "age": "1", "r1": [{"count": "1"}]})) == []


def test_a_repeat_that_does_not_apply_is_dropped_whole():
    document = changed(items__r1__relevant="${q1} = 3")
    found = filled(document, {"q1": "2", "r1": [{"count": "bad"}]})
    assert said(found) == []
    assert found.dropped == ("r1",)
    assert found.values["sum"] == "0"


def test_calculations_are_computed_never_believed():
    found = filled(everything(), {"q1": "2", "sum": "999", "r1": [{"count": "1"}]})
    assert found.values["sum"] == "1"
    assert said(found) == []


def test_calculations_chain_in_any_order_of_the_document():
    document = small(
        {"id": "c", "type": "calculate", "calculation": "${b} + 1"},
        {"id": "b", "type": "calculate", "calculation": "${a} * 2"},
        {"id": "a", "type": "integer"},
    )
    assert filled(document, {"a": "5"}).values == {"a": "5", "b": "10", "c": "11"}
    assert filled(document, {}).values == {}


def test_relevance_follows_what_is_dropped():
    """b hangs on a, c on b: when a makes b go away, c goes too, whatever was posted."""
    document = small(
        {"id": "c", "type": "text", "relevant": "${b} = 'yes'"},
        {"id": "a", "type": "text"},
        {"id": "b", "type": "text", "relevant": "${a} = 'yes'"},
    )
    posted = {"a": "no", "b": "yes", "c": "here"}
    found = filled(document, posted)
    assert found.values == {"a": "no"}
    assert found.dropped == ("c", "b")


def test_profiles_and_items_set_aside():
    answers = {"q1": "2", "m1": "1", "m2": "1"}
    all_of_it = filled(everything(), answers)
    assert all_of_it.values["m2"] == "1"
    department = filled(everything(), answers, profile="department")
    assert department.excluded == {"m2"}
    assert department.dropped == ("m2",)
    aside = filled(everything(), answers, not_applicable=frozenset({"m1", "q1"}))
    assert aside.not_applicable == {"m1"}
    assert "m1" not in aside.values
    assert aside.values["q1"] == "2"


def test_external_values_are_read_by_their_type():
    document = changed(items__q3__relevant="${last_level} > 1")
    assert "q3" in filled(document, {"q1": "2"}, external={"last_level": "2"}).relevant
    assert "q3" in filled(document, {"q1": "2"}, external={"last_level": 2}).relevant
    assert "q3" not in filled(document, {"q1": "2"}, external={"last_level": "x"}).relevant
    assert "q3" not in filled(document, {"q1": "2"}).relevant


def test_once_keeps_the_stored_value_only():
    document = small({"id": "d", "type": "calculate", "calculation": "once(today())"})
    assert filled(document, {"d": "2000-01-01"}).values == {"d": "2024-03-18"}
    kept = filled(document, {}, previous={"d": "2000-01-01"})
    assert kept.values == {"d": "2000-01-01"}


def test_every_type_of_answer():
    kinds = {
        "date": ("2024-02-29", "2024-02-30"),
        "time": ("13:30", "25:00"),
        "datetime": ("2024-02-29T13:30", "soon"),
        "geopoint": ("13.75 100.5", "99 100"),
        "acknowledge": ("on", "no"),
        "file": ("evidence:12", "x" * 501),
        "decimal": ("1.25", "1,25"),
    }
    for kind, (good, bad) in kinds.items():
        document = small({"id": "x", "type": kind})
        assert filled(document, {"x": good}).is_sound, kind
        assert not filled(document, {"x": bad}).is_sound, kind
    assert filled(small({"id": "x", "type": "acknowledge"}), {"x": "on"}).values == {"x": "OK"}
    slider = small({"id": "x", "type": "range", "min": "1", "max": "10", "step": "3"})
    assert filled(slider, {"x": "7"}).is_sound
    assert said(filled(slider, {"x": "8"})) == [("x", "step", None)]
    scale = {"s": {"options": [{"code": c, "label": {"th": c}} for c in "abc"]}}
    rank = small({"id": "x", "type": "rank", "scale": "s"}, scales=scale)
    assert filled(rank, {"x": ["c", "a", "b"]}).values == {"x": ["c", "a", "b"]}
    assert said(filled(rank, {"x": ["c", "a"]})) == [("x", "rank_incomplete", None)]
    day = small({"id": "x", "type": "date", "min": "2024-01-01", "default": "today()"})
    assert said(filled(day, {"x": "2023-12-31"})) == [("x", "too_small", None)]
    assert defaults(Instrument.from_document(day), today=TODAY) == {"x": "2024-03-18"}
    hidden = small({"id": "x", "type": "hidden", "default": "web"})
    assert filled(hidden, {}).values == {"x": "web"}


EVERYTHING = Instrument.from_document(everything())
raw = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.sampled_from(["1", "2", "3", "na", "a", "p1", "d12", "13", "x" * 11, "OK"]),
    st.lists(st.sampled_from(["a", "b", "c", "3", 7]), max_size=3),
    st.integers(),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)
IDS = [one["id"] for one in everything()["items"]]
posts = st.dictionaries(
    st.sampled_from([*IDS, "zz"]),
    st.one_of(raw, st.lists(st.dictionaries(st.sampled_from(IDS), raw, max_size=4), max_size=5)),
)


@settings(max_examples=200, deadline=None)
@given(posts, st.sampled_from([None, "province", "department"]))
def test_whatever_is_posted_gives_an_evaluation_that_holds_its_rules(posted, profile):
    instrument = EVERYTHING
    found = evaluate(instrument, posted, today=TODAY, profile=profile)
    again = evaluate(instrument, found.values, today=TODAY, profile=profile)
    # Stored values evaluate to themselves.
    assert again.values == found.values
    assert again.relevant == found.relevant
    assert again.dropped == ()
    for code, value in found.typed.items():
        if code not in found.relevant and code not in instrument.repeat_of:
            assert value is None or not found.instances.get(code, 1)
    taken = {"constraint", "repeat_max", "unknown"}
    wrong = {one.item for one in found.problems if one.code not in taken}
    assert not wrong & {code for code in found.values if instrument.by_id[code].type != "repeat"}
    assert not wrong & set(found.dropped)


@given(st.lists(st.integers(-50, 50), max_size=3))
def test_sums_over_repeats_are_exact(counts):
    rows = [{"count": str(n)} for n in counts]
    found = filled(everything(), {"q1": "2", "r1": rows})
    assert found.typed["sum"] == sum(counts)
    expected = Fraction(sum(counts), len(counts)) if counts else None
    assert found.typed["ratio"] == expected


def test_the_documents_of_these_tests_are_sound():
    assert not [p for p in check_document(everything()) if p.severity == "error"]
