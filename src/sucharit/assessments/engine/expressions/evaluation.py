"""Computes an expression. Exact, total (never raises), and without a clock: today is handed in.

Empty values: in `=` and `!=` they are the empty text; ordered comparisons with them do not hold;
arithmetic with them is empty. A division by zero and a number beyond all use are empty, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType

from .nodes import Binary, Call, Column, Here, Name, Negative, Node, Number, Text
from .regex import compiled
from .values import (
    Rows,
    Value,
    before,
    boolean_of,
    bounded,
    date_of,
    empty,
    number_of,
    same,
    text_of,
)

_NOTHING: Mapping[str, Value] = MappingProxyType({})
_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_MAX_PLACES = 20
_MAX_DAYS = 400_000
_MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression sees: values by name, `.`, the day, the columns of an option."""

    values: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    here: Value = None
    today: date | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: _NO_COLUMNS)


def truth(node: Node, context: Context) -> bool:
    """Whether a condition holds; an empty result does not."""
    return boolean_of(evaluate(node, context))


def evaluate(node: Node, context: Context) -> Value:
    """The value of an expression: bool, Fraction, text, day, a set of options, or None (empty)."""
    value: Value = None
    match node:
        case Number(number):
            value = number
        case Text(text):
            value = text or None
        case Name(name):
            value = context.values.get(name)
        case Column(name):
            value = context.columns.get(name) or None
        case Here():
            value = context.here
        case Negative(operand):
            turned = number_of(evaluate(operand, context))
            value = None if turned is None else -turned
        case Binary(operator, left, right):
            value = _binary(operator, left, right, context)
        case Call(function, arguments):
            value = _call(function, arguments, context)
    return value


def _binary(operator: str, left: Node, right: Node, context: Context) -> Value:
    if operator == "and":
        return truth(left, context) and truth(right, context)
    if operator == "or":
        return truth(left, context) or truth(right, context)
    first, second = evaluate(left, context), evaluate(right, context)
    if operator in {"=", "!="}:
        return same(first, second) is (operator == "=")
    if operator in _ORDER:
        order = before(first, second)
        return order is not None and order in _ORDER[operator]
    return _arithmetic(operator, first, second)


_ORDER = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}


def _arithmetic(operator: str, left: Value, right: Value) -> Value:
    if isinstance(left, date):
        return _days(operator, left, right)
    first, second = number_of(left), number_of(right)
    if first is None or second is None:
        return None
    if operator in {"div", "mod"} and second == 0:
        return None
    return bounded(_SUMS[operator](first, second))


_SUMS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = MappingProxyType(
    {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "mod": lambda a, b: a - b * int(a / b),  # the sign of the first, as in XPath
    }
)


def _days(operator: str, day: date, other: Value) -> Value:
    start = day.date() if isinstance(day, datetime) else day
    end = date_of(other)
    if operator == "-" and end is not None:
        return Fraction((start - end).days)
    count = number_of(other)
    if operator not in {"+", "-"} or count is None or abs(count) > _MAX_DAYS:
        return None
    try:
        return start + timedelta(days=int(count) * (1 if operator == "+" else -1))
    except OverflowError:
        return None


def _call(function: str, arguments: tuple[Node, ...], context: Context) -> Value:
    if function == "if":
        condition, then, otherwise = arguments
        return evaluate(then if truth(condition, context) else otherwise, context)
    if function == "once":
        return evaluate(arguments[0], context) if empty(context.here) else context.here
    if function == "today":
        return context.today
    if function == "coalesce":
        found = (evaluate(argument, context) for argument in arguments)
        return next((value for value in found if not empty(value)), None)
    return _COMPUTED[function]([evaluate(argument, context) for argument in arguments])


def _selected(values: list[Value]) -> Value:
    chosen, code = values
    codes = chosen if isinstance(chosen, tuple) else text_of(chosen).split()
    return text_of(code) in codes and not empty(code)


def _count_selected(values: list[Value]) -> Value:
    chosen = values[0]
    return Fraction(len(chosen if isinstance(chosen, tuple) else text_of(chosen).split()))


def _regex(values: list[Value]) -> Value:
    return compiled(text_of(values[1])).fullmatch(text_of(values[0]))


def _round(values: list[Value]) -> Value:
    number = number_of(values[0])
    digits = number_of(values[1]) if len(values) > 1 else Fraction(0)
    if number is None or digits is None or abs(digits) > _MAX_PLACES:
        return None
    scale = Fraction(10) ** int(digits)
    whole = int(abs(number) * scale + Fraction(1, 2))
    return (whole if number >= 0 else -whole) / scale


def _int(values: list[Value]) -> Value:
    number = number_of(values[0])
    return None if number is None else Fraction(int(number))


def _flat(values: list[Value]) -> list[Value]:
    flat: list[Value] = []
    for value in values:
        if isinstance(value, Rows):
            flat += value
        else:
            flat.append(value)
    return [value for value in flat if not empty(value)]


def _numbers(values: list[Value]) -> list[Fraction]:
    found = (number_of(value) for value in _flat(values))
    return [number for number in found if number is not None]


def _join(values: list[Value]) -> Value:
    return text_of(values[0]).join(text_of(value) for value in _flat(values[1:]))[:_MAX_TEXT]


_COMPUTED: Mapping[str, Callable[[list[Value]], Value]] = MappingProxyType(
    {
        "not": lambda values: not boolean_of(values[0]),
        "selected": _selected,
        "count-selected": _count_selected,
        "regex": _regex,
        "string-length": lambda values: Fraction(len(text_of(values[0]))),
        "round": _round,
        "int": _int,
        "min": lambda values: min(_numbers(values), default=None),
        "max": lambda values: max(_numbers(values), default=None),
        "sum": lambda values: bounded(sum(_numbers(values), Fraction(0))),
        "count": lambda values: Fraction(len(_flat(values))),
        "join": _join,
        "concat": lambda values: "".join(text_of(value) for value in values)[:_MAX_TEXT],
        "starts-with": lambda values: text_of(values[0]).startswith(text_of(values[1])),
        "contains": lambda values: text_of(values[1]) in text_of(values[0]),
        "true": lambda _values: True,
        "false": lambda _values: False,
    }
)
