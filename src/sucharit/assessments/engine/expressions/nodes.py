"""The tree of an expression: frozen, hashable, comparable."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: never negative, a finite decimal."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """The value of an item, an external value or a scoring node: `${name}`."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the option that a choice filter looks at: a bare name."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """The value itself: `.`."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A value with its sign turned."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and an operator: or and = != < <= > >= + - * div mod."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language with its arguments."""

    function: str
    arguments: tuple["Node", ...]


Node: TypeAlias = Number | Text | Name | Column | Here | Negative | Binary | Call

PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
"""How tightly an operator binds, as in XPath; the sign binds tightest."""
