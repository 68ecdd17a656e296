"""Fiscal years, quarters and halves: known answers of the field, and that parts tile the year."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core import fiscal

YEARS = st.integers(2500, 2650)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-03-18", 2567), ("2023-10-01", 2567), ("2024-09-30", 2567), ("2024-10-01", 2568)],
)
def test_a_fiscal_year_is_named_by_the_buddhist_year_it_ends_in(day, year):
    assert fiscal.fiscal_year_be(dt.date.fromisoformat(day)) == year


def test_the_calendar_year_turns_in_january():
    assert fiscal.calendar_year_be(dt.date(2024, 12, 31)) == 2567
    assert fiscal.calendar_year_be(dt.date(2025, 1, 1)) == 2568


def test_fiscal_year_2567_runs_from_october_2023_to_september_2024():
    assert fiscal.year(2567) == fiscal.Period(dt.date(2023, 10, 1), dt.date(2024, 9, 30))
    assert fiscal.year(2567).days == 366
    assert fiscal.half(2567, 1).end == dt.date(2024, 3, 31)
    assert fiscal.quarter(2567, 2) == fiscal.Period(dt.date(2024, 1, 1), dt.date(2024, 3, 31))


@given(DAYS)
def test_every_day_lies_in_its_own_year_half_and_quarter_and_in_no_other(day):
    year = fiscal.fiscal_year_be(day)
    assert day in fiscal.year(year)
    assert [q for q in (1, 2, 3, 4) if day in fiscal.quarter(year, q)] == [fiscal.quarter_of(day)]
    assert [h for h in (1, 2) if day in fiscal.half(year, h)] == [fiscal.half_of(day)]
    assert day not in fiscal.year(year - 1)
    assert day not in fiscal.year(year + 1)


@given(YEARS)
def test_quarters_and_halves_tile_the_year(year):
    whole = fiscal.year(year)
    for part, count in ((fiscal.quarter, 4), (fiscal.half, 2)):
        parts = [part(year, n) for n in range(1, count + 1)]
        assert sum(p.days for p in parts) == whole.days
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)


@pytest.mark.parametrize(("part", "number"), [("quarter", 0), ("quarter", 5), ("half", 3)])
def test_a_part_that_does_not_exist_is_refused(part, number):
    with pytest.raises(ValueError, match=str(number)):
        getattr(fiscal, part)(2567, number)


def test_labels_in_both_languages():
    assert fiscal.label(2567) == "ปีงบประมาณ พ.ศ. 2567"
    assert fiscal.label(2567, "en") == "Fiscal year 2567 (Oct 2023 – Sep 2024)"
    assert fiscal.quarter_label(2567, 3) == "ไตรมาสที่ 3/2567"
    assert fiscal.quarter_label(2567, 3, "en") == "Q3/2567"
    assert fiscal.half_label(2567, 1) == "รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2567"
    assert fiscal.half_label(2567, 2, "en") == "Second half, fiscal year 2567"


@given(YEARS, st.sampled_from(sorted(fiscal.KINDS)))
def test_periods_of_every_kind_tile_the_year(year, kind):
    parts = [fiscal.period(year, kind, n) for n in range(1, 12 // fiscal.KINDS[kind] + 1)]
    assert parts[0].start == fiscal.start_of(year)
    assert parts[-1].end == fiscal.end_of(year)
    assert all(b.start - a.end == dt.timedelta(days=1) for a, b in itertools.pairwise(parts))
    assert sum(p.days for p in parts) == fiscal.year(year).days


@given(DAYS, st.sampled_from(sorted(fiscal.KINDS)))
def test_a_day_lies_in_the_period_it_is_said_to_lie_in(day, kind):
    year = fiscal.fiscal_year_be(day)
    assert day in fiscal.period(year, kind, fiscal.seq_of(day, kind))


@given(DAYS)
def test_months_quarters_and_halves_agree(day):
    month = fiscal.month_of(day)
    assert fiscal.month(fiscal.fiscal_year_be(day), month).start.month == day.month
    assert fiscal.seq_of(day, "month") == month
    assert fiscal.seq_of(day, "quarter") == fiscal.quarter_of(day) == (month + 2) // 3
    assert fiscal.seq_of(day, "half") == fiscal.half_of(day) == (month + 5) // 6
    assert fiscal.seq_of(day, "year") == 1


def test_october_is_month_one_and_september_month_twelve():
    assert fiscal.month_of(dt.date(2023, 10, 1)) == 1
    assert fiscal.month(2567, 6) == fiscal.Period(dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    assert fiscal.month(2567, 5).days == 29  # February 2024
    assert fiscal.month_of(dt.date(2024, 9, 30)) == 12


@pytest.mark.parametrize(("kind", "seq"), [("month", 13), ("month", 0), ("quarter", 5), ("year", 2), ("week", 1)])  # fmt: skip
def test_there_is_no_such_period(kind, seq):
    with pytest.raises(ValueError, match=r"not \w+"):
        fiscal.period(2567, kind, seq)


def test_an_unknown_kind_has_no_number():
    with pytest.raises(ValueError, match="week"):
        fiscal.seq_of(dt.date(2024, 3, 18), "week")
