"""Working days against a loop that looks at every day, and the law's own examples."""

from __future__ import annotations

import datetime as dt
import functools
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.desk.engine import deadlines as engine
from sucharit.desk.engine.deadlines import Rule, deadline, extend
from sucharit.desk.engine.workdays import Calendar, DayOff

D = dt.date
ONE = dt.timedelta(days=1)
FIRST, LAST = D(2019, 1, 1), D(2028, 12, 31)
EMPTY = Calendar((), frozenset(range(1990, 2060)))

days = st.dates(FIRST, LAST)
offs = st.lists(
    st.builds(
        DayOff,
        on=days,
        name=st.just("x"),
        province=st.sampled_from(["", "", "", "th-38", "th-96"]),
        works=st.sampled_from([False, False, False, True]),
    ),
    max_size=250,
    unique_by=lambda d: (d.on, d.province),
)
places = st.sampled_from(["", "th-38", "th-96", "th-10"])


def naive_works(rows, day, province):
    """The rule as it is said: the province's own row, else the nation's, else the weekday."""
    for place in (province, ""):
        for row in rows:
            if row.on == day and row.province == place:
                return row.works
    return day.weekday() < 5


def naive_add(works, start, n):
    day = start
    while n:
        day += ONE
        n -= works(day)
    return day


@given(offs, places, days, st.integers(0, 400))
@settings(max_examples=120)
def test_adding_is_walking_day_by_day(rows, province, start, n):
    calendar = Calendar.of(rows)
    works = functools.cache(lambda day: naive_works(rows, day, province))
    got = calendar.add_working_days(start, n, province)
    assert got == naive_add(works, start, n)
    assert calendar.working_days_between(start, got, province) == n
    assert calendar.is_working_day(start, province) == works(start)
    assert calendar.next_working_day(start, province) == naive_add(works, start - ONE, 1)


@given(offs, places)
@settings(max_examples=10)
def test_every_day_of_ten_years(rows, province):
    calendar = Calendar.of(rows)
    by_day = {r.on: r for r in rows if r.province == ""}
    by_day |= {r.on: r for r in rows if province and r.province == province}
    count, day = 0, FIRST
    while day <= LAST:
        row = by_day.get(day)
        works = row.works if row else day.weekday() < 5
        count += works
        assert calendar.is_working_day(day, province) == works
        assert calendar.working_days_in(FIRST, day, province) == count
        day += ONE


@given(offs, days, days, days)
def test_stretches_add_up(rows, one, two, three):
    calendar = Calendar.of(rows)
    between = calendar.working_days_between
    assert between(one, two) + between(two, three) == between(one, three)
    assert between(one, two) == -between(two, one)
    assert calendar.working_days_in(max(one, two) + ONE, min(one, two)) == 0


def test_a_calendar_is_bounded_only_by_time_itself():
    assert EMPTY.add_working_days(D(2024, 1, 1), 0) == D(2024, 1, 1)
    with pytest.raises(ValueError, match="forward"):
        EMPTY.add_working_days(D(2024, 1, 1), -1)
    with pytest.raises(OverflowError):
        EMPTY.add_working_days(D(9999, 12, 30), 9)


def test_a_province_takes_back_a_day_of_the_nation():
    rows = [
        DayOff(D(2024, 4, 12), "special"),
        DayOff(D(2024, 4, 12), "works", "th-38", works=True),
        DayOff(D(2024, 4, 20), "moved", works=True),
    ]
    calendar = Calendar.of(rows)
    assert not calendar.is_working_day(D(2024, 4, 12))
    assert calendar.is_working_day(D(2024, 4, 12), "th-38")
    assert calendar.is_working_day(D(2024, 4, 20), "th-38")  # a Saturday everybody works
    assert calendar.days_off(D(2024, 4, 1), D(2024, 4, 30), "th-38") == []


@pytest.mark.parametrize(
    ("n", "unit", "event", "due"),
    [
        (15, "day", "2024-03-19", "2024-04-03"),  # s. 193/3: the first day is not counted
        (60, "day", "2024-01-10", "2024-03-10"),  # "60 days" is never two months
        (1, "week", "2024-03-20", "2024-03-27"),
        (1, "month", "2024-01-15", "2024-02-15"),  # begins on the 16th, ends the day before a 16th
        (1, "month", "2023-01-30", "2023-02-28"),  # begins on the 31st: February has none
        (1, "month", "2024-01-30", "2024-02-29"),
        (1, "month", "2024-01-31", "2024-02-29"),  # begins on the first: the whole of February
        (1, "month", "2023-01-28", "2023-02-28"),  # begins on the 29th
        (3, "month", "2024-11-30", "2025-02-28"),
        (1, "year", "2024-02-28", "2025-02-28"),  # begins on 29 February
        (2, "year", "2024-02-29", "2026-02-28"),
        (4, "year", "2024-02-28", "2028-02-28"),
        (1, "year", "2024-09-30", "2025-09-30"),
    ],
)
def test_periods_of_the_code(n, unit, event, due):
    rule = Rule(n, unit, roll_forward=False)
    assert deadline(rule, D.fromisoformat(event), EMPTY).due_on == D.fromisoformat(due)


