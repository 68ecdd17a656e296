"""What a cell may hold, and how text is kept from being run."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sucharit.core.rounding import hundredths_text

# What spreadsheets take for the beginning of a formula; a full-width sign is folded to one by some.
# Apostrophes before it are counted in, so that taking one away again gives the very text back.
_FORMULA = re.compile(r"'*[\s\u00a0\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# XML 1.0 has no place for these; a spreadsheet with one does not open.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True)
class Hundredths:
    """A score or percentage as stored; shown with two places, None as an empty cell."""

    value: int | None


@dataclass(frozen=True)
class Satang:
    """Money as stored (1 baht = 100 satang); shown in baht, None as an empty cell."""

    value: int | None


def clean(text: str) -> str:
    """The text without characters no spreadsheet or database can hold."""
    return _CONTROL.sub("", text)


def safe_text(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it."""
    kept = clean(text)
    return "'" + kept if _FORMULA.match(kept) else kept


def text_of_safe(cell: str) -> str:
    """What was written by ``safe_text``, for reading our own exports back in."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_text(cell: Any) -> str:
    """A cell as CSV text: what ``plain_text`` gives, with text kept from being run."""
    number = isinstance(cell, (Hundredths, Satang, int)) and not isinstance(cell, bool)
    return plain_text(cell) if number else safe_text(plain_text(cell))


def plain_text(cell: Any) -> str:
    """A cell as text: None → empty, dates ISO in Thai time, hundredths and baht with two places."""
    if isinstance(cell, (Hundredths, Satang)):
        return "" if cell.value is None else hundredths_text(cell.value)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    moment = local(cell)
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="seconds")
    return clean(str(cell)) if moment is None else moment.isoformat()


def as_json(cell: Any) -> Any:
    """A cell as JSON: numbers as numbers, dates as ISO text, unknown as null."""
    if isinstance(cell, (Hundredths, Satang)):
        # repr of a float this size has at most the two places that were stored
        return None if cell.value is None else cell.value / 100
    if cell is None or isinstance(cell, (bool, int)):
        return cell
    moment = local(cell)
    return clean(str(cell)) if moment is None else moment.isoformat()


def local(cell: Any) -> dt.date | dt.datetime | None:
    """A date as it is, a moment in Thai time; None for everything else."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell) if timezone.is_aware(cell) else cell
    return cell if isinstance(cell, dt.date) else None
