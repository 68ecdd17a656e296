"""From files to scores: what the command `sucharit score` does, without Django or a database."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from sucharit.assessments.engine import (
    NOT_APPLICABLE,
    NOT_SUBMITTED,
    BulkInput,
    BulkScores,
    CountCube,
    Edition,
    EitMerge,
    MergeMode,
    ShortfallMode,
    UnitInput,
    explain,
    score_unit,
    score_units,
    unit_counts,
)

from .output import FORMATS, write_csv, write_file, write_json
from .problems import ScoreFileError
from .responses import Answers, Spec, read_responses
from .tables import Marks, Population, Values, read_marks, read_population, read_values
from .tree import tree_text


@dataclass(frozen=True)
class Request:
    """What to score and where to put it; the options of the command."""

    framework: str
    responses: Path | None = None
    marks: Path | None = None
    values: Path | None = None
    population: Path | None = None
    format: str | None = None
    output: Path | None = None
    explain: str | None = None
    status: bool = False
    eit_merge: str | None = None
    shortfall: str | None = None


@dataclass(frozen=True)
class Data:
    """All files of a request as read."""

    edition: Edition
    answers: Answers
    marks: Marks | None
    values: Values
    population: Population

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit any file names, in order of code."""
        keys = [*(self.marks or ()), *self.values, *self.population]
        return tuple(sorted({*self.answers.units, *(unit for unit, _ in keys)}))


def run(request: Request, out: TextIO, err: TextIO | None = None) -> None:
    """Score the files of a request: rows to `output` or `out`, a summary to `err`.

    Raises ScoreFileError with a text for people; then nothing has been written.
    """
    format_ = _format(request)
    data = read(request, load_edition(request.framework))
    scores = score_units(
        bulk_input(data), eit_merge=_merge(request, data.edition), shortfall=_short(request)
    )
    explained = _explanation(request, data) if request.explain is not None else ""
    if request.output is not None:
        write_file(scores, request.output, format_, status=request.status)
    elif request.explain is None and format_ == "json":
        write_json(scores, out)
    elif request.explain is None:
        write_csv(scores, out, status=request.status)
    out.write(explained)
    _summary(request, data, scores, err or sys.stderr)


def load_edition(framework: str) -> Edition:
    """The edition of a framework id or file. Raises ScoreFileError naming what is wrong."""
    from sucharit.assessments import library

    try:
        return Edition.from_document(library.load(framework).document)
    except (library.LibraryError, OSError, ValueError) as error:
        raise ScoreFileError(f"framework {framework}: {error}") from error


def read(request: Request, edition: Edition) -> Data:
    """Read and check all files of a request."""
    if not (request.responses or request.marks or request.values):
        raise ScoreFileError("nothing to score: give --responses, --marks or --values")
    none = Answers({}, (), 0)
    answers = read_responses(request.responses, Spec(edition)) if request.responses else none
    return Data(
        edition,
        answers,
        read_marks(request.marks, edition) if request.marks else None,
        read_values(request.values, edition) if request.values else {},
        read_population(request.population, edition) if request.population else {},
    )


def bulk_input(data: Data) -> BulkInput:
    """The files as arrays over all units."""
    units = data.units
    place = {unit: number for number, unit in enumerate(units)}
    return BulkInput(
        edition=data.edition,
        units=units,
        cubes={code: _spread(cube, units, place) for code, cube in data.answers.cubes.items()},
        marks=None if data.marks is None else _mark_columns(data.edition, data.marks, place),
        values={(place[unit], node): value for (unit, node), value in data.values.items()},
        population={(place[unit], code): n for (unit, code), n in data.population.items()},
    )


def _spread(cube: CountCube, units: tuple[str, ...], place: Mapping[str, int]) -> CountCube:
    """The same counts over a longer list of units."""
    if cube.units == units:
        return cube
    wide = CountCube(cube.layout, units)
    wide.counts[[place[unit] for unit in cube.units]] = cube.counts
    return wide


def _mark_columns(
    edition: Edition, marks: Marks, place: Mapping[str, int]
) -> dict[str, np.ndarray]:
    columns = {
        item.code: np.full(len(place), NOT_SUBMITTED, np.int16)
        for item in edition.items
        if not item.surveyed
    }
    for (unit, code), points in marks.items():
        allowed = edition.item[code].allowed_points
        columns[code][place[unit]] = NOT_APPLICABLE if points is None else allowed.index(points)
    return columns


def unit_input(data: Data, unit: str) -> UnitInput:
    """What the files say of one unit, for `score_unit`."""
    counts = {}
    if unit in data.answers.units:
        place = data.answers.units.index(unit)
        counts = {code: unit_counts(cube, place) for code, cube in data.answers.cubes.items()}
    marks = None
    if data.marks is not None:
        marks = {code: points for (name, code), points in data.marks.items() if name == unit}
    return UnitInput(
        counts=counts,
        marks=marks,
        values={node: value for (name, node), value in data.values.items() if name == unit},
        population={code: n for (name, code), n in data.population.items() if name == unit},
    )


def _format(request: Request) -> str:
    ending = request.output.suffix.lower().removeprefix(".") if request.output else ""
    format_ = request.format or (ending if ending in FORMATS else "csv")
    if format_ == "parquet" and request.output is None and request.explain is None:
        raise ScoreFileError("Parquet goes to a file: give one with -o")
    return format_


def _merge(request: Request, edition: Edition) -> EitMerge | None:
    if request.eit_merge is None:
        return None
    mode, weights = MergeMode(request.eit_merge), edition.eit_merge.weights
    parts = {part for instrument in edition.instruments for part in instrument.parts}
    if mode is MergeMode.WEIGHTS and not parts <= set(weights):
        raise ScoreFileError(f"{edition.code} gives no weights of the parts")
    return EitMerge(mode, weights)


def _short(request: Request) -> ShortfallMode | None:
    return ShortfallMode(request.shortfall) if request.shortfall else None


def _explanation(request: Request, data: Data) -> str:
    unit = request.explain or ""
    if unit not in data.units:
        raise ScoreFileError(f"--explain {unit}: no file names this unit")
    merge = _merge(request, data.edition)
    score = score_unit(
        data.edition, unit_input(data, unit), eit_merge=merge, shortfall=_short(request)
    )
    tree = explain(data.edition, score)
    if request.format == "json":
        return json.dumps({"unit": unit, **tree}, ensure_ascii=False, indent=1) + "\n"
    return tree_text(unit, tree)


def _summary(request: Request, data: Data, scores: BulkScores, err: TextIO) -> None:
    for code, cube in data.answers.cubes.items():
        silent = [
            question.code
            for question in data.edition.subquestions(code)
            if not cube.options(question.code).any()
        ]
        if silent:
            err.write(f"note: {code}: no answers at all to {', '.join(silent)}\n")
    if request.marks is None and any(not item.surveyed for item in data.edition.items):
        err.write("note: no --marks: disclosure items are unknown (blank), not 0\n")
    scored = int((scores.shown[0] >= 0).sum())
    where = f" -> {request.output}" if request.output else ""
    err.write(
        f"{len(scores.units)} units, {scored} with a total, {data.answers.rows} responses, "
        f"{len(data.edition.nodes)} nodes each{where}\n"
    )
