"""What the shape cannot say: references, provenance invariants, each with its line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sucharit.assessments.library.problems import FileProblem, Path
    from sucharit.assessments.library.strings import Parsed

_STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


def provenance_problems(parsed: Parsed) -> Iterator[FileProblem]:
    """Source and note tags that lead nowhere, and `verified: yes` that names no source."""
    document = parsed.document
    for path, node in walk(document):
        for tag in str(node.get("source", "")).split():
            if tag not in document.get("sources", {}):
                yield parsed.problem((*path, "source"), f"{tag} is not a tag of `sources`")
        note = node.get("note")
        if note and note not in document.get("notes", {}):
            yield parsed.problem((*path, "note"), f"{note} is not a tag of `notes`")
        if node.get("verified") == "yes" and not node.get("source"):
            yield parsed.problem((*path, "verified"), "verified: yes needs a source")


def calendar_problems(parsed: Parsed) -> Iterator[FileProblem]:
    """Dates that do not exist, or periods that end before they begin."""
    for at, entry in enumerate(parsed.document.get("calendar", [])):
        days: dict[str, date] = {}
        for side in ("from", "to"):
            if not entry[side]:
                continue
            try:
                days[side] = date.fromisoformat(entry[side])
            except ValueError:
                yield parsed.problem(("calendar", at, side), f"{entry[side]} is not a date")
        if len(days) == 2 and days["to"] < days["from"]:
            yield parsed.problem(("calendar", at, "to"), "the period ends before it begins")


def invariant_problems(parsed: Parsed) -> list[FileProblem]:
    """What the scoring engine refuses (weights, groups, bands, scales), placed in the file."""
    # Late: the library also reads published figures, which need no engine (and no numpy).
    from sucharit.assessments.engine import Edition, check_edition

    try:
        edition = Edition.from_document(parsed.document)
    except (KeyError, TypeError, ValueError) as error:
        path = locate(parsed.document, str(getattr(error, "path", "")))
        return [parsed.problem(path, f"the engine cannot read this: {error}")]
    return [
        parsed.problem(_blamed(parsed.document, problem.path, problem.message), problem.message)
        for problem in check_edition(edition)
    ]


def duplicate_problems(parsed: Parsed) -> Iterator[FileProblem]:
    """Codes that are used again, placed at the second use (the engine names the code only)."""
    first: dict[str, Path] = {}
    for group in ("instruments", "indicators", "sub_indicators", "items"):
        for at, node in enumerate(parsed.document.get(group, [])):
            before = first.setdefault(node["code"], (group, at))
            if before != (group, at):
                message = f"the code is used already on line {parsed.line_of(before)}"
                yield parsed.problem((group, at, "code"), message)


def walk(node: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every mapping of a document with its place, from the top down."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from walk(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from walk(value, (*path, at))


def locate(document: Any, path: Any) -> Path:
    """The place an engine's path means: `items[3].in`, `items[O3].in`, a tuple, or a bare code.

    Follows the path as far as the document goes; a step inside a list may be a position or a code.
    """
    steps = list(path) if isinstance(path, (tuple, list)) else _steps(str(path))
    found: list[str | int] = []
    here = document
    while steps:
        taken = _take(here, steps)
        if taken is None:
            break
        step, here, used = taken
        found.append(step)
        del steps[:used]
    if not found and steps:
        return _by_code(document, str(path))
    return tuple(found)


def _blamed(document: Any, path: str, message: str) -> Path:
    if message.startswith("group_sizes"):
        return "group_sizes", path
    return locate(document, path)


def _steps(path: str) -> list[str]:
    return [bracket or plain for bracket, plain in _STEP.findall(path)]


def _take(here: Any, steps: list[Any]) -> tuple[str | int, Any, int] | None:
    # Codes may hold dots ("9.1", "i1.2"), so the longest joined run of steps is tried first.
    for used in range(len(steps), 0, -1):
        name = ".".join(str(step) for step in steps[:used])
        if isinstance(here, dict) and name in here:
            return name, here[name], used
        if isinstance(here, list):
            at = _position(here, name)
            if at is not None:
                return at, here[at], used
    return None


def _position(elements: list[Any], name: str) -> int | None:
    for at, element in enumerate(elements):
        if isinstance(element, dict) and name in {element.get(k) for k in ("code", "level", "key")}:
            return at
    return int(name) if name.isdecimal() and int(name) < len(elements) else None


def _by_code(document: Any, code: str) -> Path:
    if code in document.get("scales", {}):
        return "scales", code
    for path, node in walk(document):
        if code and node.get("code") == code:
            return path
    return ()
