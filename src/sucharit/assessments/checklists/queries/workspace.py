"""A unit's workspace: one sentence on where it stands, its sections with progress, its items with their state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.checklists import judging, values
from sucharit.assessments.checklists.base import answers_of, sheet_of, stages_of
from sucharit.assessments.checklists.queries.reading import actions_of, state_of
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.models import (
    CampaignUnit,
    ChecklistAnswer,
    ChecklistAssignment,
    ChecklistEvent,
    ChecklistState,
)
from sucharit.assessments.proof import services as proof
from sucharit.assessments.services.steps import day_text
from sucharit.core import clock


@dataclass(frozen=True)
class Row:
    """An item in the list. ``state``: answered, not_applicable, confirm, begun, missing."""

    item: SheetItem
    answer: ChecklistAnswer | None
    state: str
    evidence: int
    assignment: ChecklistAssignment | None
    comment: str  # of the head or a colleague, to be worked on

    @property
    def title(self) -> str:
        return values.words(self.item.label) or self.item.id

    @property
    def value(self) -> str:
        return values.shown(self.item, self.answer.value) if self.answer else ""

    @property
    def done(self) -> bool:
        return self.state in {"answered", "not_applicable"}


@dataclass(frozen=True)
class Group:
    """A section with its rows."""

    id: str
    title: str
    rows: list[Row]

    @property
    def done(self) -> int:
        return sum(r.done for r in self.rows)


@dataclass(frozen=True)
class Workspace:
    """Everything the workspace and item pages show."""

    cu: CampaignUnit
    state: ChecklistState
    stages: tuple[str, ...]
    groups: list[Group]
    actions: frozenset[str]
    returned: ChecklistEvent | None
    assignments: list[ChecklistAssignment] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [r for g in self.groups for r in g.rows]

    @property
    def done(self) -> int:
        return sum(r.done for r in self.rows)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def to_confirm(self) -> list[Row]:
        return [r for r in self.rows if r.state == "confirm"]

    def row(self, item: str) -> Row | None:
        """A row by its item's id; None where the item does not apply now."""
        return next((r for r in self.rows if r.item.id == item), None)

    def beside(self, item: str) -> tuple[str, str]:
        """Ids of the items before and after, "" at the ends."""
        ids = [r.item.id for r in self.rows]
        at = ids.index(item) if item in ids else 0
        before = ids[at - 1] if at > 0 else ""
        return before, ids[at + 1] if at + 1 < len(ids) else ""


def workspace(user: Any, cu: CampaignUnit) -> Workspace:
    """The workspace of a unit as a user sees it (a fixed number of queries)."""
    state = state_of(cu)
    answers = answers_of(cu)
    uses = proof.attached_by_item(campaign_unit=cu)
    assignments = list(
        cu.checklist_assignments.select_related("account", "made_by").prefetch_related("events")
    )
    judged = judging.judge(cu, judging.answered(answers.values()))
    returned = last_return(cu, state)
    comments = dict(returned.comments) if returned else {}
    of_item = {i: a for a in assignments for i in a.items}
    shown = {i.id for i in judging.relevant_items(judged, cu)}
    groups = []
    for section in sheet_of(cu).sections:
        rows = [
            _row(item, answers.get(item.id), uses.get(item.id, []), of_item.get(item.id), comments)
            for item in section.items
            if item.id in shown
        ]
        if rows:
            groups.append(Group(section.id, values.words(section.title), rows))
    return Workspace(
        cu, state, stages_of(cu), groups, actions_of(user, cu, state), returned, assignments
    )


