"""Reads the text of a pattern into a tree of leaves, sequences, choices and repetitions."""

from collections.abc import Callable
from dataclasses import dataclass

_MAX_NESTING = 20
_SPECIAL = set("()[]{}|?*+.^$\\")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}

Test = Callable[[str], bool]


class PatternError(ValueError):
    """The pattern uses what is not supported, or is no pattern."""


@dataclass(frozen=True)
class Leaf:
    """One character that passes a test."""

    test: Test


@dataclass(frozen=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Either:
    """Any one of the parts."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Times:
    """A part again and again; most is None for without end."""

    part: "Tree"
    least: int
    most: int | None


Tree = Leaf | Sequence | Either | Times


class Reader:
    """Walks through the text of a pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self) -> str:
        """The next character, and go on."""
        character = self.peek()
        self.at += 1
        return character

    def alternatives(self, nesting: int) -> Tree:
        """Sequences with | between them."""
        if nesting > _MAX_NESTING:
            raise PatternError("groups are nested too deeply")
        parts = [self.sequence(nesting)]
        while self.peek() == "|":
            self.take()
            parts.append(self.sequence(nesting))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def sequence(self, nesting: int) -> Tree:
        """Atoms up to | or ) or the end."""
        parts = []
        while self.peek() not in {"", "|", ")"}:
            parts.append(self.repeated(self.atom(nesting)))
        return Sequence(tuple(parts))

    def repeated(self, part: Tree) -> Tree:
        """An atom with the repetitions behind it."""
        bounds = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        while self.peek() in {"?", "*", "+", "{"}:
            sign = self.take()
            least, most = self.braces() if sign == "{" else bounds[sign]
            part = Times(part, least, most)
            # Lazy and greedy match the same whole texts; possessive ones don't.
            if self.peek() == "?":
                self.take()
            elif self.peek() in {"+", "*", "{"}:
                raise PatternError("two repetitions in a row")
        return part

    def braces(self) -> tuple[int, int | None]:
        """The bounds in {…}."""
        end = self.text.find("}", self.at)
        inside = self.text[self.at : end] if end >= 0 else ""
        least, comma, most = inside.partition(",")
        sound = least.isdecimal() and (most == "" or most.isdecimal()) and inside.isascii()
        if not sound or len(inside) > 9:
            raise PatternError("{…} takes numbers as in {2}, {2,} or {2,5}")
        self.at = end + 1
        if not comma:
            return int(least), int(least)
        if most and int(most) < int(least):
            raise PatternError("{…} ends before it begins")
        return int(least), int(most) if most else None

    def atom(self, nesting: int) -> Tree:
        """A character, a class or a group."""
        character = self.take()
        if character == "(":
            return self.group(nesting)
        if character == "[":
            return Leaf(self.character_class())
        if character == ".":
            return Leaf(lambda c: c != "\n")
        if character == "\\":
            return Leaf(self.escape())
        if character in _SPECIAL:
            raise PatternError(f"{character} cannot stand here; write \\{character} for itself")
        return Leaf(_is(character))

    def group(self, nesting: int) -> Tree:
        """What stands in (…)."""
        if self.peek() == "?":
            if self.text[self.at : self.at + 2] != "?:":
                raise PatternError("(?…) is not supported, only (…) and (?:…)")
            self.at += 2
        inside = self.alternatives(nesting + 1)
        if self.take() != ")":
            raise PatternError("a ( without its )")
        return inside

    def escape(self) -> Test:
        """What follows a backslash."""
        character = self.take()
        if character and character in "dwsDWS":
            return _shorthand(character)
        if character in _ESCAPED:
            return _is(_ESCAPED[character])
        if not character or character.isalnum():
            raise PatternError(f"\\{character} is not supported")
        return _is(character)

    def character_class(self) -> Test:
        """What stands in […]."""
        negated = self.peek() == "^"
        if negated:
            self.take()
        tests: list[Test] = []
        while self.peek() != "]" or not tests:
            tests.append(self.class_part())
        self.take()
        return lambda c: any(test(c) for test in tests) is not negated

    def class_part(self) -> Test:
        """A character, a range or a shorthand of a class."""
        first = self.take()
        if not first:
            raise PatternError("a [ without its ]")
        if first == "[":
            raise PatternError("[ within […] must be written \\[")
        if first == "\\":
            if self.peek() and self.peek() in "dwsDWS":
                return _shorthand(self.take())
            first = self.literal()
        if self.peek() != "-" or self.text[self.at + 1 : self.at + 2] in {"]", ""}:
            return _is(first)
        self.take()
        last = self.take()
        last = self.literal() if last == "\\" else last
        if last < first:
            raise PatternError(f"the range {first}-{last} is empty")
        return lambda c: first <= c <= last

    def literal(self) -> str:
        """An escaped character of a class."""
        character = self.take()
        if not character or (character.isalnum() and character not in _ESCAPED):
            raise PatternError(f"\\{character} is not supported")
        return _ESCAPED.get(character, character)


def _is(wanted: str) -> Test:
    return lambda c: c == wanted


def _shorthand(letter: str) -> Test:
    tests: dict[str, Test] = {
        "d": lambda c: "0" <= c <= "9",
        "w": lambda c: c == "_" or (c.isascii() and c.isalnum()),
        "s": lambda c: c in " \t\n\r\f\v",
    }
    test = tests[letter.lower()]
    return test if letter.islower() else lambda c: not test(c)
