"""Many units in a year: means, pass share, levels, ranks (ita.md §9.5), at the size of a nation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np
from django.conf import settings
from django.db.models import Q, QuerySet

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import NodeScore, RankSetting, ScoreRun, UnitResult
from sucharit.assessments.queries.results import INSTRUMENTS, band_rank, edition_of
from sucharit.assessments.queries.runtable import NONE, RunTable, run_table
from sucharit.core.rounding import hundredths as half_up_hundredths
from sucharit.orgs.models import Unit

CHUNK = 500  # rows read at a time where all of them are wanted


@dataclass(frozen=True)
class Standing:
    """One unit in a table of many. ``rank`` is dense, within its kind, by the displayed total."""

    unit: Unit
    result: UnitResult
    nodes: Mapping[str, NodeScore]
    rank: int | None
    change: int | None
    band: int = 0  # band_rank

    def hundredths(self, node: str) -> int | None:
        """The shown figure of a node, None when there is none."""
        found = self.nodes.get(node)
        return found.hundredths if found else None


class Row(NamedTuple):
    """Where a unit's result stands: the run's table and the place in it; ``total`` in hundredths."""

    unit: int
    total: int | None
    run: ScoreRun
    table: RunTable
    place: int


class Standings(Sequence[Standing]):
    """Rows in order, made into ``Standing`` only as far as somebody looks at them."""

    def __init__(
        self, rows: Sequence[Row], ranks: Mapping[int, int], fiscal_year: int, nodes: Sequence[str]
    ) -> None:
        self.rows, self.ranks, self.fiscal_year, self.nodes = rows, ranks, fiscal_year, nodes

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> list[Standing]: ...
    def __getitem__(self, at: int | slice) -> Standing | list[Standing]:
        if isinstance(at, slice):
            return self._made(self.rows[at])
        return self._made([self.rows[at]])[0]

    def __iter__(self) -> Iterator[Standing]:
        for start in range(0, len(self.rows), CHUNK):
            yield from self._made(self.rows[start : start + CHUNK])

    def only(self, units: Iterable[int]) -> Standings:
        """The rows of these units, in the same order and with the same ranks."""
        wanted = set(units)
        rows = [row for row in self.rows if row.unit in wanted]
        return Standings(rows, self.ranks, self.fiscal_year, self.nodes)

    @cached_property
    def _before(self) -> dict[tuple[int, bool], int]:
        return _totals_of(self.fiscal_year - 1)

    def _made(self, rows: Sequence[Row]) -> list[Standing]:
        ids = [int(row.table.result[row.place]) for row in rows]
        found = (
            UnitResult.objects.filter(pk__in=ids)
            .defer("explanation", "run__framework__document")
            .select_related("unit", "run__framework")
            .in_bulk()
        )
        nodes: dict[int, dict[str, NodeScore]] = {}
        for node in NodeScore.objects.filter(result__in=ids, node__in=self.nodes):
            nodes.setdefault(node.result_id, {})[node.node] = node
        return [self._standing(found[pk], nodes.get(pk, {})) for pk in ids]

    def _standing(self, result: UnitResult, nodes: Mapping[str, NodeScore]) -> Standing:
        assert result.unit is not None
        # Keyed by whether the figures are invented, too: an invented one is not compared with a real one.
        before = self._before.get((result.unit.pk, result.run.synthetic))
        total = result.total_hundredths
        change = total - before if total is not None and before is not None else None
        rank = self.ranks.get(result.unit.pk)
        return Standing(
            result.unit, result, nodes, rank, change, band_rank(result, _edition(result))
        )


@dataclass(frozen=True)
class GroupYear:
    """Statistics of many units (ita.md §9.5): unweighted means, pass share, levels."""

    standings: Standings
    means: Mapping[str, int]  # node → hundredths
    passed: int
    scored: int
    levels: list[tuple[str, str, str, int]]  # code, Thai, English, how many; best first
    excluded: int = 0  # units without a total
    ranked: bool = False  # whether places among units of a kind may be shown
    synthetic: bool = False

    @property
    def pass_share_hundredths(self) -> int | None:
        """Share of scored units that passed by their year's bands, in hundredths of a percent."""
        return half_up_hundredths(Fraction(100 * self.passed, self.scored)) if self.scored else None


def group_year(
    user: Any,
    units: QuerySet[Unit],
    fiscal_year: int,
    nodes: Iterable[str] = ("total", *INSTRUMENTS),
) -> GroupYear:
    """The standing of many units in a year, over what the user may see."""
    wanted = list(nodes)
    rows = _rows(user, units, fiscal_year, wanted)
    scored = [row for row in rows if row.total is not None]
    means = {node: mean for node in wanted if (mean := mean_of(rows, node)) is not None}
    ranked = ranks_shown(rows)
    return GroupYear(
        standings=Standings(rows, _ranks(scored) if ranked else {}, fiscal_year, wanted),
        means=means,
        passed=sum(int(row.table.passed[row.place]) == 1 for row in scored),
        scored=len(scored),
        levels=_levels(scored),
        excluded=len(rows) - len(scored),
        ranked=ranked,
        synthetic=any(run.synthetic for run in {row.run.pk: row.run for row in rows}.values()),
    )


