"""From a layout and a form to what the templates loop over; no HTML, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.collect import conditions
from sucharit.assessments.collect.layout import FILES, Group, Layout, Question, yes
from sucharit.assessments.collect.reading import Form, instances_of, one

Block = dict[str, Any]
TEXTS = frozenset({"text", "integer", "decimal", "range", "date", "time", "datetime", "geopoint"})


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a page besides the questions: what was given, what is wrong with it."""

    language: str
    form: Form = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    takes_files: bool = False
    fresh: bool = True  # nothing was posted: defaults are shown


def blocks(layout: Layout, filling: Filling) -> list[Block]:
    """The page's blocks in order."""
    return _blocks(layout, layout.page, filling, "", conditional=False)


def say(texts: Any, language: str) -> str:
    """A text in the page's language, else in Thai."""
    if not texts:
        return ""
    return str(texts.get(language) or texts.get("th") or "")


def _blocks(
    layout: Layout, group: Group, filling: Filling, prefix: str, *, conditional: bool
) -> list[Block]:
    found: list[Block] = []
    for child in group.children:
        if isinstance(child, Question):
            block = _question(child, filling, prefix, conditional=conditional)
            if block:
                found.append(block)
        elif child.kind == "matrix":
            found.append(_matrix(child, filling, prefix, conditional=conditional))
        elif child.kind == "repeat":
            found.append(_repeat(layout, child, filling))
        else:
            item = child.item or {}
            inner = conditional or bool(item.get("relevant"))
            found.append(
                {
                    "kind": "section",
                    "title": say(item.get("title") or item.get("label"), filling.language),
                    "when": _when(item, prefix),
                    "blocks": _blocks(layout, child, filling, prefix, conditional=inner),
                }
            )
    return found


def _repeat(layout: Layout, group: Group, filling: Filling) -> Block:
    item = group.item or {}
    shown = instances_of(layout, filling.form, group.id)
    most = int(item.get("max") or 50)
    return {
        "kind": "repeat",
        "id": group.id,
        "title": say(item.get("title") or item.get("label"), filling.language),
        "when": _when(item, ""),
        "error": filling.errors.get(group.id, ""),
        "shown": shown,
        "more": shown < most,
        "instances": [
            {
                "number": number + 1,
                "blocks": _blocks(
                    layout,
                    group,
                    filling,
                    f"{group.id}:{number}:",
                    conditional=number >= int(item.get("min") or 0) or bool(item.get("relevant")),
                ),
            }
            for number in range(shown)
        ],
    }


def _matrix(group: Group, filling: Filling, prefix: str, *, conditional: bool) -> Block:
    rows = [
        _question(c, filling, prefix, conditional=conditional)
        for c in group.children
        if isinstance(c, Question)
    ]
    return {"kind": "matrix", "columns": len(rows[0]["options"]) if rows else 0, "rows": rows}


def _question(question: Question, filling: Filling, prefix: str, *, conditional: bool) -> Block:
    item, kind = question.item, question.type
    label = say(item.get("label") or item.get("title"), filling.language)
    if kind == "note":
        return {"kind": "note", "label": label, "when": _when(item, prefix)}
    if kind in ("calculate", "hidden"):
        return {}
    name = prefix + question.id
    needed = yes(item.get("required"))
    given = list(filling.form.get(name, ()))
    # "today()" is not shown: the page is kept for days.
    if filling.fresh and not given and item.get("default") not in (None, "", "today()"):
        given = str(item["default"]).split() if kind == "choices" else [str(item["default"])]
    return {
        "kind": "question",
        "type": kind,
        "shape": _shape(kind),
        "name": name,
        "label": label,
        "hint": say(item.get("hint"), filling.language),
        "needed": needed,
        "required": needed and not conditional and not item.get("relevant"),
        "when": _when(item, prefix),
        "error": filling.errors.get(name, ""),
        "value": given[-1] if given else "",
        "options": _options(question, name, given, filling),
        "places": range(1, len(question.options) + 1) if kind == "rank" else (),
        "attributes": _attributes(item, kind),
        "refused": kind in FILES and not filling.takes_files,
    }


def _shape(kind: str) -> str:
    if kind in TEXTS:
        return "text"
    if kind in FILES:
        return "file"
    return "radio" if kind in ("choice", "points") else kind


def _options(
    question: Question, name: str, given: Sequence[str], filling: Filling
) -> list[tuple[str, str, Any]]:
    """(code, label, chosen or place)."""
    found: list[tuple[str, str, Any]] = []
    for option in question.options:
        code = str(option["code"])
        mark: Any = code in given
        if question.type == "rank":
            said = one(filling.form, f"{name}~{code}")
            mark = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
        found.append((code, say(option.get("label"), filling.language) or code, mark))
    return found


def _attributes(item: Mapping[str, Any], kind: str) -> list[tuple[str, str]]:
    """Attributes of a text field; what they forbid is checked on the server all the same."""
    found = []
    if kind in ("integer", "decimal", "range"):
        # No type="number": it takes no Thai digits and loses what it cannot read.
        found.append(("inputmode", "numeric" if kind == "integer" else "decimal"))
    if kind in ("date", "datetime"):
        found.append(("placeholder", "18/3/2567" if kind == "date" else "18/3/2567 14:30"))
    if kind == "geopoint":
        found.append(("placeholder", "13.7563, 100.5018"))
    if item.get("max_chars"):
        found.append(("maxlength", str(item["max_chars"])))
    return found


def _when(item: Mapping[str, Any], prefix: str) -> str:
    """The relevance for the page's script, as JSON; "" when there is none or it cannot say it."""
    if not item.get("relevant"):
        return ""
    program = conditions.program(str(item["relevant"]))
    return json.dumps([prefix, program], separators=(",", ":")) if program is not None else "[]"
