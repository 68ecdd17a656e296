"""The engine of checklists: whose turn, what holds, how far judges differ, the sample."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import checklists as engine
from sucharit.assessments.engine.checklists import differences, holding, workflow
from sucharit.assessments.engine.checklists.sample import sample_pairs
from sucharit.assessments.engine.checklists.sheet import profile_for, unsupported

# On a busy machine the first draws alone take seconds.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BOTH, LAST = ("province", "ministry"), ("ministry",)
CODES = st.text("abcdef0123456789-", min_size=1, max_size=6)


# -- workflow ---------------------------------------------------------------------------------


def walk(stages):
    """Every state that can be reached with the campaign open, and the actions that lead there."""
    seen, todo = {workflow.DRAFT}, [workflow.DRAFT]
    while todo:
        state = todo.pop()
        for action in workflow.STEPS:
            try:
                to = workflow.check(action, state, "open", stages)
            except workflow.NotAllowedError:
                continue
            if action == "decide":
                to = workflow.MINISTRY_MARKED  # the service's word when none is left
            if to not in seen:
                seen.add(to)
                todo.append(to)
    return seen


def test_every_state_is_reached_and_without_a_province_its_state_is_not():
    assert walk(BOTH) == set(workflow.STATES)
    assert walk(LAST) == set(workflow.STATES) - {workflow.PROVINCE_MARKED}


@pytest.mark.parametrize("state", workflow.STATES)
@pytest.mark.parametrize("campaign", ["draft", "open", "closed", "final"])
@pytest.mark.parametrize("stages", [BOTH, LAST])
def test_possible_says_the_same_as_check(state, campaign, stages):
    everything = {s.right for s in workflow.STEPS.values()}
    found = workflow.possible(state, campaign, stages, everything)
    for action in workflow.STEPS:
        try:
            workflow.check(action, state, campaign, stages)
        except workflow.NotAllowedError:
            assert action not in found
        else:
            assert action in found
    assert workflow.awaits(state, stages) in workflow.AWAITS
    if campaign in {"draft", "final"}:
        assert found == frozenset()


def test_the_ministry_waits_for_the_province():
    with pytest.raises(workflow.NotAllowedError):
        workflow.check("mark_ministry", workflow.APPROVED, "open", BOTH)
    assert workflow.check("mark_ministry", workflow.PROVINCE_MARKED, "closed", BOTH)
    assert workflow.check("finish_ministry", workflow.APPROVED, "open", LAST) == "ministry_marked"
    with pytest.raises(workflow.NotAllowedError):
        workflow.check("mark_province", workflow.APPROVED, "open", LAST)


def test_stages_of_a_unit():
    assert workflow.stages_for(["province", "ministry"], has_province=True) == BOTH
    assert workflow.stages_for(["province", "ministry"], has_province=False) == LAST
    assert workflow.stages_for(["ministry"], has_province=True) == LAST
    with pytest.raises(ValueError, match="no marking stage"):
        workflow.stages_for(["district"], has_province=True)


# -- the sheet --------------------------------------------------------------------------------

DOCUMENT = {
    "profiles": {"p": {"title": {}, "unit_types": ["province"]}},
    "scales": {
        "s": {
            "options": [
                {"code": "y", "label": {"th": "มี"}, "points": "100/3"},
                {"code": "n", "label": {"th": "ไม่มี"}, "points": "0"},
                {"code": "x", "label": {"th": "ไม่ทราบ"}, "na": "yes"},
            ]
        }
    },
    "items": [
        {"id": "s1", "type": "section", "title": {"th": "หมวด"}},
        {"id": "in1", "in": "s1", "type": "section", "title": {"th": "หมวดย่อย"}},
        {"id": "a", "in": "in1", "type": "choice", "scale": "s", "required": "yes"},
        {"id": "b", "in": "s1", "type": "choice", "scale": "s", "reverse": "yes"},
        {"id": "c", "type": "points", "allowed": ["0", "1", "2"], "not_applicable": "yes"},
        {"id": "d", "in": "s1", "type": "text", "profiles": ["p"]},
        {"id": "n", "in": "s1", "type": "note"},
        {"id": "r", "type": "repeat"},
        {"id": "e", "in": "r", "type": "integer"},
    ],
}


def test_the_sheet_of_a_kind_of_unit():
    sheet = engine.Sheet.from_document(DOCUMENT, "province")
    assert [i.id for i in sheet.items] == ["a", "b", "c", "d", "e"]
    assert [(s.id, [i.id for i in s.items]) for s in sheet.sections] == [
        ("s1", ["a", "b", "d"]),
        ("", ["c", "e"]),
    ]
    assert sheet.by_id["a"].worth("y") == Fraction(100, 3)
    assert sheet.by_id["b"].worth("y") == 0
    assert sheet.by_id["a"].worth("x") is None
    assert sheet.by_id["c"].full == 2
    assert sheet.markable == ("a", "b", "c", "e")
    other = engine.Sheet.from_document(DOCUMENT, "department")
    assert other.profile is None
    assert "d" in other.by_id, "a kind of unit no profile names is asked everything"
    assert unsupported(DOCUMENT) == ("r", "e")


def test_a_profile_hides_items_of_another():
    document = {
        **DOCUMENT,
        "profiles": {**DOCUMENT["profiles"], "o": {"unit_types": ["department"]}},
    }
    assert profile_for(document, "department") == "o"
    assert "d" not in engine.Sheet.from_document(document, "department").by_id


# -- which mark holds -------------------------------------------------------------------------


def found(stage, turn, value, na=False, item="a"):
    return engine.Found(item, stage, turn, value, na)


def test_the_highest_stage_and_the_highest_turn_hold():
    own = {"a": engine.Answered("2")}
    marks = [found("province", 1, "1"), found("province", 2, "0"), found("ministry", 1, "2")]
    at = {s: engine.hold(own, marks, upto=s, may_be_na=()) for s in workflow.STAGES}
    assert at["self"]["a"] == engine.Held("a", "2", False, "self", 0, overruled=False)
    assert at["province"]["a"] == engine.Held("a", "0", False, "province", 2, overruled=True)
    assert at["ministry"]["a"] == engine.Held("a", "2", False, "ministry", 1, overruled=False)


def test_unconfirmed_and_empty_answers_count_for_nothing():
    own = {
        "a": engine.Answered("2", confirmed=False),
        "b": engine.Answered(None),
        "c": engine.Answered([]),
        "d": engine.Answered(None, not_applicable=True),
    }
    assert set(engine.hold(own, [], upto="self", may_be_na={"d"})) == {"d"}


def test_not_applicable_only_where_the_item_allows_it():
    own = {"a": engine.Answered(None, not_applicable=True)}
    assert engine.hold(own, [], upto="self", may_be_na=())["a"].not_applicable is False
    held = engine.hold(own, [found("ministry", 1, "1")], upto="ministry", may_be_na={"a"})["a"]
    assert (held.value, held.not_applicable, held.overruled) == ("1", False, True)


stages = st.sampled_from(["province", "ministry"])
marks = st.lists(
    st.tuples(st.sampled_from("abc"), stages, st.integers(1, 5), st.sampled_from("012")),
    max_size=20,
    unique_by=lambda m: m[:3],
)


@UNHURRIED
@given(marks, st.permutations(range(20)))
def test_the_order_of_marks_does_not_matter(rows, order):
    made = [found(s, t, v, item=i) for i, s, t, v in rows]
    mixed = [made[n] for n in order if n < len(made)]
    assert engine.hold({}, made, upto="ministry", may_be_na=()) == engine.hold(
        {}, mixed, upto="ministry", may_be_na=()
    )
    latest = holding.latest(made)
    for held in engine.hold({}, made, upto="ministry", may_be_na=()).values():
        top = max(m.turn for m in made if (m.item, m.stage) == (held.item, held.stage))
        assert held.turn == top == latest[held.item, held.stage].turn


# -- differences ------------------------------------------------------------------------------


def judged(pairs, unit="u", item="i"):
    return [
        engine.Judgement(unit, item, str(a), str(b), Fraction(a), Fraction(b)) for a, b in pairs
    ]


def test_a_worked_example_of_kappa():
    # 50 subjects: both yes 20, both no 15, first yes/second no 5, first no/second yes 10.
    # po = 35/50; pe = (25·30 + 25·20) / 2500 = 1/2; kappa = (7/10 - 1/2) / (1/2) = 2/5.
    pairs = [(1, 1)] * 20 + [(0, 0)] * 15 + [(1, 0)] * 5 + [(0, 1)] * 10
    result = engine.compare(judged(pairs), enough=50)
    assert result.kappa == Fraction(2, 5)
    assert result.agreement == Fraction(35, 50)
    assert result.mean_difference == Fraction(5, 50)
    assert (result.lowered, result.raised, result.n) == (5, 10, 50)


def test_kappa_is_silent_where_it_says_nothing():
    assert engine.compare(judged([(1, 1)] * 3), enough=30).kappa_why == "few"
    same = engine.compare(judged([(1, 1)] * 30), enough=30)
    assert (same.kappa, same.kappa_why, same.agreement) == (None, "one_value", 1)
    nothing = engine.compare([], enough=30)
    assert (nothing.n, nothing.agreement, nothing.mean_difference) == (0, None, None)
    assert engine.kappa([]) is None


def test_numbers_are_compared_but_are_no_categories():
    rows = [engine.Judgement("u", "i", "85", "60")] * 40
    result = engine.compare(rows, enough=30)
    assert (result.agreement, result.mean_difference, result.kappa_why) == (0, None, "few")


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_kappa_stays_in_its_bounds_and_is_symmetric(pairs):
    texts = [(str(a), str(b)) for a, b in pairs]
    value = engine.kappa(texts)
    assert value == engine.kappa([(b, a) for a, b in texts])
    if value is not None:
        assert -1 <= value <= 1
        assert (value == 1) == all(a == b for a, b in texts)
    result = engine.compare(judged(pairs), enough=1)
    back = engine.compare(judged([(b, a) for a, b in pairs]), enough=1)
    assert result.mean_difference == -back.mean_difference
    assert (result.lowered, result.raised) == (back.raised, back.lowered)


def test_groups_keep_their_order_and_add_up():
    rows = judged([(1, 1), (0, 1)], item="b") + judged([(2, 0)], item="a")
    groups = differences.by(rows, lambda r: r.item, enough=1)
    assert [(g.key, g.n, g.agreed) for g in groups] == [("b", 2, 1), ("a", 1, 0)]


# -- the sample -------------------------------------------------------------------------------


@UNHURRIED
@given(
    st.lists(CODES, max_size=8),
    st.lists(CODES, max_size=8),
    st.text("xyz09 ", min_size=1, max_size=8),
    st.integers(0, 80),
)
def test_the_sample_against_an_oracle(units, items, seed, n):
    drawn = engine.verification_sample(units, items, seed, n)
    everything = {(u, i) for u in units for i in items}
    digests = {
        pair: hashlib.sha256(f"{seed}|{pair[0]}|{pair[1]}".encode()).hexdigest()
        for pair in everything
    }
    assert list(drawn) == sorted(everything, key=lambda p: digests[p])[:n]
    assert drawn == engine.verification_sample(reversed(units), reversed(items), seed, n)
    assert drawn[: n // 2] == engine.verification_sample(units, items, seed, n // 2)


def test_a_sample_everybody_can_repeat():
    drawn = engine.verification_sample(["th-38", "th-66"], ["m1", "m2", "m3"], "2567", 2)
    # printf '2567|th-38|m1' | sha256sum  (and so on), sorted
    digests = sorted(
        (hashlib.sha256(f"2567|{u}|{i}".encode()).hexdigest(), u, i)
        for u in ("th-38", "th-66")
        for i in ("m1", "m2", "m3")
    )
    assert drawn == tuple((u, i) for _, u, i in digests[:2])


@pytest.mark.parametrize(("seed", "n"), [("", 1), ("a|b", 1), ("a", -1)])
def test_a_sample_refuses_what_cannot_be_repeated(seed, n):
    with pytest.raises(ValueError, match=r"sample|seed"):
        engine.verification_sample(["u"], ["i"], seed, n)
    with pytest.raises(ValueError, match="hold"):
        sample_pairs([("a|b", "c")], "s", 1)
