"""A posted answer read by the type of its item; what is wrong with it is a code, never an error."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.expressions import Rows, Value, number_text

from .model import Item

Reading = tuple[Value, str, dict[str, str]]
"""The value, the code of what is wrong ("" = nothing), and details for its sentence."""

MAX_TEXT = 5000
MAX_REFERENCE = 500
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,15})?")
_POINT = re.compile(r"-?\d{1,3}(\.\d{1,10})?( -?\d{1,3}(\.\d{1,10})?)( -?\d{1,5}(\.\d{1,5})?){0,2}")
_TICKED = {"OK", "ok", "yes", "on", "true", "1"}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def blank(raw: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, (list, tuple, Mapping)) and not raw)


def read_answer(item: Item, raw: Any, allowed: frozenset[str] | None = None) -> Reading:
    """Read an answer; `allowed` are the options that a choice filter leaves.

    Texts stand for all scalars, lists (or texts with blanks between) for choices and rankings.
    Thai digits are understood in numbers.
    """
    if blank(raw):
        return None, "", {}
    if item.scale is not None:
        return _chosen(item, raw, allowed)
    if not isinstance(raw, str):
        return None, "not_text", {}
    reader = _READERS.get(item.type, _text)
    return reader(item, raw)


def _number(item: Item, raw: str) -> Reading:
    text = raw.strip().translate(_THAI_DIGITS)
    if (
        item.type == "points" and re.fullmatch(r"[0-9]{1,9}/[1-9][0-9]{0,8}", text)
    ) or _NUMBER.fullmatch(text):
        number = Fraction(text)
    else:
        return None, "not_a_number", {}
    if item.type == "integer" and number.denominator != 1:
        return None, "not_whole", {}
    return _within(item, number)


def _within(item: Item, number: Fraction) -> Reading:
    start = exact(item.min) if item.min else Fraction(0)
    code, details = "", {}
    if item.allowed and number not in item.allowed:
        listed = ", ".join(number_text(value) for value in item.allowed)
        code, details = "not_allowed", {"allowed": listed}
    elif item.min and number < start:
        code, details = "too_small", {"min": item.min}
    elif item.max and number > exact(item.max):
        code, details = "too_large", {"max": item.max}
    elif item.step and ((number - start) / exact(item.step)).denominator != 1:
        code, details = "step", {"step": item.step}
    return (None, code, details) if code else (number, "", {})


def _chosen(item: Item, raw: Any, allowed: frozenset[str] | None) -> Reading:
    codes = (
        raw.split() if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple) else []
    )
    code, details = _wrong_choice(item, codes, allowed)
    if not codes or code:
        return None, code or "not_an_option", details
    if item.type == "choice":
        return codes[0], "", {}
    if item.type == "rank":
        return tuple(codes), "", {}
    order = {option: at for at, option in enumerate(_known(item))}
    return tuple(sorted(codes, key=order.__getitem__)), "", {}


def _wrong_choice(
    item: Item, codes: list[Any], allowed: frozenset[str] | None
) -> tuple[str, dict[str, str]]:
    known = _known(item)
    for code in codes:
        if not isinstance(code, str) or code not in known:
            return "not_an_option", {}
        if allowed is not None and code not in allowed:
            return "filtered", {}
    if len(set(codes)) < len(codes):
        return "twice", {}
    if item.type == "choice" and len(codes) > 1:
        return "one_only", {}
    incomplete = len(codes) < len(known if allowed is None else allowed)
    return ("rank_incomplete" if item.type == "rank" and incomplete else ""), {}


def _known(item: Item) -> Mapping[str, Any]:
    return item.scale.by_code if item.scale is not None else {}


def _text(item: Item, raw: str) -> Reading:
    limit = item.max_chars or (MAX_TEXT if item.type in {"text", "hidden"} else MAX_REFERENCE)
    if len(raw) > limit:
        return None, "too_long", {"limit": str(limit)}
    if _CONTROL.search(raw):
        return None, "control", {}
    return raw, "", {}


def _acknowledge(_item: Item, raw: str) -> Reading:
    return ("OK", "", {}) if raw.strip() in _TICKED else (None, "not_ticked", {})


def _date(item: Item, raw: str) -> Reading:
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        return None, "not_a_date", {}
    if item.min and day < date.fromisoformat(item.min):
        return None, "too_small", {"min": item.min}
    if item.max and day > date.fromisoformat(item.max):
        return None, "too_large", {"max": item.max}
    return day, "", {}


def _time(_item: Item, raw: str) -> Reading:
    try:
        return time.fromisoformat(raw.strip()).replace(tzinfo=None), "", {}
    except ValueError:
        return None, "not_a_time", {}


def _datetime(_item: Item, raw: str) -> Reading:
    try:
        return datetime.fromisoformat(raw.strip()).replace(tzinfo=None), "", {}
    except ValueError:
        return None, "not_a_datetime", {}


def _geopoint(_item: Item, raw: str) -> Reading:
    text = " ".join(raw.split())
    if not _POINT.fullmatch(text):
        return None, "not_a_point", {}
    north, east = (Fraction(part) for part in text.split()[:2])
    good = abs(north) <= 90 and abs(east) <= 180
    return (text, "", {}) if good else (None, "not_a_point", {})


_READERS = {
    "integer": _number,
    "decimal": _number,
    "range": _number,
    "points": _number,
    "acknowledge": _acknowledge,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "geopoint": _geopoint,
}


def external_value(kind: str, raw: Any) -> Value:
    """A value that the platform hands in, by its declared type; what cannot be read is empty."""
    if raw is None or isinstance(raw, (Fraction, bool)):
        return raw
    text = str(raw)
    if kind == "boolean":
        return text in {"yes", "true", "1"}
    readers: dict[str, Callable[[str], Value]] = {
        "integer": exact,
        "decimal": exact,
        "date": date.fromisoformat,
    }
    read = readers.get(kind, str)
    try:
        return read(text) if text else None
    except ValueError:
        return None


def storable(value: Value) -> Any:
    """A value as JSON: texts, lists of texts; numbers as decimals or exactly as "1/3"."""
    if isinstance(value, Rows):
        return [storable(one) for one in value]
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value
