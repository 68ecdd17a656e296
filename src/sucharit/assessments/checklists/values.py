"""Values of answers: from what is typed to what is stored, and from there to words on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.engine import fraction_text
from sucharit.assessments.engine.checklists import SheetItem
from sucharit.assessments.engine.checklists.sheet import NUMBERS
from sucharit.core import thaidate

LONGEST_TEXT = 20_000
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_WHOLE, _DECIMAL = (
    re.compile(r"-?\d{1,15}", re.ASCII),
    re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII),
)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def words(texts: Mapping[str, str]) -> str:
    """A text of a document in the page's language, Thai where the language is missing."""
    thai = (get_language() or "th").startswith("th")
    return texts.get("th" if thai else "en") or texts.get("th") or texts.get("en") or ""


def is_empty(value: Any) -> bool:
    """Whether nothing was answered. A 0 is an answer."""
    return value is None or value in ("", [])


def clean(item: SheetItem, raw: Any) -> Any:
    """What is stored for an item: option code, list of codes, text; None for nothing.

    ValidationError (a sentence, without a field) for what is no value of the item.
    """
    if item.type == "choices":
        chosen = [str(v) for v in raw or []]
        known = [o.value for o in item.options]
        if not set(chosen) <= set(known):
            raise ValidationError(_("Choose among the options."))
        return [v for v in known if v in chosen] or None
    text = "" if raw is None else str(raw).strip()
    if not text:
        return None
    if item.type in {"choice", "points"}:
        if text not in {o.value for o in item.options}:
            raise ValidationError(_("Choose among the options."))
        return text
    return _clean_text(item, text)


def _clean_text(item: SheetItem, text: str) -> str:
    if item.type in NUMBERS:
        number = text.translate(_THAI_DIGITS).replace(",", "").replace(" ", "")
        if not (_WHOLE if item.type == "integer" else _DECIMAL).fullmatch(number):
            raise ValidationError(_("Write a number, for example 120."))
        return number
    if item.type == "date":
        try:
            return thaidate.parse(text).isoformat()
        except thaidate.DateTextError:
            raise ValidationError(
                _("Not a date. Write it like 18/3/2567 or 18 มี.ค. 2567.")
            ) from None
    if item.type == "time" and not _TIME.fullmatch(text):
        raise ValidationError(_("Write the time like 09:30."))
    if len(text) > (item.max_chars or LONGEST_TEXT):
        raise ValidationError(
            _("At most %(n)s characters.") % {"n": item.max_chars or LONGEST_TEXT}
        )
    if "\x00" in text:
        raise ValidationError(_("The text holds signs that cannot be kept. Type it again."))
    return text


def choices(item: SheetItem) -> list[tuple[str, str]]:
    """Options of an item as (value, label), for radio buttons; points speak for themselves."""
    if item.type == "points":
        return [
            (o.value, _("%(points)s points") % {"points": o.value}) for o in reversed(item.options)
        ]
    return [(o.value, words(o.label) or o.value) for o in item.options]


def shown(item: SheetItem, value: Any) -> str:
    """A stored value in words; "" for nothing."""
    if is_empty(value):
        return ""
    labels = dict(choices(item))
    if isinstance(value, list):
        return ", ".join(labels.get(str(v), str(v)) for v in value)
    if item.type == "date":
        return _date(str(value))
    if item.type == "acknowledge":
        return _("Confirmed")
    return labels.get(str(value), str(value))


def worth(item: SheetItem, value: Any) -> str:
    """Points of a value as exact text; "" where it has none."""
    points = None if isinstance(value, list) else item.worth(value)
    return "" if points is None else fraction_text(points)


def _date(text: str) -> str:
    import datetime as dt

    from sucharit.core.templatetags.thai import thaidate as shown_date

    try:
        return shown_date(dt.date.fromisoformat(text))
    except ValueError:
        return text
