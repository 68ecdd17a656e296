"""The rules: numbers without gaps, a quorum that only grows with who comes, and a lock without a way out."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.committees.engine import agenda, flow, recusal
from sucharit.committees.engine.closing import Task, closing
from sucharit.committees.engine.numbering import gaps, next_number
from sucharit.committees.engine.quorum import SeatFact, quorum, votes_carry, votes_fit

SHARES = st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1)])
STATUS = st.sampled_from(["present", "represented", "absent", "absent_official", ""])


@settings(max_examples=100)
@given(st.lists(st.one_of(st.just(0), st.integers(1, 6)), max_size=25))
def test_numbers_have_no_gap_once_freed_ones_are_given_again(steps):
    taken: set[int] = set()
    for step in steps:
        if step == 0:
            n = next_number(taken)
            assert n not in taken
            taken.add(n)
        else:
            taken.discard(step)
    for _ in gaps(taken):
        taken.add(next_number(taken))
    assert taken == set(range(1, len(taken) + 1))


@settings(max_examples=100)
@given(st.lists(STATUS, min_size=1, max_size=12), SHARES, st.data())
def test_one_more_who_comes_never_loses_a_quorum(came, share, data):
    at = data.draw(st.integers(0, len(came) - 1))
    before = quorum([SeatFact(n, status=s) for n, s in enumerate(came)], share)
    more = [*came[:at], "present", *came[at + 1 :]]
    after = quorum([SeatFact(n, status=s) for n, s in enumerate(more)], share)
    assert after.present >= before.present
    assert not before.met or after.met
    assert before.lacks == max(0, before.needed - before.present)


def test_half_of_five_is_three_and_seats_without_vote_or_ended_do_not_count():
    seats = [SeatFact(n, status="present" if n < 2 else "absent") for n in range(5)]
    seats += [SeatFact(8, voting=False, status="present"), SeatFact(9, ended=True, status="present")]  # fmt: skip
    found = quorum(seats, Fraction(1, 2))
    assert (found.seats, found.needed, found.present, found.lacks) == (5, 3, 2, 1)
    aside = quorum(seats, Fraction(1, 2), aside={4})
    assert (aside.seats, aside.needed, aside.met) == (4, 2, True)
    assert not quorum([], Fraction(1, 2)).met


def test_who_comes_for_a_member_counts_only_where_alternates_do():
    seats = [SeatFact(1, status="represented"), SeatFact(2, status="absent")]
    assert quorum(seats, Fraction(1, 2)).met
    without = quorum(seats, Fraction(1, 2), alternates_count=False)
    assert (without.met, without.not_counted) == (False, 1)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(sorted(flow.STEPS)), max_size=20))
def test_no_step_leads_out_of_a_certified_meeting(steps):
    state, final = "planned", False
    for name in steps:
        assert not (final and flow.allowed(name, state))
        if flow.allowed(name, state):
            state = flow.STEPS[name].target
            final = state in flow.FINAL
    assert flow.possible("certified", frozenset({flow.EDIT, flow.CERTIFY})) == ()


def test_votes_fit_who_was_there_and_carry_the_kind():
    assert votes_fit((None, None, None), 3) == ""
    assert votes_fit((1, None, None), 3) == "part"
    assert votes_fit((2, 1, 1), 3) == "many"
    assert votes_carry("approved", 2, 2)
    assert not votes_carry("approved", 1, 2)
    assert not votes_carry("rejected", 2, 1)


def test_undecided_recusals_keep_the_member_out():
    assert recusal.aside([(1, ""), (2, "may_take_part"), (3, "stands_aside")]) == {1, 3}


def test_closing_counts_without_cancelled_ones_and_says_nothing_of_nothing():
    day = dt.date(2024, 1, 1)
    days = [Task("accepted", day, day + dt.timedelta(days=n)) for n in (2, 5)]
    found = closing([*days, Task("open", day), Task("cancelled", day, day)])
    assert (found.rate, found.days, found.counted) == (Fraction(2, 3), Fraction(7, 2), 3)
    assert closing([]).rate is None


def test_agenda_numbers_and_moves():
    assert agenda.numbered([(7, 1), (8, 4), (9, 4)]) == {7: "1.1", 8: "4.1", 9: "4.2"}
    assert agenda.moved([1, 2, 3], 3, up=True) == (1, 3, 2)
    assert agenda.moved([1, 2, 3], 1, up=True) == (1, 2, 3)
