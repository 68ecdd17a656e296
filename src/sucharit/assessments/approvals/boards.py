"""The engine's board of a workflow, read from the database: units that take part, and all above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sucharit.assessments.approvals import reports
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.engine.approval import Authority, Board, Facts, Node
from sucharit.assessments.models import Approval
from sucharit.core.actors import System
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

STEP = Unit.steplen
APPROVE, MANAGE, READ_ALL = "assessments.approve", "assessments.manage", "ledger.view"


@dataclass(frozen=True)
class Place:
    """A unit on the board."""

    pk: int
    path: str
    depth: int
    kind: str
    member: bool  # it takes part itself; False: it only stands above units that do


@dataclass(frozen=True)
class Loaded:
    """A board with its units; ``by_path`` in the order of the tree."""

    board: Board
    by_path: dict[str, Place]

    def __contains__(self, unit: Unit) -> bool:
        return unit.path in self.by_path


def load(workflow: Workflow, *, within: str = "", reported: Iterable[int] = ()) -> Loaded:
    """The branch at or below the path ``within`` with everything above it, up to the owner.

    ``reported``: units (pk) that are let through without a report. Three queries.
    """
    if not workflow.running:
        return Loaded(Board([]), {})
    taken: dict[str, Place] = {}
    done: dict[int, bool] = {}
    rows = reports.members(workflow, within)
    for pk, path, depth, kind, final in rows.values_list(
        "unit_id", "unit__path", "unit__depth", "unit__kind", "done"
    ):
        taken[path] = Place(pk, path, depth, kind, member=True)
        done[pk] = bool(final)
    _add_above(taken, done, workflow, within)
    by_path = dict(sorted(taken.items()))
    let = set(reported)
    nodes = [
        Node(
            key=p.pk,
            parent=_parent(p, by_path),
            level=p.depth,
            approves=_signs(p, workflow),
            complete=p.pk in let or done.get(p.pk, True),
        )
        for p in by_path.values()
    ]
    return Loaded(
        Board(nodes, _facts(workflow, within, by_path), acceptance=workflow.acceptance), by_path
    )


def _add_above(
    taken: dict[str, Place], done: dict[int, bool], workflow: Workflow, within: str
) -> None:
    """Units between those that take part and the owner, whether they take part or not."""
    top = workflow.owner.path
    starts = {*taken, within} - {""}
    needed = {
        path[:end]
        for path in starts
        if path.startswith(top)
        for end in range(len(top), len(path), STEP)
    } - set(taken)
    if not taken:
        return
    if within and within.startswith(top) and within not in taken:
        needed.add(within)  # it has units below it
    if not needed:
        return
    for unit in _units_at(needed):
        taken[unit.path] = Place(unit.pk, unit.path, unit.depth, unit.kind, member=False)
    if within:
        above = {p.pk: p for path, p in taken.items() if len(path) < len(within)}
        rows = reports.members(workflow).filter(unit_id__in=list(above))
        for pk, final in rows.values_list("unit_id", "done"):
            taken[above[pk].path] = replace(above[pk], member=True)
            done[pk] = bool(final)


def _units_at(paths: set[str]) -> Iterable[Unit]:
    """Units at these paths; many are read as a range, which every database takes."""
    if len(paths) <= 400:
        return Unit.objects.filter(path__in=paths)
    ranged = Unit.objects.filter(path__gte=min(paths), path__lte=max(paths)).exclude(
        kind="subdistrict"
    )
    return (u for u in ranged if u.path in paths)


def _parent(place: Place, by_path: dict[str, Place]) -> int | None:
    path = place.path[:-STEP]
    while path:
        if path in by_path:
            return by_path[path].pk
        path = path[:-STEP]
    return None


def _signs(place: Place, workflow: Workflow) -> bool:
    """The owner always signs; others when their kind does."""
    if workflow.signing is None or place.path == workflow.owner.path:
        return True
    return place.kind in workflow.signing


def _facts(workflow: Workflow, within: str, by_path: dict[str, Place]) -> dict[Any, Facts]:
    rows = Approval.objects.of(workflow.key).filter(approved_level__isnull=False)
    if within:
        lone = [p.pk for path, p in by_path.items() if len(path) < len(within)]
        rows = rows.filter(unit__path__gte=within, unit__path__lt=within + "~") | rows.filter(
            unit_id__in=lone
        )
    return {
        unit: Facts(level, accepted=accepted)
        for unit, level, accepted in rows.values_list("unit_id", "approved_level", "accepted")
    }


def authorities(user: Any, unit: Any, workflow: Workflow) -> frozenset[Authority]:
    """What a user may do about a unit: by the roles he holds at it, and at units above it.

    A head signs for the unit of his role and, standing above, for units below; heads above and the
    centre that runs the workflow accept and give back. The centre signs for the owner itself.
    """
    if isinstance(user, System):
        return frozenset(Authority)
    found: set[Authority] = set()
    for role, path in scope.grants(user):
        held = scope.PERMISSIONS[role]
        if not unit.path.startswith(path):
            continue
        here = unit.path == path
        if APPROVE in held:
            found.add(Authority.APPROVE_OWN if here else Authority.APPROVE_LOWER)
        if here and MANAGE in held and path == workflow.owner.path:
            found.add(Authority.APPROVE_OWN)
        if not here and held & {APPROVE, MANAGE}:
            found.add(Authority.ACCEPT_LOWER)
        if held & {MANAGE, READ_ALL}:
            found.add(Authority.VIEW_UNAPPROVED)
    return frozenset(found)
