"""The scoring of an instrument as a tree of words: what each score is made of, and its levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.authoring import words


@dataclass(frozen=True)
class Branch:
    """A score or an item in the tree. ``rule``, ``missing`` are empty for items."""

    code: str
    title: str
    depth: int
    weight: str
    rule: str = ""
    missing: str = ""
    least: str = ""


@dataclass(frozen=True)
class Level:
    """A band: its name, from which value, what it requires besides."""

    code: str
    title: str
    least: str
    requires: str
    passed: str


def tree_of(document: Mapping[str, Any]) -> list[Branch]:
    """All scores, those that count in no other first, each followed by its parts."""
    nodes = (document.get("scoring") or {}).get("nodes") or {}
    items = {i.get("id"): i for i in document.get("items") or ()}
    used = {part for node in nodes.values() for part in node.get("of") or ()}
    rows: list[Branch] = []

    def visit(code: str, weight: str, depth: int, above: frozenset[str]) -> None:
        node = nodes.get(code)
        if node is None:
            item = items.get(code) or {}
            rows.append(Branch(code, words.said(item.get("label")), depth, weight))
            return
        rows.append(
            Branch(
                code,
                words.said(node.get("title")) or code,
                depth,
                weight,
                str(words.AGGREGATIONS.get(node.get("agg", ""), node.get("agg", ""))),
                str(words.MISSING.get(node.get("missing", "drop"), "")),
                node.get("min_answered", ""),
            )
        )
        of = node.get("of") or []
        for part in of:
            if part not in above:  # a circle is said by the check, not drawn
                own = of[part] if isinstance(of, Mapping) else ""
                visit(part, own, depth + 1, above | {part})

    for code in nodes:
        if code not in used:
            visit(code, "", 0, frozenset({code}))
    return rows


def levels_of(document: Mapping[str, Any]) -> list[Level]:
    """The bands, best first."""
    return [
        Level(
            str(band.get("code", "")),
            words.said(band.get("title")),
            str(band.get("min", "")),
            str(band.get("requires", "")),
            str(band.get("passed", "")),
        )
        for band in document.get("bands") or ()
    ]
