"""Names that lead nowhere, expressions that are none, groups that don't nest."""

from collections.abc import Iterator, Mapping
from typing import Any

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.expressions import ExpressionError, columns, parse
from sucharit.assessments.engine.instruments import keys
from sucharit.assessments.engine.instruments.problems import (
    DocumentProblem,
    Path,
    explained,
    problem,
)

_EXPRESSIONS = [key for key, form in keys.ITEM.items() if form in {"expression", "filter"}]


def reference_problems(document: Mapping[str, Any]) -> list[DocumentProblem]:
    """Findings about references within the document."""
    return [
        *_parents(document),
        *_scales(document),
        *_expressions(document),
        *_correct(document),
        *_profiles(document),
        *_parts(document),
    ]


def _items(document: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for at, item in enumerate(document["items"]):
        yield ("items", at), item


def _parents(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    types = {item["id"]: item["type"] for item in document["items"]}
    inside: dict[str, bool] = {}  # group that has been met → whether it is or lies in a repeat
    filled = {item.get("in") for item in document["items"]}
    for path, item in _items(document):
        parent = item.get("in")
        if parent is not None and types.get(parent) not in {"section", "repeat"}:
            yield problem((*path, "in"), "unknown_parent", code=parent)
        elif parent is not None and parent not in inside:
            yield problem((*path, "in"), "parent_later", code=parent)
        in_repeat = inside.get(parent or "", False)
        if item["type"] == "repeat" and in_repeat:
            yield problem((*path, "in"), "nested_repeat")
        if item["type"] in {"section", "repeat"}:
            inside[item["id"]] = in_repeat or item["type"] == "repeat"
            if item["id"] not in filled:
                yield problem(path, "empty_group", "warning")


def _scales(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    scales = document.get("scales", {})
    for path, item in _items(document):
        if "scale" in item and item["scale"] not in scales:
            yield problem((*path, "scale"), "unknown_scale", code=item["scale"])
    used = {item.get("scale") for item in document["items"]}
    for code in scales:
        if code not in used:
            yield problem(("scales", code), "unused_scale", "warning")


def _expressions(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    for path, item in _items(document):
        for key in _EXPRESSIONS:
            if key in item:
                found = _expression((*path, key), item[key])
                yield from found
                if key == "choice_filter" and not found:
                    yield from _columns(document, (*path, key), item)
    for at, band in enumerate(document.get("bands", [])):
        if "requires" in band:
            yield from _expression(("bands", at, "requires"), band["requires"])


def _expression(path: Path, text: str) -> list[DocumentProblem]:
    try:
        parse(text, columns=path[-1] == "choice_filter")
    except ExpressionError as error:
        at = error.position + 1
        return [explained(path, "expression", error.message, error.message_th, at=at)]
    return []


def _columns(
    document: Mapping[str, Any], path: Path, item: Mapping[str, Any]
) -> Iterator[DocumentProblem]:
    scale = document.get("scales", {}).get(item.get("scale"), {"options": []})
    for name in sorted(columns(parse(item["choice_filter"], columns=True)) - {"name", "code"}):
        # An empty column is written out as "", so that a misspelt one is noticed.
        if not all(name in option for option in scale["options"]):
            yield problem(path, "unknown_column", name=name)


def _correct(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    for path, item in _items(document):
        if "correct" not in item:
            if "points" in item:
                yield problem((*path, "points"), "points_alone")
            continue
        scale = document.get("scales", {}).get(item.get("scale"), {"options": []})
        codes = {option["code"] for option in scale["options"]}
        for at, code in enumerate(item["correct"]):
            if code not in codes if "scale" in item else not _number(code):
                yield problem((*path, "correct", at), "correct_unknown", code=code)
        if item["type"] != "choices" and len(item["correct"]) != 1:
            yield problem((*path, "correct"), "correct_one")


def _number(text: str) -> bool:
    try:
        exact(text)
    except ValueError:
        return False
    return True


def _profiles(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    profiles = document.get("profiles", {})
    for path, item in _items(document):
        for at, code in enumerate(item.get("profiles", [])):
            if code not in profiles:
                yield problem((*path, "profiles", at), "unknown_profile", code=code)
    for code in profiles:
        asked = [i for i in document["items"] if i["type"] not in {"section", "repeat", "note"}]
        if not any(code in item.get("profiles", [code]) for item in asked):
            yield problem(("profiles", code), "profile_empty")


def _parts(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    nodes = document.get("scoring", {}).get("nodes", {})
    valued = {i["id"] for i in document["items"] if i["type"] not in {"section", "repeat", "note"}}
    for code, node in nodes.items():
        path: Path = ("scoring", "nodes", code)
        if code in valued:
            yield problem(path, "duplicate", code=code)
        for part in node.get("of", []):
            if part not in nodes and part not in valued:
                yield problem((*path, "of"), "unknown_part", code=part)
    for path, item in _items(document):
        if nodes and "indicator" in item and item["indicator"] not in nodes:
            yield problem((*path, "indicator"), "indicator", code=item["indicator"])
