"""What a report of many units says: means, pass share, kinds, provinces, extremes, what was hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import Framework, NodeScore, ScoreRun
from sucharit.assessments.queries import groups
from sucharit.assessments.queries.groups import GroupYear, Row, Standing
from sucharit.assessments.queries.results import INSTRUMENTS
from sucharit.core.rounding import hundredths
from sucharit.orgs import labels
from sucharit.orgs.models import Unit

EXTREMES = 10  # units listed as weakest, risen, fallen


@dataclass(frozen=True)
class Part:
    """A part of the group (a kind, a province): figures in hundredths, None where nobody is scored."""

    code: str
    name: str
    units: int
    scored: int
    passed: int
    mean: int | None


@dataclass(frozen=True)
class IndicatorMean:
    """An indicator over the group: its mean and how many units lie under the pass mark."""

    code: str
    title_th: str
    title_en: str
    mean: int | None
    below: int
    known: int


@dataclass(frozen=True)
class GroupReport:
    """Everything a report of many units shows. ``unit`` None: all units of the ministry's round."""

    unit: Unit | None
    fiscal_year: int
    group: GroupYear
    before: GroupYear
    kinds: Sequence[Part]
    provinces: Sequence[Part]
    weakest: Sequence[Standing]
    risers: Sequence[Standing]
    fallers: Sequence[Standing]
    indicators: Sequence[IndicatorMean]  # mean under the pass mark, weakest first
    pass_mark: int | None  # hundredths
    hidden: Sequence[tuple[str, str, int]]  # node, why, in how many units
    runs: Sequence[ScoreRun]

    @property
    def mean(self) -> int | None:
        return self.group.means.get("total")

    @property
    def mean_change(self) -> int | None:
        """Difference of the displayed means; None where a year is missing or one of them is invented."""
        before = self.before.means.get("total")
        if self.mean is None or before is None or self.group.synthetic != self.before.synthetic:
            return None
        return self.mean - before

    @property
    def instruments(self) -> list[tuple[str, int | None]]:
        return [(code, self.group.means.get(code)) for code in INSTRUMENTS]


def group_report(user: Any, unit: Unit | None, fiscal_year: int) -> GroupReport:
    """The report of a unit with all below it, or of every unit, over what the user may see."""
    units = _units(unit)
    edition = _edition(fiscal_year)
    codes = [g.code for g in edition.indicators] if edition else []
    group = groups.group_year(user, units, fiscal_year, ("total", *INSTRUMENTS, *codes))
    # The same as the change on every page: against what was announced the year before.
    before = groups.group_year(AnonymousUser(), units, fiscal_year - 1, ("total", *INSTRUMENTS))
    rows = group.standings.rows
    scored = [row for row in rows if row.total is not None]
    mark = hundredths(edition.pass_mark) if edition and edition.pass_mark is not None else None
    risers, fallers = _moved(group, before)
    return GroupReport(
        unit=unit,
        fiscal_year=fiscal_year,
        group=group,
        before=before,
        kinds=_parts(rows, lambda row: row.table.kind[row.place], _kind_name),
        provinces=_provinces(rows),
        weakest=group.standings[max(len(scored) - EXTREMES, 0) : len(scored)][::-1],
        risers=risers,
        fallers=fallers,
        indicators=_indicators(group, edition, mark),
        pass_mark=mark,
        hidden=_hidden(rows),
        runs=_runs(rows),
    )


def _units(unit: Unit | None) -> QuerySet[Unit]:
    if unit is None:
        return Unit.objects.exclude(kind=Unit.Kind.MINISTRY)
    return Unit.objects.under(unit)


def _edition(fiscal_year: int) -> Edition | None:
    found = Framework.objects.filter(fiscal_year=fiscal_year, kind="ita").order_by("-version")
    framework = found.first()
    return Edition.from_document(framework.document) if framework else None


def _kind_name(kind: str) -> str:
    return str(labels.KINDS.get(kind, kind))


