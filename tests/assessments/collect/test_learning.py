"""Tests with attempts, pass marks and a test before and after, paired by the persons' own codes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.collect import campaigns, openings, queries
from sucharit.core.errors import Forbidden, Refusal
from tests import make
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_submit import send

pytestmark = pytest.mark.django_db(transaction=True)


def exam_document():
    """Four questions of one point each: the right answer is "b"."""
    options = [{"code": c, "label": mc.both(c)} for c in "abcd"]
    items = [
        {"id": f"t{n}", "type": "choice", "scale": "abcd", "label": mc.both(f"question {n}"),
         "required": "yes", "correct": ["b"], "points": "1"}
        for n in range(1, 5)
    ]  # fmt: skip
    return mc.evaluation_document(
        id="test.exam", kind="test", scales={"abcd": {"options": options}}, items=items,
        scoring={"nodes": {"total": {"title": mc.both("Total"), "agg": "sum",
                                     "of": ["t1", "t2", "t3", "t4"], "missing": "zero"}}},
    )  # fmt: skip


def paper(right):
    return {f"t{n}": "b" if n <= right else "a" for n in range(1, 5)}


@pytest.fixture
def units():
    return make.ministry()


def exam(units, framework, **fields):
    return mc.campaign(units["moi"], [units["th-38"]], framework_=framework, opened=False, **fields)


def answered(made, papers):
    """Open it, let each (code, points) be sent, close it; gives the whole's figures."""
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    address = mc.part(made, "th-38").collect_code.code
    for code, right in papers:
        send(address, own_code=code, **paper(right))
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    return queries.latest_results(made)[None].figures


def test_before_and_after_are_paired_by_code_and_the_unpaired_are_told(units):
    framework = mc.framework(exam_document())
    before = exam(units, framework)
    openings.set_up(
        actor=mc.SYSTEM, campaign=before, plan=openings.SetUp(access="open_link", own_code=True)
    )
    after = exam(units, framework)
    openings.set_up(
        actor=mc.SYSTEM, campaign=after,
        plan=openings.SetUp(access="open_link", pairs_with=before, pass_mark="60"),
    )  # fmt: skip
    first = answered(before, [(f"code{n}", 1) for n in range(8)] + [("gone", 4), ("twice", 0)])
    assert first["pairs"] is None
    found = answered(
        after,
        [(f"CODE-{n}", 3) for n in range(6)]
        + [("code6", 4), ("code7", 4), ("twice", 1), ("twice", 2), ("newone", 4)],
    )
    pairs = found["pairs"]
    assert pairs["n"] == 8
    assert (pairs["only_before"], pairs["only_after"], pairs["ambiguous"]) == (1, 1, 3)
    assert Fraction(pairs["mean_before"]) == 25
    assert Fraction(pairs["mean_after"]) == Fraction(6 * 75 + 2 * 100, 8)
    assert Fraction(pairs["gain"]) == Fraction(6 * 50 + 2 * 75, 8)
    assert Fraction(pairs["normalised"]) == Fraction(Fraction(450, 8), 75)
    test = found["test"]
    assert (test["n"], test["passed"], test["pass_hidden"]) == (11, None, True)  # 2 did not pass
    # Questions 2 to 4 have fewer than five wrong (or right) answers: their difficulty would tell.
    assert test["items"][0]["difficulty"] == "1"
    assert [i["difficulty"] for i in test["items"][1:]] == [None, None, None]


def test_few_pairs_show_nothing(units):
    framework = mc.framework(exam_document())
    before = exam(units, framework, settings={"own_code": True})
    answered(before, [(f"left{n}", 1) for n in range(6)])
    after = exam(units, framework, pairs_with=before)
    figures = answered(after, [(f"right{n}", 1) for n in range(6)])
    assert figures["pairs"] == {"before": before.pk, "few": True, "n": None}


@pytest.mark.parametrize(("counts", "mean"), [("best", 75), ("last", 50), ("first", 25)])
def test_one_attempt_of_each_person_counts(units, counts, mean):
    made = exam(units, mc.framework(exam_document()), access="signed_in")
    plan = openings.SetUp(access="signed_in", attempts=3, counts=counts, pass_mark="50")
    openings.set_up(actor=mc.SYSTEM, campaign=made, plan=plan)
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    address = mc.part(made, "th-38").collect_code.code
    for n in range(6):
        person = make.user("unit_officer", units["th-38"])
        for right in (1, 3, 2):
            send(address, person=person, own_code=f"mine{n}", **paper(right))
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    found = queries.latest_results(made)[None].figures
    assert (found["n"], Fraction(found["test"]["mean"])) == (6, mean)
    passed = 0 if counts == "first" else 6
    assert (found["test"]["passed"], found["test"]["pass_hidden"]) == (passed, False)


def test_what_cannot_be_set_up_is_said(units):
    framework = mc.framework(exam_document())
    made = exam(units, framework)
    plan = openings.SetUp(
        access="open_link", attempts=2, min_report_n=2, counts="worst", pass_mark="12.5"
    )
    with pytest.raises(ValidationError) as wrong:
        openings.set_up(actor=mc.SYSTEM, campaign=made, plan=plan)
    assert set(wrong.value.message_dict) == {"attempts", "min_report_n", "counts", "pass_mark"}
    silent = exam(units, framework)
    with pytest.raises(ValidationError) as wrong:
        openings.set_up(
            actor=mc.SYSTEM, campaign=made,
            plan=openings.SetUp(access="open_link", pairs_with=silent),
        )  # fmt: skip
    assert set(wrong.value.message_dict) == {"pairs_with"}
    officer = make.user("unit_officer", units["moi"])
    good = openings.SetUp(access="open_link")
    with pytest.raises(Forbidden):
        openings.set_up(actor=officer, campaign=made, plan=good)
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    with pytest.raises(Refusal):
        openings.set_up(actor=mc.SYSTEM, campaign=made, plan=good)
