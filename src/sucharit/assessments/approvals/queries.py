"""Reads behind the pages of approval: the branch of a unit, one unit, what somebody owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.approvals import boards, progress, sentences, workflows
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.engine.approval import Acceptance, Authority, Flags, State, allowed
from sucharit.assessments.models import Approval, ApprovalEvent, UnlockRequest
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.registry import DeskItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit

VIEW, EDIT = "assessments.view", "assessments.edit"


@dataclass(frozen=True)
class Standing:
    """Where one unit stands for one reader."""

    unit: Unit
    state: State
    house: str  # of the chip
    word: str
    sentence: str
    may: Flags
    counts: progress.Counts
    complete: progress.Light | None
    timely: progress.Light | None
    has_below: bool = False


@dataclass(frozen=True)
class Branch:
    """A unit with the units just below it."""

    workflow: Workflow
    top: Standing
    rows: list[Standing]
    way: list[Unit]  # units above within the workflow and the reader's scope, from the top
    answers: int | None


def unit_of(user: Any, code: str) -> Unit:
    """A unit of the user's scope."""
    units = scope.limit(Unit.objects.all(), user, path_field="path", permission=VIEW)
    found = units.filter(code=code).first()
    if not isinstance(found, Unit):
        raise NotFoundInScope(_("There is no such unit."))
    return found


def start_unit(user: Any, workflow: Workflow, active: Unit | None) -> Unit:
    """Where a reader begins: his active unit if it has a place in the workflow, else his topmost."""
    seen = active is not None and scope.can(user, VIEW, active)
    if active is not None and seen and active in boards.load(workflow, within=active.path):
        return active
    if scope.can(user, VIEW, workflow.owner):
        return workflow.owner
    for path in scope.paths(user, VIEW):
        found = Unit.objects.filter(path=path).first()
        if isinstance(found, Unit) and found in boards.load(workflow, within=path):
            return found
    raise NotFoundInScope(_("There is no such assessment."))


def branch(user: Any, workflow: Workflow, unit: Unit) -> Branch:
    """The unit and those just below it, with states, completeness and what the reader may do."""
    loaded = boards.load(workflow, within=unit.path)
    counted = progress.roll_up(workflow, unit)
    below = loaded.board.children(unit.pk) if unit in loaded else []
    units = {u.pk: u for u in Unit.objects.filter(pk__in=[int(str(k)) for k in below])}
    rows = [
        standing(user, workflow, loaded, u, counted.children.get(u.path, progress.Counts()))
        for u in sorted(units.values(), key=lambda u: (u.sort_key, u.code))
    ]
    return Branch(
        workflow=workflow,
        top=standing(user, workflow, loaded, unit, counted.total),
        rows=progress.ranked(rows) if workflow.league else rows,
        way=_way(user, workflow, unit),
        answers=progress.answers(workflow, unit),
    )


def standing(
    user: Any, workflow: Workflow, loaded: boards.Loaded, unit: Unit, counts: progress.Counts
) -> Standing:
    """Where a unit stands for the reader."""
    board, found = loaded.board, boards.authorities(user, unit, workflow)
    state = board.state(unit.pk)
    house, word = sentences.WORDS[state]
    today, thai = clock.today(), (get_language() or "th").startswith("th")
    lit: Any = {"workflow": workflow, "today": today, "thai": thai}
    return Standing(
        unit=unit,
        state=state,
        house=house,
        word=str(word),
        sentence=sentences.sentence(
            state, sentences.audience(found, editor=_edits(user, unit)), loaded, unit, workflow
        ),
        may=allowed(state, found, acceptance=workflow.acceptance),
        counts=counts,
        complete=progress.light(counts.completeness, "completeness", **lit),
        timely=progress.light(counts.timeliness, "timeliness", **lit),
        has_below=bool(board.children(unit.pk)) if unit in loaded else False,
    )


def alone(user: Any, workflow: Workflow, unit: Unit) -> tuple[Standing, list[Unit]]:
    """One unit, and those it waits for (at most 20)."""
    loaded = boards.load(workflow, within=unit.path)
    found = standing(user, workflow, loaded, unit, progress.roll_up(workflow, unit).total)
    waits: list[Unit] = []
    if found.state is State.UNAPPROVED_WAITING:
        keys = [int(str(k)) for k in loaded.board.waiting(unit.pk).below[:20]]
        waits = list(Unit.objects.filter(pk__in=keys).by_name())
    return found, waits


def without_report_possible(workflow: Workflow, found: Standing) -> bool:
    """Whether the unit waits for its own report only, and the last day has passed."""
    waits = found.state is State.UNAPPROVED_WAITING and not found.has_below
    return waits and clock.today() > workflow.due_on


