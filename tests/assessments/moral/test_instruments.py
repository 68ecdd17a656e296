"""The bundled moral instruments: shares at the boundary, a level never skips, the virtues of the year."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments import library
from sucharit.assessments.engine.checklists.sheet import unsupported
from sucharit.assessments.engine.instruments import Instrument, evaluate, score
from sucharit.assessments.engine.moral import ladder
from sucharit.assessments.moral import data, demo

NINE = (data.ORGANISATION, data.COMMUNITY, data.DISTRICT)
DOCUMENTS = {code: library.load_instrument(code).document for code in data.CODES}
FORMS = {code: Instrument.from_document(d) for code, d in DOCUMENTS.items()}
TODAY = dt.date(2024, 3, 18)


def run(code, answers, **external):
    found = evaluate(FORMS[code], answers, today=TODAY, external=external)
    return found, score(FORMS[code], found)


def wrong(found):
    return {(p.item, p.code) for p in found.problems}


@pytest.mark.parametrize("code", data.CODES)
def test_a_checklist_can_take_them_and_they_say_what_is_not_verified(code):
    assert unsupported(DOCUMENTS[code]) == ()
    assert DOCUMENTS[code]["verified"] == "no"
    assert "proposal" in DOCUMENTS[code]["source"]


@pytest.mark.parametrize("code", NINE)
def test_the_virtues_are_those_of_the_instruments_year(code):
    listed = data.virtues(int(DOCUMENTS[code]["fiscal_year"])).content
    options = DOCUMENTS[code]["scales"]["virtues5"]["options"]
    assert [(o["code"], o["label"]["th"]) for o in options] == [
        (v["code"], v["th"]) for v in listed
    ]


def test_virtues_are_dated():
    assert [len(data.virtues(y).content) for y in (2560, 2565, 2566, 2567, 2569)] == [4, 4, 5, 5, 5]
    assert [data.virtues(y).verified for y in (2565, 2566, 2567)] == [True, False, True]
    with pytest.raises(KeyError):
        data.virtues(2540)


@pytest.mark.parametrize(
    ("declared", "claim", "fits"),
    [
        (15999, "2", False),
        (15999, "1", True),
        (16000, "2", True),
        (9999, "1", False),
        (9999, "0", True),
        (10000, "1", True),
    ],
)
def test_a_claim_may_not_exceed_what_the_exact_share_allows(declared, claim, fits):
    """79.995 % is not 80 %, and 49.995 % is not 50 %."""
    answers = demo.nine(3, members=20000, declared=str(declared), m1=claim)
    found, _scored = run(data.ORGANISATION, answers)
    assert (("m1", "constraint") not in wrong(found)) is fits


@given(st.integers(1, 400).flatmap(lambda m: st.tuples(st.just(m), st.integers(0, m))))
def test_the_most_points_follow_the_fraction(counts):
    members, declared = counts
    found, _scored = run(data.ORGANISATION, demo.nine(3, members=members, declared=str(declared)))
    share = Fraction(declared, members)
    expected = 2 if share >= Fraction(8, 10) else 1 if share >= Fraction(1, 2) else 0
    assert found.values["m1_most"] == str(expected)
    assert int(found.values["m1_counts"]) == min(2, expected)


@pytest.mark.parametrize("code", NINE)
@given(
    points=st.lists(st.sampled_from("012"), min_size=9, max_size=9), declared=st.integers(0, 100)
)
def test_a_level_never_skips(code, points, declared):
    answers = demo.nine(3, declared=str(declared)) | {f"m{k}": p for k, p in enumerate(points, 1)}
    found, scored = run(code, answers)
    level = int(found.values["level_now"])
    assert scored.band.code == str(level)
    items = [int(found.values["m1_counts"]), int(found.values["m2_counts"]), *map(int, points[2:])]
    for n in range(1, level + 1):
        assert min(items[3 * (n - 1) : 3 * n]) >= 1
        assert found.values[f"level_{n}"] == "true"
    assert scored.nodes["total"].value == sum(items) == int(found.values["points_all"])
    climbed = ladder(DOCUMENTS[code]["scoring"]["nodes"], found.values)
    assert climbed.level == level == sum(r.reached for r in climbed.rungs)
    if level < 3:
        assert climbed.next.missing or climbed.next.short
    else:
        assert climbed.next is None


@pytest.mark.parametrize("level", [0, 1, 2, 3])
@pytest.mark.parametrize("code", NINE)
def test_the_makers_answers_give_the_level_they_say(code, level):
    found, scored = run(code, demo.nine(level))
    assert (scored.band.code, found.problems) == (str(level), ())


def test_a_drop_needs_a_comment_a_rise_none():
    assert ("drop_comment", "required") in wrong(
        run(data.ORGANISATION, demo.nine(1), last_level="2")[0]
    )
    assert not wrong(run(data.ORGANISATION, demo.nine(1, drop_comment="ย้าย"), last_level="2")[0])
    for last in ("1", "0", None):
        assert not wrong(run(data.ORGANISATION, demo.nine(1), last_level=last)[0])


def test_goals_need_a_virtue_and_item_2_needs_goals():
    without = {k: v for k, v in demo.nine(1).items() if k != "problem_1_virtues"}
    assert ("problem_1_virtues", "required") in wrong(run(data.ORGANISATION, without)[0])
    none = {k: v for k, v in demo.nine(1).items() if not k.startswith(("problem", "deed"))}
    assert wrong(run(data.ORGANISATION, none)[0]) == {("m2", "constraint")}


def counts(**changes):
    found = {
        "org_all": 10,
        "org_assessed": 8,
        "org_1": 8,
        "org_2": 4,
        "org_3": 2,
        "district_all": 4,
        "district_assessed": 4,
        "district_1": 4,
        "district_2": 2,
        "district_3": 0,
    }
    return {k: str(v) for k, v in (found | changes).items()}


TEN = {
    "i3_n": "80",
    "i3_d": "100",
    "i4_n": "5",
    "i4_d": "10",
    "i7_n": "1",
    "i7_d": "2",
    "i9_n": "1",
    "i9_d": "5",
    "i10_n": "1",
    "i10_d": "10",
}


def test_a_province_counts_exactly():
    found, scored = run(data.PROVINCE, TEN, **counts())
    assert [found.values[f"i{k}"] for k in range(1, 11)] == [
        "2",
        "2",
        "2",
        "1",
        "2",
        "2",
        "2",
        "2",
        "2",
        "1",
    ]
    assert (scored.nodes["total"].value, scored.band.code, found.problems) == (18, "3", ())
    assert run(data.PROVINCE, TEN, **counts(org_all=20000, org_1=15999))[0].values["i1"] == "1"


def test_what_nobody_assessed_is_unknown_and_gives_no_level():
    found, scored = run(data.PROVINCE, TEN, **counts(org_assessed=0, org_1=0, org_2=0, org_3=0))
    assert "i5" not in found.values or found.values["i5"] in {None, ""}
    assert found.values["i1"] == "0"
    assert scored.band.code == "0"


@given(st.lists(st.integers(0, 100), min_size=10, max_size=10))
def test_a_provinces_level_never_skips(shares):
    answers = {
        f"i{k}_{x}": str(shares[k - 1]) if x == "n" else "100"
        for k in (3, 4, 7, 9, 10)
        for x in "nd"
    }
    external = counts(
        org_all=100, org_assessed=100, org_1=shares[0], org_2=shares[4], org_3=shares[7],
        district_all=100, district_assessed=100, district_1=shares[1], district_2=shares[5],
    )  # fmt: skip
    found, scored = run(data.PROVINCE, answers, **external)
    level = int(found.values["level_now"])
    groups = ((1, 2, 3, 4), (5, 6, 7), (8, 9, 10))
    for of_level in groups[:level]:
        assert all(int(found.values[f"i{k}"]) >= 1 for k in of_level)
    assert scored.band.code == str(level)
