"""What must not be published, each fault by its place and code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.instruments import (
    DocumentError,
    Instrument,
    check_document,
    missing_translations,
)

from .documents import changed, everything, item, small


def found(document, severity="error"):
    return [(one.place, one.code) for one in check_document(document) if one.severity == severity]


def test_the_document_that_uses_everything_is_publishable():
    assert found(everything()) == []
    assert found(everything(), "warning") == [("items[3]", "unscored_item")]


@pytest.mark.parametrize(
    ("values", "place", "code"),
    [
        ({"schema": "sucharit/instrument@2"}, "schema", "form"),
        ({"id": "Not A Slug"}, "id", "form"),
        ({"version": "0"}, "version", "form"),
        ({"version": 1}, "version", "type"),
        ({"kind": "quiz"}, "kind", "form"),
        ({"colour": "red"}, "colour", "unknown_key"),
        ({"title": None}, "(document)", "missing_key"),
        ({"title": {"th": "ก" * 301}}, "title.th", "form"),
        ({"languages": ["en", "th"]}, "languages", "thai_first"),
        ({"languages": ["th", "th"]}, "languages[1]", "duplicate"),
        ({"title__th": ""}, "title.th", "missing_th"),
        ({"items__q1__label__th": None}, "items[1].label.th", "missing_th"),
        ({"scales__agree__options__na__label__th": " "}, "scales.agree.options[3].label.th", "missing_th"),
        ({"items__q1__label__fr": "un"}, "items[1].label.fr", "language"),
        ({"verified": "yes", "source": None}, "verified", "source"),
        ({"items": []}, "items", "empty"),
        ({"items__q1__id": "q2"}, "items[2].id", "duplicate"),
        ({"items__q1__type": "matrix"}, "items[1].type", "form"),
        ({"items__q1__max_chars": "3"}, "items[1].max_chars", "unknown_key"),
        ({"items__q1__scale": "none"}, "items[1].scale", "unknown_scale"),
        ({"items__q1__in": "q2"}, "items[1].in", "unknown_parent"),
        ({"items__q1__in": "s2"}, "items[1].in", "parent_later"),
        ({"items__q1__required": "maybe"}, "items[1].required", "form"),
        ({"items__q1__weight": "-1"}, "items[1].weight", "weight_negative"),
        ({"items__t1__max_chars": "many"}, "items[6].max_chars", "form"),
        ({"items__age__min": "130"}, "items[7].min", "bounds"),
        ({"items__age__step": "0"}, "items[7].step", "step"),
        ({"items__age__min": "2024-01-01"}, "items[7].min", "form"),
        ({"items__age__default": "130"}, "items[7].default", "default"),
        ({"items__q1__default": "9"}, "items[1].default", "default"),
        ({"items__r1__max": "1.5"}, "items[10].max", "form"),
        ({"items__district__reverse": "yes"}, "items[9].reverse", "reverse"),
        ({"items__m2__profiles": ["village"]}, "items[16].profiles[0]", "unknown_profile"),
        ({"items__q1__indicator": "d9"}, "items[1].indicator", "indicator"),
        ({"items__q3__relevant": "${q1} >="}, "items[3].relevant", "expression"),
        ({"items__q3__relevant": "${q9} = 1"}, "items[3].relevant", "unknown_name"),
        ({"items__q3__relevant": "${s1} = 1"}, "items[3].relevant", "unknown_name"),
        ({"items__q3__relevant": "${total} = 1"}, "items[3].relevant", "node_name"),
        ({"items__q3__relevant": "${q1}"}, "items[3].relevant", "clash"),
        ({"items__q3__relevant": "${t1} > 3"}, "items[3].relevant", "clash"),
        ({"items__q3__relevant": "${q3} = 'a'"}, "items[3]", "cycle"),
        ({"items__q3__relevant": "${count} > 1"}, "items[3].relevant", "clash"),
        ({"items__q3__relevant": "sum(${count}) > 1"}, None, None),
        ({"items__q3__relevant": "${q1} = 7"}, "items[3].relevant", "unreachable"),
        ({"items__q3__relevant": "false()"}, "items[3].relevant", "unreachable"),
        ({"items__q3__relevant": "1 > 2"}, "items[3].relevant", "unreachable"),
        ({"items__s1__relevant": "${q1} = 3"}, "items[0]", "cycle"),
        ({"items__sum__calculation": "${ratio} + 1"}, "items[14]", "cycle"),
        ({"items__sum__calculation": "${t1} + 1"}, "items[13].calculation", "clash"),
        ({"items__age__constraint": "selected(., 'a')"}, "items[7].constraint", "clash"),
        ({"items__district__choice_filter": "amphoe = 1"}, "items[9].choice_filter", "unknown_column"),
        ({"items__why__relevant": "${count} > 1 and ${age} > 3"}, None, None),
        ({"external__last_level__type": "float"}, "external.last_level.type", "form"),
        ({"scales__agree__options__3__points": None}, "scales.agree.options", "points_mixed"),
        ({"scales__agree__options__na__points": "1"}, "scales.agree.options[3].points", "na_points"),
        ({"scales__agree__options__3__points": "1e3"}, "scales.agree.options[0].points", "form"),
        ({"scoring__nodes__d1__of": ["q1", "q9"]}, "scoring.nodes.d1.of", "unknown_part"),
        ({"scoring__nodes__d1__of": ["t1"]}, "scoring.nodes.d1.of", "unscored_part"),
        ({"scoring__nodes__d1__of": []}, "scoring.nodes.d1.of", "empty"),
        ({"scoring__nodes__d1__of": None}, "scoring.nodes.d1.of", "empty"),
        ({"scoring__nodes__d1__of": ["q1", "q1"]}, "scoring.nodes.d1.of[1]", "duplicate"),
        ({"scoring__nodes__d1__of": {"q1": "2"}}, "scoring.nodes.d1.of", "weights_use"),
        ({"scoring__nodes__total__of": {"d1": "0"}}, "scoring.nodes.total.of", "weights_zero"),
        ({"scoring__nodes__d1__of": ["total"]}, "scoring.nodes.d1", "node_cycle"),
        ({"scoring__nodes__d1__min_answered": "3"}, "scoring.nodes.d1.min_answered", "min_answered"),
        ({"scoring__nodes__d1__agg": "mode"}, "scoring.nodes.d1.agg", "form"),
        ({"scoring__round__digits": "9"}, "scoring.round.digits", "form"),
        ({"scoring__nodes": {"q1": {"agg": "mean", "of": ["q2"]}}, "bands": []}, "scoring.nodes.q1", "duplicate"),
        ({"scoring__nodes": {"all": {"agg": "mean", "of": ["q2"]}}}, "bands", "no_total"),
        ({"bands__A__min": "20", "bands__A__requires": None}, "bands[1]", "band_never"),
        ({"bands__A__requires": "${q9} = 1"}, "bands[0].requires", "unknown_name"),
        ({"bands__A__requires": "${total}"}, "bands[0].requires", "clash"),
        ({"bands__A__requires": "${total} > 90 and ${d1} > 1"}, None, None),
        ({"bands__B__code": "A"}, "bands[1].code", "duplicate"),
    ],
)  # fmt: skip
def test_faults_are_found_at_their_place(values, place, code):
    document = changed(**values)
    errors = found(document)
    if place is None:
        assert errors == []
    else:
        assert (place, code) in errors
        one = next(p for p in check_document(document) if (p.place, p.code) == (place, code))
        assert one.message
        assert one.message_th != one.message


def test_repeats_do_not_nest_and_groups_may():
    inside = {"id": "r2", "type": "repeat", "in": "r1", "title": {"th": "ซ้อน"}}
    outer = {"id": "r1", "type": "repeat", "title": {"th": "ซ้ำ"}}
    leaf = {"id": "x", "type": "integer", "in": "r2"}
    assert ("items[1].in", "nested_repeat") in found(small(outer, inside, leaf))
    section = {"id": "r2", "type": "section", "in": "r1", "title": {"th": "หมวด"}}
    assert found(small(outer, section, leaf)) == []


def test_tests_have_answers_that_exist():
    scale = {"s": {"options": [{"code": c, "label": {"th": c}} for c in "ab"]}}
    asked = {"id": "q", "type": "choice", "scale": "s"}
    assert found(small(asked, kind="test", scales=scale)) == [("items", "test_key")]
    assert found(small(asked | {"correct": ["b"]}, kind="test", scales=scale)) == []
    wrong = small(asked | {"correct": ["z"]}, kind="test", scales=scale)
    assert found(wrong) == [("items[0].correct[0]", "correct_unknown")]
    both = small(asked | {"correct": ["a", "b"]}, kind="test", scales=scale)
    assert found(both) == [("items[0].correct", "correct_one")]
    assert found(small(asked | {"points": "2"}, scales=scale)) == [
        ("items[0].points", "points_alone")
    ]
    number = small({"id": "n", "type": "integer", "correct": ["4"]}, kind="test")
    assert found(number) == []


def test_missing_translations_by_language():
    document = changed(items__q1__label__en=None, items__s1__title__en="")
    assert missing_translations(document) == {
        "th": [],
        "en": [("items", 0, "title", "en"), ("items", 1, "label", "en")],
    }
    assert found(document) == []
    assert ("items[1].label.en", "missing_translation") in found(document, "warning")


def test_names_that_look_like_labels_are_not_texts():
    document = everything()
    document["scales"]["label"] = document["scales"].pop("things")
    item(document, "q3")["scale"] = "label"
    document["scoring"]["nodes"]["title"] = document["scoring"]["nodes"].pop("d1")
    document["scoring"]["nodes"]["total"]["of"] = {"title": "1", "marks": "1"}
    assert found(document) == []


def test_an_unreadable_document_is_refused_with_all_its_findings():
    with pytest.raises(DocumentError) as refused:
        Instrument.from_document(changed(items__q1__scale="x", items__q3__relevant="(("))
    assert {one.code for one in refused.value.problems} == {"unknown_scale", "expression"}
    with pytest.raises(DocumentError):
        Instrument.from_document({})


def test_a_draft_with_missing_words_can_still_be_looked_at():
    assert Instrument.from_document(changed(items__q1__label__th="")).by_id["q1"].required


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(st.text(max_size=5), inside, max_size=3)
    ),
    max_leaves=6,
)


@given(junk)
def test_anything_is_checked_without_raising(document):
    assert check_document(document)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_document_with_junk_at_any_place_is_checked_without_raising(data):
    document = everything()
    here = document
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], (dict, list)) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = data.draw(junk)
    problems = check_document(document)
    if not [one for one in problems if one.severity == "error"]:
        Instrument.from_document(document)
