"""A unit's results over the years, ready to be compared: figures, breaks between editions, ranks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sucharit.assessments.engine import Edition, comparable, dense_ranks
from sucharit.assessments.engine.comparison import Comparison, YearFigures, compare, stretches
from sucharit.assessments.library.diff import Level, diff
from sucharit.assessments.models import Framework, RankSetting, UnitResult
from sucharit.assessments.queries import results
from sucharit.orgs.models import Unit

# What names an edition or speaks about it, and moves no figure.
IDENTITY = frozenset(
    {
        "calendar",
        "fiscal_year",
        "id",
        "note",
        "notes",
        "open_points",
        "source",
        "sources",
        "title",
        "verified",
        "version",
    }
)


@dataclass(frozen=True)
class Year:
    """One year's result with its figures; ``rank`` only where ranks are shown."""

    result: UnitResult
    framework: Framework | None
    figures: YearFigures | None
    rank: tuple[int, int] | None = None  # place, of how many

    @property
    def fiscal_year(self) -> int:
        return self.result.fiscal_year


@dataclass(frozen=True)
class Years:
    """All years of a unit, oldest first; ``steps`` compare each year with the one before it."""

    unit: Unit
    years: list[Year]
    steps: list[Comparison]
    breaks: dict[int, tuple[str, ...]]  # year → why no line may be drawn from the year before
    stretches: list[list[int]]
    owner: Unit | None  # who decides about ranks
    ranks_shown: bool

    @property
    def synthetic(self) -> bool:
        return any(year.result.run.synthetic for year in self.years)


def years_of(user: Any, unit: Unit) -> Years:
    """The years of a unit the user may see, compared one after the other."""
    rows = (
        UnitResult.objects.visible_to(user)
        .current()
        .filter(unit=unit)
        .select_related("run__framework", "run__round__owner", "unit")
        .prefetch_related("nodes")
    )
    best: dict[int, UnitResult] = {}
    for row in rows.order_by("run__kind", "-run__public", "-run_id"):
        best.setdefault(row.fiscal_year, row)
    found = [_year(best[year]) for year in sorted(best)]
    owner = next((y.result.run.round.owner for y in reversed(found) if y.result.run.round), None)
    shown = owner is not None and RankSetting.objects.filter(owner=owner, shown=True).exists()
    if shown:
        found = [_ranked(user, year) for year in found]
    steps, breaks = [], {}
    for before, after in pairwise(found):
        why = breaks_between(before, after)
        if why:
            breaks[after.fiscal_year] = why
        real = before.result.run.synthetic == after.result.run.synthetic
        if before.figures and after.figures and real:
            steps.append(compare(before.figures, after.figures, breaks=why))
    known = [y.figures for y in found if y.figures]
    return Years(unit, found, steps, breaks, stretches(known, breaks), owner, shown)


def _year(result: UnitResult) -> Year:
    framework = result.run.framework or (
        Framework.objects.filter(fiscal_year=result.fiscal_year, kind="ita")
        .order_by("-version")
        .first()
    )
    if framework is None:
        return Year(result, None, None)
    edition = Edition.from_document(framework.document)
    values = {n.node: value for n in result.nodes.all() if (value := _value(n)) is not None}
    counted = _counted(result.explanation, edition)
    return Year(
        result,
        framework,
        YearFigures(result.fiscal_year, edition, values, counted, result.total_hundredths),
    )


def _value(node: Any) -> Fraction | None:
    if node.exact:
        return Fraction(node.exact)
    return None if node.hundredths is None else Fraction(node.hundredths, 100)


def _counted(tree: dict[str, Any] | None, edition: Edition) -> dict[str, tuple[str, ...]]:
    """Indicators each instrument's mean was taken over, where the figure follows them."""
    found = {}
    for child in (tree or {"children": []})["children"]:
        if child["code"] in edition.instrument and child["rule"]["key"] == "group_mean":
            below = child["children"]
            if all(node["status"] != "insufficient" for node in below):
                used = [node["code"] for node in below if node["exact"] is not None]
                found[child["code"]] = tuple(used)
    return found


def breaks_between(before: Year, after: Year) -> tuple[str, ...]:
    """Why a line must not join two years; empty when their editions differ in nothing that counts."""
    why: list[str] = []
    if before.result.run.synthetic != after.result.run.synthetic:
        why.append("synthetic_differs")
    if before.framework is None or after.framework is None:
        return (*why, "edition_unknown")
    if before.framework.sha256 != after.framework.sha256:
        assert before.figures is not None
        assert after.figures is not None
        told = comparable(before.figures.edition, after.figures.edition)
        why += told or (("method_differs",) if _major(before.framework, after.framework) else ())
    return tuple(why)


def _major(old: Framework, new: Framework) -> bool:
    return _major_cached(old.pk, new.pk, old.sha256, new.sha256)


@lru_cache(maxsize=64)
def _major_cached(old: int, new: int, *_hashes: str) -> bool:
    """Whether two loaded editions differ in what moves figures (a loaded version never changes)."""
    documents = [
        {key: part for key, part in document.items() if key not in IDENTITY}
        for document in (
            Framework.objects.values_list("document", flat=True).get(pk=pk) for pk in (old, new)
        )
    ]
    return bool(diff(*documents).level == Level.MAJOR)


def _ranked(user: Any, year: Year) -> Year:
    """The year with the unit's dense place among units of its kind, on displayed totals."""
    unit = year.result.unit
    assert unit is not None
    totals: dict[str, int | None] = {}
    rows = results.results_of(user, year.fiscal_year).filter(
        unit__kind=unit.kind, run__synthetic=year.result.run.synthetic
    )
    for code, total in rows.order_by("run__kind", "-run__public", "-run_id").values_list(
        "unit__code", "total_hundredths"
    ):
        totals.setdefault(code, total)
    places = dense_ranks(totals)
    if unit.code not in places:
        return year
    place = places[unit.code], len(places)
    return Year(year.result, year.framework, year.figures, place)
