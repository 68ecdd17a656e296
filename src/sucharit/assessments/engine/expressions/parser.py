"""From text to tree, with the precedence of XPath and bounds on size and depth."""

from fractions import Fraction
from functools import lru_cache

from .errors import ExpressionError
from .functions import FUNCTIONS
from .lexer import Word, words
from .nodes import PRECEDENCE, Binary, Call, Column, Here, Name, Negative, Node, Number, Text
from .patterns import PatternError
from .regex import compiled

MAX_NESTING = 40
"""Brackets, calls and signs within each other."""

MAX_DEPTH = 150
"""Depth of the tree; a chain of n operators has depth n."""


@lru_cache(maxsize=4096)
def parse(text: str, *, columns: bool = False) -> Node:
    """Read an expression; bare names are columns of an option when `columns` (choice filters).

    Raises ExpressionError with the place and a sentence in both languages.
    """
    parser = _Parser(text, columns=columns)
    node = parser.expression(0, 0)[0]
    parser.expect_end()
    return node


class _Parser:
    """Precedence climbing; every method returns the node and its depth."""

    def __init__(self, text: str, *, columns: bool) -> None:
        self.words = list(words(text))
        self.columns = columns
        self.at = 0
        if self.word.kind == "end":
            raise ExpressionError("empty", 0)

    @property
    def word(self) -> Word:
        return self.words[self.at]

    def take(self) -> Word:
        word = self.word
        self.at += 1
        return word

    def expect_end(self) -> None:
        word = self.word
        if word.kind != "end":
            raise self.misplaced(word)

    def misplaced(self, word: Word) -> ExpressionError:
        return ExpressionError("rest", word.position, found=word.text)

    def expression(self, least: int, nesting: int) -> tuple[Node, int]:
        left, depth = self.operand(nesting)
        while (bound := self.operator_bound()) > least:
            word = self.take()
            right, right_depth = self.expression(bound, nesting)
            left, depth = Binary(word.text, left, right), 1 + max(depth, right_depth)
            if depth > MAX_DEPTH:
                raise ExpressionError("too_deep", word.position)
        return left, depth

    def operator_bound(self) -> int:
        # "and", "div" … are operators only where an operator may stand, as in XPath.
        word = self.word
        return PRECEDENCE.get(word.text, 0) if word.kind in {"sign", "name"} else 0

    def operand(self, nesting: int) -> tuple[Node, int]:
        word = self.take()
        if nesting > MAX_NESTING:
            raise ExpressionError("too_deep", word.position)
        if word.kind == "number":
            return Number(Fraction(word.text.rstrip(".") or "0")), 1
        if word.kind == "text":
            return Text(word.text), 1
        if word.kind == "ref":
            return Name(word.text), 1
        if word.kind == "name":
            return self.named(word, nesting)
        return self.signed(word, nesting)

    def signed(self, word: Word, nesting: int) -> tuple[Node, int]:
        if word.text == ".":
            return Here(), 1
        if word.text == "-":
            node, depth = self.operand(nesting + 1)
            return Negative(node), depth + 1
        if word.text == "(":
            found = self.expression(0, nesting + 1)
            self.close()
            return found
        raise ExpressionError("value", word.position)

    def named(self, word: Word, nesting: int) -> tuple[Node, int]:
        if self.word.text != "(" or self.word.kind != "sign":
            if self.columns and word.text not in PRECEDENCE:
                return Column(word.text), 1
            raise ExpressionError("bare", word.position, found=word.text)
        if word.text not in FUNCTIONS:
            known = ", ".join(sorted(FUNCTIONS))
            raise ExpressionError("function", word.position, found=word.text, known=known)
        self.take()
        arguments, depth = self.arguments(nesting + 1)
        _count(word, len(arguments))
        if word.text == "regex":
            _pattern(word, arguments[1])
        return Call(word.text, tuple(arguments)), depth + 1

    def arguments(self, nesting: int) -> tuple[list[Node], int]:
        found: list[Node] = []
        deepest = 0
        if not self.is_sign(")"):
            while True:
                node, depth = self.expression(0, nesting)
                found.append(node)
                deepest = max(deepest, depth)
                if not self.is_sign(","):
                    break
                self.take()
        self.close()
        return found, deepest

    def is_sign(self, text: str) -> bool:
        return self.word.kind == "sign" and self.word.text == text

    def close(self) -> None:
        if self.is_sign(")"):
            self.take()
        elif self.word.kind == "end":
            raise ExpressionError("close", self.word.position)
        else:
            raise self.misplaced(self.word)


def _count(word: Word, count: int) -> None:
    function = FUNCTIONS[word.text]
    if not function.least <= count <= function.most:
        same = function.least == function.most
        wanted = str(function.least) if same else f"{function.least}–{function.most}"
        raise ExpressionError(
            "arguments", word.position, found=word.text, wanted=wanted, count=count
        )


def _pattern(word: Word, node: Node) -> None:
    if not isinstance(node, Text):
        raise ExpressionError("pattern_text", word.position)
    try:
        compiled(node.value)
    except PatternError as error:
        raise ExpressionError("pattern", word.position, why=str(error)) from error
