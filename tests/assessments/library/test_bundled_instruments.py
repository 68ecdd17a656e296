"""The bundled instruments: they load without findings, are scored as they say, and never change."""

import json
from fractions import Fraction

import pytest

from sucharit.assessments import library
from sucharit.assessments.engine.instruments import (
    Instrument,
    check_document,
    evaluate,
    keys,
    missing_translations,
    score,
    score_many,
)
from sucharit.assessments.engine.learning import mark
from sucharit.assessments.library import places
from tests.assessments.engine.instruments.documents import TEXT, TODAY, changed, everything

FILES = library.list_instruments()
IDS = [f"{file.id}@{file.version}" for file in FILES]
OURS = {
    "seminar.integrity-test",
    "seminar.evaluation",
    "self.fair-hr",
    "self.procurement",
    "self.website",
}


def bundled(code):
    return Instrument.from_document(library.load_instrument(code).document)


def test_the_instruments_of_a_seminar_and_of_self_assessment_are_bundled():
    assert {file.id for file in FILES} >= OURS


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_every_bundled_instrument_is_publishable_in_both_languages(file):
    loaded = library.load_instrument(file.path)
    assert (loaded.id, loaded.version) == (file.id, file.version)
    assert [one for one in check_document(loaded.document) if one.severity == "error"] == []
    assert missing_translations(loaded.document) == {"th": [], "en": []}
    assert loaded.document["source"]


@pytest.mark.parametrize("code", sorted(OURS))
def test_what_we_wrote_ourselves_says_so(code):
    loaded = library.load_instrument(code)
    assert loaded.document["verified"] == "no"
    assert "proposal" in loaded.document["source"]
    assert loaded.warnings == ()


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_a_landed_version_never_changes(file):
    landed = library.landed_instruments()[file.id][file.version]
    assert library.load_instrument(file.path).sha256 == landed, (
        f"{file.id} version {file.version} has landed: put the change into a new version and run "
        "python -m sucharit.assessments.library lock"
    )


def test_no_landed_version_was_taken_away():
    landed = {(code, v) for code, found in library.landed_instruments().items() for v in found}
    assert landed == {(file.id, file.version) for file in FILES}


def test_the_seminar_test_gives_all_points_to_the_right_answers_only():
    test = bundled("seminar.integrity-test")
    right = {
        item.id: list(item.correct) if item.type == "choices" else item.correct[0]
        for item in test.items
        if item.correct
    }
    assert len(right) == 10
    full = evaluate(test, right, today=TODAY)
    assert (score(test, full).total.value, mark(test, full).percent) == (10, 100)
    nothing = evaluate(test, {}, today=TODAY)
    assert nothing.is_sound
    assert score(test, nothing).total.value == 0
    half = evaluate(test, dict(list(right.items())[:5]), today=TODAY)
    assert mark(test, half).percent == 50


def test_the_evaluation_reaches_the_thai_levels():
    form = bundled("seminar.evaluation")
    asked = [item.id for item in form.items if item.type == "choice" and item.required]
    people = [
        evaluate(form, dict.fromkeys(asked, str(answer)), today=TODAY) for answer in (5, 5, 4, 4)
    ]
    found = score_many(form, people)
    assert (found.total.value, found.total.n) == (Fraction(9, 2), 4)
    assert found.band.title["th"] == "มาก"
    low = evaluate(form, dict.fromkeys(asked, "2"), today=TODAY)
    assert "why_low" in low.relevant
    assert "why_low" not in people[0].relevant


@pytest.mark.parametrize("code", ["self.fair-hr", "self.procurement", "self.website"])
def test_the_self_assessments_run_from_nothing_to_everything(code):
    form = bundled(code)
    marks = [item for item in form.items if item.type == "points"]
    assert 8 <= len(marks) <= 10

    def total(answer, **more):
        answers = {item.id: answer for item in marks}
        return score(form, evaluate(form, answers, today=TODAY, **more))

    assert total("0").total.value == 0
    assert total("0").band.passed is False
    assert (total("2").total.value, total("2").band.code) == (2 * len(marks), "good")
    aside = frozenset(item.id for item in marks if item.not_applicable)
    assert aside
    assert total("2", not_applicable=aside).total.value == 2 * len(marks)
    assert not evaluate(form, {}, today=TODAY).is_sound


# --- the file format --------------------------------------------------------------------------------


def test_findings_name_file_line_and_key():
    text = TEXT.replace('relevant: "${q1} >= 2"', 'relevant: "${q1} = 9"')
    with pytest.raises(library.LibraryError, match=r"x\.yaml:40: items\[q3\]\.relevant: this can"):
        library.load_instrument_text(text, "x.yaml")
    with pytest.raises(library.LibraryError, match=r"x\.yaml:\d+: items\[q1\]\.requird"):
        library.load_instrument_text(TEXT.replace("required", "requird"), "x.yaml")
    with pytest.raises(library.LibraryError, match="written twice"):
        library.load_instrument_text(TEXT + "kind: test\n", "x.yaml")
    with pytest.raises(library.LibraryError, match=r"no such instrument; known: .*self\.website"):
        library.load_instrument("nothing")


def test_warnings_do_not_keep_a_file_out():
    loaded = library.load_instrument_text(TEXT)
    assert [one.key for one in loaded.warnings] == ["items[q3]"]


def test_the_schema_file_and_the_engine_know_the_same_keys():
    schema = json.loads((places.SCHEMAS / "instrument.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(keys.DOCUMENT)
    item = schema["properties"]["items"]["items"]
    assert set(item["properties"]) == set(keys.ITEM)
    by_type = {
        rule["if"]["properties"]["type"]["const"]: rule["then"]["propertyNames"]["enum"]
        for rule in item["allOf"]
    }
    assert {kind: set(known) for kind, known in by_type.items()} == {
        kind: set(known) for kind, known in keys.ITEM_KEYS.items()
    }


@pytest.mark.parametrize(
    "values",
    [
        {"colour": "red"},
        {"version": "one"},
        {"title": None},
        {"items": []},
        {"items__q1__type": "matrix"},
        {"items__q1__max_chars": "3"},
        {"items__q1__scale": None},
        {"items__age__min": "low"},
        {"scales__agree__options__3__points": "1e3"},
        {"scoring__nodes__d1__agg": "mode"},
        {"scoring__nodes__d1__of": []},
        {"scoring__round__digits": "9"},
        {"bands__A__title": None},
        {"external__last_level__type": "float"},
    ],
)
def test_the_schema_file_and_the_engine_refuse_the_same(values):
    import yaml

    from sucharit.assessments.library.shape import shape_problems
    from sucharit.assessments.library.strings import parse

    def by_schema(document):
        text = yaml.dump(document, allow_unicode=True, default_style='"')
        return shape_problems(parse(text, "x.yaml"), "instrument")

    assert by_schema(everything()) == []
    assert by_schema(changed(**values))
    assert [one for one in check_document(changed(**values)) if one.severity == "error"]
