"""The sheet ``choices``: lists of options, with points, "not applicable", and columns for filters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.xlsform.columns import (
    CHOICE_ALIASES,
    CHOICES,
    CHOICES_IGNORED,
)
from sucharit.assessments.xlsform.grid import Columns, Grid, Row
from sucharit.assessments.xlsform.problems import Findings
from sucharit.assessments.xlsform.values import Places, Values

CHOICE_COLUMNS = Columns(CHOICES, CHOICE_ALIASES, CHOICES_IGNORED, free=True)


@dataclass
class Lists:
    """Options by list name, in the order of the sheet, and the cell each list begins in."""

    options: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    first: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_choices(grid: Grid, filters: Collection[str], findings: Findings, places: Places) -> Lists:
    """All lists. ``filters``: the columns some choice_filter reads; others are named and left."""
    lists = Lists()
    for column in ("list_name", "name", "label"):
        if not grid.has(column):
            findings.add("column_missing", grid.name, "A1", name=column)
    extra = [key[0] for key in grid.heads.values() if key[0] not in CHOICES]
    seen: dict[tuple[str, str], str] = {}
    unused: dict[str, int] = {}
    for row in grid.rows():
        values = Values(row, findings, places)
        name, code = row.get("list_name"), row.get("name")
        if not _named(values, name, code, seen):
            continue
        options = lists.options.setdefault(name, [])
        lists.first.setdefault(name, (grid.name, row.place("list_name")))
        option = _option(values, name, len(options))
        for column in extra:
            if row.get(column) and column in filters:
                path = ("scales", name, "options", len(options))
                values.put(option, path, column, row.get(column), column)
            elif row.get(column):
                unused[column] = unused.get(column, 0) + 1
        options.append(option)
    for column, count in unused.items():
        place = grid.column_at((column, ""))
        findings.add("filter_unused", grid.name, place, name=column, count=count)
    return lists


def _named(values: Values, name: str, code: str, seen: dict[tuple[str, str], str]) -> bool:
    """Whether the row names its list and its option, both usable and new."""
    for column, text in (("list_name", name), ("name", code)):
        if not text:
            values.add("needed", column, name=column)
            return False
        if any(c.isspace() for c in text):
            values.add("bad_option", column, value=text)
            return False
    if (name, code) in seen:
        values.add("option_twice", "name", value=code, first=seen[name, code])
        return False
    seen[name, code] = values.row.place("name")
    return True


def _option(values: Values, name: str, at: int) -> dict[str, Any]:
    path = ("scales", name, "options", at)
    option: dict[str, Any] = {"code": values.row.get("name")}
    values.at(path, "name")
    values.at((*path, "code"), "name")
    values.put_texts(option, path, "label", "label")
    if "label" not in option:
        values.add("needed", "label", name="label")
    values.put(option, path, "points", values.number("score"), "score")
    values.put(option, path, "na", values.yes_no("na"), "na")
    return option


__all__ = ["CHOICE_COLUMNS", "Lists", "Row", "read_choices"]
