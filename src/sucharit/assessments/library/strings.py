"""YAML read as strings only, with the line of every key.

YAML 1.1 turns `no` into False, `010` into 8, `1_000` into 1000 and `2024-04-01` into a date. In a
framework these are a mark, a code, a number and a date; they stay what people wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from sucharit.assessments.library.problems import FileProblem, LibraryError, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

# The parser written in C is ten times faster; both resolve nothing, so every scalar is a string.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_STRING = "tag:yaml.org,2002:str"
_KEY = re.compile(r"""^[\s\-{\[,]*["']?([^\s"'{}\[\],:#]+)["']?\s*:(?:\s|$)""")
#: Keys that name an element of a list better than its position does.
_NAMING = ("code", "level", "key", "unit", "id")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as plain dict/list/str, with the line (from 1) of every key and element."""

    file: str
    document: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of a place, or of the nearest place above it that exists."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1

    def key_of(self, path: Path) -> str:
        """A place as people read it: `items[O3].title.th` rather than `items[12].title.th`."""
        text, here = "", self.document
        for step in path:
            here = _inside(here, step)
            if isinstance(step, int):
                text += f"[{_name(here, step)}]"
            else:
                text += f".{step}" if text else step
        return text or "(document)"

    def problem(self, path: Path, message: str) -> FileProblem:
        """A finding at a place of this file."""
        return FileProblem(self.file, self.line_of(path), self.key_of(path), message)


def parse(text: str, file: str) -> Parsed:
    """Read YAML text as strings only; `file` is the name used in messages.

    Raises LibraryError for bad syntax, duplicate keys, aliases, merge keys and explicit tags.
    """
    try:
        aliases = [e for e in yaml.parse(text, Loader=_Loader) if isinstance(e, yaml.AliasEvent)]
        if aliases:
            # Aliases hide where a value comes from, and nest into files that explode in memory.
            raise LibraryError(_alias(file, event) for event in aliases)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise LibraryError([_syntax(text, file, error)]) from error
    if node is None:
        raise LibraryError([FileProblem(file, 1, "(document)", "the file is empty")])
    builder = _Builder(file)
    parsed = Parsed(file, builder.build(node, ()), builder.lines)
    if builder.problems:
        raise LibraryError(builder.problems)
    return parsed


class _Builder:
    """Turns YAML nodes into dict, list and str, keeping the lines and collecting problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[FileProblem] = []

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, _line(node.start_mark))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, at)) for at, child in enumerate(node.value)]
        if node.tag != _STRING:
            self._complain(node, path, f"the type tag {node.tag} is not allowed; write a string")
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, path, "a key must be plain text")
                continue
            here = (*path, key.value)
            if key.value in made:
                first = self.lines[here]
                self._complain(key, here, f"the key is written twice (first on line {first})")
                continue
            self.lines[here] = _line(key.start_mark)
            made[key.value] = self.build(value, here)
        return made

    def _complain(self, node: yaml.Node, path: Path, message: str) -> None:
        key = ".".join(str(step) for step in path) or "(document)"
        self.problems.append(FileProblem(self.file, _line(node.start_mark), key, message))


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _alias(file: str, event: yaml.AliasEvent) -> FileProblem:
    return FileProblem(
        file,
        _line(event.start_mark),
        f"*{event.anchor}",
        "aliases are not allowed; write the value out",
    )


def _syntax(text: str, file: str, error: yaml.YAMLError) -> FileProblem:
    mark = getattr(error, "problem_mark", None)
    said = [getattr(error, "context", None), getattr(error, "problem", None)]
    message = ", ".join(part for part in said if part) or str(error).split("\n", maxsplit=1)[0]
    line = _line(mark)
    return FileProblem(file, line, _nearest_key(text, line), f"not valid YAML ({message})")


def _nearest_key(text: str, line: int) -> str:
    for candidate in _lines_upwards(text, line):
        found = _KEY.match(candidate)
        if found:
            return found.group(1)
    return "(document)"


def _lines_upwards(text: str, line: int) -> Iterator[str]:
    yield from reversed(text.splitlines()[:line])


def _inside(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(str(step))
    if isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
        return here[step]
    return None


def _name(element: Any, position: int) -> str:
    if isinstance(element, dict):
        for key in _NAMING:
            if isinstance(element.get(key), str) and element[key]:
                return str(element[key])
    return str(position)
