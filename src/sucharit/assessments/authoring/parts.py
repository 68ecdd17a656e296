"""The small things of a document that are edited on the web: titles, labels, translations, points.

A part is one page of editing: "head", "item:q1", "scale:agree5", "node:total", "band:3",
"profile:province", "external:last_level". Structure (items, logic, scoring) is edited in the workbook.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.engine.instruments import keys
from sucharit.assessments.engine.instruments.shape import is_number

GROUPS = ("section", "repeat")
#: part's kind → where its elements stand, and whether they are a list named by id or code
_HOMES = {
    "item": ("items", "id"),
    "band": ("bands", "code"),
    "scale": ("scales", ""),
    "profile": ("profiles", ""),
    "external": ("external", ""),
}


@dataclass(frozen=True, slots=True)
class PartField:
    """One text to edit. ``path`` within the part; ``kind``: line | text | number | year | yes_no."""

    path: tuple[str, ...]
    kind: str
    value: str
    language: str = ""
    option: str = ""  # code of the option it belongs to
    needed: bool = False

    @property
    def name(self) -> str:
        """Name of the form's field."""
        return "/".join(self.path)

    @property
    def key(self) -> str:
        """What it is, as a key of the document: title, label, points, …"""
        return next(step for step in reversed(self.path) if step != self.language)


class PartError(ValueError):
    """Values that can't stand: field name → code (number | year | yes_no | long | needed)."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        self.wrong = dict(wrong)
        super().__init__(", ".join(f"{name}: {why}" for name, why in wrong.items()))


def element_of(document: Mapping[str, Any], part: str) -> Any:
    """The piece of the document a part edits; None when there is none of that name."""
    kind, _, code = part.partition(":")
    if kind == "head":
        return document if not code else None
    if kind == "node":
        return ((document.get("scoring") or {}).get("nodes") or {}).get(code)
    if kind not in _HOMES:
        return None
    home, naming = _HOMES[kind]
    found = document.get(home)
    if naming:
        return next((e for e in found or () if e.get(naming) == code), None)
    return (found or {}).get(code)


_MENDABLE = frozenset(
    {
        "title",
        "label",
        "hint",
        "constraint_message",
        "required_message",
        "weight",
        "points",
        "required",
    }
)


def mendable(path: tuple[str | int, ...]) -> bool:
    """Whether a place can be mended on the web; the rest only in the workbook."""
    head = bool(path) and path[0] in {"title", "source", "verified", "fiscal_year"}
    band = path[:1] == ("bands",) and "min" in path
    return head or band or any(step in _MENDABLE for step in path[2:])


def part_of(path: tuple[str | int, ...], document: Mapping[str, Any]) -> str:
    """The part a place of the document belongs to; "" when to none."""
    if not path or path[0] in {"title", "source", "verified", "fiscal_year"}:
        return "head" if path else ""
    for kind, (home, naming) in _HOMES.items():
        if path[0] == home and len(path) > 1:
            if not naming:
                return f"{kind}:{path[1]}"
            elements = document.get(home) or ()
            at = path[1]
            if isinstance(at, int) and at < len(elements):
                return f"{kind}:{elements[at].get(naming, '')}"
    if path[:2] == ("scoring", "nodes") and len(path) > 2:
        return f"node:{path[2]}"
    return ""


def fields_of(document: Mapping[str, Any], part: str) -> list[PartField]:
    """What can be edited on a part, in the order of the page. KeyError: no such part."""
    element = element_of(document, part)
    if element is None:
        raise KeyError(part)
    languages = list(document.get("languages") or ["th"])
    return list(_FIELDS[part.partition(":")[0]](element, languages))


def _texts(
    element: Mapping[str, Any], key: str, languages: list[str], kind: str = "text"
) -> Iterator[PartField]:
    texts = element.get(key) or {}
    for language in languages:
        needed = key in {"title", "label"} and language == "th"
        yield PartField((key, language), kind, texts.get(language, ""), language, needed=needed)


def _head(document: Mapping[str, Any], languages: list[str]) -> Iterator[PartField]:
    yield from _texts(document, "title", languages, "line")
    yield PartField(("fiscal_year",), "year", document.get("fiscal_year", ""))
    yield PartField(("source",), "text", document.get("source", ""))
    yield PartField(("verified",), "yes_no", document.get("verified", ""))


def _item(item: Mapping[str, Any], languages: list[str]) -> Iterator[PartField]:
    kind = str(item.get("type"))
    known = keys.ITEM_KEYS.get(kind, ())
    if "title" in known or "label" in known:
        yield from _texts(item, "title" if kind in GROUPS else "label", languages)
    if "hint" in known:
        yield from _texts(item, "hint", languages)
    if "required" in known:
        yield PartField(("required",), "yes_no", item.get("required", ""))
    if item.get("constraint"):
        yield from _texts(item, "constraint_message", languages)
    if item.get("required") == "yes":
        yield from _texts(item, "required_message", languages)
    if "weight" in known:
        yield PartField(("weight",), "number", item.get("weight", ""))
    if item.get("correct"):
        yield PartField(("points",), "number", item.get("points", ""))


def _scale(scale: Mapping[str, Any], languages: list[str]) -> Iterator[PartField]:
    for option in scale.get("options") or ():
        code = str(option.get("code"))
        above = ("options", code)
        for language in languages:
            text = (option.get("label") or {}).get(language, "")
            needed = language == "th"
            yield PartField((*above, "label", language), "line", text, language, code, needed)
        yield PartField((*above, "points"), "number", option.get("points", ""), option=code)


def _titled(element: Mapping[str, Any], languages: list[str]) -> Iterator[PartField]:
    yield from _texts(element, "title", languages, "line")


def _band(band: Mapping[str, Any], languages: list[str]) -> Iterator[PartField]:
    yield from _titled(band, languages)
    yield PartField(("min",), "number", band.get("min", ""))


_FIELDS = {
    "head": _head, "item": _item, "scale": _scale, "band": _band,
    "node": _titled, "profile": _titled, "external": _titled,
}  # fmt: skip


def changed(document: Mapping[str, Any], part: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The document with a part's fields set; an empty text takes the key away.

    KeyError: no such part; PartError: values that can't stand, by field name.
    """
    fields = fields_of(document, part)
    wrong = {f.name: why for f in fields if (why := _wrong(f, values.get(f.name, f.value)))}
    if wrong:
        raise PartError(wrong)
    made = copy.deepcopy(dict(document))
    element = element_of(made, part)
    for field in fields:
        if field.name in values:
            _set(element, field.path, values[field.name].strip())
    return made


