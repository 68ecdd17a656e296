"""Days off from a CSV, XLSX or JSON file: every row is looked at first, and all are written or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sucharit.core import thaidate
from sucharit.core.errors import Refusal
from sucharit.core.exports import text_of_safe
from sucharit.core.ledger import record
from sucharit.desk.deadlines import words
from sucharit.desk.deadlines.calendar import PROVINCES
from sucharit.desk.deadlines.services import days as services
from sucharit.desk.models import Holiday
from sucharit.orgs.models import Unit
from sucharit.orgs.reading import read_bytes

LARGEST = 2_000_000  # bytes
MOST = 5_000  # rows
_YES = {"1", "yes", "true", "y", "ใช่", "x"}
_NO = {"", "0", "no", "false", "n", "ไม่ใช่", "ไม่"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken in: where it is and what to do about it."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Imported:
    """What the file did; with faults nothing was written."""

    added: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Entry:
    row: int
    on: dt.date
    unit: Unit | None
    fields: dict[str, Any]


class _Bad(Exception):
    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


def import_days(*, actor: Any, name: str, data: bytes) -> Imported:
    """Take the rows of a file in by date and province: new ones are added, others put right.

    Heads as the export writes them, in Thai or English (``words.COLUMNS``). Refusal for a file that cannot be
    read at all; ``faults`` name rows (counted as in the file), and then nothing is written.
    """
    entries, faults = _read(name, data)
    with transaction.atomic():
        root = services.locked(actor=actor)
        if faults:
            return Imported(faults=tuple(faults))
        done = _write(entries, actor=actor)
        record(
            actor=actor, action="desk.calendar.imported", target="desk.calendar", unit=root,
            fiscal_year=None, added=done.added, changed=done.changed,
        )  # fmt: skip
    return done


def _read(name: str, data: bytes) -> tuple[list[_Entry], list[Fault]]:
    if len(data) > LARGEST:
        raise Refusal(_("The file is too large for a table of days off (2 MB)."), where="file")
    tables = read_bytes(name, data)
    heads = _heads()
    rows = [(n, {heads.get(k.strip().lower(), ""): v for k, v in r.items()}) for t in tables for n, r in t.rows]  # fmt: skip
    rows = [(n, r) for n, r in rows if any(str(v).strip() for v in r.values())]
    if not rows:
        raise Refusal(_("The file holds no rows under a heading."), where="file")
    if len(rows) > MOST:
        raise Refusal(_("The file holds more than 5,000 rows."), where="file")
    if not {"on", "name_th"} <= set(rows[0][1]):
        raise Refusal(
            _("The file needs the columns “Day” and “Name in Thai”. Export the table to see its shape."),
            where="file",
        )  # fmt: skip
    return _entries(rows)


def _entries(rows: list[tuple[int, dict[str, Any]]]) -> tuple[list[_Entry], list[Fault]]:
    provinces = {p.code: p for p in Unit.objects.filter(kind__in=PROVINCES)}
    by_word = {w.strip().lower(): p for p in provinces.values() for w in (p.code, p.name_th, p.name_en) if w}  # fmt: skip
    entries: list[_Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[dt.date, int | None], int] = {}
    for number, row in rows:
        try:
            entry = _entry(number, row, by_word)
        except _Bad as bad:
            faults.append(Fault(number, str(words.COLUMNS[bad.column]), bad.text))
            continue
        first = seen.setdefault((entry.on, entry.unit.pk if entry.unit else None), number)
        if first == number:
            entries.append(entry)
        else:
            text = _("The same day stands in row %(n)s already.") % {"n": first}
            faults.append(Fault(number, str(words.COLUMNS["on"]), text))
    return entries, faults


def _entry(number: int, row: dict[str, Any], by_word: dict[str, Unit]) -> _Entry:
    on = _day(row.get("on"))
    unit = _province(_text(row, "unit"), by_word)
    default = Holiday.Kind.PROVINCE if unit else Holiday.Kind.CABINET
    kind = _kind(_text(row, "kind")) or default
    fields: dict[str, Any] = {
        "kind": kind,
        "name_th": _text(row, "name_th"),
        "name_en": _text(row, "name_en"),
        "works": _flag(row, "works"),
        "order_no": _text(row, "order_no"),
        "source": _text(row, "source"),
        "verified": _flag(row, "verified"),
    }
    for column, most in (("name_th", 200), ("name_en", 200), ("order_no", 120), ("source", 300)):
        if len(fields[column]) > most:
            raise _Bad(column, _("At most %(n)s characters fit here.") % {"n": most})
    try:
        services.sound(on, fields["name_th"], kind, unit)
    except Refusal as refused:
        raise _Bad(refused.where, str(refused)) from None
    return _Entry(number, on, unit, fields)


def _write(entries: list[_Entry], *, actor: Any) -> Imported:
    there = {
        (h.on, h.unit_id): h
        for h in Holiday.objects.select_for_update().filter(on__in={e.on for e in entries})
    }
    done = Imported()
    for entry in entries:
        held = there.get((entry.on, entry.unit.pk if entry.unit else None))
        if held is not None and all(getattr(held, k) == v for k, v in entry.fields.items()):
            done = replace(done, same=done.same + 1)
            continue
        done = replace(done, added=done.added + (held is None), changed=done.changed + (held is not None))  # fmt: skip
        day = held or Holiday(on=entry.on, unit=entry.unit)
        for name, value in entry.fields.items():
            setattr(day, name, value)
        day.entered_by = services.account(actor=actor)
        day.save()
    return done


def _heads() -> dict[str, str]:
    """Head of a column (key, English or Thai, lower case) → field."""
    found = {key: key for key in words.COLUMNS}
    for language in ("en", "th"):
        with override(language):
            found |= {str(label).lower(): key for key, label in words.COLUMNS.items()}
    return found


def _text(row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else " ".join(text_of_safe(str(value)).split())


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return thaidate.parse(text_of_safe(str(value or "")))
    except thaidate.DateTextError:
        raise _Bad("on", _("Not a date. Write it like 18/3/2567 or 2024-03-18.")) from None


def _province(text: str, by_word: dict[str, Unit]) -> Unit | None:
    found = by_word.get(text.lower()) or by_word.get(f"จังหวัด{text}")
    if text and text.lower() not in words.whole_nation() and found is None:
        raise _Bad("unit", _("“%(text)s” is no province of the register.") % {"text": text[:60]})
    return found


def _kind(text: str) -> str:
    if not text:
        return ""
    for key, label in words.KINDS.items():
        names = {key}
        for language in ("en", "th"):
            with override(language):
                names.add(str(label).lower())
        if text.lower() in names:
            return key
    raise _Bad("kind", _("“%(text)s” is no kind of day off.") % {"text": text[:60]})


def _flag(row: dict[str, Any], column: str) -> bool:
    text = _text(row, column).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise _Bad(column, _("Write yes or no."))
