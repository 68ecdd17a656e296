"""Gaps, leverage, what-if and the cheapest plan: the worked example, brute force, and a second solver."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import floor

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import InputError, UnitInput, gains, score_unit
from sucharit.assessments.engine.planner import (
    Efforts,
    Standing,
    gaps,
    least,
    levers,
    plan,
    search,
    standing_of,
    what_if,
)
from sucharit.assessments.engine.planner.plan import _moves, _problem
from sucharit.assessments.engine.planner.search import solve
from sucharit.assessments.engine.planner.standing import values_of
from tests.assessments.planner.editions import ITA, SMALL, TINY, worked, worked_standing


def codes(option):
    return [mend.item for mend in option.mends]


# --- the worked example of the specification (§9.4 D)


def test_one_item_of_the_last_group_lifts_the_worked_example_to_pass():
    standing = worked_standing()
    now = what_if(standing)
    assert (now.shown(), now.level.label.th) == (8416, "ต้องปรับปรุง")
    then = what_if(standing, {"O35": Fraction(100)})
    assert (then.shown(), then.shown("EIT"), then.level.label.th) == (8916, 8482, "ผ่าน")


def test_the_gaps_of_the_worked_example():
    by_level = {gap.band.level: gap for gap in gaps(what_if(worked_standing()))}
    passing, good = by_level["pass"], by_level["good"]
    assert (passing.reached, passing.shown, passing.floors) == (False, 84, ())
    assert passing.gap == Fraction("84.995") - what_if(worked_standing()).total
    assert passing.alone["OIT"] == passing.gap / Fraction(2, 5)
    assert {f.instrument: f.shown for f in good.floors} == {"EIT": 18, "OIT": 455}
    assert good.alone == {"IIT": None, "EIT": None, "OIT": None}
    assert by_level["improve"].reached


def test_the_cheapest_plan_of_the_worked_example_is_one_item():
    found = plan(worked_standing(), "pass")
    assert found.status == "planned"
    # 9.3, 10.1 and 10.2 each suffice alone: equal effort, so the first in the document.
    assert codes(found.best) == ["O17"]
    assert [codes(option) for option in found.others] == [["O33"], ["O35"]]
    assert found.best.outcome.shown() == 8516
    dear = Efforts({"O17": 3, "O33": 2})
    assert codes(plan(worked_standing(), "pass", dear).best) == ["O35"]


def test_a_floor_that_cannot_be_met_is_named_with_the_best_reachable():
    found = plan(worked_standing(), "good")
    assert found.status == "infeasible"
    assert [unmet.node for unmet in found.unmet] == ["EIT"]
    assert found.best.outcome.shown() == 9198
    assert found.best.outcome.level.code == "pass"


def test_leverage_is_what_gains_says_and_ranks_first_what_weighs_most():
    score = worked()
    found = [lever for lever in levers(worked_standing()) if lever.up]
    assert [(lever.item, lever.up) for lever in found] == [
        (gain.item, gain.gain) for gain in gains(ITA, score)
    ]
    assert (found[0].item, found[0].up, found[0].down) == ("O35", 5, 0)
    assert next(lever for lever in levers(worked_standing()) if lever.item == "O34").down == 5


def test_what_if_refuses_what_cannot_be_moved():
    standing = worked_standing()
    for changes in ({"i1": 100}, {"O1": 40}, {"O99": 100}, {"1": 101}, {"IIT": 90}):
        with pytest.raises(InputError):
            what_if(standing, {code: Fraction(value) for code, value in changes.items()})
    assert what_if(standing, {"1": Fraction(100)}).shown("IIT") == 8997


def test_reached_unknown_and_wrong_asks():
    standing = worked_standing()
    assert plan(standing, "improve").status == "reached"
    assert plan(Standing(ITA, {}), "pass").status == "unknown"
    with pytest.raises(KeyError):
        plan(standing, "AA")
    with pytest.raises(ValueError, match="effort"):
        plan(standing, "pass", Efforts({"O1": -1}))


def test_the_threshold_is_the_least_value_displayed_as_the_mark():
    assert least(ITA, Fraction(85)) == Fraction("84.995")
    marks = {"O1": Fraction(100)}
    values = {"IIT": Fraction(100), "EIT": Fraction(100), "OIT": Fraction("62.4875")}
    exact = standing_of(score_unit(ITA, UnitInput(marks=marks, values=values)))
    assert (what_if(exact).total, plan(exact, "pass").status) == (Fraction("84.995"), "reached")
    values["OIT"] -= Fraction(1, 10**9)
    below = standing_of(score_unit(ITA, UnitInput(marks=marks, values=values)))
    assert plan(below, "pass").status == "infeasible"


# --- against brute force and a second solver


values_ = st.integers(0, 300).map(lambda n: Fraction(n, 3))
marks_ = st.sampled_from([None, Fraction(0), Fraction(50), Fraction(100)])
efforts_ = st.integers(0, 4)


@st.composite
def cases(draw, edition=SMALL):
    items = [item.code for item in edition.items]
    surveyed = {item.code for item in edition.items if item.surveyed}
    drawn = {code: draw(values_ if code in surveyed else marks_) for code in items}
    efforts = Efforts({code: draw(efforts_) for code in items}, survey_most=draw(st.integers(0, 2)))
    level = draw(st.sampled_from(["A", "B", "C"]))
    if draw(st.booleans()):  # near the top plans are short and often possible
        drawn = {
            c: v if v is None else 60 + v * 4 / 10 if c in surveyed else v for c, v in drawn.items()
        }
    return Standing(edition, drawn), efforts, level


def all_sets(standing, efforts):
    """Every set of mends, as (effort, items, order, steps)."""
    values, rows = values_of(standing), []
    items = [item.code for item in standing.edition.items]
    for code in items:
        value, effort = values[code], efforts.items[code]
        if value is None or not effort:
            rows.append([(code, 0, value)])
            continue
        if standing.edition.item[code].surveyed:
            most = min(efforts.survey_most, floor(100 - value))
            rows.append([(code, n, value + n) for n in range(most + 1)])
        else:
            rows.append([(code, 0, value)] + ([(code, 1, Fraction(100))] if value < 100 else []))
    for chosen in itertools.product(*rows):
        steps = {code: n for code, n, _ in chosen if n}
        effort = sum(n * efforts.items[code] for code, n in steps.items())
        order = tuple(-steps.get(code, 0) for code in items)
        yield (effort, len(steps), order), {c: v for c, n, v in chosen if n}


def cheapest(standing, efforts, level):
    band = next(b for b in SMALL.bands if b.level == level)
    best = None
    for cost, changes in all_sets(standing, efforts):
        if best is not None and cost >= best[0]:
            continue
        outcome = what_if(standing, changes)
        floors = [outcome.shown(i.code) for i in SMALL.instruments] if band.min_each else []
        if outcome.shown() >= band.min_total * 100 and all(
            shown >= band.min_each * 100 for shown in floors
        ):
            best = cost, changes
    return best


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_plan_is_the_cheapest_of_all_sets(case):
    standing, efforts, level = case
    found = plan(standing, level, efforts, others=0)
    if any(what_if(standing).values[code] is None for code in ("IIT", "OIT")):
        assert found.status == "unknown"
        return
    best = cheapest(standing, efforts, level)
    if best is None:
        assert found.status == "infeasible"
        assert found.unmet
    elif not best[1]:
        assert found.status == "reached"
    else:
        assert found.status == "planned"
        assert {mend.item: mend.new for mend in found.best.mends} == best[1]
        assert found.best.effort == best[0][0]


@settings(max_examples=40, deadline=None)
@given(cases(TINY))
def test_alternatives_are_the_next_best_sets_and_hold_nothing_superfluous(case):
    standing, efforts, level = case
    found = plan(standing, level, efforts)
    if found.status != "planned":
        assert found.others == ()
        return
    feasible = [
        (cost[:2], frozenset(changes))
        for cost, changes in all_sets(standing, efforts)
        if reaches(standing, changes, level)
    ]
    before = []
    for option in [found.best, *found.others]:
        own = [cost for cost, chosen in feasible if all(old - chosen for old in before)]
        assert (option.effort, len(option.mends)) == min(own)
        before.append(frozenset(codes(option)))
        for mend in option.mends:
            rest = {m.item: m.new for m in option.mends if m is not mend}
            assert not reaches(standing, rest, level)
    if len(before) < 4:
        assert not any(all(old - chosen for old in before) for _cost, chosen in feasible)


def reaches(standing, changes, level):
    """Whether these changes reach the level."""
    band = next(b for b in SMALL.bands if b.level == level)
    outcome = what_if(standing, changes)
    floors = [outcome.shown(i.code) for i in SMALL.instruments] if band.min_each else []
    return outcome.shown() >= band.min_total * 100 and all(
        shown >= band.min_each * 100 for shown in floors
    )


def by_highs(problem):
    """The least effort of the same programme by HiGHS (integers, no gap)."""
    choices = [(c, n) for n, block in enumerate(problem.blocks) for c in block.choices]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    variables = [solver.addIntegral(lb=0, ub=c.steps) for c, _ in choices]
    for place, block in enumerate(problem.blocks):
        own = [c.gain * v for (c, n), v in zip(choices, variables, strict=True) if n == place]
        if block.floor > 0 and own:
            solver.addConstr(sum(own[1:], own[0]) >= block.floor)
    gained = [
        problem.blocks[n].weight * c.gain * v for (c, n), v in zip(choices, variables, strict=True)
    ]
    solver.addConstr(sum(gained[1:], gained[0]) >= problem.need)
    spent = [c.effort * v for (c, _), v in zip(choices, variables, strict=True)]
    solver.minimize(sum(spent[1:], spent[0]))
    return round(solver.getObjectiveValue())


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_search_agrees_with_another_solver_on_whole_editions(random):
    values = {
        item.code: Fraction(random.randint(55 * 40, 100 * 40), 40)
        if item.surveyed
        else Fraction(random.choice((0, 100, 100, 100)))
        for item in ITA.items
    }
    efforts = Efforts({code: random.randint(1, 5) for code in values}, survey_most=8)
    standing = Standing(ITA, values)
    for level in ("pass", "good"):
        found = plan(standing, level, efforts, others=0)
        if found.status != "planned":
            continue
        band = next(b for b in ITA.bands if b.level == level)
        nodes = values_of(standing)
        problem = _problem(ITA, band, nodes, _moves(standing, efforts, nodes))
        assert solve(problem).cost.effort == by_highs(problem) == found.best.effort


@settings(max_examples=30, deadline=None)
@given(cases(), st.integers(1, 9))
def test_the_length_of_the_first_tables_decides_nothing(case, limit):
    standing, efforts, level = case
    expected = plan(standing, level, efforts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FIRST_LIMIT", limit)
        assert plan(standing, level, efforts) == expected
