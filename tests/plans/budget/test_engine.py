"""Budget engine: whatever is entered, replay equals state, nothing goes below zero, transfers keep the sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.plans.engine import budget as b
from sucharit.plans.engine import quadrant as q

KINDS = [*b.EFFECTS, b.REVERSAL]
PAIRS = {"transfer": ("transfer_out", "transfer_in"), "carry": ("carry_over_out", "carry_over_in")}


def entries(book: b.Book, kept: list[b.Entry], kind: str, amount: int, pick: int, override: bool):
    """The next entry, naming some document of the book."""
    number, count = len(kept) + 1, len(kept)
    named = (pick % (count + 1)) or None
    if kind == b.REVERSAL:
        amount = book.documents[named].amount if named else amount
        return b.Entry(number, kind, amount, reverses=named, override=override)
    draws = named if kind in b.DRAWS else None
    return b.Entry(number, kind, amount, draws_on=draws, override=override)


step = st.tuples(
    st.sampled_from([*KINDS, "allocation", "commitment", "disbursement"]),
    st.integers(-1, 60),
    st.integers(0, 40),
    st.booleans(),
)


@given(st.lists(step, max_size=40), st.booleans())
@settings(max_examples=200)
def test_every_history_that_is_taken_replays_to_its_state(steps, overrides):
    book, kept = b.Book(), []
    for kind, amount, pick, override in steps:
        entry = entries(book, kept, kind, amount, pick, override and overrides)
        before = book.balance
        after = b.enter(book, entry)
        if isinstance(after, b.Refused):
            assert after.code
            continue
        book, balance = after, after.balance
        kept.append(entry)
        assert min(balance.reserved, balance.committed, balance.disbursed, balance.left) >= 0
        if balance.available < before.available and balance.available < 0:
            assert entry.override
        if not overrides:
            assert balance.available >= 0
        check_documents(book)
    again = b.replay(kept)
    assert again.wrong is None
    assert again.balance == book.balance
    assert again.documents == book.documents


def check_documents(book: b.Book) -> None:
    """What is open of the documents of a kind is exactly the balance's sum of that kind."""
    for kind, name in (
        ("reservation", "reserved"),
        ("commitment", "committed"),
        ("disbursement", "disbursed"),
    ):
        open_ = [d.open for d in book.documents.values() if d.kind == kind]
        assert all(o >= 0 for o in open_)
        assert sum(open_) == getattr(book.balance, name)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(PAIRS)), st.integers(0, 2), st.integers(0, 2), st.integers(1, 80)
        ),
        max_size=30,
    )
)
@settings(max_examples=100)
def test_transfers_and_carry_overs_keep_the_sum(moves):
    lines = [b.apply(b.Balance(), "allocation", 100) for _ in range(3)]
    for how, source, target, amount in moves:
        if source == target:
            continue
        out = b.apply(lines[source], PAIRS[how][0], amount)
        if isinstance(out, b.Refused):
            continue
        lines[source], lines[target] = out, b.apply(lines[target], PAIRS[how][1], amount)
        assert sum(x.allocated - x.left for x in lines) == 300
        assert min(x.available for x in lines) >= 0


def of(kind: str, amount: int, open_: int | None = None, **more) -> b.Document:
    return b.Document(1, kind, amount, amount if open_ is None else open_, **more)


HAVE = b.Balance(allocated=100, reserved=20, committed=30, disbursed=10)


@pytest.mark.parametrize(
    ("kind", "amount", "more", "code"),
    [
        ("commitment", 41, {}, "short"),
        ("commitment", 21, {"draws_on": of("reservation", 20)}, "more"),
        ("commitment", 5, {"draws_on": of("commitment", 20)}, "wrong"),
        ("disbursement", 31, {"draws_on": of("commitment", 30)}, "more"),
        ("refund", 1, {}, "name"),
        ("refund", 11, {"draws_on": of("disbursement", 10)}, "more"),
        ("reversal", 10, {"reverses": of("disbursement", 10, 4)}, "drawn"),
        ("reversal", 10, {"reverses": of("disbursement", 10, 0, reversed=True)}, "reversed"),
        ("reversal", 10, {"reverses": of("reversal", 10)}, "wrong"),
        ("reversal", 9, {"reverses": of("disbursement", 10)}, "more"),
        ("reversal", 50, {"reverses": of("allocation", 50)}, "short"),
        ("transfer_out", 41, {"override": True}, "short"),
        ("lapse", 41, {"override": True}, "short"),
        ("allocation", 5, {"closed": True}, "closed"),
        ("allocation", 0, {}, "amount"),
        ("gift", 5, {}, "kind"),
    ],
)  # fmt: skip
def test_refusals_say_why(kind, amount, more, code):
    found = b.apply(HAVE, kind, amount, **more)
    assert isinstance(found, b.Refused)
    assert found.code == code


def test_below_zero_only_with_an_override_and_a_step_that_helps_is_free():
    below = b.apply(HAVE, "disbursement", 45, override=True)
    assert isinstance(below, b.Balance)
    assert below.available == -5
    helped = b.apply(below, "allocation", 2)
    assert isinstance(helped, b.Balance)
    assert helped.available == -3


def test_paying_a_commitment_takes_nothing_from_what_is_available():
    after = b.apply(HAVE, "disbursement", 30, draws_on=of("commitment", 30))
    assert after == b.Balance(allocated=100, reserved=20, committed=0, disbursed=40)


def test_a_reversed_drawing_is_open_again():
    rows = [
        b.Entry(1, "allocation", 100),
        b.Entry(2, "commitment", 60),
        b.Entry(3, "disbursement", 60, draws_on=2),
        b.Entry(4, "reversal", 60, reverses=3),
    ]
    book = b.replay(rows)
    assert book.documents[2].open == 60
    assert book.balance == b.Balance(allocated=100, committed=60)


def test_replay_names_the_first_entry_that_cannot_be():
    book = b.replay([b.Entry(1, "allocation", 10), b.Entry(2, "commitment", 11)])
    assert book.wrong is not None
    assert book.wrong[0] == 2
    assert b.replay([b.Entry(2, "allocation", 10)]).wrong == (2, b.Refused("gap", 10))


RULE = q.Thresholds(gap=Fraction(20), behind=Fraction(20))


@pytest.mark.parametrize(
    ("work", "money", "planned", "where"),
    [
        (30, 60, 50, "money_ahead"),
        (60, 30, 50, "work_ahead"),
        (40, 60, 50, "on_track"),
        (10, 15, 50, "both_behind"),
        (10, 15, None, "on_track"),
        (None, 15, 50, "unknown"),
        (10, None, 50, "unknown"),
    ],
)
def test_quadrants(work, money, planned, where):
    values = [None if v is None else Fraction(v) for v in (work, money, planned)]
    assert q.place(*values, RULE).where == where


def test_cost_per_head_and_percentages_know_what_they_do_not_know():
    assert q.cost_per_head(1_000, None) is None
    assert q.cost_per_head(1_000, 0) is None
    assert q.cost_per_head(1_000, 3) == Fraction(1000, 3)
    assert q.percent(1, 0) is None
    assert q.percent(1, 3) == Fraction(100, 3)
    assert q.weighted([(Fraction(50), 1), (None, 5), (Fraction(100), 3)]) == Fraction(175, 2)
    assert q.weighted([(None, 1)]) is None
