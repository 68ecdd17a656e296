"""A sheet as rows under named columns; what has no place in it is said, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sucharit.assessments.xlsform.cells import Cell, Sheet, address
from sucharit.assessments.xlsform.columns import TRANSLATED, language_of
from sucharit.assessments.xlsform.problems import Findings

#: (column, language); language "" for columns that have none.
Key = tuple[str, str]


@dataclass(frozen=True)
class Columns:
    """What a sheet's heads may say.

    ``known`` mean something, ``ignored`` are named and left, ``refused`` would change answers,
    ``free`` lets other columns through (filters of choices).
    """

    known: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    free: bool = False


@dataclass
class Row:
    """One filled row: its cells by column, with their addresses."""

    sheet: str
    number: int
    cells: dict[Key, Cell]
    places: dict[Key, str]

    def get(self, column: str, language: str = "") -> str:
        """The cell's text without blanks at its ends; "" where it is empty."""
        cell = self.cells.get((column, language))
        return cell.text.strip() if cell else ""

    def place(self, column: str, language: str = "") -> str:
        """The cell's address, also where it is empty; the row's first cell without the column."""
        return self.places.get((column, language), f"A{self.number}")

    def texts(self, column: str) -> dict[str, str]:
        """A translated column by language, filled cells only."""
        found = {
            language: cell.text.strip()
            for (name, language), cell in self.cells.items()
            if name == column and cell.text.strip()
        }
        return {code: found[code] for code in sorted(found, key=_thai_first)}


def _thai_first(code: str) -> tuple[bool, bool, str]:
    return code != "th", code != "en", code


class Grid:
    """A sheet read under its heads. Problems go into ``findings`` with their cells."""

    def __init__(
        self, sheet: Sheet, columns: Columns, findings: Findings, *, default: str = "th"
    ) -> None:
        self.name = sheet.name
        self._sheet, self._columns, self._findings = sheet, columns, findings
        self._default = default
        self.heads: dict[int, Key] = {}
        self._passed_over: dict[int, tuple[str, str]] = {}
        self._by_row: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            self._by_row.setdefault(row, []).append((column, cell))
        self._refuse_merged()
        self._read_heads()
        self._judge_cells()

    @property
    def languages(self) -> list[str]:
        """Languages of the translated columns, Thai first."""
        return sorted({code for _name, code in self.heads.values() if code}, key=_thai_first)

    def column_at(self, key: Key) -> str:
        """Address of a column's head; A1 where there is no such column."""
        return next((address(1, at) for at, found in self.heads.items() if found == key), "A1")

    def has(self, column: str) -> bool:
        """Whether the sheet has the column (in any language)."""
        return any(name == column for name, _language in self.heads.values())

    def rows(self) -> Iterator[Row]:
        """The filled rows below the heads."""
        for number, cells in self._by_row.items():
            if number == 1:
                continue
            found = {self.heads[at]: cell for at, cell in cells if at in self.heads}
            if found:
                places = {key: address(number, at) for at, key in self.heads.items()}
                yield Row(self.name, number, found, places)

    def _refuse_merged(self) -> None:
        for merged in self._sheet.merged:
            first = merged.split(":")[0] or "A1"
            self._findings.add("merged", self.name, first, range=merged)

    def _read_heads(self) -> None:
        first: dict[Key, str] = {}
        heads = self._by_row.get(1, [])
        if not heads and self._by_row:
            self._findings.add("no_heads", self.name, "A1")
        for at, cell in heads:
            place = address(1, at)
            key = self._key(cell.text, place)
            if key is None:
                self._passed_over[at] = ("", "")
            elif key[0] in self._columns.ignored or key[0] in self._columns.refused:
                self._passed_over[at] = (key[0], place)
            elif key in first:
                self._findings.add(
                    "column_twice", self.name, place, name=cell.text, first=first[key]
                )
                self._passed_over[at] = ("", "")
            else:
                first[key] = place
                self.heads[at] = key

    def _key(self, head: str, place: str) -> Key | None:
        """What a head stands for; None (and a finding) when nobody can tell."""
        name, _, said = (part.strip() for part in head.partition("::"))
        if name.lower() in {"media", "bind", "body", "control"} and said:
            name, _, said = (part.strip() for part in said.partition("::"))
        name = self._columns.aliases.get(
            name.lower(), name.lower() if not self._columns.free else name
        )
        if self._columns.free and name.lower() in (*self._columns.known, *self._columns.ignored):
            name = name.lower()
        known = (*self._columns.known, *self._columns.ignored, *self._columns.refused)
        if name not in known and not self._columns.free:
            shown = ", ".join(self._columns.known)
            self._findings.add("unknown_column", self.name, place, name=head, known=shown)
            return None
        if name not in TRANSLATED:
            if said and name in self._columns.known:
                self._findings.add("not_translatable", self.name, place, name=head)
                return None
            return name, ""
        language = language_of(said) if said else self._default
        if language is None:
            self._findings.add("unknown_language", self.name, place, name=said)
            return None
        return name, language

    def _judge_cells(self) -> None:
        for number, cells in self._by_row.items():
            for at, cell in cells:
                place = address(number, at)
                if cell.formula:
                    self._findings.add("formula", self.name, place)
                elif cell.kind == "error":
                    self._findings.add("error_cell", self.name, place, value=cell.text)
                elif cell.kind == "date" and self.heads.get(at, ("", ""))[0] not in _DATED:
                    self._findings.add("date_cell", self.name, place, value=cell.text)
                if number > 1 and at not in self.heads and at not in self._passed_over:
                    self._findings.add("no_head_for_cell", self.name, place)
        for at, (name, place) in self._passed_over.items():
            self._say_passed_over(at, name, place)

    def _say_passed_over(self, at: int, name: str, place: str) -> None:
        count = sum(
            1 for n, cells in self._by_row.items() if n > 1 for column, _c in cells if column == at
        )
        if name and count:
            refused = name in self._columns.refused
            code = "column_refused" if refused else "column_not_kept"
            self._findings.add(code, self.name, place, name=name, count=count)


_DATED = frozenset({"default", "min", "max"})


def duplicates(names: Iterable[str]) -> list[str]:
    """Names that come up more than once, in order."""
    seen: set[str] = set()
    twice = []
    for name in names:
        if name in seen and name not in twice:
            twice.append(name)
        seen.add(name)
    return twice
