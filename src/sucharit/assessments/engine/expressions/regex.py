r"""Patterns for `regex()`, matched in time that grows with pattern × text and no faster.

The engines of most languages backtrack and can be held for hours by `(a+)+$`. Here the pattern
becomes an automaton whose states are all followed at once. Supported: texts, `.`, classes with
ranges and `^`, `\d \w \s \D \W \S`, groups, `|`, `? * + {m} {m,} {m,n}`. The whole text must match
(as in ODK), so `^` at the beginning and `$` at the end change nothing.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from .patterns import Either, Leaf, PatternError, Reader, Sequence, Test, Times, Tree

MAX_PATTERN = 300
MAX_STATES = 2000
MAX_TEXT = 1000


@dataclass
class Automaton:
    """States with an optional test to pass; `onward` are the states behind each."""

    tests: list[Test | None] = field(default_factory=list)
    onward: list[list[int]] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def add(self, test: Test | None = None) -> int:
        """A new state; at most MAX_STATES."""
        if len(self.tests) >= MAX_STATES:
            raise PatternError("it becomes too large; use smaller repetitions")
        self.tests.append(test)
        self.onward.append([])
        return len(self.tests) - 1

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches; texts longer than MAX_TEXT never do."""
        if len(text) > MAX_TEXT:
            return False
        active = self._closed({self.start})
        for character in text:
            passed: set[int] = set()
            for state in active:
                test = self.tests[state]
                if test is not None and test(character):
                    passed.update(self.onward[state])
            if not passed:
                return False
            active = self._closed(passed)
        return self.end in active

    def _closed(self, states: set[int]) -> set[int]:
        found, todo = set(states), list(states)
        while todo:
            state = todo.pop()
            if self.tests[state] is None:
                fresh = [s for s in self.onward[state] if s not in found]
                found.update(fresh)
                todo += fresh
        return found


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Automaton:
    """The automaton of a pattern. Raises PatternError with the reason."""
    if len(pattern) > MAX_PATTERN:
        raise PatternError(f"longer than {MAX_PATTERN} characters")
    text = pattern.removeprefix("^")
    if text.endswith("$") and not text.endswith("\\$"):
        text = text[:-1]
    reader = Reader(text)
    tree = reader.alternatives(0)
    if reader.at < len(text):
        raise PatternError("a ) without its (")
    automaton = Automaton()
    automaton.start, automaton.end = _build(automaton, tree)
    return automaton


def _build(automaton: Automaton, tree: Tree) -> tuple[int, int]:
    """Adds the states of a tree; gives its first and its last state."""
    match tree:
        case Leaf(test):
            first, last = automaton.add(test), automaton.add()
            automaton.onward[first].append(last)
            return first, last
        case Sequence(parts):
            first = last = automaton.add()
            for part in parts:
                begin, end = _build(automaton, part)
                automaton.onward[last].append(begin)
                last = end
            return first, last
        case Either(parts):
            first, last = automaton.add(), automaton.add()
            for part in parts:
                begin, end = _build(automaton, part)
                automaton.onward[first].append(begin)
                automaton.onward[end].append(last)
            return first, last
        case Times():
            return _build_times(automaton, tree)


def _build_times(automaton: Automaton, tree: Times) -> tuple[int, int]:
    first = last = automaton.add()
    for _ in range(tree.least):
        begin, end = _build(automaton, tree.part)
        automaton.onward[last].append(begin)
        last = end
    if tree.most is None:
        begin, end = _build(automaton, tree.part)
        out = automaton.add()
        automaton.onward[last] += [begin, out]
        automaton.onward[end] += [begin, out]
        return first, out
    out = automaton.add()
    for _ in range(tree.most - tree.least):
        begin, end = _build(automaton, tree.part)
        automaton.onward[last] += [begin, out]
        last = end
    automaton.onward[last].append(out)
    return first, out
