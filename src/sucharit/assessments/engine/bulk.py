"""Scoring all units at once with numpy, equal to `score_unit` to the last shown digit.

Items are exact: sums and numbers of respondents are whole numbers, so an item's value is a pair of
int64. Means above them are float64, off by less than 1e-11 points (a few hundred operations on
values up to 100). A shown value could only be wrong within that distance of a rounding tie; every
such case is computed again in whole numbers. Levels come from shown values and so are exact too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .cube import CountCube
from .exact import half_up
from .layout import ItemCells
from .levels import levels_of
from .model import TOTAL, Edition, EitMerge, Item, NodeKind, ShortfallMode
from .pairs import Pair, added, item_sums, merged, part_weights
from .results import Status
from .sample import sample_sizes
from .scoring import require_items

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STATUSES = tuple(Status)
"""Meaning of the bytes in `BulkScores.status`."""
NOT_SUBMITTED, NOT_APPLICABLE = -1, -2
"""Marks that are no points."""
_OK, _MISSING, _NA, _NOT_SCORED, _PUBLISHED = range(5)
_TIE = 1e-10


@dataclass(frozen=True)
class BulkInput:
    """What is known about many units; the columns of `UnitInput`.

    `cubes` by instrument hold the units in the order of `units`. `marks[item]` is int16[units]: the
    place in the item's allowed points, NOT_SUBMITTED or NOT_APPLICABLE; None = no marks are known.
    `values` and `population` are keyed by (place of the unit, node or instrument).
    """

    edition: Edition
    units: tuple[str, ...]
    cubes: Mapping[str, CountCube] = field(default_factory=dict)
    marks: Mapping[str, npt.NDArray[np.int16]] | None = None
    values: Mapping[tuple[int, str], Fraction] = field(default_factory=dict)
    population: Mapping[tuple[int, str], int] = field(default_factory=dict)


class BulkScores:
    """Scores of all units; arrays are [node, unit] in the order of `edition.nodes` and `units`.

    `value` float64, NaN = none · `shown` int64 in units of the last digit, -1 = none · `n` int64
    respondents, -1 = nobody is asked · `status` uint8 (see STATUSES) · `level` int16 [unit]: place
    in `edition.bands`, -1 = cannot be told, -2 = not scored.
    """

    def __init__(self, given: BulkInput, merge: EitMerge, shortfall: ShortfallMode) -> None:
        self.given = given
        self.edition = given.edition
        self.units = given.units
        self.row = {code: place for place, code in enumerate(self.edition.nodes)}
        shape = (len(self.edition.nodes), len(given.units))
        self.value: Floats = np.full(shape, np.nan)
        self.shown: Ints = np.full(shape, -1)
        self.n: Ints = np.full(shape, -1)
        self.status: npt.NDArray[np.uint8] = np.full(shape, _MISSING, np.uint8)
        self._merge = merge
        self._shortfall = shortfall
        self._pairs: dict[str, Pair] = {}
        self._zeroed: dict[str, Flags] = {}
        self._published = self._masks()
        self._run()
        codes = [instrument.code for instrument in self.edition.instruments]
        self.level: npt.NDArray[np.int16] = levels_of(
            self.edition, self.shown[0], self.shown[[self.row[code] for code in codes]]
        )
        self.level[self.status[0] == _NOT_SCORED] = -2

    def exact(self, unit: int, code: str = TOTAL) -> Fraction | None:
        """Exact value of a node of one unit, None where it has none."""
        if np.isnan(self.value[self.row[code], unit]):
            return None
        return Fraction(*self._exact(unit, code))

    def _masks(self) -> dict[str, Flags]:
        masks: dict[str, Flags] = {}
        for unit, code in self.given.values:
            masks.setdefault(code, np.zeros(len(self.units), bool))[unit] = True
        return masks

    def _run(self) -> None:
        for code, cube in self.given.cubes.items():
            require_items(self.edition, code)
            for cells in cube.layout.items:
                self._survey_item(cube, cells)
        for code in reversed(self.edition.nodes):
            kind = self.edition.node_kind[code]
            if kind is NodeKind.ITEM:
                self._item(self.edition.item[code])
            elif kind is NodeKind.TOTAL:
                self._total()
            else:
                self._group(code)
            if kind is NodeKind.INSTRUMENT:
                self._check_sample(code)
            self._publish(code)
            if code not in self._pairs:
                self._show(code)

    # --- items

    def _survey_item(self, cube: CountCube, cells: ItemCells) -> None:
        sums, people, scale = item_sums(cube, cells)
        row, code = self.row[cells.item.code], cells.item.code
        weights = part_weights(self._merge, cube.parts)
        pair = merged(sums, people, scale, weights, self.edition.rounding.digits)
        answered = pair.den > 0
        self.n[row] = people.sum(axis=0)
        self._pairs[code] = pair
        self.status[row][answered] = _OK
        digits = 10**self.edition.rounding.digits
        shown = (2 * digits * pair.num + pair.den) // np.maximum(2 * pair.den, 1)
        self.shown[row][answered] = shown[answered]
        self.value[row][answered] = pair.num[answered] / pair.den[answered]

    def _item(self, item: Item) -> None:
        row = self.row[item.code]
        if item.surveyed:
            if item.code not in self._pairs:
                self.n[row] = 0
            return
        marks = self.given.marks
        if marks is None:
            return
        none = np.full(len(self.units), NOT_SUBMITTED, np.int16)
        mark = marks.get(item.code, none)
        silent = mark == NOT_SUBMITTED
        for code in self.edition.path(item.code):
            if code in self._published:
                silent &= ~self._published[code]
        points = np.array([float(value) for value in item.allowed_points])
        given = mark >= 0
        self.value[row][given] = points[mark[given]]
        self.value[row][silent] = 0
        self.status[row][given | silent] = _OK
        self.status[row][mark == NOT_APPLICABLE] = _NA

    # --- groups

    def _group(self, code: str) -> None:
        row, children = self.row[code], [self.row[c] for c in self.edition.children(code)]
        used, total, na = np.zeros(len(self.units), np.int64), np.zeros(len(self.units)), 0
        unknown = np.zeros(len(self.units), bool)
        for child in children:
            known = ~np.isnan(self.value[child])
            used += known
            total += np.where(known, self.value[child], 0.0)
            unknown |= known & (self.n[child] < 0)
            na = na + (self.status[child] == _NA)
        has = used > 0
        self.value[row][has] = total[has] / used[has]
        self.status[row][has] = _OK
        if children:
            self.status[row][~has & (na == len(children))] = _NA
        instrument = self.edition.instrument_of(code)
        if self.edition.instrument[instrument].surveyed:
            cube = self.given.cubes.get(instrument)
            asked = cube is not None and code in cube.layout.group_columns
            self.n[row] = cube.respondents(code).sum(axis=1) if cube and asked else 0
            # Respondents are not known where a published figure stands in below.
            self.n[row][unknown] = -1

    def _check_sample(self, code: str) -> None:
        rule, row = self.edition.sample_rule, self.row[code]
        if rule is None or not self.edition.instrument[code].surveyed:
            return
        heads = {u: n for (u, i), n in self.given.population.items() if i == code}
        if not heads or self._shortfall is ShortfallMode.WARN:
            return
        units = np.array(list(heads))
        needed = sample_sizes(rule, np.array(list(heads.values())))
        short = np.zeros(len(self.units), bool)
        people = self.n[row][units]
        short[units] = (people >= 0) & (people < needed)
        if self._shortfall is ShortfallMode.ZERO:
            self.value[row][short] = 0
            self.status[row][short] = _OK
            self._zeroed[code] = short
        else:
            self.value[row][short] = np.nan
            self.status[row][short] = _NOT_SCORED

    def _total(self) -> None:
        rows = [self.row[instrument.code] for instrument in self.edition.instruments]
        weights = np.array([float(instrument.weight) for instrument in self.edition.instruments])
        total = (weights[:, None] * self.value[rows]).sum(axis=0)
        self.value[0] = total
        self.status[0] = np.where(np.isnan(total), _MISSING, _OK)
        short = (self.status[rows] == _NOT_SCORED).any(axis=0)
        self.status[0][np.isnan(total) & short] = _NOT_SCORED
        surveyed = [self.row[i.code] for i in self.edition.instruments if i.surveyed]
        if surveyed:
            people = self.n[surveyed]
            self.n[0] = np.where((people >= 0).all(axis=0), people.sum(axis=0), -1)

    def _publish(self, code: str) -> None:
        if code not in self._published:
            return
        row, mask = self.row[code], self._published[code]
        self.status[row][mask] = _PUBLISHED
        self.n[row][mask] = -1
        for unit in np.flatnonzero(mask).tolist():
            value = self.given.values[unit, code]
            self.value[row, unit] = float(value)
            self.shown[row, unit] = half_up(value, self.edition.rounding.digits)

    # --- what is shown

    def _show(self, code: str) -> None:
        """Round half-up; cases near a tie are decided in whole numbers."""
        row, digits = self.row[code], 10**self.edition.rounding.digits
        known = np.flatnonzero(~np.isnan(self.value[row]))
        scaled = self.value[row][known] * digits + 0.5
        floor = np.floor(scaled)
        self.shown[row][known] = floor.astype(np.int64)
        near = np.abs(scaled - np.rint(scaled)) < max(_TIE * digits, 1e-9)
        for unit in known[near].tolist():
            num, den = self._exact(unit, code)
            self.shown[row, unit] = (2 * digits * num + den) // (2 * den)

    def _exact(self, unit: int, code: str) -> tuple[int, int]:
        """Value as a quotient of whole numbers, not reduced. Only for nodes that have a value."""
        status = self.status[self.row[code], unit]
        if status == _PUBLISHED:
            return self.given.values[unit, code].as_integer_ratio()
        if code in self._pairs:
            pair = self._pairs[code]
            return int(pair.num[unit]), int(pair.den[unit])
        if code in self.edition.item:
            return self._mark(unit, self.edition.item[code])
        if code in self._zeroed and self._zeroed[code][unit]:
            return 0, 1
        if code == TOTAL:
            weighted = [
                (i.weight * Fraction(*self._exact(unit, i.code))).as_integer_ratio()
                for i in self.edition.instruments
            ]
            return added(weighted)
        children = [
            child
            for child in self.edition.children(code)
            if not np.isnan(self.value[self.row[child], unit])
        ]
        num, den = added([self._exact(unit, child) for child in children])
        return num, den * len(children)

    def _mark(self, unit: int, item: Item) -> tuple[int, int]:
        marks = self.given.marks or {}
        place = int(marks[item.code][unit]) if item.code in marks else NOT_SUBMITTED
        return (0, 1) if place < 0 else item.allowed_points[place].as_integer_ratio()


def score_units(
    given: BulkInput, *, eit_merge: EitMerge | None = None, shortfall: ShortfallMode | None = None
) -> BulkScores:
    """Score many units; the rules of the edition hold unless replaced. Raises InputError."""
    edition = given.edition
    return BulkScores(given, eit_merge or edition.eit_merge, shortfall or edition.shortfall)
