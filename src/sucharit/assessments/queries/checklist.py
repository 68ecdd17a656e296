"""The short checklist of a unit's workspace: eight steps, each with its state, words and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.engine import workflow
from sucharit.assessments.models import Participation, Round
from sucharit.assessments.queries.report import Report, report_of
from sucharit.assessments.queries.rounds import permissions_at
from sucharit.assessments.queries.samples import Sample, samples_of


@dataclass(frozen=True)
class CheckStep:
    """One line of the checklist. ``state``: done, now, waiting (for somebody else) or later."""

    number: int
    key: str
    title: str
    state: str
    detail: str
    due_on: dt.date | None = None
    can_act: bool = False


@dataclass(frozen=True)
class Workspace:
    """Everything the workspace page shows."""

    participation: Participation
    report: Report
    samples: list[Sample]
    steps: list[CheckStep]
    actions: frozenset[str]

    @property
    def done(self) -> int:
        return sum(s.state == "done" for s in self.steps)


def workspace(user: Any, participation: Participation) -> Workspace:
    """The checklist of a unit as a user sees it (a fixed number of queries)."""
    round_ = participation.round
    permissions = permissions_at(user, participation.unit)
    actions = workflow.possible(participation.oit_state, round_.state, permissions)
    report = report_of(participation, marks=marks_shown(round_))
    samples = samples_of(participation)
    return Workspace(
        participation, report, samples, _steps(participation, report, samples, actions), actions
    )


def may_count(user: Any, p: Participation) -> bool:
    """Whether the user can enter the unit's head counts now (the service decides; pages only ask)."""
    actions = workflow.possible(p.oit_state, p.round.state, permissions_at(user, p.unit))
    return "count_population" in actions and p.round.surveys_closed_at is None


def marks_shown(round_: Round) -> bool:
    """Units see their marks from the objection window on."""
    return round_.state in {Round.State.OBJECTION, Round.State.FINAL}


def _steps(
    p: Participation, report: Report, samples: list[Sample], actions: frozenset[str]
) -> list[CheckStep]:
    round_ = p.round
    closed = round_.surveys_closed_at is not None
    return [
        _population(p, can_act="count_population" in actions and not closed),
        _links(p, samples),
        _items(p, report, can_act="edit" in actions),
        _submit(p, report, can_act="submit" in actions),
        _approve(p, can_act="approve" in actions),
        _marks(p, report),
        _objections(p, report, can_act="object" in actions),
        _result(round_),
    ]


def _population(p: Participation, *, can_act: bool) -> CheckStep:
    counted = p.staff_count is not None and p.public_count is not None
    detail = (
        _("Staff %(staff)s, public %(public)s")
        % {"staff": f"{p.staff_count:,}", "public": f"{p.public_count:,}"}
        if counted
        else _("How many staff you have and how many people you served.")
    )
    state = "done" if counted else ("now" if p.round.state == Round.State.OPEN else "later")
    return CheckStep(
        1, "population", _("Enter the head counts"), state, detail, p.round.surveys_from, can_act
    )


def _links(p: Participation, samples: list[Sample]) -> CheckStep:
    enough = bool(samples) and all(s.enough for s in samples)
    if enough:
        state = "done"
    elif p.round.state == Round.State.OPEN and p.round.surveys_closed_at is None:
        state = "now"
    else:
        state = "later" if p.round.state == Round.State.DRAFT else "closed"
    counts = ", ".join(
        f"{s.instrument} {s.answered} / {s.least:,}" if s.least else f"{s.instrument} {s.answered}"
        for s in samples
    )
    detail = (
        _("Answers so far: %(counts)s") % {"counts": counts}
        if counts
        else _("Send staff and public their links.")
    )
    return CheckStep(
        2,
        "links",
        _("Send out the survey links"),
        state,
        detail,
        p.round.surveys_to,
        state == "now",
    )


def _items(p: Participation, report: Report, *, can_act: bool) -> CheckStep:
    over = p.oit_state != Participation.OitState.DRAFT
    state = (
        "done"
        if over or not report.missing
        else ("now" if p.round.state == Round.State.OPEN else "later")
    )
    detail = _("%(done)s of %(total)s items answered") % {
        "done": report.done,
        "total": report.total,
    }
    return CheckStep(
        3,
        "oit",
        _("Answer the items of public disclosure (OIT)"),
        state,
        detail,
        p.round.oit_to,
        can_act,
    )


def _submit(p: Participation, report: Report, *, can_act: bool) -> CheckStep:
    if p.oit_state != Participation.OitState.DRAFT:
        return CheckStep(
            4, "submit", _("Submit to the head"), "done", _("Submitted"), p.round.oit_to
        )
    ready = p.round.state == Round.State.OPEN and not report.missing
    detail = (
        _("Returned by the head: see the note above.")
        if p.returned_note
        else _("When all items are answered.")
    )
    return CheckStep(
        4,
        "submit",
        _("Submit to the head"),
        "now" if ready else "later",
        detail,
        p.round.oit_to,
        can_act,
    )


def _approve(p: Participation, *, can_act: bool) -> CheckStep:
    title = _("The head approves")
    if p.approved_at is not None:
        return CheckStep(
            5,
            "approve",
            title,
            "done",
            _("Approved and frozen: nothing can be changed."),
            p.round.oit_to,
        )
    if p.oit_state == Participation.OitState.SUBMITTED:
        state = "now" if can_act else "waiting"
        return CheckStep(
            5, "approve", title, state, _("Waits for the head."), p.round.oit_to, can_act
        )
    return CheckStep(
        5,
        "approve",
        title,
        "later",
        _("Approval freezes links and files as they are."),
        p.round.oit_to,
    )


def _marks(p: Participation, report: Report) -> CheckStep:
    title = _("Assessors give marks")
    if marks_shown(p.round):
        if p.approved_at is None and not report.marked:
            return CheckStep(
                6,
                "marks",
                title,
                "closed",
                _("No approved self-report: no item gets points."),
                p.round.review_to,
            )
        detail = _("Highest mark in %(full)s of %(total)s items") % {
            "full": report.full,
            "total": report.total,
        }
        return CheckStep(6, "marks", title, "done", detail, p.round.review_to, can_act=True)
    state = "waiting" if p.round.state == Round.State.REVIEW else "later"
    return CheckStep(
        6,
        "marks",
        title,
        state,
        _("You see the marks when the objection window opens."),
        p.round.review_to,
    )


def _objections(p: Participation, report: Report, *, can_act: bool) -> CheckStep:
    title = _("Object to marks, if you must")
    raised = len(report.objections)
    if p.round.state == Round.State.OBJECTION:
        detail = _("Objections raised: %(n)s. Saying nothing means you accept the marks.") % {
            "n": raised
        }
        return CheckStep(7, "objections", title, "now", detail, p.round.objection_to, can_act)
    if p.round.state == Round.State.FINAL:
        return CheckStep(
            7,
            "objections",
            title,
            "done",
            _("Objections raised: %(n)s") % {"n": raised},
            p.round.objection_to,
        )
    return CheckStep(
        7, "objections", title, "later", _("Once per item, with a reason."), p.round.objection_to
    )


def _result(round_: Round) -> CheckStep:
    title = _("The result")
    if round_.state == Round.State.FINAL:
        return CheckStep(
            8, "result", title, "done", _("Announced"), round_.announced_on, can_act=True
        )
    return CheckStep(
        8,
        "result",
        title,
        "later",
        _("Announced when all objections are decided."),
        round_.announced_on,
    )
