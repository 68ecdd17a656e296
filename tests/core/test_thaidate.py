"""Thai dates: read in either era as officers type them, refused when they could be two days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core import thaidate

DAY = dt.date(2024, 3, 18)
MODERN = st.dates(dt.date(1941, 4, 1), dt.date(2150, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-18",
        "2567-03-18",
        "๒๕๖๗-๐๓-๑๘",
        "18/3/2567",
        "18/03/2024",
        "18-3-67",
        "18.03.2567",
        "18 มี.ค. 67",
        "18 มี.ค. 2567",
        "18 มีค 67",
        "๑๘ มีนาคม ๒๕๖๗",
        "18 มีนาคม พ.ศ. 2567",
        "18 มี.ค. พ.ศ. ๖๗",
        "18 มีนาคม ค.ศ. 2024",
        "วันที่ 18 มีนาคม 2567",
        "วันจันทร์ที่ 18 มีนาคม พ.ศ. 2567",
        "18 March 2024",
        "18 Mar, 2567",
        "18 Mar CE 24",
        "  18  มีนาคม   2567 ",
    ],
)
def test_ways_to_write_the_same_day(text):
    assert thaidate.parse(text) == DAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("18/3/24", "2524"),  # BE 2524 or CE 2024
        ("18 มี.ค. 24", "2024"),
        ("3/18/2024", "month 18"),
        ("29/2/2568", "no day 29"),
        ("29 ก.พ. 2568", "2025"),
        ("31 เม.ย. 2567", "no day 31"),
        ("0/1/2567", "no day 0"),
        ("18/3/2250", "2250"),
        ("18/3/9999", "9999"),
        ("18 มี.ค. พ.ศ. 2024", "2024"),
        ("1 ก.พ. 2480", "2484"),
        ("18 ม.ม. 2567", "not a date"),
        ("18 พ.ศ. 2567", "not a date"),
        ("มีนาคม 2567", "not a date"),
        ("25670318", "not a date"),
        ("", "not a date"),
        ("18/3", "not a date"),
    ],
)
def test_a_text_that_is_no_day_or_two_days_is_refused_by_name(text, why):
    with pytest.raises(thaidate.DateTextError, match=why) as caught:
        thaidate.parse(text)
    assert caught.value.text == text
    assert f"“{text}”" in str(caught.value)


def test_the_leap_test_belongs_to_the_common_era_year():
    assert thaidate.parse("29 ก.พ. 2567") == dt.date(2024, 2, 29)
    assert thaidate.parse("29/2/67") == dt.date(2024, 2, 29)


def test_every_thai_month_short_and_long():
    for number in range(1, 13):
        day = dt.date(2025, number, 5)
        assert thaidate.parse(thaidate.short(day)) == day
        assert thaidate.parse(thaidate.long(day)) == day


@given(MODERN)
def test_what_is_written_is_read_back(day):
    for text in (
        thaidate.short(day),
        thaidate.long(day, thai_digits=True),
        f"{day.day}/{day.month}/{day.year + 543}",
        day.isoformat(),
    ):
        assert thaidate.parse(text) == day


@given(st.text(alphabet="0123456789๐๑๒/-. มีค.ศพ", max_size=16))
def test_any_text_gives_a_day_or_our_own_error(text):
    try:
        day = thaidate.parse(text)
    except thaidate.DateTextError as error:
        assert error.text == text  # noqa: PT017 (both outcomes are right, a third is not)
    else:
        assert 1757 <= day.year <= 2200


@given(st.text())
def test_digits_there_and_back(text):
    arabic = thaidate.to_arabic_digits(text)
    assert not set(arabic) & set(thaidate.THAI_DIGITS)
    assert thaidate.to_arabic_digits(thaidate.to_thai_digits(text)) == arabic


def test_written_in_both_languages():
    assert thaidate.short(DAY) == "18 มี.ค. 2567"
    assert thaidate.long(DAY, thai_digits=True) == "๑๘ มีนาคม ๒๕๖๗"
    assert thaidate.short_en(DAY) == "18 Mar 2024 (2567)"
    assert thaidate.long_en(DAY) == "18 March 2024 (2567)"