def _rows(user: Any, units: QuerySet[Unit], fiscal_year: int, nodes: Sequence[str]) -> list[Row]:
    """The best visible result of each unit, highest total first, those without one last."""
    runs = list(
        # "computed" sorts before "published"
        ScoreRun.objects.filter(current=True, fiscal_year=fiscal_year)
        .select_related("round")
        .order_by("kind", "-public", "-pk")
    )
    if not runs:
        return []
    known = set(units.order_by().values_list("pk", flat=True))
    best: dict[int, Row] = {}
    used = set()
    for run in runs:
        table = run_table(run, nodes)
        seen = None if run.public else _seen(user, run)
        columns = (table.unit.tolist(), table.result.tolist(), table.total.tolist())
        for place, (unit, result, total) in enumerate(zip(*columns, strict=True)):
            if unit in known and unit not in best and (seen is None or result in seen):
                shown = None if total == NONE else total
                best[unit] = Row(unit, shown, run, table, place)
                used.add(run.pk)
    rows = list(best.values())
    if len(used) > 1:  # one table is in order already
        rows.sort(key=lambda r: (r.total is None, -(r.total or 0), r.table.sort_key[r.place]))
    return rows


def ranks_shown(rows: Sequence[Row]) -> bool:
    """Whether the owner of the rounds (of published figures: the ministry) lets places be shown."""
    runs = {row.run.pk: row.run for row in rows}.values()
    owners = {run.round.owner_id for run in runs if run.round is not None}
    shown = Q(owner__in=owners) if owners else Q(owner__code=settings.ROOT_UNIT)
    return bool(rows) and RankSetting.objects.filter(shown, shown=True).exists()


def _seen(user: Any, run: ScoreRun) -> set[int]:
    """Results of a run that is not announced which the user may see all the same."""
    visible = UnitResult.objects.visible_to(user).filter(run=run)
    return set(visible.order_by().values_list("pk", flat=True))


def mean_of(rows: Sequence[Row], node: str) -> int | None:
    """Unweighted mean of exact values, then half-up: never a mean of rounded figures."""
    tables = {id(row.table): row.table for row in rows}
    if len(tables) == 1:
        (table,) = tables.values()
        chosen = np.zeros(len(table.unit), dtype=np.bool_)
        chosen[[row.place for row in rows]] = True
        return table.nodes[node].mean_hundredths(chosen)
    texts = [row.table.nodes[node].exact[row.place] for row in rows]
    values = [Fraction(text) for text in texts if text]
    return half_up_hundredths(sum(values, Fraction(0)) / len(values)) if values else None


def _totals_of(fiscal_year: int) -> dict[tuple[int, bool], int]:
    """Announced totals of a year by unit and whether they are invented; computed before published."""
    found: dict[tuple[int, bool], int] = {}
    runs = ScoreRun.objects.filter(current=True, public=True, fiscal_year=fiscal_year)
    for run in runs.order_by("kind", "-pk"):
        table = run_table(run, ())
        for unit, total in zip(table.unit.tolist(), table.total.tolist(), strict=True):
            if total != NONE:
                found.setdefault((unit, run.synthetic), total)
    return found


def _ranks(scored: Sequence[Row]) -> dict[int, int]:
    """Dense rank on the displayed total within each kind of unit; ties share a rank."""
    ranks: dict[int, int] = {}
    place: dict[str, int] = {}
    last: dict[str, int | None] = {}
    for row in scored:  # best first
        kind = row.table.kind[row.place]
        if last.get(kind) != row.total:
            place[kind] = place.get(kind, 0) + 1
            last[kind] = row.total
        ranks[row.unit] = place[kind]
    return ranks


def _levels(scored: Sequence[Row]) -> list[tuple[str, str, str, int]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    highest: dict[str, int] = {}
    for row in scored:
        level = row.table.levels[int(row.table.level[row.place])]
        counts[level] += 1
        highest[level[0]] = max(highest.get(level[0], 0), row.total or 0)
    return [(*key, n) for key, n in sorted(counts.items(), key=lambda kv: -highest[kv[0][0]])]


_editions: dict[str, Edition | None] = {}


def _edition(result: UnitResult) -> Edition | None:
    """The edition of a result; a document with that hash never changes, so it is read once."""
    framework = result.run.framework
    if framework is None:
        return edition_of(result)  # depends on what is loaded now
    if framework.sha256 not in _editions:
        _editions[framework.sha256] = edition_of(result)
    return _editions[framework.sha256]
