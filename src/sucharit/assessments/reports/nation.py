"""The national file: one row a unit, every node with its status, read in chunks (open data of a year)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import Framework, NodeScore, ScoreRun, UnitResult
from sucharit.assessments.queries import groups
from sucharit.assessments.queries.groups import Row
from sucharit.assessments.reports.files import Column
from sucharit.core.exports import safe_text
from sucharit.core.rounding import hundredths_text
from sucharit.orgs.models import Unit

CHUNK = 500
SCORE = "DECIMAL(7,2)"
ABSENT = "absent"  # the run says nothing of this node (a published result known at the top only)
HEAD = (
    Column("unit"), Column("name_th"), Column("name_en"), Column("kind"), Column("province"),
    Column("fiscal_year", "INTEGER"), Column("source"), Column("run", "BIGINT"),
    Column("run_kind"), Column("computed_at", "TIMESTAMPTZ"), Column("framework"),
    Column("announced", "BOOLEAN"), Column("verified", "BOOLEAN"), Column("synthetic", "BOOLEAN"),
    Column("level"), Column("level_th"), Column("passed", "BOOLEAN"),
)  # fmt: skip


@dataclass(frozen=True)
class Nation:
    """The units of a year a reader may see, best total first, and the nodes that are known of them."""

    rows: Sequence[Row]
    nodes: Sequence[str]

    @property
    def columns(self) -> list[Column]:
        made = list(HEAD)
        for node in self.nodes:
            made += [Column(node, SCORE), Column(f"{node}_status")]
        return made

    def cells(self, *, guarded: bool) -> Iterator[list[str]]:
        """Rows as text; ``guarded``: text a spreadsheet would run gets an apostrophe (CSV)."""
        runs = {row.run.pk: row.run for row in self.rows}
        versions = _versions(runs)
        homes = _provinces()
        for start in range(0, len(self.rows), CHUNK):
            chunk = self.rows[start : start + CHUNK]
            ids = [int(row.table.result[row.place]) for row in chunk]
            results = UnitResult.objects.defer("explanation").select_related("unit").in_bulk(ids)
            scores = _scores(ids)
            for pk, row in zip(ids, chunk, strict=True):
                head = _head(results[pk], row.run, versions, homes)
                known = scores.get(pk, {})
                tail = [cell for node in self.nodes for cell in known.get(node, ("", ABSENT))]
                yield [*([safe_text(cell) for cell in head] if guarded else head), *tail]


def nation(user: Any, fiscal_year: int) -> Nation:
    """What a reader may see of a year: announced results for everybody."""
    found = groups.group_year(user, Unit.objects.all(), fiscal_year, ())
    rows = found.standings.rows
    runs = {row.run.pk for row in rows}
    known = set(
        NodeScore.objects.filter(result__run__in=runs)
        .order_by()
        .values_list("node", flat=True)
        .distinct()
    )
    return Nation(rows, _in_order(known, fiscal_year))


def _in_order(known: set[str], fiscal_year: int) -> list[str]:
    """Nodes in the order of the year's framework; what it does not know comes last."""
    framework = (
        Framework.objects.filter(fiscal_year=fiscal_year, kind="ita").order_by("-version").first()
    )
    order = Edition.from_document(framework.document).nodes if framework else ("total",)
    return [node for node in order if node in known] + sorted(known - set(order))


def _versions(runs: Mapping[int, ScoreRun]) -> dict[int, str]:
    """Framework and version of each run, without reading the documents."""
    ids = {run.framework_id for run in runs.values() if run.framework_id}
    found = Framework.objects.filter(pk__in=ids).values_list("pk", "code", "version")
    names = {pk: f"{code} v{version}" for pk, code, version in found}
    return {pk: names.get(run.framework_id or 0, "") for pk, run in runs.items()}


def _provinces() -> dict[str, str]:
    kinds = (Unit.Kind.PROVINCE, Unit.Kind.BANGKOK)
    return dict(Unit.objects.filter(kind__in=kinds).order_by().values_list("path", "code"))


def _head(
    result: UnitResult, run: ScoreRun, versions: Mapping[int, str], homes: Mapping[str, str]
) -> list[str]:
    unit = result.unit
    assert unit is not None  # rows of a run table have one
    steps = range(unit.steplen, len(unit.path) + 1, unit.steplen)
    home = next((homes[unit.path[:n]] for n in steps if unit.path[:n] in homes), "")
    at = timezone.localtime(run.at).isoformat(sep=" ", timespec="seconds")
    return [
        unit.code, unit.name_th, unit.name_en, unit.kind, home, str(result.fiscal_year), run.source,
        str(run.pk), run.kind, at, versions[run.pk], _truth(run.public), _truth(run.verified),
        _truth(run.synthetic), result.level, result.level_th, _truth(result.passed),
    ]  # fmt: skip


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _scores(results: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    found: dict[int, dict[str, tuple[str, str]]] = {}
    rows = NodeScore.objects.filter(result__in=results).order_by()
    for result, node, value, status in rows.values_list(
        "result_id", "node", "hundredths", "status"
    ):
        text = "" if value is None else hundredths_text(value)
        found.setdefault(result, {})[node] = (text, status)
    return found
