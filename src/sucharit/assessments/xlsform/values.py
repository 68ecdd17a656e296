"""Cells into values of the document; what does not fit becomes a finding with its cell."""

from __future__ import annotations

import re
from typing import Any

from sucharit.assessments.engine import expressions
from sucharit.assessments.engine.instruments.shape import is_number
from sucharit.assessments.xlsform.columns import WHOLE, YES_NO, without_bounds
from sucharit.assessments.xlsform.grid import Row
from sucharit.assessments.xlsform.problems import Findings, short

Path = tuple[str | int, ...]
Places = dict[Path, tuple[str, str]]
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_WORDS = re.compile(r"[\s,]+")


class Values:
    """Reads one row's cells and notes where each value of the document came from."""

    def __init__(self, row: Row, findings: Findings, places: Places) -> None:
        self.row, self._findings, self._places = row, findings, places

    def at(self, path: Path, column: str, language: str = "") -> None:
        """Note that the value at ``path`` stands in this row's ``column``."""
        self._places[path] = (self.row.sheet, self.row.place(column, language))

    def add(self, code: str, column: str, **values: object) -> None:
        """A finding about this row's cell."""
        self._findings.add(code, self.row.sheet, self.row.place(column), **values)

    def yes_no(self, column: str) -> str:
        """One of "yes", "no" and "" (empty, or refused)."""
        text = self.row.get(column)
        found = YES_NO.get(text.lower(), "")
        if text and not found:
            self.add("not_yes_no", column, value=text)
        return found

    def number(self, column: str) -> str:
        """A number as text, "100/3" too; "" when empty or refused."""
        text = self.row.get(column)
        if text and not is_number(text):
            self.add("not_number", column, value=text)
            return ""
        return text

    def whole(self, column: str) -> str:
        """A whole number as text; "" when empty or refused."""
        text = self.row.get(column)
        if text and not WHOLE.match(text):
            self.add("not_whole", column, value=text)
            return ""
        return text

    def one_of(self, column: str, known: tuple[str, ...]) -> str:
        """One of the known words; "" when empty or refused."""
        text = self.row.get(column)
        if text and text not in known:
            self.add("one_of", column, value=text, known=", ".join(known))
            return ""
        return text

    def words(self, column: str) -> list[str]:
        """Words between blanks or commas."""
        return [word for word in _WORDS.split(self.row.get(column)) if word]

    def expression(self, column: str, *, columns: bool = False, without: str = "") -> str:
        """An expression that can be read; curly quotation marks of Excel are made straight.

        ``without``: bounds the writer has joined to it, which stand in columns of their own.
        """
        text = without_bounds(self.row.get(column), without)
        straight = text.translate(_CURLY)
        if text and not self._parses(straight, column, columns=columns):
            return straight
        if straight != text:
            self.add("quotes_mended", column)
        return straight

    def _parses(self, text: str, column: str, *, columns: bool) -> bool:
        try:
            expressions.parse(text, columns=columns)
        except expressions.ExpressionError as error:
            self._say(error, text, column)
            return False
        return True

    def _say(self, error: expressions.ExpressionError, text: str, column: str) -> None:
        from sucharit.assessments.xlsform.problems import Problem, problem

        made = problem(
            "bad_expression",
            self.row.sheet,
            self.row.place(column),
            value=text,
            position=error.position + 1,
            reason="{reason}",
        )
        # The engine says the reason in both languages.
        thai = made.th.replace("{reason}", short(error.message_th, 200))
        english = made.en.replace("{reason}", short(error.message, 200))
        self._findings.put(Problem(made.sheet, made.cell, made.severity, made.code, thai, english))

    def put(self, target: dict[str, Any], path: Path, key: str, value: Any, column: str) -> None:
        """Set a value that is there, and note its cell."""
        if value not in ("", None, [], {}):
            target[key] = value
            self.at((*path, key), column)

    def put_texts(self, target: dict[str, Any], path: Path, key: str, column: str) -> None:
        """Set a translated text, and note each language's cell."""
        texts = self.row.texts(column)
        if texts:
            target[key] = texts
            self.at((*path, key), column, next(iter(texts)))
            for language in texts:
                self.at((*path, key, language), column, language)
