"""What a template must hold and how plans differ from it: plain Python."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.plans.engine.templates import Difference, Problem, count, differences, problems

ACTIVITIES = st.lists(
    st.fixed_dictionaries(
        {"title_th": st.sampled_from("กขค"), "weight": st.integers(1, 3), "months": st.just([])}
    ),
    min_size=1,
    max_size=3,
)
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {"title_th": st.sampled_from("กขค"), "activities": ACTIVITIES, "goals": st.just([])}
    ),
    min_size=1,
    max_size=3,
)


def document(projects):
    for n, project in enumerate(projects):
        project["key"] = f"p{n}"
        for k, activity in enumerate(project["activities"]):
            activity["key"] = f"p{n}a{k}"
    return {"projects": projects}


@settings(max_examples=60)
@given(PROJECTS)
def test_nothing_differs_from_itself_and_it_can_be_published(projects):
    one = document(projects)
    assert differences(one, copy.deepcopy(one)) == []
    assert problems(one) == []
    assert count(one) == (len(projects), sum(len(p["activities"]) for p in projects))


@settings(max_examples=60)
@given(PROJECTS, PROJECTS)
def test_both_ways_tell_the_same(one, two):
    there = differences(document(one), document(two))
    back = differences(document(two), document(one))
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((turned[d.kind], d.thing, d.key, d.field) for d in there) == sorted(
        (d.kind, d.thing, d.key, d.field) for d in back
    )


def test_a_changed_field_with_both_values():
    one = document([{"title_th": "ก", "activities": [{"title_th": "ข", "weight": 1}]}])
    two = copy.deepcopy(one)
    two["projects"][0]["activities"][0]["weight"] = 2
    assert differences(one, two) == [Difference("changed", "activity", "p0a0", "ข", "weight", 1, 2)]


def test_problems():
    assert problems({}) == [Problem("empty")]
    bad = {"projects": [{"key": "p", "title_th": " ", "activities": []}]}
    assert [p.kind for p in problems(bad)] == ["no_activity", "no_title"]
    falling = document([{"title_th": "ก", "activities": [{"title_th": "ข", "months": [200, 100, *[None] * 10]}]}])  # fmt: skip
    assert problems(falling) == [Problem("months", "p0a0")]
