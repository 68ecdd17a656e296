"""From the rows of a file to results: who is meant, which nodes exist, which level holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sucharit.assessments.engine import (
    TOTAL,
    Edition,
    Level,
    Status,
    UnitInput,
    UnitScore,
    display,
    explain,
    fraction_text,
    half_up,
    level_of,
    score_unit,
)
from sucharit.assessments.library import FileProblem, PublishedFile, PublishedResult
from sucharit.assessments.library.places import display_name
from sucharit.assessments.models import Framework, NodeScore, ScoreRun, UnitResult
from sucharit.core.errors import Refusal
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

Key = tuple[str, int, str]
Figures = dict[Key, tuple[Any, ...]]
#: Nodes that every year of ITA has; a year without a framework takes these only.
_COMMON = frozenset({TOTAL, "IIT", "EIT", "OIT", *(str(number) for number in range(1, 11))})


@dataclass(frozen=True)
class Entry:
    """The published figures of one unit (or group) in one year, from one file."""

    unit: Unit | None
    group: str
    year: int
    rows: tuple[PublishedResult, ...]
    framework: Framework | None
    edition: Edition | None
    sources: Mapping[str, str]

    @property
    def source(self) -> str:
        """The sources of the figures in full, in the order they are first named."""
        tags = [row.source.split() if self.sources else [row.source] for row in self.rows]
        texts = dict.fromkeys(self.sources.get(tag, tag) for found in tags for tag in found)
        return "; ".join(texts)[:300]

    @property
    def verified(self) -> bool:
        """Verified only when every figure is."""
        return all(row.verified for row in self.rows)

    @property
    def values(self) -> dict[str, Fraction]:
        """Exact value by node."""
        return {row.node: row.value for row in self.rows}

    def figures(self) -> Figures:
        """What is stored of the entry, for comparison with what is there."""
        code = self.unit.code if self.unit else f"group:{self.group}"
        level = self._level()
        scheme = self.edition.code if self.edition else ""
        rest = (level.code if level else "", scheme, self.source, self.verified)
        return {
            (code, self.year, node): (fraction_text(value), *rest)
            for node, value in self.values.items()
        }

    def result(self, run: ScoreRun) -> UnitResult:
        """The result row; a mean of many agencies has no level and neither passes nor fails."""
        level, total = self._level(), self.values.get(TOTAL)
        shown = None if total is None else half_up(total)
        return UnitResult(
            run=run,
            unit=self.unit,
            group=self.group,
            fiscal_year=self.year,
            total_hundredths=shown,
            level=level.code if level else "",
            level_th=level.label.th if level else "",
            level_en=level.label.en if level else "",
            passed=self._passed(shown),
            scheme=self.edition.code if self.edition else "",
            explanation=self._explanation(level),
        )

    def _passed(self, shown: int | None) -> bool | None:
        """Whether the total reaches a band that passes in the year's framework; unknown without one."""
        if shown is None or not self.unit or self.edition is None:
            return None
        floors = [band.min_total for band in self.edition.bands if band.passed]
        return shown >= 100 * min(floors) if floors else None

    def nodes(self, result: UnitResult) -> Iterable[NodeScore]:
        """One row per published figure; what was not published is not invented."""
        for node, value in self.values.items():
            yield NodeScore(
                result=result,
                node=node,
                status=NodeScore.Status.PUBLISHED,
                exact=fraction_text(value),
                value=float(value),
                hundredths=half_up(value),
            )

    def _level(self) -> Level | None:
        """The level as printed, else as the year's bands give it where they decide."""
        if self.edition is None or not self.unit:
            return None
        printed = next((row.level for row in self.rows if row.level), "")
        for band in self.edition.bands:
            if band.level == printed:
                return Level(band.level, band.label, band.passed)
        total = self.values.get(TOTAL)
        instruments = [self.values.get(i.code) for i in self.edition.instruments]
        shown = [None if value is None else half_up(value) for value in instruments]
        return level_of(self.edition, None if total is None else half_up(total), shown)

    def _explanation(self, level: Level | None) -> dict[str, Any] | None:
        """The tree with the published figures only, each with its source."""
        if self.edition is None:
            return None
        score = score_unit(self.edition, UnitInput(values=self.values))
        # The engine would go on from a single indicator; only what was published is shown here.
        nodes = {
            code: node
            if node.status is Status.PUBLISHED
            else replace(
                node, value=None, n=None, status=Status.MISSING, rule="missing", notes=(), parts=()
            )
            for code, node in score.nodes.items()
        }
        tree = dict(explain(self.edition, UnitScore(self.edition, nodes, level)))
        return self._sourced(tree)

    def _sourced(self, tree: dict[str, Any]) -> dict[str, Any]:
        notes = list(tree["notes"])
        for row in self.rows:
            if row.node == tree["code"]:
                text = "; ".join(self.sources.get(tag, tag) for tag in row.source.split())
                text = text if self.sources else row.source
                notes.append({"key": "source", "th": f"ที่มา: {text}", "en": f"Source: {text}"})
                if row.note:
                    notes.append({"key": "note", **row.note})
        children = [self._sourced(dict(child)) for child in tree["children"]]
        return {**tree, "notes": notes, "children": children}


