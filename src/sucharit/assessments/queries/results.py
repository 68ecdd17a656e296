"""Results as pages, reports and the API show them. All scoped by ``visible_to``; nothing is computed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import Framework, NodeScore, ScoreRun, UnitResult
from sucharit.orgs.models import Unit

INSTRUMENTS = ("IIT", "EIT", "OIT")


def band_rank(result: UnitResult, edition: Edition | None) -> int:
    """Where a level stands for its colour and icon: 5 best … 3 still passed, 2 and 1 not; 0 without a level."""
    if not result.level and result.passed is None:
        return 0
    bands = [b.level for b in edition.bands if b.passed == result.passed] if edition else []
    place = bands.index(result.level) if result.level in bands else 1
    return max(5 - place, 3) if result.passed else max(2 - place, 1)


@dataclass(frozen=True)
class Figure:
    """One shown figure: hundredths (None: see ``status``), respondents, change since last year in hundredths."""

    node: str
    title_th: str
    title_en: str
    hundredths: int | None
    status: str
    n: int | None = None
    change: int | None = None
    weight: str = ""


@dataclass(frozen=True)
class UnitYear:
    """A unit's result of a fiscal year, with what is needed to show and to explain it."""

    result: UnitResult
    figures: Mapping[str, Figure]
    edition: Edition | None
    previous: UnitResult | None
    comparable: bool  # the same framework edition shape last year; False asks for a warning
    rank: int = 0  # band_rank

    def group(self, parent: str) -> list[Figure]:
        """Figures of a node's children, in the framework's order."""
        if self.edition is None:
            return []
        return [self.figures[c] for c in self.edition.children(parent) if c in self.figures]


def results_of(user: Any, fiscal_year: int) -> QuerySet[UnitResult]:
    """Current results of a year the user may see."""
    return UnitResult.objects.visible_to(user).current().filter(fiscal_year=fiscal_year)


def best_result(user: Any, unit: Unit, fiscal_year: int) -> UnitResult | None:
    """The unit's result of the year: computed before published, announced before internal."""
    found = list(
        results_of(user, fiscal_year)
        .filter(unit=unit)
        .select_related("run__framework", "run__round", "unit")
    )
    order = {ScoreRun.Kind.COMPUTED: 0, ScoreRun.Kind.PUBLISHED: 1}
    found.sort(key=lambda r: (order[ScoreRun.Kind(r.run.kind)], not r.run.public, -r.run_id))
    return found[0] if found else None


def edition_of(result: UnitResult) -> Edition | None:
    """The edition a result was computed with; of published results the year's framework, when it is known."""
    framework = result.run.framework
    if framework is None:
        framework = (
            Framework.objects.filter(fiscal_year=result.fiscal_year, kind="ita")
            .order_by("-version")
            .first()
        )
    return Edition.from_document(framework.document) if framework else None


def unit_year(user: Any, unit: Unit, fiscal_year: int) -> UnitYear | None:
    """Everything a unit's result page shows, or None when there is nothing the user may see."""
    result = best_result(user, unit, fiscal_year)
    if result is None:
        return None
    previous = best_result(user, unit, fiscal_year - 1)
    if previous is not None and previous.run.synthetic != result.run.synthetic:
        previous = None  # an invented figure is not compared with a real one
    before = {n.node: n.hundredths for n in previous.nodes.all()} if previous else {}
    edition = edition_of(result)
    figures = {n.node: _figure(n, edition, before.get(n.node)) for n in result.nodes.all()}
    same = previous is not None and _shape(edition) == _shape(edition_of(previous))
    return UnitYear(result, figures, edition, previous, same, band_rank(result, edition))


def _shape(edition: Edition | None) -> tuple[str, ...] | None:
    return tuple(edition.nodes) if edition else None


def _figure(score: NodeScore, edition: Edition | None, before: int | None) -> Figure:
    title = edition.titles.get(score.node) if edition else None
    change = (
        score.hundredths - before if score.hundredths is not None and before is not None else None
    )
    return Figure(
        score.node,
        title.th if title else score.node,
        title.en if title else score.node,
        score.hundredths,
        score.status,
        score.n,
        change,
    )


@dataclass(frozen=True)
class YearMark:
    """One point of a unit's history."""

    fiscal_year: int
    hundredths: int | None
    level_th: str
    level_en: str
    kind: str
    source: str
    verified: bool
    synthetic: bool


def history(user: Any, unit: Unit) -> list[YearMark]:
    """A unit's totals over the years, oldest first; computed before published in the same year."""
    rows = UnitResult.objects.visible_to(user).current().filter(unit=unit).select_related("run")
    best: dict[int, UnitResult] = {}
    for row in rows.order_by("run__kind", "-run__public", "-run_id"):
        best.setdefault(row.fiscal_year, row)
    return [_year_mark(row) for _, row in sorted(best.items())]


def group_history(group: str) -> list[YearMark]:
    """Published means of a group ("nation", "moi"), oldest first."""
    rows = UnitResult.objects.filter(
        group=group, unit=None, run__current=True, run__public=True
    ).select_related("run")
    return [_year_mark(row) for row in rows.order_by("fiscal_year")]


def _year_mark(row: UnitResult) -> YearMark:
    run = row.run
    return YearMark(
        row.fiscal_year,
        row.total_hundredths,
        row.level_th,
        row.level_en,
        run.kind,
        run.source,
        run.verified,
        run.synthetic,
    )


def explanation(
    result: UnitResult, node: str
) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """The explanation of one node and its ancestors (top first), or None when it isn't there."""
    trail: list[dict[str, Any]] = []

    def find(tree: dict[str, Any]) -> dict[str, Any] | None:
        if tree["code"] == node:
            return tree
        trail.append(tree)
        for child in tree["children"]:
            if (found := find(child)) is not None:
                return found
        trail.pop()
        return None

    if not result.explanation:
        return None
    found = find(result.explanation)
    return (found, trail) if found else None


def years_with_results(user: Any) -> list[int]:
    """Fiscal years that have something to show, newest first."""
    some = Exists(UnitResult.objects.filter(run=OuterRef("pk")))
    runs = ScoreRun.objects.filter(some, current=True)
    years = set(runs.filter(public=True).values_list("fiscal_year", flat=True))
    # Of runs that are not announced only who may see a result of them learns the year.
    for run in runs.filter(public=False).exclude(fiscal_year__in=years):
        if UnitResult.objects.visible_to(user).filter(run=run).exists():
            years.add(run.fiscal_year)
    return sorted(years, reverse=True)
