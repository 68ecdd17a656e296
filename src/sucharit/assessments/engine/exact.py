"""Exact numbers: parsing without floats, half-up rounding, texts for people."""

import re
from fractions import Fraction

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?|[0-9]+/[1-9][0-9]*")


def exact(text: str | int | Fraction) -> Fraction:
    """Read "0.30", "100" or "100/3" as the fraction it stands for.

    Floats are refused (they are not what was written); so are exponents, Thai digits, blanks.
    Raises ValueError with a sentence that names the text.
    """
    if isinstance(text, Fraction):
        return text
    if isinstance(text, int) and not isinstance(text, bool):
        return Fraction(text)
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number such as 85, 0.30 or 100/3")
    return Fraction(text)


def half_up(value: Fraction, digits: int = 2) -> int:
    """Round to `digits` decimals, halves away from zero; returned in units of the last digit.

    half_up(Fraction("84.995")) is 8500.
    """
    scaled: Fraction = abs(value) * 10**digits
    rounded: int = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return rounded if value >= 0 else -rounded


def units_text(units: int | None, digits: int = 2) -> str:
    """Write units of the last digit as text: 8416 → "84.16"; None (unknown) → ""."""
    if units is None:
        return ""
    sign, whole = ("-" if units < 0 else ""), abs(units)
    if digits == 0:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def display(value: Fraction | None, digits: int = 2) -> str:
    """Text of a value rounded half-up; an unknown value is the empty text."""
    return "" if value is None else units_text(half_up(value, digits), digits)


def fraction_text(value: Fraction) -> str:
    """Exact text that `exact` reads back: "85" or "367/6"."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"
