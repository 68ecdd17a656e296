"""The answers of a closed round as one table for analysing: a row an answer sheet, a column a question.

No key, no week, no id: rows stand in the order of their random ids. A unit's survey is left out whole when
it, a part of it or any question in it was answered by fewer than ``min_report_n`` people (but by somebody):
the rows beside a small figure would give it away (docs/anonymity.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from sucharit.assessments.engine import MISSING, Edition
from sucharit.assessments.models import Participation, Round, SurveyResponse
from sucharit.assessments.reports.files import Column
from sucharit.core.exports import safe_text

BATCH = 5_000  # sheets read at a time
HEAD = (Column("unit"), Column("instrument"), Column("part"))
Sheet = tuple[int, str, str, bytes]  # participation, instrument, part, packed answers
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Extract:
    """What a file of answers holds: which units' surveys, how often each option was taken.

    ``units``: participation → unit code. ``kept``, ``left_out``: (participation, instrument) → sheets.
    ``counts``: instrument → [question, option] over the kept sheets; the last option is "no answer".
    """

    round: Round
    edition: Edition
    units: Mapping[int, str]
    kept: Mapping[tuple[int, str], int]
    left_out: Mapping[tuple[int, str], int]
    counts: Mapping[str, Ints]

    @property
    def sheets(self) -> int:
        return sum(self.kept.values())

    @property
    def surveys(self) -> list[str]:
        return [i.code for i in self.edition.instruments if i.surveyed]

    @property
    def columns(self) -> list[Column]:
        codes = [q.code for s in self.surveys for q in self.edition.subquestions(s)]
        return [*HEAD, *(Column(code) for code in codes)]

    def lines(self) -> Iterator[str]:
        """Lines of CSV, read from the database while they are taken."""
        codes = _codes(self.edition, self.surveys)
        before, after = _around({s: len(codes[s]) for s in self.surveys})
        units = {pk: _cell(code) for pk, code in self.units.items()}
        for participation, instrument, part, answers in sheets(self.units):
            if (participation, instrument) in self.kept:
                given = ",".join(
                    [row[byte] for row, byte in zip(codes[instrument], answers, strict=True)]
                )
                yield (
                    f"{units[participation]},{instrument},{part}"
                    f"{before[instrument]},{given}{after[instrument]}\r\n"
                )


def extract(round_: Round) -> Extract:
    """Read the round's sheets once: what may go into the file, and the counts for its codebook."""
    edition = Edition.from_document(round_.framework.document)
    taking_part = Participation.objects.filter(round=round_).order_by("unit__path")
    units = dict(taking_part.values_list("pk", "unit__code"))
    tallies = {
        i.code: Tally(edition, i.code, list(units)) for i in edition.instruments if i.surveyed
    }
    held: list[Sheet] = []
    for sheet in sheets(units):
        held.append(sheet)
        if len(held) == BATCH:
            _add(tallies, held)
            held.clear()
    _add(tallies, held)
    kept: dict[tuple[int, str], int] = {}
    left_out: dict[tuple[int, str], int] = {}
    for code, tally in tallies.items():
        small = tally.small(round_.min_report_n)
        for place, participation in enumerate(units):
            if n := int(tally.sheets[place].sum()):
                (left_out if small[place] else kept)[participation, code] = n
    counts = {code: tally.options(round_.min_report_n) for code, tally in tallies.items()}
    return Extract(round_, edition, units, kept, left_out, counts)


def sheets(participations: Mapping[int, Any]) -> Iterator[Sheet]:
    """Sheets of these participations in the order of their random ids.

    Read page by page along the key: no long-lived cursor, no sorting, flat memory. Rows of other rounds
    are passed over here, since a condition on them would make the database sort all rows for each page.
    """
    with _small_cache():
        yield from _paged(participations)


@contextmanager
def _small_cache() -> Iterator[None]:
    """Every page of the table is read once: SQLite need not keep 32 MB of them for that."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        held = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute("PRAGMA cache_size=-2000")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size={int(held)}")


def _paged(participations: Mapping[int, Any]) -> Iterator[Sheet]:
    last = None
    while True:
        rows = SurveyResponse.objects.order_by("pk")
        if last is not None:
            rows = rows.filter(pk__gt=last)
        found = list(
            rows.values_list("pk", "participation_id", "instrument", "part", "answers")[:BATCH]
        )
        for _pk, participation, instrument, part, answers in found:
            if participation in participations:
                yield participation, instrument, part, bytes(answers)
        if len(found) < BATCH:
            return
        last = found[-1][0]


class Tally:
    """Counts of one instrument: sheets by unit and part, and options by unit and question."""

    def __init__(self, edition: Edition, instrument: str, participations: Sequence[int]) -> None:
        head = edition.instrument[instrument]
        questions = edition.subquestions(instrument)
        self.part_index = head.part_index
        self.place = {pk: at for at, pk in enumerate(participations)}
        self.sheets = np.zeros((len(participations), len(head.part_codes)), dtype=np.int64)
        self.sizes = [len(q.scale.options) for q in questions]
        self.width = max(self.sizes) + 1  # the last column: no answer
        # 8,323 units × 30 questions × 6 options in 32 bits: 6 MB.
        self.taken = np.zeros((len(participations), len(questions), self.width), dtype=np.int32)

    def add(self, batch: Sequence[Sheet]) -> None:
        """Count some sheets."""
        at = np.array([self.place[sheet[0]] for sheet in batch])
        part = np.array([self.part_index(sheet[2]) or 0 for sheet in batch])
        np.add.at(self.sheets, (at, part), 1)
        packed = np.frombuffer(b"".join(s[3] for s in batch), dtype=np.uint8).reshape(
            len(batch), -1
        )
        option = np.where(packed == MISSING, self.width - 1, packed).astype(np.int64)
        questions = np.arange(packed.shape[1])
        np.add.at(self.taken, (at[:, None], questions[None, :], option), 1)

    def small(self, least: int) -> npt.NDArray[np.bool_]:
        """Units whose survey must stay out: a part or a question with 1 to least-1 answers."""
        answered = self.taken[:, :, :-1].sum(axis=2)
        few = ((answered > 0) & (answered < least)).any(axis=1)
        found: npt.NDArray[np.bool_] = few | ((self.sheets > 0) & (self.sheets < least)).any(axis=1)
        return found

    def options(self, least: int) -> Ints:
        """[question, option] over the sheets that are kept."""
        kept: Ints = self.taken[~self.small(least)].sum(axis=0, dtype=np.int64)
        return kept


def _add(tallies: Mapping[str, Tally], batch: Sequence[Sheet]) -> None:
    for instrument, tally in tallies.items():
        if own := [sheet for sheet in batch if sheet[1] == instrument]:
            tally.add(own)


def _cell(text: str) -> str:
    guarded = safe_text(text)
    return f'"{guarded}"' if any(c in guarded for c in ',"\r\n') else guarded


def _codes(edition: Edition, surveys: Sequence[str]) -> dict[str, list[list[str]]]:
    """Instrument → question → byte → the option's code; a byte without an option is an empty cell."""
    found = {}
    for survey in surveys:
        found[survey] = [
            [_cell(str(o.code)) for o in q.scale.options] + [""] * (256 - len(q.scale.options))
            for q in edition.subquestions(survey)
        ]
    return found


def _around(widths: Mapping[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    """Empty cells before and after an instrument's own questions."""
    names = list(widths)
    before = {n: "," * sum(widths[m] for m in names[:at]) for at, n in enumerate(names)}
    after = {n: "," * sum(widths[m] for m in names[at + 1 :]) for at, n in enumerate(names)}
    return before, after
