"""A document's items and scales as rows of the sheets ``survey`` and ``choices``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.xlsform import columns as c

Row = dict[str, Any]
_FROM_TYPE = {"choice": "select_one", "choices": "select_multiple", "rank": "rank"}
_GROUPS = {"section": "group", "repeat": "repeat"}
#: Columns that are taken over as they are (same name in document and sheet).
_SAME = (
    "required", "relevant", "default", "calculation", "choice_filter", "reverse", "weight", "indicator",
    "evidence", "not_applicable", "min", "max", "step", "max_chars", "repeat_count", "appearance", "read_only",
)  # fmt: skip
_DEEPEST = 50  # groups within each other
_TRANSLATED = ("hint", "required_message", "constraint_message")
_PIXELS = "max-pixels=1600"  # ODK warns about pictures of any size


@dataclass
class Table:
    """One sheet: rows by column name. Columns appear in the order of their first use."""

    name: str
    rows: list[Row] = field(default_factory=list)
    first: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Heads of the columns that hold anything, the fixed ones first."""
        used = dict.fromkeys(self.first)
        for row in self.rows:
            used |= dict.fromkeys(key for key, value in row.items() if value != "")
        return list(used)


def _languages(document: Mapping[str, Any]) -> list[str]:
    return list(document.get("languages") or ["th"])


def _texts(document: Mapping[str, Any], column: str, texts: Any) -> Row:
    found = texts if isinstance(texts, Mapping) else {}
    return {
        f"{column}::{c.language_name(code)}": found.get(code, "") for code in _languages(document)
    }


def in_page_order(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its items as they follow each other on the page: a group, what is in it."""
    children = _children(document)
    ordered: list[Any] = []

    def visit(parent: str, depth: int) -> None:
        for item in children.get(parent, ()) if depth < _DEEPEST else ():
            ordered.append(item)
            if str(item.get("type")) in _GROUPS:
                visit(str(item.get("id")), depth + 1)

    visit("", 0)
    return {**document, "items": ordered}


def _children(document: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    children: dict[str, list[Mapping[str, Any]]] = {}
    for item in document.get("items") or ():
        children.setdefault(str(item.get("in", "")), []).append(item)
    return children


def survey_table(document: Mapping[str, Any]) -> Table:
    """Rows in the order of the page: outside values first, then the tree of items.

    ODK wants a translated column in all languages or in none.
    """
    items = list(document.get("items") or ())
    lists = mark_lists(document)
    labels = tuple(_texts(document, "label", {}))
    used = [key for key in _TRANSLATED if any(i.get(key) for i in items)]
    translated = [head for key in used for head in _texts(document, key, {})]
    table = Table("survey", first=("type", "name", *labels, *translated))
    table.rows += [_outside(document, name, value) for name, value in _external(document)]
    table.rows += _tree(document, _children(document), "", lists, depth=0)
    return table


def _external(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list((document.get("external") or {}).items())


def _outside(document: Mapping[str, Any], name: str, value: Any) -> Row:
    return {
        "type": "hidden",
        "name": name,
        **_texts(document, "label", value.get("title")),
        "external": value.get("type", ""),
    }


def _tree(
    document: Mapping[str, Any],
    children: Mapping[str, list[Mapping[str, Any]]],
    parent: str,
    lists: Mapping[tuple[str, ...], str],
    *,
    depth: int,
) -> Iterator[Row]:
    if depth >= _DEEPEST:
        return  # a section within itself; the document's own check says so
    for item in children.get(parent, ()):
        kind = _GROUPS.get(str(item.get("type")), "")
        yield _item(document, item, lists)
        if kind:
            yield from _tree(document, children, str(item.get("id")), lists, depth=depth + 1)
            yield {"type": f"end_{kind}", "name": ""}


def _item(
    document: Mapping[str, Any], item: Mapping[str, Any], lists: Mapping[tuple[str, ...], str]
) -> Row:
    kind = str(item.get("type", ""))
    row: Row = {"type": _type_cell(item, lists), "name": item.get("id", "")}
    row |= _texts(document, "label", item.get("title") if kind in _GROUPS else item.get("label"))
    for key in _TRANSLATED:
        if item.get(key):
            row |= _texts(document, key, item[key])
    row |= {key: item.get(key, "") for key in _SAME}
    row["constraint"] = _constraint(item)
    row["score"] = item.get("points", "")
    for key in ("profiles", "correct"):
        row[key] = " ".join(item.get(key) or ())
    row |= _special(item, kind)
    return row


def _type_cell(item: Mapping[str, Any], lists: Mapping[tuple[str, ...], str]) -> str:
    kind = str(item.get("type", ""))
    if kind in _GROUPS:
        return f"begin_{_GROUPS[kind]}"
    if kind == "points":
        return f"select_one {lists[tuple(item.get('allowed') or ())]}"
    if kind in _FROM_TYPE:
        return f"{_FROM_TYPE[kind]} {item.get('scale', '')}"
    return kind


def _constraint(item: Mapping[str, Any]) -> str:
    own = str(item.get("constraint") or "")
    if item.get("type") in {"repeat", "section"}:
        return own
    sides = (str(item.get(key) or "") for key in ("min", "max", "max_chars"))
    return c.with_bounds(own, c.bounds(*sides))


def _special(item: Mapping[str, Any], kind: str) -> Row:
    if kind == "points":
        return {"item_type": "points"}
    if kind == "image":
        return {"parameters": _PIXELS}
    if kind == "range":
        sides = (("start", "min"), ("end", "max"), ("step", "step"))
        given = " ".join(f"{odk}={item[own]}" for odk, own in sides if item.get(own))
        return {"parameters": given, "constraint": item.get("constraint", "")}
    return {}


def mark_lists(document: Mapping[str, Any]) -> dict[tuple[str, ...], str]:
    """A list of choices for each set of points that an item may be given: marks, marks_2, …"""
    taken = set(document.get("scales") or {})
    lists: dict[tuple[str, ...], str] = {}
    for item in document.get("items") or ():
        allowed = tuple(item.get("allowed") or ())
        if item.get("type") != "points" or allowed in lists:
            continue
        number = len(lists) + 1
        while (name := "marks" if number == 1 else f"marks_{number}") in taken:
            number += 1
        taken.add(name)
        lists[allowed] = name
    return lists


def choice_table(document: Mapping[str, Any]) -> Table:
    """Options of all scales, then of the lists of points."""
    labels = tuple(_texts(document, "label", {}))
    table = Table("choices", first=("list_name", "name", *labels))
    for name, scale in (document.get("scales") or {}).items():
        for option in scale.get("options") or ():
            row = {"list_name": name, "name": option.get("code", "")}
            row |= _texts(document, "label", option.get("label"))
            row |= {"score": option.get("points", ""), "na": option.get("na", "")}
            known = {"code", "label", "points", "na"}
            row |= {key: value for key, value in option.items() if key not in known}
            table.rows.append(row)
    for allowed, name in mark_lists(document).items():
        for points in allowed:
            texts = dict.fromkeys(_languages(document), points)
            row = {"list_name": name, "name": points, **_texts(document, "label", texts)}
            table.rows.append(row)
    return table
