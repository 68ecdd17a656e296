"""Answer files: what each row must hold, and the plain reader that counts or refuses it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from sucharit.assessments.engine import MISSING, CountCube, Edition, InputError, require_items

from .problems import Problems, shorten
from .rows import Columns, Record, Table, open_table, problems_of

FIXED = ("unit", "instrument", "part")
_BATCH = 50_000


@dataclass(frozen=True)
class Question:
    """A column of answers: its instrument, its byte in a packed row, the byte of each option."""

    instrument: str
    place: int
    options: dict[str, int]
    known: str
    """Option codes, for messages."""


@dataclass(frozen=True)
class Answers:
    """Counted answers: cubes by instrument over sorted units, and the number of rows."""

    cubes: dict[str, CountCube]
    units: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Spec:
    """What an answer file of an edition may hold."""

    edition: Edition

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every sub-question of the edition by code."""
        found = {}
        for instrument in self.edition.instruments:
            for place, question in enumerate(self.edition.subquestions(instrument.code)):
                index = question.scale.index
                found[question.code] = Question(
                    instrument.code, place, _spellings(index), ", ".join(index)
                )
        return found

    @cached_property
    def columns(self) -> Columns:
        """Columns of the file; answer columns may be left out."""
        return Columns(FIXED, tuple(self.questions))

    @cached_property
    def strata(self) -> dict[tuple[str, str], tuple[str, int]]:
        """(instrument, part) as written → (instrument, place of the part)."""
        found = {}
        for instrument in self.edition.instruments:
            if not self.questions_of(instrument.code):
                continue
            for part in ("", *instrument.part_codes):
                place = instrument.part_index(part)
                if place is not None:
                    for spelling in _spelt(part):
                        found[instrument.code, spelling] = (instrument.code, place)
        return found

    def questions_of(self, instrument: str) -> list[str]:
        """Codes of an instrument's sub-questions in packing order."""
        return [code for code, q in self.questions.items() if q.instrument == instrument]

    def stratum_problem(self, instrument: str, part: str) -> tuple[str, str]:
        """Column and message for an (instrument, part) that is not in `strata`."""
        found = self.edition.instrument.get(instrument)
        if found is None:
            known = ", ".join(i.code for i in self.edition.instruments if i.surveyed)
            return "instrument", f"{shorten(instrument)} is not an instrument (known: {known})"
        if not found.surveyed:
            return "instrument", f"{instrument} is not answered by respondents; use a marks file"
        try:
            require_items(self.edition, instrument)
        except InputError as error:
            return "instrument", str(error)
        known = ", ".join(found.part_codes)
        return "part", f"{shorten(part)} is not a part of {instrument} (known: {known})"


def _spelt(code: str) -> list[str]:
    """A code, and how a column of numbers with gaps often writes it ("1.0")."""
    return [code, f"{code}.0"] if code.isdigit() else [code]


def _spellings(index: Mapping[str, int]) -> dict[str, int]:
    spelt = {text: place for code, place in index.items() for text in _spelt(code)}
    return spelt | dict(index)


def unit_problem(unit: str) -> str:
    """What is wrong with a unit code; "" when nothing is."""
    if not unit.strip():
        return "is blank"
    if unit != unit.strip():
        return f"{shorten(unit)} has spaces around it"
    return ""


def read_responses(path: Path, spec: Spec) -> Answers:
    """Read and count an answer file, fast where possible. Raises ScoreFileError."""
    from .fast import read_fast

    problems = problems_of(path)
    table = open_table(path, spec.columns, problems)
    found = read_fast(path, table, spec)
    return found if found is not None else read_plain(table, spec, problems)


def read_plain(table: Table, spec: Spec, problems: Problems) -> Answers:
    """The reference reader: row by row in Python, in bounded memory per batch of rows."""
    reader = _Reader(table, spec, problems)
    units: dict[str, int] = {}
    batches: dict[str, list[tuple[int, int, bytes]]] = {}
    chunks: dict[str, list[Chunk]] = {}
    rows = 0
    for unit, instrument, part, packed in reader.rows(table.records()):
        rows += 1
        batch = batches.setdefault(instrument, [])
        batch.append((units.setdefault(unit, len(units)), part, packed))
        if len(batch) >= _BATCH:
            chunks.setdefault(instrument, []).append(_chunk(batch))
            batch.clear()
    problems.stop()
    for instrument, batch in batches.items():
        chunks.setdefault(instrument, []).append(_chunk(batch))
    ordered = tuple(sorted(units))
    place = np.empty(len(units), np.int64)
    place[[units[unit] for unit in ordered]] = np.arange(len(units))
    return Answers(
        {
            code: counted(spec, code, ordered, ((place[u], p, r) for u, p, r in found))
            for code, found in chunks.items()
        },
        ordered,
        rows,
    )


Chunk = tuple[np.ndarray, np.ndarray, np.ndarray]


def _chunk(batch: list[tuple[int, int, bytes]]) -> Chunk:
    packed = np.frombuffer(b"".join(row for _, _, row in batch), np.uint8)
    return (
        np.array([unit for unit, _, _ in batch], np.int64),
        np.array([part for _, part, _ in batch], np.int8),
        packed.reshape(len(batch), -1),
    )


def counted(
    spec: Spec, instrument: str, units: Sequence[str], chunks: Iterable[Chunk]
) -> CountCube:
    """Count chunks of (unit places, part places, packed rows) of one instrument."""
    cube = CountCube.empty(spec.edition, instrument, units)
    for unit, part, rows in chunks:
        cube.add(unit, part, rows)
    return cube


class _Reader:
    """Checks and packs rows; the places of the columns are looked up once."""

    def __init__(self, table: Table, spec: Spec, problems: Problems) -> None:
        self.spec = spec
        self.problems = problems
        self.fixed = [table.columns.index(name) for name in FIXED]
        self.places = {
            name: place for place, name in enumerate(table.columns) if name in spec.questions
        }
        self.widths = {i.code: len(spec.questions_of(i.code)) for i in spec.edition.instruments}

    def rows(self, records: Iterator[Record]) -> Iterator[tuple[str, str, int, bytes]]:
        """Good rows as (unit, instrument, part place, packed answers)."""
        for line, cells in records:
            unit, instrument, part = (cells[place] for place in self.fixed)
            wrong = unit_problem(unit)
            if wrong:
                self.problems.add(line, "unit", wrong)
            stratum = self.spec.strata.get((instrument, part))
            if stratum is None:
                self.problems.add(line, *self.spec.stratum_problem(instrument, part))
                continue
            packed = self._pack(line, cells, stratum[0])
            yield unit, *stratum, packed

    def _pack(self, line: int, cells: Sequence[str], instrument: str) -> bytes:
        packed = bytearray([MISSING]) * self.widths[instrument]
        for name, place in self.places.items():
            cell, question = cells[place], self.spec.questions[name]
            if not cell:
                continue
            if question.instrument != instrument:
                message = f"is a question of {question.instrument}, this row is {instrument}"
                self.problems.add(line, name, message)
            elif cell not in question.options:
                self.problems.add(
                    line, name, f"{shorten(cell)} is not an option (allowed: {question.known})"
                )
            else:
                packed[question.place] = question.options[cell]
        return bytes(packed)
