"""Means, variances and roots without floats: the same on every machine."""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

DIGITS = 12
"""Decimals to which a root is rounded; far beyond what is shown."""


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The arithmetic mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def variance(values: Sequence[Fraction]) -> Fraction | None:
    """The sample variance (divisor n − 1); None below two values."""
    middle = mean(values)
    if middle is None or len(values) < 2:
        return None
    return sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def root(value: Fraction, digits: int = DIGITS) -> Fraction:
    """The square root of a number not below 0, rounded half-up to `digits` decimals."""
    if value < 0:
        raise ValueError("no root of a number below 0")
    # floor(2·10^d·√v) decides: its half, rounded up, is the rounded root.
    doubled = isqrt(4 * value.numerator * 10 ** (2 * digits) // value.denominator)
    return Fraction((doubled + 1) // 2, 10**digits)


def deviation(values: Sequence[Fraction]) -> Fraction | None:
    """The sample standard deviation; None below two values."""
    spread = variance(values)
    return None if spread is None else root(spread)


def correlation(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction | None:
    """Pearson's r of pairs; None below two pairs or when one side does not vary."""
    spread_first, spread_second = variance(first), variance(second)
    middle_first, middle_second = mean(first), mean(second)
    if not spread_first or not spread_second or middle_first is None or middle_second is None:
        return None
    products = sum(
        ((a - middle_first) * (b - middle_second) for a, b in zip(first, second, strict=True)),
        Fraction(0),
    )
    common = products / (len(first) - 1)
    size = root(common**2 / (spread_first * spread_second))
    return -size if common < 0 else size
