"""Invariants of editions, and documents that cannot be read."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from sucharit.assessments.engine import DocumentError, Edition, check_edition, exact

from .documents import SCALES, bands, document, ita, mark_item, scale, survey_item


def problems(**parts) -> list[str]:
    return [p.message for p in check_edition(Edition.from_document(document(**parts)))]


def test_small_and_whole_documents_are_sound():
    assert problems() == []
    for year in ("2564", "2566", "2567", "2568"):
        assert check_edition(Edition.from_document(ita(year))) == []


ONE = {"code": "IIT", "title": {"th": "I"}, "weight": "1", "respondents": "internal"}
BROKEN = [
    ({"instruments": [ONE | {"weight": "0.9"}]}, "add up to 9/10"),
    ({"items": []}, "the group is empty"),
    ({"items": [survey_item("i1", "2", "four")]}, "its parent '2'"),
    ({"items": [survey_item("i1", "IIT", "four")]}, "its parent 'IIT'"),
    ({"items": [survey_item("i1", "1", "four")] * 2}, "the code 'i1' is used 2 times"),
    ({"items": [mark_item("i1", "1")]}, "who answers it"),
    (
        {"items": [survey_item("i1", "1", "four") | {"allowed_points": ["0", "100"]}]},
        "needs either",
    ),
    ({"sub_indicators": [{"code": "1.1", "in": "1", "title": {"th": "s"}}]}, "holds both"),
    ({"group_sizes": {"1": "2"}}, "group_sizes says 2, the document holds 1"),
    ({"group_sizes": {"7": "2"}}, "no group '7'"),
    ({"scales": SCALES | {"four": scale(["0", "50"])}}, "must contain 0 and 100"),
    ({"scales": SCALES | {"four": scale(["0", "100", "101"])}}, "between 0 and 100"),
    ({"scales": SCALES | {"four": scale(["0", "100"], ["1", "1"])}}, "option codes"),
    ({"bands": bands()[:-1]}, "take everything from 0"),
    ({"bands": bands()[::-1]}, "best first"),
    ({"bands": []}, "no result level"),
    ({"sample_rule": {"rate": "2", "floor": "1", "census_below": "0", "cap": "1"}}, "rate <= 1"),
    ({"rounding": {"digits": "2", "mode": "half_even"}}, "only half_up"),
]


@pytest.mark.parametrize(("parts", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_broken_invariants_are_named(parts, message):
    assert any(message in found for found in problems(**parts)), problems(**parts)


def test_merge_weights_must_add_up():
    eit = [ONE | {"parts": ["1", "2"]}]
    merge = {"mode": "weights", "weights": {"1": "0.5", "2": "0.4"}}
    assert problems(instruments=eit, eit_merge=merge) == [
        "weights of the parts must be given and add up to 1"
    ]


def test_single_question_carries_the_code_of_its_item():
    item = survey_item("i1", "1", "four")
    item["subquestions"][0]["code"] = "i1.1"
    assert problems(items=[item]) == ["the only sub-question must carry the code of its item"]


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"instruments": [ONE | {"weight": "a third"}]}, "instruments[0].weight"),
        ({"instruments": [ONE | {"respondents": "nobody"}]}, "instruments[0].respondents"),
        ({"instruments": "IIT"}, "instruments"),
        ({"items": [survey_item("i1", "1", "five")]}, "items[0].subquestions[0].scale"),
        ({"items": [{"in": "1"}]}, "items[0].code"),
        (
            {"bands": [{"level": "A", "label": {"th": "A"}, "min_total": "85,0"}]},
            "bands[0].min_total",
        ),
        ({"eit_merge": {"mode": "thirds"}}, "eit_merge.mode"),
        ({"rounding": {"digits": "1.5"}}, "rounding.digits"),
        ({"complete": "perhaps"}, "complete"),
        ({"id": None}, "id"),
    ],
)
def test_unreadable_documents_name_the_path(parts, path):
    with pytest.raises(DocumentError) as error:
        Edition.from_document(document(**parts))
    assert error.value.path == path


@pytest.mark.parametrize("text", ["", " 1", "1e2", "๑", "1,5", ".5", "1/0", "nan", 0.3, True, None])
def test_numbers_that_are_none(text):
    with pytest.raises(ValueError, match="is not a number"):
        exact(text)


def test_numbers_are_exact():
    assert (exact("0.30"), exact("100/3"), exact(7)) == (Fraction(3, 10), Fraction(100, 3), 7)


def test_nodes_and_parents():
    found = Edition.from_document(ita("2567"))
    assert found.nodes[:5] == ("total", "IIT", "EIT", "OIT", "1")
    assert found.children("9") == ("9.1", "9.2", "9.3", "9.4", "9.5")
    assert found.path("O1") == ("O1", "9.1", "9", "OIT", "total")
    assert (found.parent("total"), found.instrument_of("O1")) == (None, "OIT")
    assert found.pass_mark == 85


def test_engine_needs_no_django():
    code = "import sys, sucharit.assessments.engine; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
