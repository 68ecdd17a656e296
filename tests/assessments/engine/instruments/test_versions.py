"""Which change is patch, minor, major."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.instruments import diff

from .documents import changed, everything, item


def with_item(document, **new):
    made = copy.deepcopy(document)
    made["items"].append({"id": "new", "type": "text", "label": {"th": "ใหม่", "en": "new"}, **new})
    return made


def without(document, code):
    made = copy.deepcopy(document)
    made["items"] = [one for one in made["items"] if one["id"] != code]
    return made


def with_option(document, scale, **new):
    made = copy.deepcopy(document)
    made["scales"][scale]["options"].append(
        {"code": "x", "label": {"th": "ใหม่", "en": "new"}, **new}
    )
    return made


def without_option(document, scale, code):
    made = copy.deepcopy(document)
    options = made["scales"][scale]["options"]
    made["scales"][scale]["options"] = [one for one in options if one["code"] != code]
    return made


@pytest.mark.parametrize(
    ("level", "new"),
    [
        ("none", everything()),
        ("none", changed(version="2")),
        ("patch", changed(title__th="ชื่อใหม่")),
        ("patch", changed(items__q1__label__th="ใหม่")),
        ("patch", changed(items__q1__hint={"th": "คำแนะนำ"})),
        ("patch", changed(items__age__constraint_message__en="other")),
        ("patch", changed(scales__agree__options__3__label__th="มากๆ")),
        ("patch", changed(bands__A__title__th="ดีมาก")),
        ("patch", changed(scoring__nodes__d1__title__en="Side 1")),
        ("patch", changed(source="another", verified="yes")),
        ("patch", changed(items__age__appearance="short")),
        ("patch", without(everything(), "n1")),
        ("minor", changed(items__q1__label__fr="un")),
        ("minor", changed(languages=["th", "en", "fr"])),
        ("minor", with_item(everything())),
        ("minor", with_option(everything(), "provinces")),
        ("minor", changed(items__q1__required="no")),
        ("minor", changed(items__age__max="130")),
        ("minor", changed(items__age__evidence="optional")),
        ("major", with_item(everything(), required="yes")),
        ("major", with_item(everything(), evidence="required")),
        ("major", without(everything(), "age")),
        ("major", without_option(everything(), "agree", "2")),
        ("major", with_option(everything(), "agree", points="150")),
        ("major", changed(scales__agree__options__2__points="50")),
        ("major", changed(scales__agree__options__na__na="no")),
        ("major", changed(items__q2__scale="things")),
        ("major", changed(items__q2__reverse="no")),
        ("major", changed(items__q2__required="yes")),
        ("major", changed(items__q2__weight="2")),
        ("major", changed(items__q3__relevant="${q1} = 3")),
        ("major", changed(items__m1__allowed=["0", "2"])),
        ("major", changed(items__m1__not_applicable="no")),
        ("major", changed(items__m2__profiles=["province", "department"])),
        ("major", changed(items__sum__calculation="sum(${count}) + 1")),
        ("major", changed(items__q1__type="choices")),
        ("major", changed(items__why__in="s1")),
        ("major", changed(scoring__nodes__d1__agg="max")),
        ("major", changed(scoring__nodes__d1__of=["q2", "q1"])),
        ("major", changed(scoring__nodes__total__of={"d1": "2", "marks": "1"})),
        ("major", changed(scoring__round__digits="1")),
        ("major", changed(scoring__unit_order="respondent_mean_first")),
        ("major", changed(bands__B__min="45")),
        ("major", changed(bands__A__requires="${last_level} >= 2")),
        ("major", changed(kind="checklist")),
        ("major", changed(external__last_level__type="decimal")),
    ],
)
def test_levels(level, new):
    found = diff(everything(), new)
    assert found.level == level, found.changes
    assert (found.changes == ()) is (level == "none")
    for change in found.changes:
        assert change.text_en
        assert change.text_th != change.text_en


def test_items_in_another_order_are_wording_and_bands_are_not():
    turned = everything()
    turned["items"][1], turned["items"][2] = turned["items"][2], turned["items"][1]
    found = diff(everything(), turned)
    assert [(one.path, one.level) for one in found.changes] == [(("items",), "patch")]
    bands = everything()
    bands["bands"].reverse()
    assert diff(everything(), bands).level == "major"


def test_an_added_item_is_one_change_not_ten():
    found = diff(everything(), with_item(everything(), hint={"th": "ก", "en": "h"}))
    assert [(one.path, one.level) for one in found.changes] == [(("items", 17), "minor")]
    assert "new" in found.changes[0].text_en
    scored = with_item(everything(), type="points", allowed=["0", "1"])
    scored["scoring"]["nodes"]["marks"]["of"].append("new")
    assert diff(everything(), scored).level == "major"


def test_a_change_says_what_it_was():
    (change,) = diff(everything(), changed(bands__B__min="45")).changes
    assert change.path == ("bands", 1, "min")
    assert change.text_en == "band changed (bands B min): 40 → 45"
    assert "40 → 45" in change.text_th


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_keys_is_no_change(random):
    def shuffled(node):
        if isinstance(node, dict):
            keys = list(node)
            random.shuffle(keys)
            return {key: shuffled(node[key]) for key in keys}
        return [shuffled(one) for one in node] if isinstance(node, list) else node

    document = everything()
    made = shuffled(document)
    # The order of weights in `of` is an order of parts, shown beside the score, not a figure.
    made["scoring"]["nodes"]["total"]["of"] = document["scoring"]["nodes"]["total"]["of"]
    assert diff(document, made).level == "none"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_going_back_is_as_great_as_going_forth_for_figures(data):
    """A major change stays major in the other direction (removing what was added apart)."""
    code = data.draw(st.sampled_from(["q1", "q2", "m1"]))
    new = everything()
    item(new, code)["weight"] = data.draw(st.sampled_from(["2", "1/2"]))
    assert diff(everything(), new).level == diff(new, everything()).level == "major"
