"""Inference over mappings: capped, marked, one hop, and a doubt never helps the unit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine.mapping import (
    CARRIES,
    RELATIONS,
    Link,
    Outcome,
    carried_points,
    infer,
)

# On a busy machine the first draws alone take seconds.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TARGET = ("moral", "m1")
HALF = Fraction(1, 2)


def link(relation, strength=5, source="O1"):
    return Link(("ita", source), TARGET, relation, strength)


def says(share, **fields):
    return {("ita", "O1"): Outcome(Fraction(share), **fields)}


@pytest.mark.parametrize(
    ("relation", "share", "level", "carried"),
    [
        ("equal", 1, "full", 1),
        ("equal", HALF, "partly", HALF),
        ("equal", 0, "none", 0),
        ("superset", 1, "full", 1),
        ("subset", 1, "partly", None),
        ("intersect", 1, "partly", None),
        ("intersect", HALF, "partly", None),
    ],
)
def test_what_follows(relation, share, level, carried):
    found = infer(TARGET, [link(relation)], says(share))
    assert (found.level, found.share) == (level, carried)


@pytest.mark.parametrize(
    ("relation", "share"), [("subset", 0), ("intersect", 0), ("not_related", 1)]
)
def test_what_does_not_follow(relation, share):
    assert infer(TARGET, [link(relation)], says(share)) is None


def test_no_second_hop_and_nothing_unconfirmed():
    assert infer(TARGET, [link("equal")], says(1, inferred=True)) is None
    assert infer(TARGET, [link("equal")], says(1, confirmed=False)) is None
    chain = [Link(("a", "1"), ("ita", "O1"), "equal"), link("equal")]
    assert infer(TARGET, chain, {("a", "1"): Outcome(Fraction(1))}) is None


def test_the_stronger_then_the_lower_link_speaks():
    outcomes = {("ita", "O1"): Outcome(Fraction(1)), ("ita", "O2"): Outcome(Fraction(0))}
    even = infer(TARGET, [link("equal"), link("equal", source="O2")], outcomes)
    assert (even.level, even.conflict, len(even.other)) == ("none", True, 1)
    strong = infer(TARGET, [link("equal", 9), link("equal", 5, "O2")], outcomes)
    assert (strong.level, strong.conflict) == ("full", True)
    weak = infer(TARGET, [link("equal", 1), link("intersect", 10)], says(1))
    assert weak.level == "full", "a link that carries goes before one that hints"


def test_points_are_carried_only_where_the_scales_match():
    found = infer(TARGET, [link("equal")], says(HALF))
    assert carried_points(found, [Fraction(0), Fraction(1), Fraction(2)]) == 1
    assert carried_points(found, [Fraction(0), Fraction(1)]) is None
    hint = infer(TARGET, [link("intersect")], says(1))
    assert carried_points(hint, [Fraction(0), Fraction(1), Fraction(2)]) is None
    assert carried_points(found, []) is None


@pytest.mark.parametrize("bad", [link("same"), link("equal", 11), link("equal", -1)])
def test_a_wrong_link_is_refused(bad):
    with pytest.raises(ValueError, match=r"relation|strength"):
        infer(TARGET, [bad], {})


links = st.lists(
    st.builds(
        lambda r, s, n: link(r, s, f"O{n}"),
        st.sampled_from(RELATIONS),
        st.integers(0, 10),
        st.integers(1, 4),
    ),
    max_size=6,
)
outcomes = st.dictionaries(
    st.integers(1, 4).map(lambda n: ("ita", f"O{n}")),
    st.builds(
        Outcome,
        st.fractions(0, 1, max_denominator=4),
        inferred=st.booleans(),
        confirmed=st.booleans(),
    ),
)


@UNHURRIED
@given(links, outcomes, st.randoms())
def test_caps_hold_whatever_the_links(rows, found, random):
    result = infer(TARGET, rows, found)
    mixed = list(rows)
    random.shuffle(mixed)
    again = infer(TARGET, mixed, found)
    assert (result is None) == (again is None)
    if result is None:
        return
    assert (result.level, result.share) == (again.level, again.share)
    source = found[result.link.source]
    assert source.confirmed
    assert not source.inferred
    if result.link.relation in CARRIES:
        assert result.share == source.share
    else:
        assert (result.level, result.share) == ("partly", None)
        assert not any(
            row.relation in CARRIES
            and row.source in found
            and found[row.source].confirmed
            and not found[row.source].inferred
            for row in rows
        )