def history(workflow: Workflow, unit: Unit) -> QuerySet[Any]:
    """Every step of a unit, newest first."""
    rows = ApprovalEvent.objects.of(workflow.key).filter(unit=unit)
    return rows.select_related("by").order_by("-pk")


def open_request(workflow: Workflow, unit: Unit) -> UnlockRequest | None:
    """The unit's request that waits for a decision."""
    rows = UnlockRequest.objects.of(workflow.key).filter(unit=unit, state="open")
    found: UnlockRequest | None = rows.select_related("asked_by").first()
    return found


def may_decide(user: Any, workflow: Workflow, unit: Unit, request: UnlockRequest | None) -> bool:
    """Whether the user decides on the request (services ask again)."""
    if request is None or request.asked_by_id == user.pk:
        return False
    found = boards.authorities(user, unit, workflow)
    if found & {Authority.ACCEPT_LOWER, Authority.APPROVE_LOWER}:
        return True
    return unit.pk == workflow.owner.pk and Authority.APPROVE_OWN in found


def open_until(workflow: Workflow, unit: Unit) -> dt.date | None:
    """The last day of changes after an unlock, if one was granted and nothing was approved since."""
    row = Approval.objects.of(workflow.key).filter(unit=unit).first()
    return row.open_until if row else None


def desk_items(user: Any) -> Iterable[DeskItem]:
    """What somebody owes here: approve, accept where that is required, decide on unlocks."""
    grants = [
        (role, path)
        for role, path in scope.grants(user)
        if role in {RoleAssignment.Role.UNIT_HEAD, RoleAssignment.Role.MINISTRY_CENTRE}
    ]
    if not grants:
        return
    for flow in workflows.visible_to(user):
        if flow.source.state == "final":
            continue
        for path in {path for _role, path in grants}:
            yield from _duties(user, flow, path)
    yield from _requests(user)


def _duties(user: Any, flow: Workflow, path: str) -> Iterator[DeskItem]:
    unit = Unit.objects.filter(path=path).first()
    if not isinstance(unit, Unit):
        return
    loaded = boards.load(flow, within=path)
    if unit not in loaded:
        return
    own = Authority.APPROVE_OWN in boards.authorities(user, unit, flow)
    if own and loaded.board.state(unit.pk) is State.UNAPPROVED_READY:
        yield _item(flow, unit, _("Read and approve: %(title)s") % {"title": flow.title})
    if flow.acceptance is not Acceptance.REQUIRED:
        return
    waiting = [
        k for k in loaded.board.children(unit.pk) if loaded.board.state(k) is State.APPROVED_HERE
    ]
    for below in Unit.objects.filter(pk__in=[int(str(k)) for k in waiting]).by_name():
        title = _("Accept or return: %(unit)s") % {"unit": sentences.name(below)}
        yield _item(flow, below, title)


def _requests(user: Any) -> Iterator[DeskItem]:
    rows = UnlockRequest.objects.visible_to(user, VIEW).filter(state="open")
    for request in rows.select_related("unit"):
        flow = workflows.find(request.workflow)
        if may_decide(user, flow, request.unit, request):
            title = _("Decide on an unlock: %(unit)s") % {"unit": sentences.name(request.unit)}
            yield _item(flow, request.unit, title)


def _item(flow: Workflow, unit: Unit, title: str) -> DeskItem:
    return DeskItem(
        title=title,
        url=address(flow, unit),
        unit=sentences.name(unit),
        kind="assessments.approval",
        kind_label=_("Approval up the tree"),
        due_on=None,
        fiscal_year=flow.fiscal_year,
    )


def address(flow: Workflow, unit: Unit) -> str:
    """The page of a unit in a workflow."""
    return reverse(
        "assessments:approvals_unit", kwargs={"kind": flow.kind, "pk": flow.pk, "code": unit.code}
    )


def _edits(user: Any, unit: Unit) -> bool:
    """Whether the user works at this very unit."""
    return any(
        path == unit.path and EDIT in scope.PERMISSIONS[role] for role, path in scope.grants(user)
    )


def _way(user: Any, workflow: Workflow, unit: Unit) -> list[Unit]:
    top = len(workflow.owner.path) if unit.path.startswith(workflow.owner.path) else len(unit.path)
    paths = [unit.path[:end] for end in range(top, len(unit.path), Unit.steplen)]
    found = scope.limit(
        Unit.objects.filter(path__in=paths), user, path_field="path", permission=VIEW
    )
    return list(found.order_by("path"))
