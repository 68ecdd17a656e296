"""From a workbook to an instrument document, with every finding named by sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.engine.instruments import DocumentProblem, check_document
from sucharit.assessments.xlsform import columns as c
from sucharit.assessments.xlsform import sheets as s
from sucharit.assessments.xlsform.cells import Book
from sucharit.assessments.xlsform.choices import CHOICE_COLUMNS, Lists, read_choices
from sucharit.assessments.xlsform.grid import Columns, Grid
from sucharit.assessments.xlsform.problems import Findings, FormError, Problem
from sucharit.assessments.xlsform.survey import (
    SURVEY_COLUMNS,
    Survey,
    SurveyReader,
    filter_columns,
)
from sucharit.assessments.xlsform.values import Path, Places

SCHEMA = "sucharit/instrument@1"
_COLUMNS: dict[str, Columns] = {
    "survey": SURVEY_COLUMNS, "choices": CHOICE_COLUMNS, "settings": s.SETTING_COLUMNS,
    "scoring": s.SCORING_COLUMNS, "bands": s.BAND_COLUMNS, "profiles": s.PROFILE_COLUMNS, "more": s.MORE_COLUMNS,
}  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """What a file gave.

    ``document``: None when the file as a whole can't be read; else as much as could be read.
    ``problems``: of the file's cells (``reading``) and, when those hold no error, of the document
    (``checking``: what forbids publishing). ``places``: the cell of each value of the document.
    """

    document: dict[str, Any] | None
    reading: tuple[Problem, ...]
    checking: tuple[Problem, ...] = ()
    places: Places = field(default_factory=dict, repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings: errors first, each kind in the order of sheets, rows and columns."""
        return tuple(sorted((*self.reading, *self.checking), key=_order))

    @property
    def faithful(self) -> bool:
        """Whether the document says what the file says: no error while reading."""
        return self.document is not None and not any(p.is_error for p in self.reading)

    @property
    def ok(self) -> bool:
        """Whether the document could be published as it is."""
        return self.faithful and not any(p.is_error for p in self.checking)


def _order(found: Problem) -> tuple[bool, bool, int, int, int, str]:
    sheet = c.SHEETS.index(found.sheet) if found.sheet in c.SHEETS else -1  # the file: first
    letters = found.cell.rstrip("0123456789")
    row = int(found.cell[len(letters) :] or 0)
    last = found.code == "more_problems"
    return last, not found.is_error, sheet, row, len(letters), letters


def read(data: bytes, filename: str = "") -> Imported:  # noqa: ARG001 (the content decides, not the name)
    """Read an XLSForm workbook. Never raises on any bytes: whatever is wrong is a finding."""
    document, reading, places = read_cells(data)
    checking: tuple[Problem, ...] = ()
    if document is not None and not any(p.is_error for p in reading):
        checking = located(check_document(document), places)
    return Imported(document, reading, checking, places)


def read_cells(data: bytes) -> tuple[dict[str, Any] | None, tuple[Problem, ...], Places]:
    """The document as the cells say it, unchecked, with findings and the cell of each value."""
    findings = Findings()
    places: Places = {}
    try:
        document = _Reader(Book(data), findings, places).document()
    except FormError as error:
        return None, (*findings.found, error.problem), places
    return document, tuple(findings.found), places


def located(problems: Iterable[DocumentProblem], places: Places) -> tuple[Problem, ...]:
    """Findings about a document, at the cells its values came from."""
    found = []
    for one in problems:
        sheet, cell = _cell_of(tuple(one.path), places)
        found.append(
            Problem(sheet, cell, str(one.severity), "document", one.message_th, one.message)
        )
    return tuple(found)


def _cell_of(path: Path, places: Places) -> tuple[str, str]:
    """The cell of a place, or of the nearest place above it that has one."""
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return places[path[:end]]
    return "", ""


