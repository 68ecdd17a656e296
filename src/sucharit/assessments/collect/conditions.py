"""Relevance as a small program for the page's script: the same tree, as lists. The server decides anyway."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sucharit.assessments.engine import expressions as ex

FUNCTIONS = frozenset({"not", "selected", "count-selected", "true", "false", "string-length"})


class _UnknownWordError(Exception):
    """A part of the language the script does not speak."""


@lru_cache(maxsize=2000)
def program(text: str) -> Any:
    """The tree as JSON can hold it: ["n", name], ["=", left, right] …; None if the script lacks a word of it."""
    try:
        return _lists(ex.parse(text))
    except (ex.ExpressionError, _UnknownWordError):
        return None


def _lists(node: Any) -> Any:
    if isinstance(node, ex.Number):
        return ex.number_text(node.value)
    if isinstance(node, ex.Text):
        return node.value
    if isinstance(node, ex.Name):
        return ["n", node.name]
    if isinstance(node, ex.Negative):
        return ["-", "0", _lists(node.operand)]
    if isinstance(node, ex.Binary):
        return [node.operator, _lists(node.left), _lists(node.right)]
    if isinstance(node, ex.Call) and node.function in FUNCTIONS:
        return [node.function, *(_lists(a) for a in node.arguments)]
    raise _UnknownWordError
