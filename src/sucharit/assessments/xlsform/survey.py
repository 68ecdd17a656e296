"""The sheet ``survey``: rows into the flat list of items, groups and repeats into ``in``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.engine import expressions
from sucharit.assessments.engine.instruments import keys
from sucharit.assessments.engine.instruments.shape import is_number
from sucharit.assessments.xlsform import columns as c
from sucharit.assessments.xlsform.grid import Columns, Grid, Row
from sucharit.assessments.xlsform.problems import Findings
from sucharit.assessments.xlsform.types import Kind, kind_of
from sucharit.assessments.xlsform.values import Path, Places, Values

SURVEY_COLUMNS = Columns(c.SURVEY, c.ALIASES, c.SURVEY_IGNORED, c.SURVEY_REFUSED)
_EXPRESSIONS = ("relevant", "calculation", "repeat_count")
_YES_NO = ("required", "reverse", "not_applicable", "read_only")
_NUMBERED = frozenset({"integer", "decimal", "range"})


@dataclass
class Survey:
    """The items, the outside values, and which lists the items name."""

    items: list[dict[str, Any]] = field(default_factory=list)
    external: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: item index → list it takes its options from
    lists: dict[int, str] = field(default_factory=dict)
    #: items whose options are the points an assessor may give
    marked: set[int] = field(default_factory=set)


def filter_columns(grid: Grid) -> set[str]:
    """The columns of ``choices`` that some choice_filter reads."""
    found: set[str] = set()
    for row in grid.rows():
        text = row.get("choice_filter")
        if text:
            try:
                found |= expressions.columns(expressions.parse(text, columns=True))
            except expressions.ExpressionError:
                continue  # said when the row is read
    return found


class SurveyReader:
    """Reads the rows in order; groups that are open form a stack."""

    def __init__(self, grid: Grid, findings: Findings, places: Places) -> None:
        self._grid, self._findings, self._places = grid, findings, places
        self._open: list[tuple[str, str, Row]] = []  # (group | repeat, id, its row)
        self._names: dict[str, str] = {}
        self.survey = Survey()

    def read(self) -> Survey:
        """All items of the sheet."""
        for column in ("type", "name"):
            if not self._grid.has(column):
                self._findings.add("column_missing", self._grid.name, "A1", name=column)
        for row in self._grid.rows():
            self._row(row)
        for what, name, row in self._open:
            self._findings.add(
                "not_closed", row.sheet, row.place("type"), type=f"begin_{what}", name=name, end=f"end_{what}"
            )  # fmt: skip
        return self.survey

    def _row(self, row: Row) -> None:
        values = Values(row, self._findings, self._places)
        kind = kind_of(values)
        if kind is None:
            return
        if kind.what.startswith("end_"):
            self._close(kind.what, values)
            return
        name = self._name(values)
        if not name:
            return
        if row.get("external"):
            self._outside(kind, name, values)
            return
        self._item(kind, name, values)
        if kind.what in {"section", "repeat"}:
            self._open.append(("group" if kind.what == "section" else "repeat", name, row))

    def _close(self, what: str, values: Values) -> None:
        wanted = what.removeprefix("end_")
        if not self._open:
            values.add("nothing_open", "type", value=what)
            return
        opened, _name, row = self._open[-1]
        if opened != wanted:
            values.add(
                "wrong_end", "type", value=what, open=f"begin_{opened}", first=row.place("type")
            )
        self._open.pop()

    def _name(self, values: Values) -> str:
        name = values.row.get("name")
        if not name:
            values.add("needed", "name", name="name")
        elif not c.NAME.match(name):
            values.add("bad_name", "name", value=name)
        elif name in self._names:
            values.add("name_twice", "name", value=name, first=self._names[name])
        else:
            self._names[name] = values.row.place("name")
            return name
        return ""

    def _outside(self, kind: Kind, name: str, values: Values) -> None:
        path: Path = ("external", name)
        values.at(path, "name")
        if kind.what != "hidden":
            values.add("one_of", "type", value=values.row.get("type"), known="hidden")
        made: dict[str, Any] = {}
        values.put(made, path, "type", values.row.get("external"), "external")
        values.put_texts(made, path, "title", "label")
        self.survey.external[name] = made

    def _item(self, kind: Kind, name: str, values: Values) -> None:
        at = len(self.survey.items)
        path: Path = ("items", at)
        values.at(path, "name")
        values.at((*path, "id"), "name")
        values.at((*path, "type"), "type")
        item: dict[str, Any] = {"id": name, "type": kind.what}
        if self._open:
            item["in"] = self._open[-1][1]
        if kind.list_name:
            self.survey.lists[at] = kind.list_name
            self._options(kind, at, item, values)
        _texts(kind, item, path, values)
        _rules(kind, item, path, values)
        self.survey.items.append(item)

    def _options(self, kind: Kind, at: int, item: dict[str, Any], values: Values) -> None:
        if values.one_of("item_type", ("points",)) == "points" and kind.what == "choice":
            item["type"] = "points"
            self.survey.marked.add(at)
            values.at(("items", at, "allowed"), "type")
        else:
            item["scale"] = kind.list_name
            values.at(("items", at, "scale"), "type")


def _texts(kind: Kind, item: dict[str, Any], path: Path, values: Values) -> None:
    titled = kind.what in {"section", "repeat"}
    values.put_texts(item, path, "title" if titled else "label", "label")
    values.put_texts(item, path, "hint", "hint")
    for key in ("constraint_message", "required_message"):
        values.put_texts(item, path, key, key)


def _rules(kind: Kind, item: dict[str, Any], path: Path, values: Values) -> None:
    for column in _EXPRESSIONS:
        values.put(item, path, column, values.expression(column), column)
    chosen = values.expression("choice_filter", columns=True)
    values.put(item, path, "choice_filter", chosen, "choice_filter")
    for column in _YES_NO:
        values.put(item, path, column, values.yes_no(column), column)
    values.put(item, path, "weight", values.number("weight"), "weight")
    values.put(item, path, "indicator", values.row.get("indicator"), "indicator")
    values.put(item, path, "evidence", values.one_of("evidence", keys.EVIDENCE), "evidence")
    values.put(item, path, "profiles", values.words("profiles"), "profiles")
    values.put(item, path, "correct", values.words("correct"), "correct")
    values.put(item, path, "points", values.number("score"), "score")
    values.put(item, path, "max_chars", values.whole("max_chars"), "max_chars")
    for column in ("default", "appearance"):
        values.put(item, path, column, values.row.get(column), column)
    _limits(kind, item, path, values)
    _constraint(item, path, values)


def _limits(kind: Kind, item: dict[str, Any], path: Path, values: Values) -> None:
    """min, max, step: from their columns, else from ``parameters`` (range)."""
    numbered = kind.what in _NUMBERED
    for column in ("min", "max", "step"):
        text = values.number(column) if numbered else values.row.get(column)
        values.put(item, path, column, text, column)
    _parameters(kind, item, path, values)


_RANGE = {"start": "min", "end": "max", "step": "step"}


def _parameters(kind: Kind, item: dict[str, Any], path: Path, values: Values) -> None:
    for part in values.words("parameters"):
        name, _, value = part.partition("=")
        if kind.what == "image" and name == "max-pixels":
            continue  # only tells ODK how small to send a picture; the writer says it again
        if kind.what == "range" and name in _RANGE and is_number(value):
            values.put(item, path, _RANGE[name], value, "parameters")
        elif not value or kind.what == "range":
            values.add("bad_parameters", "parameters", value=part)
        elif name in {"randomize", "seed", "value", "label"}:
            values.add("parameter_refused", "parameters", name=name)
        else:
            values.add("parameter_not_kept", "parameters", name=name)


def _constraint(item: dict[str, Any], path: Path, values: Values) -> None:
    limits = ""
    if item["type"] not in {"repeat", "section", "range"}:
        limits = c.bounds(item.get("min", ""), item.get("max", ""), item.get("max_chars", ""))
    values.put(
        item, path, "constraint", values.expression("constraint", without=limits), "constraint"
    )
