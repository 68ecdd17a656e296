"""Many units in a year: means, pass share, levels, ranks (ita.md §9.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import NodeScore, UnitResult
from sucharit.assessments.queries.results import INSTRUMENTS, band_rank, edition_of, results_of
from sucharit.core.rounding import hundredths as half_up_hundredths
from sucharit.orgs.models import Unit


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


@dataclass(frozen=True)
class GroupYear:
    """Statistics of many units (ita.md §9.5): unweighted means, pass share, levels."""

    standings: list[Standing]
    means: Mapping[str, int]  # node → hundredths
    passed: int
    scored: int
    levels: list[tuple[str, str, str, int]]  # code, Thai, English, how many; best first
    excluded: list[Unit] = field(default_factory=list)  # without a total
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
    rows = (
        results_of(user, fiscal_year)
        .filter(unit__in=units.values("pk"))
        .select_related("unit", "run__framework")
    )
    rows = rows.prefetch_related(
        Prefetch("nodes", queryset=NodeScore.objects.filter(node__in=wanted))
    )
    best: dict[int, UnitResult] = {}
    for row in rows.order_by(
        "run__kind", "-run__public", "-run_id"
    ):  # "computed" sorts before "published"
        assert row.unit_id is not None
        best.setdefault(row.unit_id, row)
    # Keyed by whether the figures are invented, too: an invented one is not compared with a real one.
    last = {
        (unit, synthetic): total
        for unit, synthetic, total in results_of(user, fiscal_year - 1)
        .filter(unit__in=list(best))
        .order_by("-run__kind")
        .values_list("unit_id", "run__synthetic", "total_hundredths")
    }
    ranks = _ranks(list(best.values()))
    one_each = {r.run.framework_id: r for r in best.values()}
    editions = {framework: edition_of(r) for framework, r in one_each.items()}
    standings = [
        _standing(r, ranks, last.get((pk, r.run.synthetic)), editions[r.run.framework_id])
        for pk, r in best.items()
    ]
    standings.sort(
        key=lambda s: (
            s.result.total_hundredths is None,
            -(s.result.total_hundredths or 0),
            s.unit.sort_key,
        )
    )
    scored = [s for s in standings if s.result.total_hundredths is not None]
    return GroupYear(
        standings=standings,
        means={
            node: mean
            for node in wanted
            if (mean := _mean(s.nodes.get(node) for s in standings)) is not None
        },
        passed=sum(s.result.passed is True for s in scored),
        scored=len(scored),
        levels=_levels(scored),
        excluded=[s.unit for s in standings if s.result.total_hundredths is None],
        synthetic=any(s.result.run.synthetic for s in standings),
    )


def _standing(
    result: UnitResult, ranks: Mapping[int, int], before: int | None, edition: Edition | None
) -> Standing:
    assert result.unit is not None
    total = result.total_hundredths
    change = total - before if total is not None and before is not None else None
    return Standing(
        result.unit,
        result,
        {n.node: n for n in result.nodes.all()},
        ranks.get(result.pk),
        change,
        band_rank(result, edition),
    )


def _ranks(results: list[UnitResult]) -> dict[int, int]:
    """Dense rank on the displayed total within each kind of unit; ties share a rank."""
    ranks: dict[int, int] = {}
    for kind in {r.unit.kind for r in results if r.unit}:
        own = [r for r in results if r.unit and r.unit.kind == kind]
        totals = {r.pk: r.total_hundredths for r in own if r.total_hundredths is not None}
        places = {total: i for i, total in enumerate(sorted(set(totals.values()), reverse=True), 1)}
        ranks |= {pk: places[total] for pk, total in totals.items()}
    return ranks


def _mean(scores: Iterable[NodeScore | None]) -> int | None:
    """Unweighted mean of exact values, then half-up: never a mean of rounded figures."""
    values = [Fraction(s.exact) for s in scores if s is not None and s.exact]
    return half_up_hundredths(sum(values, Fraction(0)) / len(values)) if values else None


def _levels(scored: list[Standing]) -> list[tuple[str, str, str, int]]:
    counts = Counter((s.result.level, s.result.level_th, s.result.level_en) for s in scored)
    lowest: dict[str, int] = {}
    for s in scored:
        total = s.result.total_hundredths or 0
        lowest[s.result.level] = max(lowest.get(s.result.level, 0), total)
    return [(*key, n) for key, n in sorted(counts.items(), key=lambda kv: -lowest[kv[0][0]])]
