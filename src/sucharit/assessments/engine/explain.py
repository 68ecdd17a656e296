"""Opening a score: the node, what it was made of, and the rule, down to the items."""

from typing import Any, TypedDict

from .exact import display, fraction_text
from .model import TOTAL, Edition, Label
from .results import Level, NodeScore, Note, UnitScore
from .rules import NOTES, RULES


class Text(TypedDict):
    """A sentence in both languages under a stable key."""

    key: str
    th: str
    en: str


class Explanation(TypedDict):
    """One node of an explanation, plain data that goes into JSON as it stands.

    `exact` is the value as a fraction ("367/6"), `value` the same with 10 decimals, `display` what
    is published; None or "" when there is no value. `weight` is the share in the parent, exact.
    """

    code: str
    title: dict[str, str]
    value: str | None
    exact: str | None
    display: str
    n: int | None
    status: str
    weight: str
    rule: Text
    notes: list[Text]
    parts: list[dict[str, Any]]
    level: Text | None
    children: list["Explanation"]


def explain(edition: Edition, score: UnitScore, node: str = TOTAL) -> Explanation:
    """Explanation tree of a node. KeyError for an unknown code."""
    found, digits = score.nodes[node], edition.rounding.digits
    level = score.level if node == TOTAL else None
    title = edition.titles[node]
    return {
        "code": node,
        "title": {"th": title.th, "en": title.en},
        "value": None if found.value is None else display(found.value, 10),
        "exact": None if found.value is None else fraction_text(found.value),
        "display": score.display(node),
        "n": found.n,
        "status": str(found.status),
        "weight": fraction_text(found.weight),
        "rule": _text(found.rule, RULES[found.rule], _figures(score, found)),
        "notes": [_note(note) for note in found.notes],
        "parts": [
            {"part": part.part, "display": display(part.value, digits), "n": part.n}
            for part in found.parts
        ],
        "level": _level(level) if level else None,
        "children": [explain(edition, score, child) for child in found.children],
    }


def _level(level: Level) -> Text:
    return {"key": level.code, "th": level.label.th, "en": level.label.en}


def _figures(score: UnitScore, node: NodeScore) -> dict[str, str]:
    used = sum(score.nodes[child].value is not None for child in node.children)
    return {"used": str(used), "n": str(node.n)}


def _note(note: Note) -> Text:
    return _text(note.key, NOTES[note.key], dict(note.params))


def _text(key: str, label: Label, figures: dict[str, str]) -> Text:
    return {"key": key, "th": label.th.format(**figures), "en": label.en.format(**figures)}
