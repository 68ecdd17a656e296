"""Exact numbers: fractions as text, half-up rounding, and shares that add up. No floats.

Rounding is for showing only; what is computed further stays exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Exact = int | Fraction | Decimal
_EXACT = re.compile(r"-?\d+(?:/[1-9]\d*)?", re.ASCII)


def _fraction(value: Exact) -> Fraction:
    if isinstance(value, float):
        raise TypeError("a float is not exact; pass int, Fraction or Decimal")
    return Fraction(value)


def half_up(value: Exact, digits: int = 0) -> int:
    """Rounded to ``digits`` decimals, halves away from zero, in units of the last digit.

    half_up(Fraction("84.165"), 2) is 8417; half_up(-0.5 as a Fraction) is -1.
    """
    scaled = abs(_fraction(value)) * 10**digits
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return rounded if value >= 0 else -rounded


def hundredths(value: Exact) -> int:
    """Rounded half-up to integer hundredths, as scores are stored and shown: 84.165 → 8417."""
    return half_up(value, 2)


def hundredths_text(value: int) -> str:
    """Integer hundredths as text: 8416 → "84.16", -5 → "-0.05"."""
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


def exact_text(value: Exact) -> str:
    """The text kept in the database: "85" or "367/6", in lowest terms."""
    number = _fraction(value)
    whole = number.denominator == 1
    return str(number.numerator) if whole else f"{number.numerator}/{number.denominator}"


def from_exact_text(text: str) -> Fraction:
    """What ``exact_text`` wrote; ValueError for anything else (decimals and blanks included)."""
    if not _EXACT.fullmatch(text):
        raise ValueError(f"{text!r} is not an exact number such as 85 or 367/6")
    return Fraction(text)


def split_evenly(total: int, parts: int) -> list[int]:
    """``total`` in ``parts`` whole shares that differ by one at most; the first ones are larger."""
    if parts < 1:
        raise ValueError("a total is split into at least one part")
    share, left = divmod(total, parts)
    return [share + (1 if i < left else 0) for i in range(parts)]


def largest_remainder(total: int, weights: Sequence[Exact]) -> list[int]:
    """Whole shares of ``total`` in proportion to ``weights`` that add up to it exactly (Hamilton).

    What whole shares leave over goes, one each, to the largest remainders; the earlier of equals
    wins. Weights must not be negative nor all zero (ValueError). ``total`` may be negative.
    """
    exact = [_fraction(w) for w in weights]
    whole = sum(exact, Fraction(0))
    if whole <= 0 or any(w < 0 for w in exact):
        raise ValueError("weights must not be negative, and one must be above zero")
    ideal = [w * abs(total) / whole for w in exact]
    shares = [int(i) for i in ideal]
    left = abs(total) - sum(shares)
    for place in sorted(range(len(ideal)), key=lambda i: (shares[i] - ideal[i], i))[:left]:
        shares[place] += 1
    return shares if total >= 0 else [-s for s in shares]
