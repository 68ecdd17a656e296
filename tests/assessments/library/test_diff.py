"""patch, minor, major: how much a change of a framework matters."""

import copy

import pytest

from sucharit.assessments import library
from sucharit.assessments.library import Level


@pytest.fixture
def document():
    return copy.deepcopy(dict(library.load("ita-2567").document))


def item(document, code):
    return next(entry for entry in document["items"] if entry["code"] == code)


def changed(document, edit):
    new = copy.deepcopy(document)
    edit(new)
    return library.diff(document, new)


def test_equal_content_is_no_change(document):
    assert library.diff(document, copy.deepcopy(document)).level is Level.NONE


@pytest.mark.parametrize(
    ("edit", "level"),
    [
        (lambda d: item(d, "O1")["title"].update(th="ผังโครงสร้าง"), Level.PATCH),
        (lambda d: d["sources"].update(manual="The manual"), Level.PATCH),
        (lambda d: item(d, "O6").update(verified="yes", source="ovec"), Level.PATCH),
        (lambda d: item(d, "O1")["elements"].append({"th": "ใหม่", "en": "New"}), Level.MINOR),
        (lambda d: d["calendar"][0].update(to="2024-07-31"), Level.MINOR),
        (lambda d: d["instruments"][0].update(weight="0.40"), Level.MAJOR),
        (lambda d: d["items"].pop(), Level.MAJOR),
        (lambda d: d["scales"]["four"]["options"][1].update(points="33.33"), Level.MAJOR),
        (lambda d: d["scales"]["four"]["options"].pop(), Level.MAJOR),
        (lambda d: d["scales"]["four"]["options"].reverse(), Level.MAJOR),
        (lambda d: item(d, "i2")["subquestions"][0].update(scale="four_rev"), Level.MAJOR),
        (lambda d: item(d, "O1").update({"in": "9.2"}), Level.MAJOR),
        (lambda d: item(d, "O1").update(allowed_points=["0", "50", "100"]), Level.MAJOR),
        (lambda d: d["bands"][0].update(min_each="90"), Level.MAJOR),
        (lambda d: d["eit_merge"].update(mode="pooled"), Level.MAJOR),
    ],
)
def test_the_level_of_a_change(document, edit, level):
    found = changed(document, edit)
    assert found.level is level, found.changes


def test_an_added_option_is_minor_and_an_added_item_is_major(document):
    option = {"code": "9", "label": {"th": "ไม่ทราบ", "en": "Unknown"}, "points": "0"}
    found = changed(document, lambda d: d["scales"]["four"]["options"].append(option))
    assert found.level is Level.MINOR
    found = changed(document, lambda d: d["items"].append(dict(item(d, "O1"), code="O99")))
    assert found.level is Level.MAJOR
    assert [c.key for c in found.changes] == ["items[O99].code"]


def test_two_editions_are_not_comparable():
    first, second = (library.load(code).document for code in ("ita-2566", "ita-2567"))
    assert library.diff(first, second).level is Level.MAJOR
