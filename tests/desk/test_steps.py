"""The step table of action items and the closing figures: properties of the plain engines."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.desk.engine import actions as engine
from sucharit.desk.engine.closing import Closing, ending, median

TODAY = dt.date(2024, 3, 18)
steps = st.lists(st.tuples(st.sampled_from(sorted(engine.STEPS)), st.sampled_from("AB")), max_size=25)  # fmt: skip


@settings(max_examples=200)
@given(steps)
def test_nothing_is_accepted_without_being_handed_in_by_another(taken):
    state, handed_in_by, asked = "open", "", False
    for name, who in taken:
        may = engine.possible(
            state, worker=True, origin=True, own_submission=handed_in_by == who, asked=asked
        )
        if name not in may:
            continue
        before = state
        state = engine.STEPS[name].target or state
        handed_in_by = who if name == "submit" else "" if name == "reopen" else handed_in_by
        asked = name == "ask" or (asked and name not in ("defer", "refuse"))
        if state == "accepted":
            assert before == "submitted"
            assert handed_in_by not in ("", who)
    assert state != "overdue"


def test_no_step_leads_to_a_state_that_is_not_there():
    known = {s for rule in engine.STEPS.values() for s in rule.sources}
    assert {rule.target for rule in engine.STEPS.values()} - {""} <= known
    assert "overdue" not in known


def test_worker_and_origin_do_different_things():
    def may(**who):
        flags = {"worker": False, "origin": False} | who
        return engine.possible("submitted", **flags, own_submission=False, asked=False)

    assert may(worker=True) == {"change"}
    assert may(origin=True) == {"accept", "return", "cancel"}
    assert may() == frozenset()


@given(st.sampled_from(["open", "submitted", "accepted", "blocked"]), st.integers(-3, 3))
def test_late_is_past_its_day_and_still_owed(state, days):
    due = TODAY + dt.timedelta(days=days)
    late = engine.overdue(state, due, TODAY)
    assert late == (days < 0 and state in ("open", "blocked"))
    assert engine.days_late(due, TODAY) == max(0, -days)
    assert engine.days_late(due, TODAY, due) == 0
    assert not engine.overdue(state, None, TODAY)


closings = st.builds(
    lambda acc, can, live, days: Closing(acc + can + live, acc, can, live, tuple(sorted(days))),
    st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.lists(st.integers(0, 400), max_size=9),
)  # fmt: skip


@given(st.lists(closings, max_size=5))
def test_units_add_up_without_averaging_percentages(parts):
    total = sum(parts, Closing())
    assert total.counted == sum(p.counted for p in parts)
    if total.counted:
        assert total.rate == Fraction(sum(p.accepted for p in parts), total.counted)
        assert 0 <= total.rate <= 1
    else:
        assert total.rate is None
    assert sorted(total.days) == list(total.days)


@given(st.lists(st.integers(0, 999), min_size=1, max_size=9))
def test_half_lie_on_either_side_of_the_median(days):
    middle = median(days)
    assert sum(d < middle for d in days) <= len(days) / 2 >= sum(d > middle for d in days)


def test_known_answers():
    assert median([]) is None
    assert median([3, 1, 2]) == 2
    assert median([1, 2]) == Fraction(3, 2)
    assert Closing(10, 4, 2).rate == Fraction(1, 2)
    assert ending(["opened", "submitted", "accepted"]) == "accepted"
    assert ending(["opened", "done", "verified", "reopened"]) == "live"
    assert ending(["opened", "dropped"]) == "cancelled"
    assert ending([]) == "live"
