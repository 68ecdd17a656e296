"""Values at run time and their conversions. Nothing here raises: what cannot be read is empty."""

import re
from datetime import date, datetime, time
from fractions import Fraction
from typing import TypeAlias

_NUMBER = re.compile(r"[ \t]*-?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})[ \t]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAX_BITS = 8192
_DIGITS = 15


class Rows(tuple["Value", ...]):
    """The values of an item in all instances of its repeat, in their order; empty ones are None."""

    __slots__ = ()


Scalar: TypeAlias = bool | Fraction | str | date | datetime | time | None
#: A tuple of texts is a set of chosen options (or a ranking); Rows are instances of a repeat.
Value: TypeAlias = "bool | Fraction | str | date | datetime | time | tuple[str, ...] | Rows | None"


def empty(value: Value) -> bool:
    """Whether a value counts as not answered: None, the empty text, no option."""
    return value is None or (isinstance(value, (str, tuple)) and not value)


def number_of(value: Value) -> Fraction | None:
    """The value as an exact number; None when it is empty or no number."""
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        text = value.strip().rstrip(".")
        return Fraction(text) if text not in {"", "-"} else None
    return None


def bounded(value: Fraction) -> Fraction | None:
    """The number, or None when squaring in a chain made it grow beyond all use."""
    size = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value if size <= _MAX_BITS else None


def boolean_of(value: Value) -> bool:
    """Whether a value holds: true, a number other than 0, anything not empty."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Fraction):
        return value != 0
    return not empty(value)


def date_of(value: Value) -> date | None:
    """The value as a day; texts are read as YYYY-MM-DD (Common Era)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def text_of(value: Value) -> str:
    """The value as text: numbers as decimals, options with blanks between, empty as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return number_text(value, exact=False)
    if isinstance(value, tuple):
        return " ".join(text_of(one) for one in value)
    return value if isinstance(value, str) else value.isoformat()


def number_text(value: Fraction, *, exact: bool = True) -> str:
    """A number as a decimal where it has one, else exactly as "1/3" (or with 15 decimals)."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    finite = rest == 1 and value.denominator.bit_length() <= 200
    if not finite and exact:
        return f"{value.numerator}/{value.denominator}"
    digits = 0 if value.denominator == 1 else _places(value) if finite else _DIGITS
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _placed("-" if value < 0 else "", whole, digits)


def _places(value: Fraction) -> int:
    digits = 0
    while (value.numerator * 10**digits) % value.denominator:
        digits += 1
    return digits


def _placed(sign: str, whole: int, digits: int) -> str:
    # Numbers of a calculation may be longer than Python prints at once; the bound keeps that away.
    text = str(whole)
    if digits:
        text = text.rjust(digits + 1, "0")
        text = f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
    return sign + text


def same(left: Value, right: Value) -> bool:
    """What `=` says: empty equals '', numbers as numbers, sets as sets, days as days."""
    if empty(left) or empty(right):
        return empty(left) and empty(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean_of(left) == boolean_of(right)
    if isinstance(left, tuple) or isinstance(right, tuple):
        return set(_codes(left)) == set(_codes(right))
    if isinstance(left, Fraction) or isinstance(right, Fraction):
        first = number_of(left)
        return first is not None and first == number_of(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return _moment(left) == _moment(right) and _moment(left) is not None


def before(left: Value, right: Value) -> int | None:
    """-1, 0 or 1 for values that have an order, None for those that have not."""
    if empty(left) or empty(right):
        return None
    if _timed(left) or _timed(right):
        first, second = _moment(left), _moment(right)
        return None if first is None or second is None else (first > second) - (first < second)
    one, other = number_of(left), number_of(right)
    return None if one is None or other is None else (one > other) - (one < other)


def _timed(value: Value) -> bool:
    return isinstance(value, (date, time))


def _moment(value: Value) -> str | None:
    # ISO texts of one length order as the moments do; a day is its first moment.
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(value, time):
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", value):
        return value if len(value) > 5 else f"{value}:00"
    day = date_of(value)
    return None if day is None else f"{day.isoformat()}T00:00:00"


def _codes(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(text_of(one) for one in value)
    return tuple(text_of(value).split())
