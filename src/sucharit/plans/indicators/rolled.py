"""Roll-up over the tree: every indicator of a year, every unit below a unit, in a handful of queries.

Units that should have a figure: those with a verified one, and those with a target and nobody below them
who has either (a target that a unit reaches through its parts is no duty to report by itself). A unit's
figure is its own work and is added to those below it; only what the platform counts itself
(``measured_by``) stands for a whole subtree and hides what lies below.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, Max, Q, QuerySet, When
from django.db.models.functions import Coalesce

from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.attainment import Attainment, Goal, attain
from sucharit.plans.engine.figures import of_e4
from sucharit.plans.engine.rollup import Part, Rolled, result
from sucharit.plans.engine.rollup.tree import Parts, Wanted, subtree_parts, years_of
from sucharit.plans.indicators import data, queries
from sucharit.plans.models import Actual, Baseline, Indicator, Target

OFFICIAL, SUBMITTED = "official", "submitted"


@dataclass(frozen=True)
class Node:
    """A unit of the tree at its place."""

    pk: int
    path: str
    kind: str


@dataclass(frozen=True)
class Tree:
    """Roll-ups of a subtree, made when asked for. ``nodes`` in path order, the asked unit first."""

    unit: Unit
    fiscal_year: int
    nodes: tuple[Node, ...]
    indicators: tuple[Indicator, ...]
    parts: tuple[Parts, ...]
    places: dict[int, int]  # unit id → place
    as_of: dict[int, dt.datetime]  # indicator id → newest verification in the subtree

    def part(self, number: int, unit_id: int) -> Part:
        """What the unit's subtree carries of the indicator at place ``number``."""
        return self.parts[number][self.places[unit_id]]

    def rolled(self, number: int, unit_id: int) -> Rolled:
        """The indicator's figure of a unit's subtree, with how it came about."""
        return result(self.part(number, unit_id), queries.rule_of(self.indicators[number]))


@dataclass(frozen=True)
class RolledRow:
    """An indicator rolled up at a unit, against the unit's own target."""

    indicator: Indicator
    rolled: Rolled
    target: Target | None
    attainment: Attainment
    level: int | None
    as_of: dt.datetime | None


def roll_tree(
    user: Any,
    unit: Unit,
    fiscal_year: int,
    *,
    status: str = OFFICIAL,
    until: dt.date | None = None,
    indicators: QuerySet[Indicator] | None = None,
) -> Tree:
    """Every indicator of the year that the reader may see, rolled up over the unit's subtree.

    ``status`` "official": verified figures; "submitted": also those handed in. ``until``: only periods
    that had ended on the day (CE). NotFoundInScope: the unit is not the reader's.
    """
    if not scope.can(user, "view", unit):
        raise NotFoundInScope("No such unit within your scope.")
    nodes = _nodes(unit)
    places = {n.pk: at for at, n in enumerate(nodes)}
    paths = [n.path for n in nodes]
    ends = np.searchsorted(np.array(paths), np.array([p + "~" for p in paths]))
    keys = np.array([n.pk for n in nodes])
    targets = _targets(unit, fiscal_year)
    wanted = Indicator.objects.visible_to(user) if indicators is None else indicators
    found = tuple(wanted.filter(pk__in=_in_year(fiscal_year)).order_by("code", "version"))
    rows = _located(_rows(unit, fiscal_year, found, status, until), found, keys)
    asked = _wanted(found, nodes, ends, rows, _located(targets, found, keys))
    years = years_of(rows, asked, len(nodes))
    return Tree(
        unit, fiscal_year, nodes, found,
        tuple(subtree_parts(y, ends) for y in years), places, _as_of(unit, fiscal_year),
    )  # fmt: skip


def rows_at(tree: Tree, unit: Unit) -> list[RolledRow]:
    """The tree's indicators at one of its units, held against that unit's targets.

    Left out: what has neither figure nor target there, and what is never rolled up.
    """
    targets = queries.yearly_targets(unit, tree.fiscal_year)
    bases = queries.baselines(unit, tree.fiscal_year, [i.pk for i in tree.indicators])
    made = []
    for number, indicator in enumerate(tree.indicators):
        if indicator.over_space == Indicator.OverSpace.NONE:
            continue
        rolled = tree.rolled(number, unit.pk)
        target = targets.get(indicator.pk)
        if not rolled.expected and not rolled.apart_expected and target is None:
            continue
        made.append(_row(tree, indicator, rolled, target, bases.get(indicator.pk)))
    return made


def _row(
    tree: Tree, indicator: Indicator, rolled: Rolled, target: Target | None, base: Baseline | None
) -> RolledRow:
    goal = queries.goal_of(indicator, target, base)
    if rolled.rule == "count_met":
        # The figure is a share of units; a target in the indicator's own unit says nothing of it.
        goal = Goal("increase", None, measure="percent")
    reached = attain(rolled.value, goal)
    level = data.level_of(reached.percent, tree.fiscal_year)
    as_of = tree.as_of.get(indicator.pk) if rolled.reported else None
    return RolledRow(indicator, rolled, target, reached, level, as_of)