def _wrong(field: PartField, value: str) -> str:
    text = value.strip()
    if not text:
        return "needed" if field.needed else ""
    if field.kind == "number" and not is_number(text):
        return "number"
    if field.kind == "year" and not (text.isascii() and text.isdigit() and len(text) == 4):
        return "year"
    if field.kind == "yes_no" and text not in {"yes", "no"}:
        return "yes_no"
    most = keys.MAX_TITLE if field.kind == "line" else keys.MAX_TEXT
    return "long" if len(text) > most else ""


def _set(element: Any, path: tuple[str, ...], text: str) -> None:
    here = element
    for step in path[:-1]:
        if isinstance(here, list):
            here = next(e for e in here if str(e.get("code")) == step)
        else:
            here = here.setdefault(step, {})
    if text:
        here[path[-1]] = text
    else:
        here.pop(path[-1], None)
    if len(path) == 2 and not here:
        element.pop(path[0], None)


def parts_of(document: Mapping[str, Any]) -> list[str]:
    """All parts in the order of the document."""
    nodes = (document.get("scoring") or {}).get("nodes") or {}
    return [
        "head",
        *(f"item:{item['id']}" for item in document.get("items") or ()),
        *(f"scale:{code}" for code in document.get("scales") or {}),
        *(f"node:{code}" for code in nodes),
        *(f"band:{band.get('code', '')}" for band in document.get("bands") or ()),
        *(f"profile:{code}" for code in document.get("profiles") or {}),
        *(f"external:{code}" for code in document.get("external") or {}),
    ]
