"""The arithmetic of plan reports: counts add up, percentages are never averaged, unknown stays unknown."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.rounding import half_up
from sucharit.plans.engine import report as engine
from sucharit.plans.engine.report import ActivityRow, ProjectRow

E2 = st.none() | st.integers(0, 10_000)
MONEY = st.none() | st.integers(0, 10**13)


@st.composite
def activities(draw):
    return ActivityRow(
        title="x",
        owner="u",
        state=draw(st.sampled_from(["planned", "running", "done", "blocked", "cancelled"])),
        weight=draw(st.integers(0, 20)),
        planned_e2=draw(E2),
        progress_e2=draw(E2),
        heads_attended=draw(st.none() | st.integers(0, 500)),
        allocated=draw(MONEY),
        disbursed=draw(MONEY),
        problem=draw(st.sampled_from(["", "ฝนตก"])),
    )


PROJECTS = st.lists(
    st.builds(
        ProjectRow,
        title=st.just("p"),
        owner=st.just("u"),
        plan=st.just("plan"),
        activities=st.lists(activities(), max_size=6),
        own_allocated=MONEY,
        own_disbursed=MONEY,
    ),
    max_size=5,
)


@given(PROJECTS)
def test_counts_and_money_add_up(projects):
    found = engine.summarise(projects)
    rows = [a for p in projects for a in p.activities]
    assert found.counts.total == len(rows)
    known = [m for m in (*(a.allocated for a in rows), *(p.own_allocated for p in projects)) if m is not None]  # fmt: skip
    assert found.money.allocated == (sum(known) if known else None)
    assert found.progress.expected == sum(a.state != "cancelled" for a in rows)


@given(st.lists(activities(), max_size=12))
def test_progress_of_parts_makes_the_progress_of_all(rows):
    """Weighted sums of any cut give the whole; the average of the parts' percentages does not have to."""
    told = [r for r in rows if r.state != "cancelled" and r.progress_e2 is not None]
    weight = sum(r.weight for r in told)
    found = engine.progress_of(rows)
    if weight == 0:
        assert found.e2 is None
        return
    cut = len(told) // 2
    parts = [told[:cut], told[cut:]]
    whole = Fraction(sum(sum(r.weight * r.progress_e2 for r in part) for part in parts), weight)
    assert found.e2 == half_up(whole)
    assert found.reported == len(told)


def test_the_average_of_percentages_is_not_taken():
    small = ActivityRow("a", "u", "running", 1, None, 10_000)
    large = ActivityRow("b", "u", "running", 9, None, 0)
    assert engine.progress_of([small, large]).e2 == 1_000


def test_nothing_reported_is_not_nought():
    row = ActivityRow("a", "u", "planned", 1, 5_000, None)
    assert engine.progress_of([row]).e2 is None
    assert engine.standing(row) == "not_reported"
    assert engine.summarise([ProjectRow("p", "u", "x", [row])]).heads_attended is None
    assert engine.Money(0, 0, 0).disbursed_e2 is None


def test_behind_is_below_the_plan_of_that_month():
    assert engine.standing(ActivityRow("a", "u", "running", 1, 5_000, 4_999)) == "behind"
    assert engine.standing(ActivityRow("a", "u", "running", 1, 5_000, 5_000)) == "on_plan"
    assert engine.standing(ActivityRow("a", "u", "running", 1, None, 1)) == "on_plan"
    assert engine.standing(ActivityRow("a", "u", "running", 1, 5_000, 10_000)) == "done"
    assert engine.standing(ActivityRow("a", "u", "cancelled", 1, 5_000, None)) == "cancelled"
