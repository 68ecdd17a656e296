"""What changed between two versions of a framework, and how much it matters.

patch: wording and provenance, figures stay comparable; minor: something added that moves no figure
(a language, an option, dates, elements to look for); major: figures of the two versions must not be
joined by a line (items, weights, scales, bands, rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Level(IntEnum):
    """How much a change matters; the level of a diff is its greatest."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `what` is added, removed, changed or moved at `key`."""

    level: Level
    what: str
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences of two versions; `level` decides whether a trend may be drawn."""

    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """The greatest level of the changes; NONE when the content is equal."""
        return max((change.level for change in self.changes), default=Level.NONE)


_WORDS = r"(title|label|text|elements\[[^\]]*\])\.(th|en)$"
#: First match decides; (where, added, removed, changed).
_RULES: tuple[tuple[re.Pattern[str], Level, Level, Level], ...] = (
    (re.compile(r"^(version|schema)$"), Level.PATCH, Level.PATCH, Level.PATCH),
    (re.compile(r"^elements"), Level.MINOR, Level.MINOR, Level.PATCH),
    (re.compile(r"\.elements\["), Level.MINOR, Level.MINOR, Level.PATCH),
    (re.compile(r"(^|\.)" + _WORDS), Level.MINOR, Level.PATCH, Level.PATCH),
    (re.compile(r"(^|\.)(verified|note|source|topic)$"), Level.PATCH, Level.PATCH, Level.PATCH),
    (re.compile(r"\.covers\["), Level.PATCH, Level.PATCH, Level.PATCH),
    (re.compile(r"^(sources|notes|open_points)\b"), Level.PATCH, Level.PATCH, Level.PATCH),
    (re.compile(r"^(calendar\[|complete$)"), Level.MINOR, Level.MINOR, Level.MINOR),
    (re.compile(r"^scales\.[^.]+\.options\["), Level.MINOR, Level.MAJOR, Level.MAJOR),
)
_NAMING = ("code", "level", "key")


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> Diff:
    """Compare two framework documents; list elements are matched by their code, not position."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    changes = [
        _change(key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    return Diff(tuple(_whole_additions(changes) + _moved(old, new)))


def _change(key: str, old: str | None, new: str | None) -> Change:
    at = 0 if old is None else 1 if new is None else 2
    what = ("added", "removed", "changed")[at]
    for pattern, *levels in _RULES:
        if pattern.search(key):
            return Change(levels[at], what, key, old or "", new or "")
    return Change(Level.MAJOR, what, key, old or "", new or "")


def _whole_additions(changes: list[Change]) -> list[Change]:
    """The wording of an added item is not a change of its own, it comes with the item's code."""
    whole = {
        (change.what, change.key.rsplit(".", 1)[0])
        for change in changes
        if change.what != "changed" and change.key.endswith((".code", ".level", ".key"))
    }
    return [c for c in changes if not _inside(c, whole)]


def _inside(change: Change, whole: set[tuple[str, str]]) -> bool:
    if change.key.endswith((".code", ".level", ".key")):
        return False
    return any(
        change.what == what and change.key.startswith((f"{key}.", f"{key}[")) for what, key in whole
    )


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Options and sub-questions are stored by position, so a new order is a major change."""
    before, after = dict(_orders(old)), dict(_orders(new))
    changes = []
    for key in sorted(before.keys() & after.keys()):
        kept_old = [code for code in before[key] if code in after[key]]
        kept_new = [code for code in after[key] if code in before[key]]
        if kept_old != kept_new:
            texts = " ".join(kept_old), " ".join(kept_new)
            changes.append(Change(Level.MAJOR, "moved", key, *texts))
    return changes


def _leaves(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from _leaves(value, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _leaves(value, f"{key}[{_named(value) or at}]")
    else:
        yield key, str(node)


def _orders(node: Any, key: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from _orders(value, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        names = [_named(value) for value in node]
        if all(names) and names and not key.startswith("calendar"):
            yield key, names
        for value, name in zip(node, names, strict=True):
            yield from _orders(value, f"{key}[{name}]")


def _named(element: Any) -> str:
    if isinstance(element, Mapping):
        for name in _NAMING:
            if element.get(name):
                return str(element[name])
    return ""
