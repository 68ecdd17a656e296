"""Money and exact numbers: nothing is lost, shares add up, halves go up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core import money, rounding

FRACTIONS = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=10_000)
SATANG = st.integers(-money.LARGEST, money.LARGEST)


@pytest.mark.parametrize(
    ("text", "satang"),
    [
        ("1,234.50", 123450),
        ("๑,๒๓๔.๕๐ บาท", 123450),
        ("1234.5", 123450),
        ("฿99", 9900),
        ("0.01", 1),
        ("-12", -1200),
        ("5,000 บาทถ้วน", 500000),
        (" 7 THB", 700),
    ],
)
def test_amounts_as_written(text, satang):
    assert money.parse(text) == satang


@pytest.mark.parametrize(
    "text",
    ["", "บาท", "1,23.00", "12,34", "1.234", "1e3", "1 000", ".5", "90071992547409.92", "nan"],
)
def test_a_text_that_is_no_amount_is_refused_by_name(text):
    with pytest.raises(money.MoneyTextError) as caught:
        money.parse(text)
    assert f"“{text}”" in str(caught.value)


def test_a_float_is_never_money():
    with pytest.raises(TypeError):
        money.parse(12.5)
    with pytest.raises(TypeError):
        money.text(12.5)


@given(SATANG)
def test_an_amount_is_read_back(satang):
    assert money.parse(money.text(satang)) == satang
    assert money.parse(money.text(satang, always_satang=False)) == satang


def test_whole_baht_may_drop_the_satang():
    assert money.text(123400, always_satang=False) == "1,234"
    assert money.text(123450, always_satang=False) == "1,234.50"
    assert money.text(-5) == "-0.05"


@given(st.decimals(-10_000, 10_000, places=6), st.integers(0, 5))
def test_half_up_agrees_with_decimal(value, digits):
    expected = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert rounding.half_up(value, digits) == int(expected.scaleb(digits))


def test_halves_go_away_from_zero():
    assert rounding.hundredths(Decimal("84.165")) == 8417
    assert rounding.hundredths(Fraction("-0.005")) == -1
    assert rounding.half_up(Fraction(1, 2)) == 1
    assert rounding.hundredths_text(8400) == "84.00"
    assert rounding.hundredths_text(-5) == "-0.05"


def test_a_float_is_never_exact():
    with pytest.raises(TypeError):
        rounding.half_up(0.5)


@given(FRACTIONS)
def test_exact_text_there_and_back(value):
    assert rounding.from_exact_text(rounding.exact_text(value)) == value


@pytest.mark.parametrize("text", ["", "1/0", "0.5", "1 / 2", "½", "๑", "1/-2", "1\n"])
def test_a_text_that_is_no_exact_number_is_refused(text):
    with pytest.raises(ValueError, match="not an exact number"):
        rounding.from_exact_text(text)


@given(st.integers(-10_000, 10_000), st.integers(1, 50))
def test_even_shares_add_up_and_differ_by_one_at_most(total, parts):
    shares = rounding.split_evenly(total, parts)
    assert len(shares) == parts
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.fractions(0, 1000, max_denominator=100), min_size=1, max_size=12).filter(any),
)
def test_proportional_shares_add_up_and_keep_the_quota(total, weights):
    shares = rounding.largest_remainder(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1


def test_the_earlier_of_equals_gets_what_is_left():
    assert rounding.largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert rounding.largest_remainder(10, [0, 3, 3]) == [0, 5, 5]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 2]])
def test_weights_that_share_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        rounding.largest_remainder(10, weights)
