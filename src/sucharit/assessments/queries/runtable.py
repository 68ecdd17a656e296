"""The figures of one run as arrays, kept in memory: a run never changes once it is stored.

A national round has 8,323 units; a page that reads them all as rows takes seconds, the arrays a few
milliseconds. Only figures are kept here, never who may see them: that is asked anew by every page.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from django.db.models import Count, F, Max

from sucharit.assessments.models import NodeScore, ScoreRun, UnitResult
from sucharit.core.rounding import hundredths as half_up_hundredths

NONE = -1
Ints = npt.NDArray[np.int64]
_KEEP = 12  # runs; a national one takes about 3 MB
_TIE = 1e-6


@dataclass(frozen=True)
class NodeColumn:
    """One node over all units of a run: shown hundredths (-1 none), value, exact text "n/d"."""

    shown: Ints
    value: npt.NDArray[np.float64]
    exact: Sequence[str]

    def mean_hundredths(self, rows: npt.NDArray[np.bool_]) -> int | None:
        """Unweighted mean of the exact values of the chosen rows, half-up; None without a value."""
        known = rows & ~np.isnan(self.value)
        n = int(known.sum())
        if not n:
            return None
        scaled = float(self.value[known].sum()) / n * 100 + 0.5
        if abs(scaled - round(scaled)) > _TIE:
            return int(np.floor(scaled))
        # So near to a tie the floats don't decide.
        values = [Fraction(self.exact[i]) for i in np.flatnonzero(known).tolist()]
        return half_up_hundredths(sum(values, Fraction(0)) / n)


@dataclass(frozen=True)
class RunTable:
    """Rows of a run with a unit, highest total first, those without one last, then by name.

    Result and unit ids, the unit's kind and place in the alphabet as they were when the table was
    read, shown total (-1 none), level, passed (1, 0, -1).
    """

    result: Ints
    unit: Ints
    kind: Sequence[str]
    sort_key: Sequence[str]
    total: Ints
    level: Ints
    levels: Sequence[tuple[str, str, str]]  # code, Thai, English
    passed: Ints
    nodes: Mapping[str, NodeColumn]


_tables: OrderedDict[tuple[object, ...], RunTable] = OrderedDict()
_lock = threading.Lock()


def run_table(run: ScoreRun, nodes: Sequence[str]) -> RunTable:
    """The table of a run with at least these nodes; read once, then from memory."""
    rows = UnitResult.objects.filter(run=run).exclude(unit=None)
    # The count and the highest id tell a run that is still being filled from the finished one.
    size = rows.aggregate(n=Count("pk"), last=Max("pk"))
    key = (run.pk, run.at, size["n"], size["last"], tuple(nodes))
    with _lock:
        if key in _tables:
            _tables.move_to_end(key)
            return _tables[key]
    table = _read(run, nodes)
    with _lock:
        _tables[key] = table
        while len(_tables) > _KEEP:
            _tables.popitem(last=False)
    return table


def _read(run: ScoreRun, nodes: Sequence[str]) -> RunTable:
    rows = list(
        UnitResult.objects.filter(run=run)
        .exclude(unit=None)
        .order_by(F("total_hundredths").desc(nulls_last=True), "unit__sort_key", "pk")
        .values_list(
            "pk", "unit_id", "total_hundredths", "passed", "level", "level_th", "level_en",
            "unit__kind", "unit__sort_key",
        )
    )  # fmt: skip
    place = {row[0]: i for i, row in enumerate(rows)}
    levels: dict[tuple[str, str, str], int] = {}
    level = [levels.setdefault((row[4], row[5], row[6]), len(levels)) for row in rows]
    return RunTable(
        result=np.array([row[0] for row in rows], dtype=np.int64),
        unit=np.array([row[1] for row in rows], dtype=np.int64),
        kind=[row[7] for row in rows],
        sort_key=[row[8] for row in rows],
        total=np.array([NONE if row[2] is None else row[2] for row in rows], dtype=np.int64),
        level=np.array(level, dtype=np.int64),
        levels=list(levels),
        passed=np.array([NONE if row[3] is None else int(row[3]) for row in rows], dtype=np.int64),
        nodes={node: _column(run, node, place) for node in nodes},
    )


def _column(run: ScoreRun, node: str, place: Mapping[int, int]) -> NodeColumn:
    shown = np.full(len(place), NONE, dtype=np.int64)
    value = np.full(len(place), np.nan)
    exact = [""] * len(place)
    rows = NodeScore.objects.filter(result__run=run, node=node).values_list(
        "result_id", "hundredths", "exact"
    )
    for result, hundredths, text in rows.iterator(chunk_size=5_000):
        i = place.get(result)
        if i is None:
            continue
        shown[i] = NONE if hundredths is None else hundredths
        exact[i] = text
        if text:
            fraction = Fraction(text)
            value[i] = fraction.numerator / fraction.denominator
    return NodeColumn(shown, value, exact)