def plan(file: PublishedFile) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of a file, and the units it names that are not known here.

    Raises Refusal naming file, row and cell when a table names an unknown unit, a node the year's
    framework has no place for, or a level it does not define. Bundled files name units with their
    titles; those not (yet) in the tree are skipped, so they can be loaded later.
    """
    units = _units(file)
    editions = _editions({row.year for row in file.results})
    problems = [p for row in file.results for p in _problems(file, row, units, editions)]
    if problems:
        problems.sort(key=lambda problem: problem.line)
        raise Refusal("\n".join(map(str, problems)), where=f"{problems[0].file}:{problems[0].line}")
    rows: dict[tuple[str, int], list[PublishedResult]] = {}
    skipped = {}
    for row in file.results:
        if row.unit in file.groups or row.unit in units:
            rows.setdefault((row.unit, row.year), []).append(row)
        else:
            skipped[row.unit] = True
    entries = []
    for (code, year), members in rows.items():
        framework, edition = editions.get(year, (None, None))
        unit = None if code in file.groups else units[code]
        group = "" if unit else code
        made = Entry(unit, group, year, tuple(members), framework, edition, file.sources)
        entries.append(made)
    return entries, tuple(sorted(skipped))


def _units(file: PublishedFile) -> dict[str, Unit]:
    codes = sorted({row.unit for row in file.results})
    found: dict[str, Unit] = {}
    for start in range(0, len(codes), 500):
        found |= Unit.objects.in_bulk(codes[start : start + 500], field_name="code")
    return found


def _editions(years: Iterable[int]) -> dict[int, tuple[Framework, Edition]]:
    loaded = Framework.objects.filter(fiscal_year__in=sorted(years), kind="ita").order_by("version")
    return {f.fiscal_year: (f, Edition.from_document(f.document)) for f in loaded}


def _problems(
    file: PublishedFile,
    row: PublishedResult,
    units: Mapping[str, Unit],
    editions: Mapping[int, tuple[Framework, Edition]],
) -> Iterable[FileProblem]:
    def problem(column: str, message: str) -> FileProblem:
        return FileProblem(display_name(file.path), row.line, row.place(column), message)

    if row.unit not in units and row.unit not in file.groups and row.unit not in file.units:
        yield problem("unit", f"no unit has the code {row.unit!r}")
    edition = editions[row.year][1] if row.year in editions else None
    nodes = frozenset(edition.nodes) if edition else _COMMON
    if row.node not in nodes:
        whose = edition.code if edition else f"a year without a framework ({row.year})"
        yield problem("node", f"{row.node!r} is no node of {whose}")
    if row.level and edition and row.level not in {band.level for band in edition.bands}:
        known = ", ".join(band.level for band in edition.bands)
        yield problem("level", f"{row.level!r} is no level of {edition.code}; known: {known}")
    if row.node == TOTAL and row.level and edition:
        yield from _level_problems(row, edition, problem)


def _level_problems(row: PublishedResult, edition: Edition, problem: Any) -> Iterable[FileProblem]:
    band = next((band for band in edition.bands if band.level == row.level), None)
    if band is not None and half_up(row.value) < band.min_total * 100:
        said = f"{display(row.value)} does not reach {row.level}, which starts at {band.min_total}"
        yield problem("level", said)