def _parts(
    rows: Sequence[Row], key: Callable[[Row], str], name: Callable[[str], str]
) -> list[Part]:
    """Figures of each part, best mean first, parts without one last."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if code := key(row):
            found.setdefault(code, []).append(row)
    parts = [
        Part(
            code=code,
            name=name(code),
            units=len(own),
            scored=sum(row.total is not None for row in own),
            passed=sum(int(row.table.passed[row.place]) == 1 for row in own),
            mean=groups.mean_of(own, "total"),
        )
        for code, own in found.items()
    ]
    return sorted(parts, key=lambda p: (p.mean is None, -(p.mean or 0), p.code))


def _provinces(rows: Sequence[Row]) -> list[Part]:
    """Units by the province they stand under (the province's own office included)."""
    provinces = Unit.objects.filter(kind__in=(Unit.Kind.PROVINCE, Unit.Kind.BANGKOK))
    heads = {path: (code, name) for path, code, name in _places(provinces)}
    if not heads:
        return []
    lengths = sorted({len(path) for path in heads})
    wanted = {row.unit for row in rows}
    home: dict[int, str] = {}
    for pk, path in Unit.objects.order_by().values_list("pk", "path"):
        above = next((path[:n] for n in lengths if path[:n] in heads), None)
        if pk in wanted and above is not None:
            home[pk] = above
    names = dict(heads.values())
    return _parts(
        rows, lambda row: heads[home[row.unit]][0] if row.unit in home else "", names.__getitem__
    )


def _places(units: QuerySet[Unit]) -> Iterable[tuple[str, str, str]]:
    return units.order_by().values_list("path", "code", "name_th")


def _moved(group: GroupYear, before: GroupYear) -> tuple[list[Standing], list[Standing]]:
    """Units that rose most and fell most; an invented figure is not compared with a real one."""
    old = {(row.unit, row.run.synthetic): row.total for row in before.standings.rows}
    change = {}
    for row in group.standings.rows:
        earlier = old.get((row.unit, row.run.synthetic))
        if row.total is not None and earlier is not None:
            change[row.unit] = row.total - earlier
    order = sorted(change, key=lambda unit: (-change[unit], unit))
    chosen = (
        [unit for unit in order[:EXTREMES] if change[unit] > 0],
        [unit for unit in order[::-1][:EXTREMES] if change[unit] < 0],
    )
    made = {s.unit.pk: s for s in group.standings.only({*chosen[0], *chosen[1]})}
    return [made[u] for u in chosen[0]], [made[u] for u in chosen[1]]


def _indicators(group: GroupYear, edition: Edition | None, mark: int | None) -> list[IndicatorMean]:
    if edition is None or mark is None:
        return []
    found = []
    for indicator in edition.indicators:
        mean = group.means.get(indicator.code)
        shown = [int(r.table.nodes[indicator.code].shown[r.place]) for r in group.standings.rows]
        known = [value for value in shown if value >= 0]
        if mean is not None and mean < mark:
            title = indicator.title
            below = sum(value < mark for value in known)
            found.append(IndicatorMean(indicator.code, title.th, title.en, mean, below, len(known)))
    return sorted(found, key=lambda i: i.mean or 0)


def why_hidden(status: str) -> str:
    """Why a figure is not there, in words."""
    words = {
        "missing": _("no data"),
        "not_applicable": _("does not apply"),
        "not_scored": _("the sample was too small to be scored"),
        "insufficient": _("hidden: too few respondents, or it would give such a figure away"),
    }
    return words.get(status, words["missing"])


def _hidden(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Totals and instruments that are not shown: node, why, how many units."""
    results = {int(row.table.result[row.place]) for row in rows}
    runs = {row.run.pk for row in rows}
    counts: Counter[tuple[str, str]] = Counter()
    nodes = NodeScore.objects.filter(
        result__run__in=runs, node__in=("total", *INSTRUMENTS), hundredths=None
    )
    for result, node, status in nodes.order_by().values_list("result_id", "node", "status"):
        if result in results:
            counts[node, status] += 1
    order = ("total", *INSTRUMENTS)
    found = sorted(counts.items(), key=lambda kv: (order.index(kv[0][0]), kv[0][1]))
    return [(node, why_hidden(status), n) for (node, status), n in found]


def _runs(rows: Sequence[Row]) -> list[ScoreRun]:
    found: Mapping[int, ScoreRun] = {row.run.pk: row.run for row in rows}
    ids = sorted(found)
    runs = ScoreRun.objects.filter(pk__in=ids).select_related("framework")
    return list(runs.defer("framework__document").order_by("pk"))
