"""What stands out in a workflow's figures: broken rules, values and changes far from their peers.

A hit is a reason to look, never a verdict: it carries the figures it rests on and is shown beside
lawful explanations; a person decides, and makes it an action item or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from sucharit.assessments.approvals import boards, figures, parameters
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.engine import outliers, validation
from sucharit.assessments.queries.report import text
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

RULE, LEVEL, CHANGE = "rule", "level", "change"
KINDS = (RULE, LEVEL, CHANGE)


@dataclass(frozen=True)
class Told:
    """A validation rule with the words people read."""

    rule: validation.ValidationRule
    framework: str  # "ita-*"
    first: int | None  # BE
    last: int | None
    title: dict[str, str]
    why: dict[str, str]
    source: dict[str, str]
    verified: bool

    def holds_for(self, code: str, year: int) -> bool:
        """Whether the rule is meant for a framework in a fiscal year."""
        in_time = (self.first or 0) <= year <= (self.last or 9999)
        return in_time and fnmatch(code, self.framework)


@dataclass(frozen=True)
class Hit:
    """One finding about one unit, with what it rests on (None: does not apply to the kind).

    ``ref`` is stable: the same finding has it again tomorrow. ``value`` is the unit's figure or
    change, ``median``, ``mad``, ``n``, ``method`` and ``z`` those of its peers; a rule has
    ``left``, ``operator``, ``right``.
    """

    workflow: Workflow
    unit: Unit
    kind: str
    what: str  # name of the figure, or code of the rule
    importance: str
    value: Fraction | None = None
    median: Fraction | None = None
    mad: Fraction | None = None
    n: int | None = None
    method: str = ""
    z: Fraction | None = None
    told: Told | None = None
    left: Fraction | None = None
    right: Fraction | None = None
    label: str = ""  # the figure's title in the page's language

    @property
    def ref(self) -> str:
        return f"{self.kind}.{self.what}"


@dataclass(frozen=True)
class Group:
    """A group of peers that was looked at, or was too small for it."""

    kind: str  # of unit
    what: str
    change: bool
    n: int
    status: str


@dataclass(frozen=True)
class Review:
    """All hits of a workflow that a reader may see, and what could not be compared."""

    hits: tuple[Hit, ...]
    too_small: tuple[Group, ...]
    compared: int  # units with figures
    rule: parameters.OutlierRule


@lru_cache
def rules() -> tuple[Told, ...]:
    """The validation rules of the data file, read once; RuleError for one that cannot be."""
    return tuple(
        Told(
            rule=validation.ValidationRule.read(
                r["id"], r["left"], r["operator"], r["right"], r["importance"]
            ),
            framework=r["framework"],
            first=int(r["years"]["from"]) if r["years"]["from"] else None,
            last=int(r["years"]["to"]) if r["years"]["to"] else None,
            title=r["title"],
            why=r["why"],
            source=r["source"],
            verified=r["verified"] == "yes",
        )
        for r in parameters.document("rules.yaml")["rules"]
    )


def review(user: Any, workflow: Workflow) -> Review:
    """Everything that stands out among the units whose figures the user may see."""
    now, before = figures.scores(workflow), figures.scores_before(workflow)
    counted = figures.counts(workflow)
    units = {u.pk: u for u in Unit.objects.filter(pk__in=_ids(now, counted))}
    rule = parameters.outliers(workflow.due_on)
    hits: list[Hit] = []
    small: list[Group] = []
    for change, values in ((False, now), (True, _changes(now, before))):
        for kind, what, peers in _peer_groups(values, units):
            got = outliers.spread(peers, rule.rule)
            if got.status != "ok":
                small.append(Group(kind, what, change, got.n, got.status))
            hits += [_outlier(workflow, units, what, got, p, change=change) for p in got.hits]
    hits += _broken(workflow, units, now, before, counted)
    titles = {name: text(label) for name, label in figures.labels(workflow).items()}
    seen = _seen(user, workflow)
    shown = sorted(
        (replace(h, label=titles.get(h.what, "")) for h in hits if h.unit.pk in seen), key=_order
    )
    return Review(tuple(shown), tuple(small), len(now), rule)


def find(user: Any, workflow: Workflow, code: str, ref: str) -> Hit | None:
    """One hit of a unit by its reference, as the user may see it."""
    return next(
        (h for h in review(user, workflow).hits if h.unit.code == code and h.ref == ref), None
    )


def _ids(*many: figures.ByUnit) -> set[int]:
    return {pk for each in many for pk in each}


def _changes(now: figures.ByUnit, before: figures.ByUnit) -> figures.ByUnit:
    found: figures.ByUnit = {}
    for pk, mine in now.items():
        theirs = before.get(pk, {})
        found[pk] = {name: v - theirs[name] for name, v in mine.items() if name in theirs}
    return found


def _peer_groups(
    values: figures.ByUnit, units: dict[int, Unit]
) -> Iterator[tuple[str, str, dict[Any, Fraction]]]:
    """Units of one kind with a value, by kind and figure."""
    groups: defaultdict[tuple[str, str], dict[Any, Fraction]] = defaultdict(dict)
    for pk, mine in values.items():
        for name, value in mine.items():
            groups[units[pk].kind, name][pk] = value
    for (kind, name), peers in groups.items():
        yield kind, name, peers


def _outlier(
    workflow: Workflow,
    units: dict[int, Unit],
    what: str,
    spread: outliers.Spread,
    place: outliers.Place,
    *,
    change: bool,
) -> Hit:
    pk: Any = place.key
    return Hit(
        workflow=workflow, unit=units[pk], kind=CHANGE if change else LEVEL, what=what,
        importance="high" if what == figures.TOTAL else "medium", value=place.value,
        median=spread.median, mad=spread.mad, n=spread.n, method=spread.method, z=place.z,
    )  # fmt: skip


def _broken(
    workflow: Workflow,
    units: dict[int, Unit],
    now: figures.ByUnit,
    before: figures.ByUnit,
    counted: figures.ByUnit,
) -> Iterator[Hit]:
    code = workflow.source.framework.code
    told = {t.rule: t for t in rules() if t.holds_for(code, workflow.fiscal_year)}
    if not told:
        return
    for pk, unit in units.items():
        last = {f"{name}_before": v for name, v in before.get(pk, {}).items()}
        mine = last | counted.get(pk, {}) | now.get(pk, {})
        for found in validation.broken(told, mine):
            yield Hit(
                workflow=workflow, unit=unit, kind=RULE, what=found.rule.code,
                importance=found.rule.importance, told=told[found.rule], left=found.left,
                right=found.right,
            )  # fmt: skip


def _seen(user: Any, workflow: Workflow) -> set[int]:
    """Units whose figures the reader may see: by result, and before the end by approval."""
    visible = figures.visible(workflow, user)
    if workflow.source.state == "final":
        return visible
    paths = [path for _role, path in scope.grants(user)]
    loaded = boards.load(workflow)
    places = {p.pk: p for p in loaded.by_path.values()}
    return {
        pk
        for pk in visible
        if pk in places and _readable(user, workflow, loaded, places[pk], paths)
    }


def _readable(
    user: Any,
    workflow: Workflow,
    loaded: boards.Loaded,
    place: boards.Place,
    paths: Iterable[str],
) -> bool:
    held = boards.authorities(user, place, workflow)
    for path in paths:
        viewer = loaded.by_path.get(path)
        if viewer is not None and loaded.board.readable(place.pk, viewer.pk, held):
            return True
    return False


def _order(hit: Hit) -> tuple[Any, ...]:
    away = -abs(hit.z) if hit.z is not None else Fraction(0)
    return (
        validation.IMPORTANCES.index(hit.importance),
        KINDS.index(hit.kind),
        away,
        hit.unit.code,
    )


def words(told: dict[str, str]) -> str:
    """A text of the data file in the page's language."""
    return told["th" if (get_language() or "th").startswith("th") else "en"]
