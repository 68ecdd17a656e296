"""read(write(document)) gives the document back, and ODK's converter takes what we write."""

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from sucharit.assessments import library, xlsform
from sucharit.assessments.authoring.template import TEMPLATE
from sucharit.assessments.xlsform.columns import bounds, with_bounds, without_bounds
from sucharit.assessments.xlsform.reading import read_cells
from sucharit.assessments.xlsform.rows import in_page_order
from tests.assessments.xlsform.workbooks import documents

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def odk_warnings(data: bytes) -> list[str]:
    """What pyxform complains about; it raises where it can't convert."""
    found: list[str] = []
    made = convert(data, file_type=".xlsx", warnings=found)
    assert "<h:html" in made.xform
    return [*found, *(w for w in made.warnings if w not in found)]


@SLOW
@given(documents())
def test_a_document_survives_the_way_through_excel(document):
    document = in_page_order(document)
    again, problems, _places = read_cells(xlsform.write(document))
    assert [str(p) for p in problems if p.is_error] == []
    assert again == document


@SLOW
@given(documents())
def test_odk_converts_every_document_without_a_warning(document):
    assert odk_warnings(xlsform.write(document)) == []


def bundled():
    return [library.load_instrument(file.path).document for file in library.list_instruments()]


def test_bundled_instruments_survive_and_convert():
    found = bundled()
    assert found
    for document in [*found, TEMPLATE]:
        data = xlsform.write(document)
        imported = xlsform.read(data)
        assert imported.document == in_page_order(document), document["id"]
        assert imported.ok, [str(p) for p in imported.problems]
        assert odk_warnings(data) == [], document["id"]


@pytest.mark.parametrize("code", ["ita-2564", "ita-2565", "ita-2567"])
@pytest.mark.parametrize("survey", ["IIT", "EIT"])
def test_ita_surveys_leave_as_xlsform(code, survey):
    edition = library.load(code).document
    document = xlsform.instrument_of_edition(edition, survey)
    asked = [q["code"] for i in edition["items"] for q in i.get("subquestions", ())]
    mine = [i["id"] for i in document["items"] if i["type"] == "choice"]
    assert mine == [q for q in asked if q in mine]
    assert len(mine) > 5
    data = xlsform.write(document)
    assert odk_warnings(data) == []
    imported = xlsform.read(data)
    assert imported.ok, [str(p) for p in imported.problems]
    assert imported.document == document


def test_an_edition_without_questions_says_so():
    with pytest.raises(ValueError, match="no survey questions"):
        xlsform.instrument_of_edition(library.load("ita-2569").document, "IIT")
    with pytest.raises(KeyError):
        xlsform.instrument_of_edition(library.load("ita-2567").document, "XIT")


def test_what_has_no_column_stands_in_the_sheet_more():
    document = copy.deepcopy(TEMPLATE)
    document["items"][0]["new_key"] = {"deep": ["1", {"x": "ๆ"}]}
    document["scales"]["agree5"]["note"] = ""
    document["title"]["lo"] = ""
    data = xlsform.write(document)
    again, problems, _places = read_cells(data)
    assert again == document
    assert not [p for p in problems if p.is_error]


def test_a_text_longer_than_a_cell_is_refused_not_cut():
    document = copy.deepcopy(TEMPLATE)
    document["items"][1]["label"]["th"] = "ก" * 32_768
    with pytest.raises(xlsform.WriteError, match="32767"):
        xlsform.write(document)


def test_items_come_out_in_page_order():
    document = copy.deepcopy(TEMPLATE)
    document["items"].append({**document["items"][1], "id": "late", "in": "about"})
    ids = [i["id"] for i in xlsform.read(xlsform.write(document)).document["items"]]
    assert ids.index("late") == ids.index("role_other") + 1


@given(
    st.sampled_from(["", "1", "-2.5", "100/3", "2024-03-18"]),
    st.sampled_from(["", "5", "7/2"]),
    st.sampled_from(["", "20"]),
    st.sampled_from(["", ". > 1", "(. = 1) or (. = 2)", "(. > 3) and . >= 1"]),
)
def test_bounds_come_off_again(low, high, longest, own):
    limits = bounds(low, high, longest)
    assert without_bounds(with_bounds(own, limits), limits) == own


def test_languages_without_a_name_of_ours_survive():
    document = copy.deepcopy(TEMPLATE)
    document["languages"] = ["th", "zh-HK", "de", "en"]
    document["title"] |= {"de": "Beispiel", "zh-HK": "例"}
    document["items"][0]["title"] |= {"de": "Über Sie", "zh-HK": "關於"}
    assert read_cells(xlsform.write(document))[0] == document
    # ODK knows languages, but none with a region.
    document["languages"].remove("zh-HK")
    for thing in (document, document["items"][0]):
        thing["title"].pop("zh-HK")
    assert odk_warnings(xlsform.write(document)) == []
