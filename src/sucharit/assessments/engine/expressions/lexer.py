"""Cuts the text of an expression into words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .errors import ExpressionError

MAX_LENGTH = 4000
_MAX_DIGITS = 40

_WORD = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
      | (?P<ref>\$\{\s*(?P<refname>[A-Za-z_][A-Za-z0-9_.-]*)\s*\})
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<path>\.\.|//?|@|\[|\]|\||::)
      | (?P<name>[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)
      | (?P<sign><=|>=|!=|[=<>+*(),.-])""",
    re.VERBOSE,
)


class Word(NamedTuple):
    """A piece of the text: its kind (ref, number, text, name, sign, end), content and place."""

    kind: str
    text: str
    position: int


def words(text: str) -> Iterator[Word]:
    """The words of an expression, ended by one of kind "end". Raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("too_long", MAX_LENGTH, limit=MAX_LENGTH)
    at = 0
    while at < len(text):
        found = _WORD.match(text, at)
        if found is None:
            raise _unknown(text, at)
        if found.lastgroup != "blank":
            yield _word(found, at)
        at = found.end()
    yield Word("end", "", len(text))


def _word(found: re.Match[str], at: int) -> Word:
    content = found.group()
    if found.group("ref"):
        return Word("ref", found.group("refname"), at)
    if found.group("text"):
        return Word("text", content[1:-1], at)
    if found.group("path"):
        raise ExpressionError("path", at, found=content)
    if found.group("number"):
        if len(content) > _MAX_DIGITS:
            raise ExpressionError("number", at)
        return Word("number", content, at)
    return Word("name" if found.group("name") else "sign", content, at)


def _unknown(text: str, at: int) -> ExpressionError:
    if text[at] in "'\"":
        return ExpressionError("quote", at)
    if text.startswith("${", at):
        return ExpressionError("name", at)
    return ExpressionError("character", at, found=text[at])
