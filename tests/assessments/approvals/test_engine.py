"""The seven states and the four authorities: the whole table, and what no path may ever reach."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.approval import (
    FLAGS,
    NO_FACTS,
    Acceptance,
    Authority,
    Board,
    Facts,
    Flags,
    Node,
    NotNowError,
    State,
    Waiting,
    allowed,
)

S, A = State, Authority
NAMES = ("approved", "approvable", "unapprovable", "accepted", "acceptable", "unacceptable")
NOTHING = "......"
# What each authority, held alone, makes of each state: six letters in the order of NAMES. Facts (approved,
# accepted) do not depend on who asks. From the rules: approving needs readiness; taking back is possible
# until a level above approves; accepted data is frozen from below, so only ACCEPT_LOWER gives it back.
TABLE = {
    S.UNAPPROVABLE: dict.fromkeys(A, NOTHING),
    S.UNAPPROVED_ABOVE: dict.fromkeys(A, NOTHING),
    S.UNAPPROVED_WAITING: dict.fromkeys(A, NOTHING),
    S.UNAPPROVED_READY: {
        A.APPROVE_OWN: ".y....",
        A.APPROVE_LOWER: ".y....",
        A.ACCEPT_LOWER: "......",
        A.VIEW_UNAPPROVED: "......",
    },
    S.APPROVED_ABOVE: dict.fromkeys(A, "y....."),
    S.APPROVED_HERE: {
        A.APPROVE_OWN: "y.y...",
        A.APPROVE_LOWER: "y.y...",
        A.ACCEPT_LOWER: "y.y.y.",
        A.VIEW_UNAPPROVED: "y.....",
    },
    S.ACCEPTED_HERE: {
        A.APPROVE_OWN: "y..y..",
        A.APPROVE_LOWER: "y..y..",
        A.ACCEPT_LOWER: "y.yy.y",
        A.VIEW_UNAPPROVED: "y..y..",
    },
}


def flags(letters: str) -> Flags:
    return Flags(**{name: c == "y" for name, c in zip(NAMES, letters, strict=True)})


def test_the_table_is_whole():
    assert len(S) == 7
    assert len(A) == 4
    assert {s: set(row) for s, row in TABLE.items()} == {s: set(A) for s in S}


@pytest.mark.parametrize(("state", "authority"), list(itertools.product(S, A)))
def test_every_state_for_every_authority(state, authority):
    assert allowed(state, [authority]) == flags(TABLE[state][authority])


@pytest.mark.parametrize("state", S)
def test_together_authorities_may_what_one_of_them_may_and_none_may_nothing(state):
    for n in range(len(A) + 1):
        for held in itertools.combinations(A, n):
            got = allowed(state, held)
            for name in NAMES:
                alone = [getattr(allowed(state, [a]), name) for a in held]
                fact = name in {"approved", "accepted"} and getattr(FLAGS[state], name)
                assert getattr(got, name) == (fact or any(alone)), (state, held, name)


@pytest.mark.parametrize("state", S)
def test_what_anybody_may_is_what_the_state_allows(state):
    assert allowed(state, list(A)) == FLAGS[state]


def test_without_the_second_step_nobody_accepts():
    got = allowed(S.APPROVED_HERE, list(A), acceptance=Acceptance.OFF)
    assert not got.acceptable
    assert got.unapprovable


# A ministry (1) over a province (2) over two districts (4, 5), and a department (3).
NODES = (
    Node("moi", None, 1),
    Node("p", "moi", 2),
    Node("dep", "moi", 2),
    Node("d1", "p", 3),
    Node("d2", "p", 3),
)


def board(facts=None, *, nodes=NODES, **options):
    return Board(nodes, facts, **options)


def states(b: Board) -> dict[str, str]:
    return {str(k): b.state(k) for k in b.nodes}


def test_states_of_a_tree_before_and_after_each_step():
    b = board()
    assert states(b) == {
        "moi": S.UNAPPROVED_WAITING,
        "p": S.UNAPPROVED_WAITING,
        "dep": S.UNAPPROVED_READY,
        "d1": S.UNAPPROVED_READY,
        "d2": S.UNAPPROVED_READY,
    }
    assert b.waiting("moi") == Waiting(below=("p", "dep"))
    both = {"d1": Facts(3), "d2": Facts(3, accepted=True)}
    b = board(both)
    assert b.state("d1") == S.APPROVED_HERE
    assert b.state("d2") == S.ACCEPTED_HERE
    assert b.state("p") == S.UNAPPROVED_READY
    b = board({**both, "p": Facts(2)})
    assert b.state("d1") == b.state("d2") == S.APPROVED_ABOVE
    assert b.signer_above("d1") == "p"
    assert b.signer_above("p") is None
    b = board({**both, "p": Facts(2), "dep": Facts(2), "moi": Facts(1)})
    assert set(states(b).values()) == {S.APPROVED_ABOVE, S.APPROVED_HERE}
    assert b.state("nobody") == S.UNAPPROVABLE


def test_its_own_report_is_waited_for():
    nodes = (Node("moi", None, 1), Node("p", "moi", 2, complete=False))
    b = board(nodes=nodes)
    assert b.state("p") == S.UNAPPROVED_WAITING
    assert b.waiting("p") == Waiting(own=True)


def test_levels_that_do_not_sign_are_looked_through():
    nodes = (
        Node("moi", None, 1),
        Node("p", "moi", 2, approves=False),
        Node("d1", "p", 3),
        Node("d2", "p", 3, approves=False, complete=False),
    )
    b = board(nodes=nodes)
    assert b.state("p") == S.UNAPPROVED_ABOVE
    assert b.state("d2") == S.UNAPPROVED_ABOVE
    assert b.waiting("moi").below == ("d1", "d2")
    nodes = (*nodes[:3], Node("d2", "p", 3, approves=False))
    b = board({"d1": Facts(3)}, nodes=nodes)
    assert b.state("moi") == S.UNAPPROVED_READY
    b = board({"d1": Facts(3), "moi": Facts(1)}, nodes=nodes)
    assert b.state("p") == S.APPROVED_ABOVE


def test_a_unit_that_rose_in_the_tree_is_not_approved_at_its_new_level():
    b = board({"p": Facts(3), "d1": Facts(3), "d2": Facts(2)})
    assert b.state("p") == S.UNAPPROVED_READY
    assert b.state("d2") == S.APPROVED_HERE  # approved further up than it stands now


def test_where_acceptance_is_required_approval_alone_is_not_enough():
    facts = {"d1": Facts(3), "d2": Facts(3, accepted=True)}
    b = board(facts, acceptance=Acceptance.REQUIRED)
    assert b.waiting("p").below == ("d1",)


def test_who_sees_data_that_is_not_approved():
    b = board()
    assert b.readable("d1", "d1")
    assert not b.readable("d1", "p")
    assert not b.readable("d1", "moi")
    assert b.readable("d1", "moi", [A.VIEW_UNAPPROVED])
    assert not b.readable("p", "d1")  # not below him
    b = board({"d1": Facts(3)})
    assert b.readable("d1", "p")
    assert not b.readable("d1", "moi")  # the province, just below, has not approved
    b = board({"d1": Facts(3), "d2": Facts(3), "p": Facts(2)})
    assert b.readable("d1", "moi")


def test_broken_trees_are_refused():
    with pytest.raises(ValueError, match="not there"):
        Board([Node("a", "b", 1)])
    with pytest.raises(ValueError, match="each other"):
        Board([Node("a", "b", 1), Node("b", "a", 2)])
    with pytest.raises(ValueError, match="accepted"):
        Facts(None, accepted=True)


@st.composite
def trees(draw):
    n = draw(st.integers(1, 9))
    nodes = [Node(0, None, 1)]
    for key in range(1, n):
        parent = draw(st.integers(0, key - 1))
        nodes.append(
            Node(
                key,
                parent,
                nodes[parent].level + 1,
                approves=draw(st.booleans()) or draw(st.booleans()),
                complete=draw(st.integers(0, 4)) > 0,
            )
        )
    return nodes


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["approve", "unapprove", "accept", "unaccept"]),
        st.integers(0, 8),
        st.sets(st.sampled_from(list(A))),
    ),
    max_size=40,
)


@given(trees(), STEPS, st.sampled_from(list(Acceptance)))
@settings(max_examples=300, deadline=None)
def test_no_path_breaks_the_rules(nodes, steps, acceptance):
    facts: dict[int, Facts] = {}
    for action, key, held in steps:
        if key >= len(nodes):
            continue
        b = Board(nodes, facts, acceptance=acceptance)
        before = dict(facts)
        frozen = b.facts(key).accepted
        try:
            facts[key] = b.after(action, key, held)
        except NotNowError:
            continue
        # No cascade: one unit changed.
        assert {k: v for k, v in facts.items() if k != key} == {
            k: v for k, v in before.items() if k != key
        }
        # Accepted data is frozen from below.
        assert not frozen or A.ACCEPT_LOWER in held
        # Nothing under an approved unit moves.
        assert b.signer_above(key) is None
        after = Board(nodes, facts, acceptance=acceptance)
        for node in nodes:
            if not after.approved_at(node.key):
                continue
            assert node.approves
            assert node.complete
            # A parent is never approved while a unit below it is not.
            for other in nodes:
                if node.key in after.above(other.key):
                    assert other.complete
                    assert not other.approves or after.approved_at(other.key)
            if acceptance is Acceptance.OFF:
                assert not after.facts(node.key).accepted


@given(trees(), STEPS)
@settings(max_examples=150, deadline=None)
def test_every_state_says_the_same_as_its_flags(nodes, steps):
    facts: dict[int, Facts] = {}
    for action, key, _held in steps:
        if key < len(nodes):
            try:
                facts[key] = Board(nodes, facts).after(action, key, list(A))
            except NotNowError:
                continue
    b = Board(nodes, facts)
    for node in nodes:
        flag = FLAGS[b.state(node.key)]
        above = any(b.approved_at(k) for k in b.above(node.key))
        assert flag.approved == (above or b.approved_at(node.key))
        assert flag.accepted == (not above and b.facts(node.key).accepted)
        assert flag.approvable == (
            node.approves and not above and not b.approved_at(node.key) and not b.waiting(node.key)
        )


def test_nothing_stored_is_not_approved():
    assert not NO_FACTS.covers(1)
    assert board().facts("x") == NO_FACTS