class _Reader:
    """One pass over a workbook's sheets."""

    def __init__(self, book: Book, findings: Findings, places: Places) -> None:
        self._book, self._findings, self._places = book, findings, places
        self._names = self._known_sheets()
        self._language = "th"

    def _known_sheets(self) -> dict[str, str]:
        """Sheet → its name in the file; unknown sheets are said."""
        found: dict[str, str] = {}
        for name in self._book.names:
            plain = name.strip().lower()
            if plain in found:
                self._findings.add("sheet_twice", name, "", name=name)
            elif plain in c.SHEETS:
                found[plain] = name
            elif name.startswith("_"):
                self._findings.add("notes_sheet", name, "", name=name)
            elif plain in c.ODK_SHEETS:
                self._findings.add("odk_sheet", name, "", name=name)
            else:
                self._findings.add("unknown_sheet", name, "", name=name, known=", ".join(c.SHEETS))
        if "survey" not in found:
            raise FormError("no_survey")
        return found

    def _grid(self, name: str) -> Grid | None:
        if name not in self._names:
            return None
        sheet = self._book.sheet(self._names[name])
        sheet.name = name
        return Grid(sheet, _COLUMNS[name], self._findings, default=self._language)

    def document(self) -> dict[str, Any]:
        """The document, keys in the order of the contract."""
        head = s.read_settings(self._grid("settings"), self._findings, self._places)
        self._language = head.pop("default_language", "th")
        survey_grid, choice_grid = self._grid("survey"), self._grid("choices")
        assert survey_grid is not None  # _known_sheets has asked
        lists = Lists()
        if choice_grid:
            filters = filter_columns(survey_grid)
            lists = read_choices(choice_grid, filters, self._findings, self._places)
        survey = SurveyReader(survey_grid, self._findings, self._places).read()
        self._join(survey, lists)
        scoring = s.read_scoring(self._grid("scoring"), head, self._findings, self._places)
        rest = {
            "profiles": s.read_profiles(self._grid("profiles"), self._findings, self._places),
            "external": survey.external,
            "scales": self._scales(survey, lists),
            "items": survey.items,
            "scoring": scoring,
            "bands": s.read_bands(self._grid("bands"), self._findings, self._places),
        }
        languages = self._languages(head, survey_grid)
        document: dict[str, Any] = {
            "schema": SCHEMA,
            **{key: head[key] for key in ("id", "version", "fiscal_year") if key in head},
            "kind": head.get("kind", "survey"),
            "languages": languages,
            "title": head.get("title", {}),
            "verified": head.get("verified", "no"),
            **({"source": head["source"]} if "source" in head else {}),
            **{key: value for key, value in rest.items() if value or key == "items"},
        }
        s.read_more(self._grid("more"), document, self._findings)
        return document

    def _languages(self, head: dict[str, Any], grid: Grid) -> list[str]:
        found = grid.languages or [self._language]
        more = [code for code in head.get("title", {}) if code not in found]
        if "th" not in found:
            self._findings.add("no_thai", grid.name, "A1")
        return [*found, *more]

    def _join(self, survey: Survey, lists: Lists) -> None:
        """Each select's list must be there; a marked item takes its points from it."""
        for at, name in survey.lists.items():
            if name not in lists.options:
                sheet, cell = self._places["items", at, "type"]
                self._findings.add("unknown_list", sheet, cell, value=name)
            elif at in survey.marked:
                survey.items[at]["allowed"] = [option["code"] for option in lists.options[name]]

    def _scales(self, survey: Survey, lists: Lists) -> dict[str, Any]:
        used = Counter(name for at, name in survey.lists.items() if at not in survey.marked)
        marks = {name for at, name in survey.lists.items() if at in survey.marked}
        for name, (sheet, cell) in lists.first.items():
            if name not in used and name not in marks:
                self._findings.add("list_unused", sheet, cell, value=name)
        return {
            name: {"options": options}
            for name, options in lists.options.items()
            if name in used or name not in marks
        }
