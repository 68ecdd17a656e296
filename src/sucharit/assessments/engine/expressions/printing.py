"""From tree to text, and what a tree mentions."""

from collections.abc import Iterator
from fractions import Fraction

from .nodes import PRECEDENCE, Binary, Call, Column, Here, Name, Negative, Node, Number, Text

_SIGN = 7


def to_xpath(node: Node) -> str:
    """The expression as text with only the brackets it needs; `parse` reads it back."""
    text = "."
    match node:
        case Number(value):
            text = _decimal(value)
        case Text(value):
            text = _quoted(value)
        case Name(name):
            text = f"${{{name}}}"
        case Column(name):
            text = name
        case Negative(operand):
            text = "-" + _within(operand, _SIGN)
        case Binary(operator, left, right):
            own = PRECEDENCE[operator]
            text = f"{_within(left, own)} {operator} {_within(right, own + 1)}"
        case Call(function, arguments):
            text = f"{function}({', '.join(to_xpath(argument) for argument in arguments)})"
        case Here():
            pass
    return text


def names(node: Node) -> frozenset[str]:
    """Every name the expression reads, without `${}`."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def columns(node: Node) -> frozenset[str]:
    """Every option column the expression reads."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Column))


def uses(node: Node, function: str) -> bool:
    """Whether a function is called anywhere in the expression."""
    return any(isinstance(part, Call) and part.function == function for part in walk(node))


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, from the top down."""
    todo: list[Node] = [node]
    while todo:
        here = todo.pop()
        yield here
        match here:
            case Negative(operand):
                todo.append(operand)
            case Binary(_, left, right):
                todo += [right, left]
            case Call(_, arguments):
                todo += reversed(arguments)
            case _:
                pass


def _within(node: Node, least: int) -> str:
    text = to_xpath(node)
    looser = isinstance(node, Binary) and PRECEDENCE[node.operator] < least
    return f"({text})" if looser else text


def _decimal(value: Fraction) -> str:
    digits, rest = 0, value.denominator
    while rest % 10 == 0:
        digits, rest = digits + 1, rest // 10
    twos = fives = 0
    while rest % 2 == 0:
        twos, rest = twos + 1, rest // 2
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        raise ValueError(f"{value} cannot be written as a decimal")
    digits += max(twos, fives)
    whole = str(value.numerator * 10**digits // value.denominator)
    if digits == 0:
        return whole
    whole = whole.rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}"


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    # XPath texts have no escapes: a text with both quotes is put together.
    parts = [f"'{part}'" for part in value.split("'")]
    return "concat(" + ', "\'", '.join(parts) + ")"
