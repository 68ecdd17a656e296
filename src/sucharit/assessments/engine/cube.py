"""Counts of answers per unit and part: all a linear score needs, a few megabytes for a nation.

1.2 million rows of 30 items become one array `counts[unit, part, cell]` (see `layout`); scores are
exact functions of it. Reading is chunked, so the rows may be a memory-mapped file of any length.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .inputs import UnitCounts
from .layout import Bytes, ItemCells, Layout
from .model import Edition
from .packing import MISSING, AnswerError

Ints = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]

_CHUNK = 1 << 17
"""Rows worked on at a time: the columns of one chunk stay in the processor's cache."""


@dataclass
class CountCube:
    """Counts of one instrument over a list of units, `int32[unit, part, layout.width]`."""

    layout: Layout
    units: tuple[str, ...]
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        """Start with nothing counted."""
        shape = (len(self.units), len(self.parts), self.layout.width)
        self.counts = np.zeros(shape, dtype=np.int32)

    @classmethod
    def empty(cls, edition: Edition, instrument: str, units: Sequence[str]) -> "CountCube":
        """An empty cube for the units, which must differ."""
        return cls(Layout(edition, instrument), tuple(units))

    @property
    def parts(self) -> tuple[str, ...]:
        """Parts of the instrument, in the order of the second axis."""
        return self.layout.edition.instrument[self.layout.instrument].part_codes

    def add(self, units: npt.ArrayLike, parts: npt.ArrayLike | None, rows: npt.ArrayLike) -> None:
        """Count packed rows.

        `units`: int[n], places in `self.units`; `parts`: int[n] places in `self.parts`, or None for
        the only part; `rows`: uint8[n, columns], 255 = missing. Raises AnswerError naming the first
        question with a byte off its scale; ValueError for shapes or places that do not fit. On an
        error nothing of the failing chunk is counted.
        """
        table, unit = np.asarray(rows), np.asarray(units)
        if table.dtype != np.uint8 or table.shape != (len(unit), self.layout.columns):
            raise ValueError(f"rows must be uint8[{len(unit)}, {self.layout.columns}]")
        part = np.zeros(len(unit), np.int8) if parts is None else np.asarray(parts)
        for start in range(0, len(unit), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            places = self._places(unit[chunk], part[chunk])
            self._add_chunk(places, np.ascontiguousarray(table[chunk].T))

    def _places(self, unit: npt.NDArray[np.integer], part: npt.NDArray[np.integer]) -> Ints:
        for axis, length in ((unit, len(self.units)), (part, len(self.parts))):
            if len(axis) and (axis.min() < 0 or axis.max() >= length):
                raise ValueError("a unit or part stands outside the cube")
        return unit.astype(np.int64) * len(self.parts) + part

    def _add_chunk(self, places: Ints, columns: Bytes) -> None:
        self._refuse_strangers(columns)
        flat = self.counts.reshape(-1, self.layout.width)
        for item in self.layout.items:
            flat[:, item.cells] += _item_counts(item, places, columns, len(flat))
        for place, group in enumerate(self.layout.group_columns.values(), self.layout.cells):
            # The bytes of a row are all 255 exactly when their bitwise AND is.
            answered = np.bitwise_and.reduce(columns[list(group)], axis=0) != MISSING
            flat[:, place] += np.bincount(places[answered], minlength=len(flat)).astype(np.int32)

    def _refuse_strangers(self, columns: Bytes) -> None:
        questions = self.layout.edition.subquestions(self.layout.instrument)
        for column, limit, question in zip(columns, self.layout.limits, questions, strict=True):
            if ((column >= limit) & (column != MISSING)).any():
                raise AnswerError(question.code, "holds a byte that is no option of its scale")

    def options(self, question: str) -> Counts:
        """Plain option counts of one sub-question, `int32[unit, part, option]`."""
        for item in self.layout.items:
            for place, sub in enumerate(item.item.subquestions):
                if sub.code == question:
                    summed = self._item(item).sum(axis=2, dtype=np.int32)
                    return np.asarray(summed[:, :, place, : len(sub.scale.options)])
        raise KeyError(question)

    def _item(self, item: ItemCells) -> Counts:
        shape = (*self.counts.shape[:2], item.questions, item.questions, item.options)
        return self.counts[:, :, item.cells].reshape(shape)

    def respondents(self, group: str) -> Counts:
        """Respondents with an answer anywhere below a group, `int32[unit, part]`."""
        place = list(self.layout.group_columns).index(group)
        return self.counts[:, :, self.layout.cells + place]

    def unit_bytes(self, unit: int, part: int) -> bytes:
        """Counts of one unit and part as little-endian int32, for a store."""
        return bytes(self.counts[unit, part].astype("<i4").tobytes())

    def load_bytes(self, unit: int, part: int, data: bytes) -> None:
        """Put stored counts in place. Raises ValueError when they are of another layout."""
        counts = np.frombuffer(data, dtype="<i4")
        if len(counts) != self.layout.width:
            raise ValueError(f"{len(counts)} counts do not fit a layout of {self.layout.width}")
        self.counts[unit, part] = counts


def _item_counts(item: ItemCells, places: Ints, columns: Bytes, rows: int) -> Counts:
    """Cells of one item for a chunk, int32[rows, item.size]."""
    width = item.options + 1  # the last cell takes the unanswered and is dropped
    shape = (rows, item.questions, item.questions, width)
    codes = columns[item.columns.start : item.columns.stop]
    base = places * item.questions
    if item.questions > 1:
        answered = (codes != MISSING).sum(axis=0)
        base += np.maximum(answered, 1) - 1
    counts = np.empty(shape, dtype=np.int32)
    for place, code in enumerate(codes):
        keys = base * width + np.minimum(code, item.options)
        found = np.bincount(keys, minlength=rows * item.questions * width)
        counts[:, :, place, :] = found.reshape(rows, item.questions, width)
    return counts[..., : item.options].reshape(rows, item.size)


def unit_counts(cube: CountCube, unit: int) -> UnitCounts:
    """Counts of one unit (its place in the cube) as `score_unit` takes them."""
    items: dict[tuple[str, str], list[list[list[int]]]] = {}
    respondents: dict[tuple[str, str], int] = {}
    for place, part in enumerate(cube.parts):
        row = cube.counts[unit, place]
        for item in cube.layout.items:
            shape = (item.questions, item.questions, item.options)
            cells = row[item.cells].reshape(shape)
            if cells.any():
                items[item.item.code, part] = cells.tolist()
        for offset, group in enumerate(cube.layout.group_columns, cube.layout.cells):
            respondents[group, part] = int(row[offset])
    return UnitCounts(items, respondents)
