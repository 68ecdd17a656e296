"""Missing, not applicable, not submitted, short of answers, published: each its own way."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sucharit.assessments.engine import (
    AnswerError,
    Edition,
    InputError,
    ShortfallMode,
    Status,
    UnitInput,
    decompose,
    dense_ranks,
    exact,
    explain,
    gains,
    group_statistics,
    respondent_sd,
    score_unit,
)

from .documents import all_marks, document, edition, ita, mark_item, rows_of, survey_item

FULL = {"IIT": exact("90"), "EIT": exact("90")}


def two_items() -> Edition:
    items = [survey_item("i1", "1", "four"), survey_item("i2", "1", "four")]
    return Edition.from_document(document(items=items))


def test_item_nobody_answered_is_left_out_and_reported():
    score = score_unit(two_items(), UnitInput(rows=rows_of({"i1": "4"}, {"i1": "3"})))
    node = score.nodes["i2"]
    assert (node.value, node.n, node.status, node.weight) == (None, 0, Status.MISSING, 0)
    assert score.display("1") == "83.50"
    note = explain(score.edition, score, "1")["notes"][0]
    assert (note["key"], note["en"]) == ("excluded", "Left out of the mean: i2")


def test_nothing_known_is_unknown_not_zero():
    score = score_unit(edition(), UnitInput())
    assert {node.value for node in score.nodes.values()} == {None}
    assert score.level is None
    assert score.display("total") == ""


def test_disclosure_item_not_submitted_counts_zero_once_marks_are_known():
    found = edition()
    marks = all_marks(found)
    del marks["O1"]
    score = score_unit(found, UnitInput(values=FULL, marks=marks))
    assert (score.nodes["O1"].value, score.nodes["O1"].rule) == (0, "item_not_submitted")
    assert score.display("9.1") == "83.33"
    without = score_unit(found, UnitInput(values=FULL))
    assert without.nodes["O1"].status is Status.MISSING
    assert without.total is None


def na_edition() -> Edition:
    base = ita()
    items = [item for item in base["items"] if not item["code"].startswith("O")]
    items += [mark_item(f"O{n}", "9.1" if n < 3 else "9.2", na="yes") for n in range(1, 5)]
    items += [mark_item("O5", "10.1")]
    subs = [entry for entry in base["sub_indicators"] if entry["code"] in ("9.1", "9.2", "10.1")]
    return Edition.from_document(base | {"items": items, "sub_indicators": subs})


def test_not_applicable_items_and_groups_drop_out():
    found, full = na_edition(), Fraction(100)
    marks = {"O1": full, "O2": None, "O3": None, "O4": None, "O5": full}
    score = score_unit(found, UnitInput(values=FULL, marks=marks))
    assert score.nodes["9.1"].value == 100
    assert (score.nodes["9.2"].value, score.nodes["9.2"].status) == (None, Status.NOT_APPLICABLE)
    assert score.nodes["9"].value == 100
    assert score.nodes["9"].notes[0].params == (("codes", "9.2"),)
    with pytest.raises(InputError, match="O5 applies to every unit"):
        score_unit(found, UnitInput(marks={"O5": None}))


def test_published_value_stands_in_for_its_subtree():
    score = score_unit(
        edition(), UnitInput(values=FULL | {"9": exact("97.78"), "10": exact("93.75")})
    )
    assert score.nodes["9"].status is Status.PUBLISHED
    assert score.nodes["O1"].status is Status.MISSING
    assert score.display("OIT") == "95.77"  # 95.765 half-up
    assert score.display("total") == "92.31"
    assert gains(score.edition, score) == []


@pytest.mark.parametrize(
    ("mode", "value", "level"),
    [("warn", 100, "pass"), ("not_scored", None, "not_scored"), ("zero", 0, "urgent")],
)
def test_shortfall_policies(mode, value, level):
    found = edition()
    rows = rows_of({f"i{n}": "4" for n in range(1, 6)})
    unit = UnitInput(
        rows=rows, values={"EIT": exact("70")}, marks=all_marks(found), population={"IIT": 40}
    )
    score = score_unit(found, unit, shortfall=ShortfallMode(mode))
    assert score.nodes["IIT"].value == value
    assert score.level.code == level
    note = score.nodes["IIT"].notes[-1]
    assert (note.key, note.params) == (
        "shortfall",
        (("n", "1"), ("needed", "30"), ("population", "40")),
    )
    if mode == "not_scored":
        assert score.level.label.th == "ไม่ประมวลผล"
        assert score.nodes["total"].status is Status.NOT_SCORED


def test_population_unknown_is_said():
    score = score_unit(edition(), UnitInput(rows=rows_of({"i1": "4"})))
    assert [note.key for note in score.nodes["IIT"].notes] == ["excluded", "sample_unknown"]


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (UnitInput(marks={"O99": Fraction(100)}), "no item 'O99'"),
        (UnitInput(marks={"i1": Fraction(100)}), "answered by respondents"),
        (
            UnitInput(marks={"O1": Fraction(50)}),
            "50 points are not allowed for O1 .allowed: 0, 100",
        ),
        (UnitInput(values={"X": Fraction(1)}), "no node 'X'"),
        (UnitInput(values={"IIT": Fraction(101)}), "101 is outside"),
        (UnitInput(population={"IIT": 0}), "no head count"),
        (UnitInput(rows=rows_of({}, instrument="XIT")), "no part '' of 'XIT'"),
        (UnitInput(rows=rows_of({}, instrument="EIT", part="3")), "no part '3' of 'EIT'"),
    ],
)
def test_input_that_does_not_fit_is_refused(unit, message):
    with pytest.raises(InputError, match=message):
        score_unit(edition(), unit)


def test_unknown_question_and_option_are_refused():
    with pytest.raises(AnswerError, match="e1: is not a question of IIT"):
        score_unit(edition(), UnitInput(rows=rows_of({"e1": "1"})))
    with pytest.raises(AnswerError, match="i1: has no option '5'"):
        score_unit(edition(), UnitInput(rows=rows_of({"i1": "5"})))


def test_incomplete_edition_takes_published_values_but_no_responses():
    base = ita(complete="no")
    found = Edition.from_document(
        base | {"items": [i for i in base["items"] if i["code"][0] == "O"]}
    )
    with pytest.raises(InputError, match="the items of IIT are not known in ita-2567"):
        score_unit(found, UnitInput(rows=rows_of({})))
    score = score_unit(found, UnitInput(values=FULL, marks=all_marks(found)))
    assert score.display("total") == "94.00"


# --- groups of units


def scored(total: str | None):
    values = {"total": exact(total)} if total else {}
    return score_unit(edition("2564"), UnitInput(values=values))


def test_group_statistics_pass_on_the_displayed_total():
    found = edition("2564")
    stats = group_statistics(
        found, [scored("84.995"), scored("84.994"), scored("90"), scored(None)]
    )
    assert (stats.units, stats.scored, stats.excluded, stats.passed, stats.failed) == (
        4,
        3,
        1,
        2,
        1,
    )
    assert stats.mean == (exact("84.995") + exact("84.994") + 90) / 3
    assert stats.pass_share == Fraction(2, 3)


@pytest.mark.parametrize(
    ("passed", "units", "share"),
    [(7832, 8317, "94.17"), (6737, 8323, "80.94"), (5855, 8303, "70.52"), (459, 879, "52.22")],
)
def test_published_pass_shares(passed, units, share):
    from sucharit.assessments.engine import GroupStatistics, display

    stats = GroupStatistics(units, units, 0, passed, units - passed, None)
    assert display(stats.pass_share * 100) == share


def test_dense_ranks_within_type():
    totals = {"a": 9500, "b": 9500, "c": 9000, "d": None, "p": 8000, "q": 9900}
    kinds = dict.fromkeys("abcd", "province") | dict.fromkeys("pq", "department")
    assert dense_ranks(totals, kinds) == {"a": 1, "b": 1, "c": 2, "p": 2, "q": 1}
    assert dense_ranks(totals) == {"q": 1, "a": 2, "b": 2, "c": 3, "p": 4}


def test_decomposition_adds_up_over_changed_weights():
    old, weights = edition("2564"), ("0.25", "0.35", "0.40")
    base = ita("2567")
    new = Edition.from_document(
        base
        | {
            "instruments": [
                i | {"weight": w} for i, w in zip(base["instruments"], weights, strict=True)
            ]
        }
    )
    five = {str(n): Fraction(80 + n) for n in range(1, 9)}
    before = score_unit(old, UnitInput(values=five, marks=all_marks(old, "O1")))
    after = score_unit(
        new, UnitInput(values=five | {"3": Fraction(91)}, marks=all_marks(new, "O34"))
    )
    change = decompose(before, after)
    assert change.delta == after.total - before.total
    assert change.unexplained == 0
    for instrument in change.instruments:
        assert sum(child.effect for child in instrument.children) == instrument.effect
    assert change.instruments[0].children[2].effect == Fraction(8, 5) * exact("0.25")
    assert set(change.warnings) == {"weights_differ", "items_differ", "bands_differ"}
    assert decompose(before, before).warnings == ()


def test_respondents_spread():
    found = two_items()
    rows = rows_of({"i1": "4", "i2": "4"}, {"i1": "1"}, {})
    assert respondent_sd(found, rows) == pytest.approx(5000**0.5)
    assert respondent_sd(found, rows[:1]) is None


def test_explanation_is_plain_data_with_both_languages():
    import json

    score = score_unit(
        two_items(), UnitInput(rows=rows_of({"i1": "4", "i2": "2"}), population={"IIT": 9})
    )
    tree = explain(score.edition, score)
    assert json.loads(json.dumps(tree)) == tree
    assert (tree["exact"], tree["display"], tree["level"]["key"]) == ("133/2", "66.50", "urgent")
    item = tree["children"][0]["children"][0]["children"][0]
    assert item["rule"]["key"] == "item_mean"
    assert "1 respondents" in item["rule"]["en"]
    assert item["weight"] == "1/2"