def _nodes(unit: Unit) -> tuple[Node, ...]:
    rows = Unit.objects.under(unit).order_by().values_list("pk", "path", "kind")
    return tuple(sorted((Node(*row) for row in rows), key=lambda n: n.path))


def _in_year(fiscal_year: int) -> QuerySet[Any]:
    """Indicators with a target or a figure in the year."""
    held = Target.objects.filter(fiscal_year=fiscal_year, superseded=False).order_by()
    told = Actual.objects.filter(fiscal_year=fiscal_year).order_by()
    return held.values("indicator_id").distinct().union(told.values("indicator_id").distinct())


def _fetch(rows: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """The plain tuples of a values_list, past the layers that cost more than the database here."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _below(rows: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    if unit.is_root() and Unit.objects.filter(depth=1).count() == 1:
        return rows  # everything: no need to look each unit up
    return rows.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")


def _targets(unit: Unit, fiscal_year: int) -> list[tuple[Any, ...]]:
    rows = Target.objects.filter(
        fiscal_year=fiscal_year, period="year", superseded=False
    ).order_by()
    fields = ("indicator_id", "unit_id", "value_e4", Coalesce("upper_e4", "value_e4"))
    return _fetch(_below(rows, unit).order_by("indicator_id", "unit_id").values_list(*fields))


def _rows(
    unit: Unit,
    fiscal_year: int,
    indicators: Sequence[Indicator],
    status: str,
    until: dt.date | None,
) -> list[tuple[Any, ...]]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for indicator in indicators:
        by_kind[indicator.frequency].append(indicator.pk)
    if not by_kind:
        return []
    which = Q()
    for kind, ids in by_kind.items():
        last = periods.PARTS[kind] if until is None else periods.ended(fiscal_year, kind, until)
        which |= Q(period=kind, seq__lte=last) if len(by_kind) == 1 else Q(
            period=kind, seq__lte=last, indicator__in=ids
        )  # fmt: skip
    rows = Actual.objects.filter(which, fiscal_year=fiscal_year)
    rows = (
        rows.filter(official=True)
        if status == OFFICIAL
        else rows.filter(latest=True, status__in=queries.SHOWN)
    )
    fields = (
        "indicator_id", "unit_id", "seq", Coalesce("numerator_e4", 0), Coalesce("denominator_e4", 0),
        Coalesce("value_e4", 0), Case(When(value_e4=None, then=0), default=1),
    )  # fmt: skip
    return _fetch(
        _below(rows, unit).order_by("indicator_id", "unit_id", "seq").values_list(*fields)
    )


def _located(rows: list[tuple[Any, ...]], indicators: Sequence[Indicator], keys: Any) -> Any:
    """Rows as whole numbers, ids replaced by places; rows of other units or indicators left out."""
    width = len(rows[0]) if rows else 7
    table = np.array(rows, dtype=np.int64).reshape(len(rows), width)
    for column, wanted in ((0, np.array([i.pk for i in indicators], np.int64)), (1, keys)):
        order = np.argsort(wanted)
        at = np.searchsorted(wanted, table[:, column], sorter=order)
        at = order[np.minimum(at, len(order) - 1)] if len(order) else at
        keep = wanted[at] == table[:, column] if len(order) else np.zeros(len(table), bool)
        table[:, column] = at
        table = table[keep]
    return table[np.argsort(table[:, 0], kind="stable")]


def _wanted(
    indicators: Sequence[Indicator], nodes: Sequence[Node], ends: Any, rows: Any, targets: Any
) -> list[Wanted]:
    told, aimed = (_flags(t, len(indicators), len(nodes)) for t in (rows, targets))
    running = np.concatenate(
        (np.zeros((len(indicators), 1), np.int64), np.cumsum(told | aimed, axis=1)), axis=1
    )
    below = running[:, ends] - running[:, np.arange(1, len(nodes) + 1)]
    expected = told | (aimed & (below == 0))
    capital = [n.path for n in nodes if n.kind == Unit.Kind.BANGKOK]
    apart = np.array([any(n.path.startswith(p) for p in capital) for n in nodes], bool)
    made = []
    for number, indicator in enumerate(indicators):
        counts = indicator.over_space == Indicator.OverSpace.COUNT_MET
        made.append(
            Wanted(
                queries.rule_of(indicator),
                expected[number],
                _goals(indicator, targets[targets[:, 0] == number]) if counts else {},
                apart if counts else None,
                covers=bool(indicator.measured_by),
                periods=periods.PARTS[indicator.frequency],
            )
        )
    return made


def _goals(indicator: Indicator, targets: Any) -> dict[int, Goal]:
    return {
        place: Goal(indicator.direction, of_e4(value), of_e4(upper), None, indicator.measure)
        for _n, place, value, upper in targets.tolist()
    }


def _flags(rows: Any, indicators: int, units: int) -> Any:
    made = np.zeros((indicators, units), bool)
    made[rows[:, 0], rows[:, 1]] = True
    return made


def _as_of(unit: Unit, fiscal_year: int) -> dict[int, dt.datetime]:
    rows = _below(Actual.objects.filter(fiscal_year=fiscal_year, official=True).order_by(), unit)
    return dict(rows.values_list("indicator_id").annotate(newest=Max("verified_at")))
