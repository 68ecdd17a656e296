"""The functions of the language: how many arguments they take. What is not here does not exist."""

from dataclasses import dataclass
from types import MappingProxyType

MANY = 60
"""The most arguments a call may have."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: fewest and most arguments, and what it does in a few words."""

    least: int
    most: int
    text: str


FUNCTIONS = MappingProxyType(
    {
        "not": Function(1, 1, "the contrary of a condition"),
        "if": Function(3, 3, "condition, value if it holds, value if not"),
        "selected": Function(2, 2, "whether an option is among the chosen"),
        "count-selected": Function(1, 1, "how many options are chosen"),
        "coalesce": Function(1, MANY, "the first value that is not empty"),
        "regex": Function(2, 2, "whether the whole text matches a pattern"),
        "string-length": Function(1, 1, "number of characters"),
        "round": Function(1, 2, "to whole numbers or n decimals, halves away from zero"),
        "int": Function(1, 1, "the whole part, towards zero"),
        "min": Function(1, MANY, "the smallest of the values that are not empty"),
        "max": Function(1, MANY, "the greatest of the values that are not empty"),
        "sum": Function(1, 1, "sum over the instances of a repeat"),
        "count": Function(1, 1, "number of instances, or of values that are not empty"),
        "join": Function(2, MANY, "separator, then values that are not empty"),
        "once": Function(1, 1, "keeps the value it has, computes only when empty"),
        "today": Function(0, 0, "the day"),
        "concat": Function(1, MANY, "texts one after the other"),
        "starts-with": Function(2, 2, "whether a text begins with another"),
        "contains": Function(2, 2, "whether a text holds another"),
        "true": Function(0, 0, "true"),
        "false": Function(0, 0, "false"),
    }
)
