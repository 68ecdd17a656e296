"""Figures as people write them, to integers in ten-thousandths and back. Exact; no floats."""

from __future__ import annotations

import re
from fractions import Fraction

from sucharit.core.rounding import half_up
from sucharit.core.thaidate import to_arabic_digits

E4 = 10_000
LARGEST = 2**53 - 1  # what every JSON reader keeps exactly; twelve of it still add up in a BIGINT
_FIGURE = re.compile(r"([-−+]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,4}))?", re.ASCII)


class FigureTextError(ValueError):
    """A text that is no figure; ``text`` is what was given, ``why`` one of grouping, large."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"“{text}”: {why}")
        self.text, self.why = text, why


def parse_e4(text: str) -> int:
    """Ten-thousandths of a written figure: "1,234.5", "๘๕.๒๕ %", "−3" → 12345000, 852500, -30000.

    FigureTextError: wrong grouping, a fifth decimal, no number ("grouping"), or too large ("large").
    """
    plain = to_arabic_digits(text).replace("%", " ").strip()
    found = _FIGURE.fullmatch(plain)
    if found is None:
        raise FigureTextError(text, "grouping")
    sign, whole, rest = found.groups()
    value = int(whole.replace(",", "")) * E4 + int((rest or "").ljust(4, "0"))
    if value > LARGEST:
        raise FigureTextError(text, "large")
    return -value if sign in {"-", "−"} else value


def of_e4(value: int | None) -> Fraction | None:
    """Stored ten-thousandths as the number they are; None stays None."""
    return None if value is None else Fraction(value, E4)


def to_e4(value: Fraction | None) -> int | None:
    """A number in ten-thousandths, half up; for keeping what is only shown."""
    return None if value is None else half_up(value, 4)


def share(numerator: int | None, denominator: int | None, measure: str) -> Fraction | None:
    """What a numerator and a denominator (same scale) make: per cent, or a plain ratio. None: unknown or nothing to count."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator) * (100 if measure == "percent" else 1)


def text_of(value: Fraction | None, decimals: int = 2) -> str:
    """For the eye: rounded half up, thousands separated; "" for None (the page says why)."""
    if value is None:
        return ""
    scaled = half_up(value, decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}.{rest:0{decimals}d}" if decimals else f"{sign}{whole:,}"