def test_an_act_that_begins_at_opening_hour_counts_its_own_day():
    rule = Rule(7, "day", roll_forward=False, starts_same_day=True)
    assert deadline(rule, D(2024, 7, 1), EMPTY).due_on == D(2024, 7, 7)
    month = Rule(1, "month", roll_forward=False, starts_same_day=True)
    assert deadline(month, D(2024, 7, 1), EMPTY).due_on == D(2024, 7, 31)
    work = Rule(1, "working_day", starts_same_day=True)
    assert deadline(work, D(2024, 7, 1), EMPTY).due_on == D(2024, 7, 1)
    assert deadline(work, D(2024, 7, 6), EMPTY).due_on == D(2024, 7, 8)


def test_only_where_the_rule_says_so_a_day_off_moves_the_end():
    songkran = Calendar.of([DayOff(D(2024, 4, d), f"s{d}") for d in (12, 15, 16)])
    moved = deadline(Rule(15), D(2024, 3, 28), songkran)
    assert moved.due_on == D(2024, 4, 17)
    rolled = next(s for s in moved.steps if s.kind == "rolled")
    assert [d.name for d in rolled.days] == ["s12", "s15", "s16"]
    assert rolled.weekend_days == 2
    stays = deadline(Rule(15, roll_forward=False), D(2024, 3, 28), songkran)
    assert stays.due_on == D(2024, 4, 12)
    assert [s.kind for s in stays.steps][-1] == "not_rolled"


def test_an_extension_runs_from_the_day_after_the_end_as_it_counted():
    rule = Rule(30, max_extensions=2, extension_n=30)
    first = deadline(rule, D(2024, 5, 2), EMPTY)  # ends on Saturday 1 June, so Monday the 3rd
    assert first.due_on == D(2024, 6, 3)
    assert extend(rule, first.due_on, 1, EMPTY).due_on == D(2024, 7, 3)
    both = deadline(rule, D(2024, 5, 2), EMPTY, extensions=2)
    assert both.due_on == extend(rule, D(2024, 7, 3), 2, EMPTY).due_on == D(2024, 8, 2)
    assert [s.number for s in both.steps if s.kind == "extended"] == [1, 2]
    for wrong in (-1, 3):
        with pytest.raises(ValueError, match="extensions"):
            deadline(rule, D(2024, 5, 2), EMPTY, extensions=wrong)
    with pytest.raises(ValueError, match="extensions"):
        extend(rule, D(2024, 6, 3), 3, EMPTY)


def test_a_year_without_days_off_is_told():
    calendar = Calendar.of([DayOff(D(2024, 12, 31), "x")])
    found = deadline(Rule(15, "working_day"), D(2024, 12, 27), calendar)
    assert [s.n for s in found.steps if s.kind == "uncovered"] == [2025]


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 1, "unit": "hour"}, {"n": 1, "max_extensions": 1}])  # fmt: skip
def test_a_rule_makes_sense(wrong):
    with pytest.raises(ValueError, match="unit"):
        Rule(**wrong)


@given(st.integers(1, 400), st.sampled_from(engine.UNITS), days, st.booleans(), st.booleans(), offs)
@settings(max_examples=150)
def test_what_holds_for_every_period(n, unit, event, roll, same, rows):
    n = n % 20 + 1 if unit == "year" else n
    calendar = Calendar.of(rows)
    rule = Rule(n, unit, roll, same)
    found = deadline(rule, event, calendar)
    assert found.due_on >= event
    later = deadline(Rule(n + 1, unit, roll, same), event, calendar)
    assert later.due_on >= found.due_on
    if roll or unit == "working_day":
        assert calendar.is_working_day(found.due_on)
    told = [s.on for s in found.steps if s.kind in {"counted", "rolled"}]
    assert told == sorted(told)
    assert told[-1] == found.due_on
    if unit in {"month", "year"}:
        # The first day after a period begins the next one: two in a row make one of double length
        # wherever every month has the day.
        first = event if same else event + ONE
        if first.day <= 28:
            end = deadline(Rule(n, unit, False, same), event, calendar).due_on
            assert (end + ONE).day == first.day


def test_steps_are_plain_data():
    found = deadline(Rule(15), D(2024, 3, 28), Calendar.of([DayOff(D(2024, 4, 12), "x", verified=False)]))  # fmt: skip
    kinds = [s["kind"] for s in found.as_data()]
    assert kinds[:3] == ["event", "first", "counted"]
    names = itertools.chain.from_iterable(s["days"] for s in found.as_data())
    assert [d["verified"] for d in names] == [False]
