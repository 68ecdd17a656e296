"""The shape of an instrument document: known keys only, texts only, every finding with its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sucharit.assessments.engine.exact import exact

from . import keys
from .problems import DocumentProblem, Path, problem


def shape_problems(document: Any) -> list[DocumentProblem]:
    """Every place where a document is not of the shape of `sucharit/instrument@1`."""
    found = _Shape()
    found.mapping((), document, keys.DOCUMENT, keys.DOCUMENT_NEEDS)
    return found.problems


def is_number(text: Any) -> bool:
    """Whether a text is an exact number: "85", "-0.5", "100/3"."""
    try:
        exact(text if isinstance(text, str) and len(text) <= 40 else "")
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))


_FORMS: Mapping[str, tuple[Callable[[str], Any], str]] = MappingProxyType(
    {
        "schema": (lambda t: t == keys.SCHEMA, keys.SCHEMA),
        "slug": (
            lambda t: keys.SLUG.fullmatch(t) and len(t) <= 60,
            "a dotted id such as moral.unit",
        ),
        "version": (lambda t: re.fullmatch(r"[1-9][0-9]{0,4}", t), "a whole number from 1"),
        "year": (lambda t: re.fullmatch(r"2[5-9][0-9]{2}", t), "a fiscal year such as 2567"),
        "kind": (lambda t: t in keys.KINDS, ", ".join(keys.KINDS)),
        "yesno": (lambda t: t in {"yes", "no"}, "yes or no"),
        "text": (
            lambda t: len(t) <= keys.MAX_TEXT,
            f"a text of at most {keys.MAX_TEXT} characters",
        ),
        "id": (keys.ID.fullmatch, "an id: a letter, then letters, digits, _ . - (60 at most)"),
        "code": (keys.CODE.fullmatch, "a code of letters, digits, _ . - (60 at most)"),
        "item_type": (lambda t: t in keys.ITEM_KEYS, ", ".join(keys.ITEM_KEYS)),
        "expression": (lambda t: t.strip() != "", "an expression"),
        "filter": (lambda t: t.strip() != "", "an expression"),
        "evidence": (lambda t: t in keys.EVIDENCE, ", ".join(keys.EVIDENCE)),
        "number": (is_number, "a number such as 85, 0.30 or 100/3"),
        "weight": (is_number, "a number such as 1, 0.30 or 100/3"),
        "bound": (lambda t: is_number(t) or _is_date(t), "a number or a date such as 2024-03-18"),
        "count": (lambda t: re.fullmatch(r"[0-9]{1,5}", t), "a whole number"),
        "external_type": (lambda t: t in keys.EXTERNAL_TYPES, ", ".join(keys.EXTERNAL_TYPES)),
        "aggregation": (lambda t: t in keys.AGGREGATIONS, ", ".join(keys.AGGREGATIONS)),
        "missing": (lambda t: t in keys.MISSING, ", ".join(keys.MISSING)),
        "unit_order": (lambda t: t in keys.UNIT_ORDERS, ", ".join(keys.UNIT_ORDERS)),
        "digits": (lambda t: re.fullmatch(r"[0-6]", t), "a digit from 0 to 6"),
        "language": (keys.LANGUAGE.fullmatch, "a language such as th or en"),
        "label_text": (lambda t: len(t) <= keys.MAX_TEXT, "a text of at most 5000 characters"),
    }
)


class _Shape:
    def __init__(self) -> None:
        self.problems: list[DocumentProblem] = []

    def say(self, path: Path, code: str, /, **details: object) -> None:
        self.problems.append(problem(path, code, "error", **details))

    def is_mapping(self, path: Path, value: Any) -> bool:
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return True
        self.say(path, "type", found=repr(value), wanted="a mapping")
        return False

    def is_list(self, path: Path, value: Any, limit: int = keys.MAX_ITEMS) -> bool:
        if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
            if len(value) > limit:
                self.say(path, "too_many", limit=limit)
            return len(value) <= limit
        self.say(path, "type", found=repr(value), wanted="a list")
        return False

    def mapping(
        self, path: Path, value: Any, known: Mapping[str, str], needed: Sequence[str]
    ) -> None:
        if not self.is_mapping(path, value):
            return
        for key in needed:
            if key not in value:
                self.say(path, "missing_key", key=key)
        for key, content in value.items():
            if key not in known:
                self.say((*path, key), "unknown_key", known=", ".join(known))
            else:
                self.one((*path, key), content, known[key])

    def one(self, path: Path, value: Any, form: str) -> None:
        if form in _FORMS:
            self.scalar(path, value, form)
        else:
            getattr(self, form)(path, value)

    def scalar(self, path: Path, value: Any, form: str) -> None:
        holds, wanted = _FORMS[form]
        if not isinstance(value, str):
            self.say(path, "type", found=repr(value), wanted="text")
        elif not holds(value):
            self.say(path, "form", found=repr(value), wanted=wanted)

    def label(self, path: Path, value: Any) -> None:
        if self.is_mapping(path, value):
            for language, text in value.items():
                self.scalar((*path, language), language, "language")
                self.scalar((*path, language), text, "label_text")

    def short_label(self, path: Path, value: Any) -> None:
        self.label(path, value)
        for language, text in value.items() if isinstance(value, Mapping) else ():
            if isinstance(text, str) and len(text) > keys.MAX_TITLE:
                wanted = f"a title of at most {keys.MAX_TITLE} characters"
                self.say((*path, language), "form", found=text, wanted=wanted)

    def languages(self, path: Path, value: Any) -> None:
        self.listed(path, value, "language")
        if not self.problems and (not value or value[0] != "th"):
            self.say(path, "thai_first")

    def codes(self, path: Path, value: Any) -> None:
        self.listed(path, value, "code")

    def numbers(self, path: Path, value: Any) -> None:
        self.listed(path, value, "number")

    def listed(self, path: Path, value: Any, form: str, limit: int = 200) -> None:
        if not self.is_list(path, value, limit):
            return
        if not value:
            self.say(path, "empty")
        seen: set[str] = set()
        for at, one in enumerate(value):
            self.scalar((*path, at), one, form)
            if isinstance(one, str) and one in seen:
                self.say((*path, at), "duplicate", code=one)
            seen.add(str(one))

    def named(self, path: Path, value: Any, known: Mapping[str, str], *needed: str) -> None:
        if self.is_mapping(path, value):
            for name, one in value.items():
                self.scalar((*path, name), name, "id")
                self.mapping((*path, name), one, known, needed)

    def profiles(self, path: Path, value: Any) -> None:
        self.named(path, value, keys.PROFILE, "title")

    def external(self, path: Path, value: Any) -> None:
        self.named(path, value, keys.EXTERNAL, "type")

    def nodes(self, path: Path, value: Any) -> None:
        self.named(path, value, keys.NODE, "agg")

    def scoring(self, path: Path, value: Any) -> None:
        self.mapping(path, value, keys.SCORING, ("nodes",))

    def round(self, path: Path, value: Any) -> None:
        self.mapping(path, value, {"digits": "digits"}, ("digits",))

    def parts(self, path: Path, value: Any) -> None:
        if not isinstance(value, Mapping):
            self.listed(path, value, "id", keys.MAX_ITEMS)
        elif self.is_mapping(path, value):
            if not value:
                self.say(path, "empty")
            for name, weight in value.items():
                self.scalar((*path, name), name, "id")
                self.scalar((*path, name), weight, "weight")

    def bands(self, path: Path, value: Any) -> None:
        if self.is_list(path, value, 50):
            for at, band in enumerate(value):
                self.mapping((*path, at), band, keys.BAND, ("code", "title"))
            self.distinct(path, value, "code")

    def scales(self, path: Path, value: Any) -> None:
        if self.is_mapping(path, value):
            for name, scale in value.items():
                self.scalar((*path, name), name, "id")
                self.mapping((*path, name), scale, {"options": "options"}, ("options",))

    def options(self, path: Path, value: Any) -> None:
        if not self.is_list(path, value, keys.MAX_OPTIONS):
            return
        if not value:
            self.say(path, "empty")
        for at, option in enumerate(value):
            here = (*path, at)
            if self.is_mapping(here, option):
                # What is not a key of options is a column for choice filters.
                extra = {k: "text" for k in option if k not in keys.OPTION and keys.ID.fullmatch(k)}
                self.mapping(here, option, {**keys.OPTION, **extra}, ("code", "label"))
        self.distinct(path, value, "code")

    def items(self, path: Path, value: Any) -> None:
        if not self.is_list(path, value):
            return
        if not value:
            self.say(path, "empty")
        for at, item in enumerate(value):
            if self.is_mapping((*path, at), item):
                self.item((*path, at), item)
        self.distinct(path, value, "id")

    def item(self, path: Path, item: Mapping[str, Any]) -> None:
        kind = item.get("type")
        if not isinstance(kind, str) or kind not in keys.ITEM_KEYS:
            self.mapping(path, item, keys.ITEM, ("id", "type"))
            return
        known = {key: keys.ITEM[key] for key in keys.ITEM_KEYS[kind]}
        self.mapping(path, item, known, ("id", "type", *keys.ITEM_NEEDS.get(kind, ("label",))))

    def distinct(self, path: Path, value: Sequence[Any], key: str) -> None:
        seen: set[str] = set()
        for at, one in enumerate(value):
            code = one.get(key) if isinstance(one, Mapping) else None
            if isinstance(code, str):
                if code in seen:
                    self.say((*path, at, key), "duplicate", code=code)
                seen.add(code)
