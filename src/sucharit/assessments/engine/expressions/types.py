"""What an expression yields, and where its types do not go together; looked at when publishing."""

from collections.abc import Callable, Mapping

from .kinds import MESSAGES, Clash, Kind, Type
from .nodes import Binary, Call, Column, Here, Name, Negative, Node, Number, Text
from .printing import to_xpath
from .values import date_of, number_of, number_text

_ANY = Type(Kind.ANY)
_NUMBER = Type(Kind.NUMBER)
_TEXT = Type(Kind.TEXT)
_BOOLEAN = Type(Kind.BOOLEAN)
_OPEN = {Kind.ANY, Kind.EMPTY}
_TIMED = {Kind.DATE, Kind.TIME}


def infer(node: Node, types: Mapping[str, Type], here: Type = _ANY) -> Type:
    """The type of an expression; names that are not in `types` are ANY."""
    return _Checker(types, here).type_of(node)


def check(
    node: Node, types: Mapping[str, Type], here: Type = _ANY, *, condition: bool = False
) -> tuple[Clash, ...]:
    """Every clash of types; with `condition` the whole must be true or false."""
    checker = _Checker(types, here)
    found = checker.type_of(node)
    if condition:
        checker.condition(node, found)
    elif found.kind is Kind.ROWS:
        checker.clash("rows", node)
    return tuple(dict.fromkeys(checker.clashes))


class _Checker:
    def __init__(self, types: Mapping[str, Type], here: Type) -> None:
        self.types = types
        self.here = here
        self.clashes: list[Clash] = []

    def clash(self, code: str, node: Node) -> None:
        english, thai = MESSAGES[code]
        part = to_xpath(node)
        self.clashes.append(Clash(code, english.format(part=part), thai.format(part=part)))

    def type_of(self, node: Node) -> Type:
        found = _ANY
        match node:
            case Number(value):
                found = Type(Kind.NUMBER, frozenset({number_text(value)}))
            case Text(value):
                found = Type(Kind.TEXT, frozenset({value})) if value else Type(Kind.EMPTY)
            case Name(name):
                found = self.types.get(name, _ANY)
            case Here():
                found = self.here
            case Negative(operand):
                self.number(operand)
                found = _NUMBER
                if isinstance(operand, Number):
                    found = Type(Kind.NUMBER, frozenset({number_text(-operand.value)}))
            case Binary():
                found = self.binary(node)
            case Call(function):
                found = _RULES[function](self, node)
            case Column():
                pass
        return found

    def binary(self, node: Binary) -> Type:
        if node.operator in {"and", "or"}:
            for side in (node.left, node.right):
                self.condition(side, self.type_of(side))
            return _BOOLEAN
        if node.operator in {"=", "!="}:
            self.equality(node)
            return _BOOLEAN
        if node.operator in {"<", "<=", ">", ">="}:
            self.order(node)
            return _BOOLEAN
        return self.arithmetic(node)

    def arithmetic(self, node: Binary) -> Type:
        left = self.type_of(node.left)
        if left.kind is Kind.DATE and node.operator in {"+", "-"}:
            right = self.type_of(node.right)
            if right.kind is Kind.DATE and node.operator == "-":
                return _NUMBER
            self.number(node.right)
            return Type(Kind.DATE)
        self.number(node.left)
        self.number(node.right)
        return _NUMBER

    def condition(self, node: Node, found: Type) -> None:
        if found.kind is Kind.ROWS:
            self.clash("rows", node)
        elif found.kind not in {Kind.BOOLEAN, Kind.ANY}:
            self.clash("condition", node)

    def number(self, node: Node) -> None:
        found = self.type_of(node)
        if found.kind is Kind.ROWS:
            self.clash("rows", node)
        elif not _numeric(found):
            self.clash("number", node)

    def equality(self, node: Binary) -> None:
        left, right = self.type_of(node.left), self.type_of(node.right)
        kinds = {left.kind, right.kind}
        if Kind.ROWS in kinds:
            self.clash("rows", node)
        elif kinds & _OPEN or (len(kinds) == 1 and left.kind is not Kind.TEXT):
            if left.kind is right.kind is Kind.NUMBER:
                self.possible(node, left, right)
        elif Kind.SET in kinds:
            self.clash("set", node)
        elif kinds & _TIMED:
            other = right if left.kind in _TIMED else left
            if not _moments(other):
                self.clash("equal", node)
        elif kinds == {Kind.TEXT} or (kinds == {Kind.TEXT, Kind.NUMBER} and _both(left, right)):
            self.possible(node, left, right)
        else:
            self.clash("equal", node)

    def possible(self, node: Node, left: Type, right: Type) -> None:
        if left.codes is None or right.codes is None:
            return
        if Kind.NUMBER in {left.kind, right.kind}:
            common = {number_of(c) for c in left.codes} & {number_of(c) for c in right.codes}
            if not common - {None}:
                self.clash("never", node)
        elif not left.codes & right.codes:
            self.clash("never", node)

    def order(self, node: Binary) -> None:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if Kind.ROWS in {left.kind, right.kind}:
            self.clash("rows", node)
        elif {left.kind, right.kind} & _TIMED:
            if not all(side.kind is Kind.ANY or _moments(side) for side in (left, right)):
                self.clash("order", node)
        elif not _both(left, right):
            self.clash("order", node)

    def texts(self, node: Call) -> None:
        for argument in node.arguments:
            if self.type_of(argument).kind is Kind.ROWS:
                self.clash("rows", argument)

    def chosen(self, node: Call) -> Type:
        found = self.type_of(node.arguments[0])
        if found.kind is Kind.ROWS:
            self.clash("rows", node.arguments[0])
        elif found.kind not in {Kind.SET, Kind.ANY} and found.codes is None:
            self.clash("chosen", node.arguments[0])
        return found

    def merged(self, node: Call, arguments: tuple[Node, ...]) -> Type:
        found = [self.type_of(argument) for argument in arguments]
        if any(one.kind is Kind.ROWS for one in found):
            self.clash("rows", node)
            return _ANY
        known = [one for one in found if one.kind is not Kind.EMPTY]
        kinds = {one.kind for one in known}
        if len(kinds) == 1:
            codes: frozenset[str] | None = frozenset()
            for one in known:
                codes = None if codes is None or one.codes is None else codes | one.codes
            return Type(known[0].kind, codes)
        if kinds - {Kind.NUMBER, Kind.TEXT, Kind.ANY}:
            self.clash("mixed", node)
        return _ANY


