"""Which counts make scores exact: the cells of one instrument.

A respondent's item score is the mean over the sub-questions he *answered*, and the item score is
the mean of these. With skipped sub-questions this is not a function of the plain option counts. It
is linear in the options once it is known how many sub-questions the respondent answered, so an item
of `s` sub-questions is counted in cells `[answered - 1, sub-question, option]`, `s * s * options`
of them (one sub-question: just its options). Summing over `answered` gives the plain option counts.

The cells hold no points: re-scoring with corrected points, another merge of the parts or another
shortfall policy is exact from them. What they cannot tell is any cross-table of two items.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .model import Edition, Item
from .packing import MISSING, AnswerError

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ItemCells:
    """Where the cells of one item stand and which columns of a packed row feed them."""

    item: Item
    first_column: int
    first_cell: int
    options: int
    """Options of the longest scale in the item; shorter ones leave their last cells at 0."""

    @property
    def questions(self) -> int:
        """Number of sub-questions."""
        return len(self.item.subquestions)

    @property
    def size(self) -> int:
        """Number of cells: answered × sub-question × option."""
        return self.questions * self.questions * self.options

    @property
    def columns(self) -> range:
        """Columns of the packed row."""
        return range(self.first_column, self.first_column + self.questions)

    @property
    def cells(self) -> slice:
        """Cells of the item inside a row of the cube."""
        return slice(self.first_cell, self.first_cell + self.size)

    def cell(self, answered: int, question: int, option: int) -> int:
        """Cell of one answer given by a respondent who answered `answered` sub-questions."""
        return (
            self.first_cell + ((answered - 1) * self.questions + question) * self.options + option
        )


@dataclass(frozen=True)
class Layout:
    """Cells of one instrument, then one "answered" count for each node of `group_columns`."""

    edition: Edition
    instrument: str
    items: tuple[ItemCells, ...] = field(init=False)
    columns: int = field(init=False)
    cells: int = field(init=False)

    def __post_init__(self) -> None:
        """Place the items one after the other."""
        items, column, cell = [], 0, 0
        for item in self.edition.items_of(self.instrument):
            options = max(len(question.scale.options) for question in item.subquestions)
            items.append(ItemCells(item, column, cell, options))
            column += items[-1].questions
            cell += items[-1].size
        object.__setattr__(self, "items", tuple(items))
        object.__setattr__(self, "columns", column)
        object.__setattr__(self, "cells", cell)

    @cached_property
    def group_columns(self) -> Mapping[str, tuple[int, ...]]:
        """Groups of the instrument (itself first) and the columns below them."""
        groups: dict[str, list[int]] = {self.instrument: []}
        for item in self.items:
            for code in self.edition.path(item.item.code)[1:-1]:
                groups.setdefault(code, []).extend(item.columns)
        return {code: tuple(columns) for code, columns in groups.items()}

    @cached_property
    def limits(self) -> Bytes:
        """Number of options of each column."""
        scales = [q.scale for item in self.items for q in item.item.subquestions]
        return np.array([len(scale.options) for scale in scales], dtype=np.uint8)

    @property
    def width(self) -> int:
        """Counts kept for one unit and part."""
        return self.cells + len(self.group_columns)

    def touched(self, row: bytes) -> Iterator[int]:
        """Positions to raise by one for one packed row; lets a store keep its counts up to date.

        Raises AnswerError for a row of the wrong length or a byte off the scale.
        """
        if len(row) != self.columns:
            raise AnswerError(self.instrument, f"a row has {self.columns} bytes, not {len(row)}")
        for item in self.items:
            given = [(place, row[column]) for place, column in enumerate(item.columns)]
            given = [(place, byte) for place, byte in given if byte != MISSING]
            for place, byte in given:
                if byte >= self.limits[item.first_column + place]:
                    question = item.item.subquestions[place].code
                    raise AnswerError(question, f"has no option at place {byte}")
                yield item.cell(len(given), place, byte)
        for place, columns in enumerate(self.group_columns.values()):
            if any(row[column] != MISSING for column in columns):
                yield self.cells + place