def last_return(cu: CampaignUnit, state: ChecklistState) -> ChecklistEvent | None:
    """What the head wants changed, while it has not been handed in again."""
    if state.state != workflow.DRAFT or state.pk is None:
        return None
    found = (
        cu.checklist_events.filter(kind__in=["returned", "reopened", "submitted"])
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    return found if found is not None and found.kind != "submitted" else None


def sentence(space: Workspace) -> str:
    """Where the checklist stands and who must act next, in one sentence."""
    state, campaign = space.state, space.cu.campaign
    words = {
        "done": space.done,
        "total": space.total,
        "day": day_text(campaign.closes_on),
        "review": day_text(campaign.review_to)
        if campaign.review_to
        else _("the day the owner names"),
        "object": day_text(state.objections_to) if state.objections_to else "",
        "decide": day_text(state.decide_by) if state.decide_by else "",
    }
    return _sentence(space, state) % words


def _sentence(space: Workspace, state: ChecklistState) -> str:
    campaign = space.cu.campaign
    if campaign.state == "draft":
        return _("The campaign has not been opened yet: its owner has to open it first.")
    if state.state in {workflow.DRAFT, workflow.SUBMITTED} and campaign.state != "open":
        return _("Answering has ended and nothing was approved, so nobody marks this unit.")
    if state.state == workflow.DRAFT and clock.today() > campaign.closes_on:
        return _(
            "The last day, %(day)s, has passed: only the campaign's owner can give more time now."
        )
    if state.state == workflow.DRAFT:
        return _draft_sentence(space)
    return {
        workflow.SUBMITTED: lambda: _(
            "The checklist has been submitted: now the unit's head approves or returns it by %(day)s."
        ),
        workflow.APPROVED: lambda: (
            _(
                "The head has approved and the answers are frozen: now the province marks, until %(review)s."
            )
            if state.awaits == workflow.PROVINCE
            else _(
                "The head has approved and the answers are frozen: now the ministry marks, until %(review)s."
            )
        ),
        workflow.PROVINCE_MARKED: lambda: _(
            "The province has marked: now the ministry marks, until %(review)s."
        ),
        workflow.MINISTRY_MARKED: lambda: _ministry_sentence(state),
        workflow.OBJECTION: lambda: _(
            "The unit has objected: now the ministry decides by %(decide)s."
        ),
        workflow.FINAL: lambda: _("The result is final: nobody has to do anything more."),
    }[state.state]()


def _draft_sentence(space: Workspace) -> str:
    if space.returned:
        return _(
            "The head has returned the checklist: now the unit's officers change what is said below and submit again by %(day)s."
        )
    if space.total and space.done == space.total:
        return _("All items are answered: now the unit's officer submits to the head by %(day)s.")
    return _(
        "%(done)s of %(total)s items are answered: now the unit's officers answer the rest and submit by %(day)s."
    )


def _ministry_sentence(state: ChecklistState) -> str:
    if state.objections_to and clock.today() > state.objections_to:
        return _(
            "The ministry has marked and the time to object is over: now the ministry makes the result final."
        )
    return _(
        "The ministry has marked: now the unit looks at the marks and may object until %(object)s."
    )


def _row(
    item: SheetItem,
    answer: ChecklistAnswer | None,
    uses: Iterable[Any],
    assignment: ChecklistAssignment | None,
    comments: dict[str, str],
) -> Row:
    found = list(uses)
    return Row(
        item,
        answer,
        _state(answer, waiting=any(u.must_confirm for u in found)),
        len(found),
        assignment,
        comments.get(item.id) or _colleague(assignment, item.id),
    )


def _colleague(assignment: ChecklistAssignment | None, item: str) -> str:
    """A comment given when the part was returned, while it is worked on."""
    if assignment is None or assignment.state != ChecklistAssignment.State.RETURNED:
        return ""
    events = [e for e in assignment.events.all() if e.state == "returned"]
    return events[-1].comments.get(item, "") if events else ""


def _state(answer: ChecklistAnswer | None, *, waiting: bool) -> str:
    if answer is None:
        return "missing"
    if answer.must_confirm or waiting:
        return "confirm"
    if answer.not_applicable:
        return "not_applicable"
    if not values.is_empty(answer.value):
        return "answered"
    return "begun" if answer.note else "missing"