def _numeric(found: Type) -> bool:
    if found.kind is Kind.TEXT:
        return found.codes is not None and any(number_of(c) is not None for c in found.codes)
    return found.kind in {Kind.NUMBER, Kind.BOOLEAN, Kind.ANY, Kind.EMPTY}


def _both(left: Type, right: Type) -> bool:
    return _numeric(left) and _numeric(right)


def _moments(found: Type) -> bool:
    if found.kind is Kind.TEXT:
        return found.codes is not None and all(date_of(c) or ":" in c for c in found.codes)
    return found.kind in {Kind.DATE, Kind.TIME, Kind.ANY}


def _if(checker: _Checker, node: Call) -> Type:
    condition = node.arguments[0]
    checker.condition(condition, checker.type_of(condition))
    return checker.merged(node, node.arguments[1:])


def _selected(checker: _Checker, node: Call) -> Type:
    found, wanted = checker.chosen(node), checker.type_of(node.arguments[1])
    if found.codes is not None and wanted.codes is not None and not found.codes & wanted.codes:
        checker.clash("never", node)
    return _BOOLEAN


def _negated(checker: _Checker, node: Call) -> Type:
    checker.condition(node.arguments[0], checker.type_of(node.arguments[0]))
    return _BOOLEAN


def _counted(checker: _Checker, node: Call) -> Type:
    checker.chosen(node)
    return _NUMBER


def _numbers(checker: _Checker, node: Call) -> Type:
    for argument in node.arguments:
        checker.number(argument)
    return _NUMBER


def _many(checker: _Checker, node: Call) -> Type:
    for argument in node.arguments:
        if checker.type_of(argument).kind is not Kind.ROWS:
            checker.number(argument)
    return _NUMBER


def _text(result: Type) -> Callable[[_Checker, Call], Type]:
    def rule(checker: _Checker, node: Call) -> Type:
        checker.texts(node)
        return result

    return rule


def _fixed(result: Type) -> Callable[[_Checker, Call], Type]:
    def rule(checker: _Checker, node: Call) -> Type:
        for argument in node.arguments:
            checker.type_of(argument)
        return result

    return rule


_RULES: Mapping[str, Callable[[_Checker, Call], Type]] = {
    "if": _if,
    "not": _negated,
    "selected": _selected,
    "count-selected": _counted,
    "coalesce": lambda checker, node: checker.merged(node, node.arguments),
    "once": lambda checker, node: checker.merged(node, node.arguments),
    "regex": _text(_BOOLEAN),
    "string-length": _text(_NUMBER),
    "starts-with": _text(_BOOLEAN),
    "contains": _text(_BOOLEAN),
    "concat": _text(_TEXT),
    "join": _fixed(_TEXT),
    "round": _numbers,
    "int": _numbers,
    "min": _many,
    "max": _many,
    "sum": _many,
    "count": _fixed(_NUMBER),
    "today": _fixed(Type(Kind.DATE)),
    "true": _fixed(_BOOLEAN),
    "false": _fixed(_BOOLEAN),
}
