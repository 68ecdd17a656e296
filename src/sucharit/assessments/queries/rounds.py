"""Reads behind the pages of a round: the unit's checklist, its items, the lists with their counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from sucharit.assessments.engine import workflow
from sucharit.assessments.models import (
    Objection,
    Participation,
    Round,
)
from sucharit.assessments.services.steps import edition_of, oit_items
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope

STEP_PERMISSIONS = (
    workflow.EDIT,
    workflow.APPROVE,
    workflow.MARK,
    workflow.MANAGE,
    workflow.PUBLISH,
)


def round_or_404(user: Any, pk: int) -> Round:
    """A round within the user's scope."""
    rounds = (
        Round.objects.visible_to(user)
        .select_related("owner", "framework")
        .defer("framework__document")
    )
    found = rounds.filter(pk=pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such round."))
    return found


def participation_or_404(user: Any, round_id: int, code: str) -> Participation:
    """A unit in a round, within the user's scope."""
    found = (
        Participation.objects.visible_to(user)
        .select_related("unit", "round__owner", "round__framework")
        .defer("round__framework__document")
        .filter(round_id=round_id, unit__code=code)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such unit in this round."))
    return found


def permissions_at(user: Any, unit: Any) -> frozenset[str]:
    """Which permissions of the workflow a user holds at a unit."""
    return frozenset(p for p in STEP_PERMISSIONS if scope.can(user, p, unit))


def rounds_of(user: Any) -> QuerySet[Round]:
    """Rounds in scope with counts of the units in the user's scope."""
    mine = Participation.objects.visible_to(user).values("pk")
    in_scope = Q(participations__in=mine)
    return (
        Round.objects.visible_to(user)
        .select_related("framework")
        .defer("framework__document")
        .annotate(
            n_units=Count("participations", filter=in_scope),
            n_approved=Count(
                "participations",
                filter=in_scope & Q(participations__oit_state__in=["approved", "scored", "final"]),
            ),
        )
    )


def participations_of(
    user: Any, round_: Round, *, state: str = "", kind: str = "", q: str = ""
) -> QuerySet[Participation]:
    """Units of a round in scope, filtered, with their progress (one query).

    ``answered`` counts entries with a link or the statement that nothing is published.
    """
    found = Participation.objects.visible_to(user).filter(round=round_).select_related("unit")
    if state in Participation.OitState.values:
        found = found.filter(oit_state=state)
    if kind:
        found = found.filter(unit__kind=kind)
    if q.strip():
        found = found.filter(
            Q(unit__name_th__icontains=q.strip())
            | Q(unit__name_en__icontains=q.strip())
            | Q(unit__code=q.strip())
        )
    return found.annotate(
        answered=Count(
            "entries",
            filter=Q(entries__nothing_to_show=True) | Q(entries__links__isnull=False),
            distinct=True,
        ),
        last_change=Max("entries__updated_at"),
    ).order_by(F("unit__sort_key").asc(nulls_last=True), "unit__code")


def state_counts(user: Any, round_: Round) -> dict[str, int]:
    """How many units of the user's scope stand in each state of the self-report."""
    rows = (
        Participation.objects.visible_to(user)
        .filter(round=round_)
        .values_list("oit_state")
        .annotate(n=Count("pk"))
    )
    found = dict.fromkeys(Participation.OitState.values, 0)
    found.update(dict(rows))
    return found


@dataclass(frozen=True)
class Task:
    """A unit to mark, or an objection to decide, in an assessor's queue."""

    participation: Participation
    total: int
    marked: int
    objections: list[Objection] = field(default_factory=list)
    stake: str = ""


def marking_queue(user: Any) -> list[Task]:
    """Units an assessor may mark now and objections he may decide, with his stakes (7 queries at most)."""
    from sucharit.assessments.services.marking import stakes

    approved = Q(oit_state="approved", round__state=Round.State.REVIEW)
    objected = Q(
        oit_state="scored",
        round__state=Round.State.OBJECTION,
        objections__state=Objection.State.OPEN,
    )
    found = list(
        Participation.objects.visible_to(user, workflow.MARK)
        .filter(approved | objected)
        .select_related("unit", "round__framework")
        .defer("round__framework__document")
        .annotate(n_marked=Count("marks", filter=Q(marks__turn=1), distinct=True))
        .distinct()
        .order_by("round_id", F("unit__sort_key").asc(nulls_last=True))
    )
    why_not = stakes(user, found)
    open_ones: dict[int, list[Objection]] = {}
    for objection in Objection.objects.filter(
        participation__in=[p.pk for p in found], state=Objection.State.OPEN
    ).order_by("pk"):
        open_ones.setdefault(objection.participation_id, []).append(objection)
    return [
        Task(
            p,
            len(oit_items(edition_of(p.round))),
            getattr(p, "n_marked", 0),
            open_ones.get(p.pk, []),
            why_not.get(p.pk, ""),
        )
        for p in found
    ]


def late(round_: Round, today: dt.date) -> str:
    """Key of the step whose date has passed without it having been taken; "" when all is in time."""
    if round_.state == Round.State.DRAFT and today >= min(round_.surveys_from, round_.oit_from):
        return "open"
    if (
        round_.state == Round.State.OPEN
        and today > round_.surveys_to
        and round_.surveys_closed_at is None
    ):
        return "close_surveys"
    if round_.state == Round.State.OPEN and today > max(round_.surveys_to, round_.oit_to):
        return "start_review"
    if round_.state == Round.State.REVIEW and today >= round_.objection_from:
        return "open_objections"
    if round_.state == Round.State.OBJECTION and today > round_.objection_to:
        return "finalise"
    return ""
