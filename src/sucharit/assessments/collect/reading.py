"""From a posted form to answers as the engine takes them; nothing else of the form is kept.

Fields: ``<item>`` (several of them for choices), ``<item>~<option>`` (place in a ranking),
``<repeat>:<number>:<item>`` inside a repeat, whose number of instances stands in ``~n:<repeat>``.
Our own fields begin with ``~``, which no item's id can.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from sucharit.assessments.collect.layout import FILES, Layout, Question
from sucharit.assessments.intake.answers import UnreadableFormError
from sucharit.core import thaidate

MAX_BODY = 256 * 1024
MAX_FIELDS = 4000
MOST_INSTANCES = 50
MAX_TEXT = 10_000

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """Answers for the engine, and where a value could not be read at all (field → kind of fault)."""

    answers: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)


def parse_form(body: bytes) -> dict[str, list[str]]:
    """Fields of an ``application/x-www-form-urlencoded`` body; UnreadableFormError when it is none."""
    if len(body) > MAX_BODY:
        raise UnreadableFormError("too long")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:  # also UnicodeDecodeError
        raise UnreadableFormError("not a form") from error
    return collected(pairs)


def collected(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Pairs as lists by name; a NUL, which no database keeps, is no text of a person."""
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise UnreadableFormError("a NUL")
        form.setdefault(name, []).append(value)
    return form


def one(form: Form, name: str) -> str:
    """The last value of a field; "" when there is none."""
    values = form.get(name)
    return values[-1] if values else ""


def instances_of(layout: Layout, form: Form, repeat: str) -> int:
    """How many instances of a repeat the page showed (its least number when it doesn't say)."""
    item = layout.repeats[repeat].item or {}
    least = max(1, int(item.get("min") or 0))
    most = min(MOST_INSTANCES, int(item.get("max") or MOST_INSTANCES))
    said = one(form, f"~n:{repeat}")
    shown = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else least
    return max(least, min(most, shown))


def read_answers(layout: Layout, form: Form, *, uploads: Mapping[str, str] | None = None) -> Read:
    """The answers of a form. ``uploads``: field → id of a stored file (signed-in persons only)."""
    faults: dict[str, str] = {}
    answers: dict[str, Any] = {}
    for name, question in layout.questions.items():
        if name not in layout.repeat_of:
            value = _value(question, name, form, uploads or {}, faults)
            if value not in ("", []):
                answers[name] = value
    for repeat in layout.repeats:
        found = _instances(layout, repeat, form, uploads or {}, faults)
        if found:
            answers[repeat] = found
    return Read(answers, faults)


def _instances(
    layout: Layout,
    repeat: str,
    form: Form,
    uploads: Mapping[str, str],
    faults: dict[str, str],
) -> list[dict[str, Any]]:
    """Instances in their order. Those left empty at the end, beyond the least number, are none."""
    found = []
    own = [q for q in layout.questions.values() if layout.repeat_of.get(q.id) == repeat]
    for number in range(instances_of(layout, form, repeat)):
        instance = {}
        for question in own:
            value = _value(question, f"{repeat}:{number}:{question.id}", form, uploads, faults)
            if value not in ("", []):
                instance[question.id] = value
        found.append(instance)
    least = int((layout.repeats[repeat].item or {}).get("min") or 0)
    while len(found) > least and not found[-1]:
        found.pop()
    return found


def _value(
    question: Question,
    name: str,
    form: Form,
    uploads: Mapping[str, str],
    faults: dict[str, str],
) -> Any:
    kind = question.type
    if kind in FILES:
        return uploads.get(name, "")  # never what a form says: only files that were stored
    if kind == "choices":
        return list(dict.fromkeys(v for v in form.get(name, ()) if v))
    if kind == "rank":
        return _ranked(question, name, form, faults)
    text = unicodedata.normalize("NFC", one(form, name)).replace("\r\n", "\n").strip()
    if len(text) > MAX_TEXT:
        faults[name] = "long"
        text = ""
    return _written(kind, text, name, faults)


def _written(kind: str, text: str, name: str, faults: dict[str, str]) -> str:
    if kind in ("integer", "decimal", "range"):
        return thaidate.to_arabic_digits(text).replace(",", "")
    if kind in ("date", "datetime"):
        return _moment(kind, text, name, faults)
    if kind == "geopoint":
        return " ".join(text.replace(",", " ").split())
    return text


def _ranked(question: Question, name: str, form: Form, faults: dict[str, str]) -> list[str]:
    """Options by the place each was given; places must be 1, 2, 3 … without a tie or a gap."""
    places = {}
    for option in question.options:
        said = one(form, f"{name}~{option['code']}")
        if said.isascii() and said.isdecimal():
            places[str(option["code"])] = int(said)
    if sorted(places.values()) != list(range(1, len(places) + 1)):
        faults[name] = "rank"
        return []
    return sorted(places, key=lambda code: places[code])


def _moment(kind: str, text: str, name: str, faults: dict[str, str]) -> str:
    """A day as officers write it (18/3/2567) or ISO, as ISO in the Common Era; with "14:30" for a moment."""
    if not text:
        return ""
    day, _, clock = text.replace("T", " ").rpartition(" ") if kind == "datetime" else (text, "", "")
    try:
        iso = thaidate.parse(day).isoformat()
        if not clock:
            return iso
        return f"{iso}T{dt.time.fromisoformat(clock.replace('.', ':')).isoformat('minutes')}"
    except ValueError:
        faults[name] = kind
        return ""
