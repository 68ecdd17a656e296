"""What a new version of an instrument changes, and how much it matters.

patch: wording and provenance; figures stay comparable. minor: something added that moves no figure
(an optional question, an option, a language). major: figures of the two versions must not be
joined by a line (an option removed or given other points, scale, weight, scoring or band changed,
an item removed, an answer newly required).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from .problems import Path
from .version_rules import Rule, rule_of

Level: TypeAlias = Literal["none", "patch", "minor", "major"]
_ORDER: tuple[Level, ...] = ("none", "patch", "minor", "major")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, at a place of the new document (of the old one when it was removed)."""

    path: Path
    level: Level
    text_en: str
    text_th: str


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """All differences; `level` is the greatest of them, "none" when the content is the same."""

    level: Level
    changes: tuple[Change, ...]


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> DocumentDiff:
    """Compare two documents. Items and options are matched by their codes, not by position."""
    before, after = _flat(old), _flat(new)
    changes = list(_changes(before, after, old, new))
    level = max((_ORDER.index(change.level) for change in changes), default=0)
    return DocumentDiff(_ORDER[level], tuple(changes))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A text of a document: its steps by name, its path by position."""

    steps: tuple[str, ...]
    path: Path
    value: str


_NAMING = {"items": "id", "options": "code", "bands": "code"}
#: What follows the positions of a list without names is one value, compared as a whole.
_WHOLE = {"languages", "profiles", "unit_types", "allowed", "correct", "of"}


def _flat(document: Mapping[str, Any]) -> dict[tuple[str, ...], _Leaf]:
    return {leaf.steps: leaf for leaf in _leaves(document, (), ())}


def _leaves(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[_Leaf]:
    last = steps[-1] if steps else ""
    if isinstance(value, Mapping) and not (last == "of" and "scoring" in steps):
        for key, inside in value.items():
            yield from _leaves(inside, (*steps, key), (*path, key))
    elif isinstance(value, list) and last in _NAMING:
        names = [str(one.get(_NAMING[last], at)) for at, one in enumerate(value)]
        for at, (name, one) in enumerate(zip(names, value, strict=True)):
            yield from _leaves(one, (*steps, name), (*path, at))
        yield _Leaf((*steps, "(order)"), path, " ".join(names))
    else:
        yield _Leaf(steps, path, _text(value))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _changes(
    before: Mapping[tuple[str, ...], _Leaf],
    after: Mapping[tuple[str, ...], _Leaf],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Iterator[Change]:
    whole: set[tuple[str, ...]] = set()
    had, has = _prefixes(before), _prefixes(after)
    for steps in sorted(before.keys() | after.keys(), key=lambda s: _position(s, before, after)):
        was, now = before.get(steps), after.get(steps)
        if steps == ("version",) or (was and now and was.value == now.value):
            continue
        if any(steps[:size] in whole for size in (2, 3, 4)):
            continue
        if steps[-1] == "(order)":
            if was and now and _kept(was.value, now.value) != _kept(now.value, was.value):
                yield _change(steps, now.path, "moved", rule_of(steps, "moved", {}, {}))
            continue
        entry = _entry(steps, had, has)
        if entry:
            whole.add(entry)
            what = "added" if now else "removed"
            path = (now or was or _Leaf(steps, (), "")).path[: len(entry)]
            rule = rule_of(entry, what, _node(old, entry), _node(new, entry), new)
            yield _change(entry, path, what, rule)
            continue
        what = "changed" if was and now else "added" if now else "removed"
        item_before, item_after = _node(old, steps[:2]), _node(new, steps[:2])
        rule = rule_of(steps, what, item_before, item_after, new)
        place = now or was
        yield _change(steps, place.path if place else (), what, rule, was, now)


def _position(
    steps: tuple[str, ...],
    before: Mapping[tuple[str, ...], _Leaf],
    after: Mapping[tuple[str, ...], _Leaf],
) -> tuple[Any, ...]:
    leaf = after.get(steps) or before[steps]
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in leaf.path)


def _kept(one: str, other: str) -> list[str]:
    names = set(other.split())
    return [name for name in one.split() if name in names]


_ENTRIES = (("items", 2), ("bands", 2), ("scales", 2), ("profiles", 2), ("external", 2))


def _entry(
    steps: tuple[str, ...], had: set[tuple[str, ...]], has: set[tuple[str, ...]]
) -> tuple[str, ...]:
    """The whole item, option, band, scale or score that is new or gone with this text."""
    ends = [length for first, length in _ENTRIES if steps[0] == first]
    if steps[0] == "scales" and len(steps) > 3:
        ends.append(4)
    if steps[:2] == ("scoring", "nodes"):
        ends.append(3)
    for end in ends:
        entry = steps[:end]
        if len(steps) > end and (entry in had) is not (entry in has):
            return entry
    return ()


def _prefixes(leaves: Mapping[tuple[str, ...], _Leaf]) -> set[tuple[str, ...]]:
    return {steps[:size] for steps in leaves for size in (2, 3, 4) if len(steps) > size}


def _node(document: Mapping[str, Any], steps: tuple[str, ...]) -> Mapping[str, Any]:
    here: Any = document
    for at, step in enumerate(steps):
        if isinstance(here, list):
            naming = _NAMING.get(steps[at - 1], "id")
            here = next((one for one in here if one.get(naming) == step), {})
        else:
            here = here.get(step, {}) if isinstance(here, Mapping) else {}
    return here if isinstance(here, Mapping) else {}


_WORDS = {
    "added": ("added", "เพิ่ม"),
    "removed": ("removed", "ตัดออก"),
    "changed": ("changed", "แก้ไข"),
    "moved": ("put in another order", "สลับลำดับ"),
}


def _change(
    steps: tuple[str, ...],
    path: Path,
    what: str,
    rule: Rule,
    was: _Leaf | None = None,
    now: _Leaf | None = None,
) -> Change:
    english, thai = _WORDS[what]
    place = " ".join(step for step in steps if step not in {"(order)", "nodes"})
    old, new = (_short(leaf.value) if leaf else "–" for leaf in (was, now))
    values = f": {old} → {new}" if was or now else ""
    return Change(
        path=path,
        level=rule.level,
        text_en=f"{rule.noun_en} {english} ({place}){values}",
        text_th=f"{thai}{rule.noun_th} ({place}){values}",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
