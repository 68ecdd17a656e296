"""What people owe in an assessment's year, for "my work": by role, with the date from the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.models import OitEntry, Participation, Round
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services.steps import edition_of, oit_items
from sucharit.core import clock
from sucharit.core.registry import DeskItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment


def desk_items(user: Any) -> Iterable[DeskItem]:
    """All of a user's open duties in assessments."""
    roles = {role for role, _path in scope.grants(user)}
    if RoleAssignment.Role.UNIT_OFFICER in roles:
        yield from _officer(user)
    if RoleAssignment.Role.UNIT_HEAD in roles:
        yield from _head(user)
    if scope.can_somewhere(user, "assessments.mark"):
        yield from _assessor(user)
    if scope.can_somewhere(user, "assessments.manage"):
        yield from _centre(user)


def may_see_entry(user: Any, owner_id: str) -> bool:
    """Whether a user may open files behind an entry: whoever sees the unit in the round."""
    if not str(owner_id).isdigit():
        return False
    entries = OitEntry.objects.filter(pk=int(owner_id))
    return (
        Participation.objects.visible_to(user)
        .filter(pk__in=entries.values("participation"))
        .exists()
    )


def _held_as(user: Any, role: str) -> QuerySet[Participation]:
    """Units in open rounds over which the user holds exactly this role (a ministry's right is not a duty)."""
    within = Q(pk=None)
    for held, path in scope.grants(user):
        if held == role:
            within |= Q(unit__path__gte=path, unit__path__lt=path + "~")
    return (
        Participation.objects.filter(within, round__state=Round.State.OPEN)
        .select_related("unit", "round__framework")
        .defer("round__framework__document")
        .order_by("round__oit_to", "pk")
    )


def _officer(user: Any) -> Iterator[DeskItem]:
    done = Count(
        "entries",
        filter=Q(entries__must_confirm=False)
        & (Q(entries__nothing_to_show=True) | Q(entries__links__isnull=False)),
        distinct=True,
    )
    for p in _held_as(user, RoleAssignment.Role.UNIT_OFFICER).annotate(done=done):
        if (p.staff_count is None or p.public_count is None) and p.round.surveys_closed_at is None:
            yield _item(
                p,
                "population",
                _("Enter the head counts"),
                "assessments:population",
                p.round.surveys_to,
            )
        if p.oit_state != Participation.OitState.DRAFT:
            continue
        if p.returned_note:
            title = _("The head returned the self-report: see the note")
            yield _item(p, "oit", title, "assessments:workspace", p.round.oit_to)
            continue
        left = len(oit_items(edition_of(p.round))) - getattr(p, "done", 0)
        if left:
            yield _item(
                p,
                "oit",
                _("Answer OIT items: %(n)s left") % {"n": left},
                "assessments:oit",
                p.round.oit_to,
            )
        else:
            yield _item(
                p,
                "oit",
                _("Submit the self-report to the head"),
                "assessments:oit_submit",
                p.round.oit_to,
            )


def _head(user: Any) -> Iterator[DeskItem]:
    for p in _held_as(user, RoleAssignment.Role.UNIT_HEAD).filter(
        oit_state=Participation.OitState.SUBMITTED
    ):
        yield _item(
            p,
            "approve",
            _("Approve the self-report or return it"),
            "assessments:oit_approve",
            p.round.oit_to,
        )


def _assessor(user: Any) -> Iterator[DeskItem]:
    for task in queries.marking_queue(user):
        p = task.participation
        if task.stake:
            continue
        if task.objections:
            title = _("Decide objections: %(items)s") % {
                "items": ", ".join(o.item for o in task.objections)
            }
            yield _item(p, "objection", title, "assessments:marking_unit", p.round.objection_to)
        else:
            title = _("Mark: %(done)s of %(total)s items done") % {
                "done": task.marked,
                "total": task.total,
            }
            yield _item(p, "mark", title, "assessments:marking_unit", p.round.review_to)


def _centre(user: Any) -> Iterator[DeskItem]:
    today = clock.today()
    titles = {
        "open": _("Open the round"),
        "close_surveys": _("Close the surveys"),
        "start_review": _("Start the marking"),
        "open_objections": _("Open the objection window"),
        "finalise": _("Announce the result"),
    }
    rounds = Round.objects.visible_to(user).exclude(state=Round.State.FINAL).select_related("owner")
    for round_ in rounds:
        step = queries.late(round_, today)
        if step and scope.can(user, "assessments.manage", round_.owner):
            yield DeskItem(
                title=f"{titles[step]}: {round_.title}",
                url=reverse("assessments:round", args=[round_.pk]),
                unit=round_.owner,
                kind="assessments.round",
                kind_label=_("Assessment round"),
                due_on=_due(round_, step),
                fiscal_year=round_.fiscal_year,
            )


def _due(round_: Round, step: str) -> Any:
    return {
        "open": min(round_.surveys_from, round_.oit_from),
        "close_surveys": round_.surveys_to,
        "start_review": max(round_.surveys_to, round_.oit_to),
        "open_objections": round_.objection_from,
        "finalise": round_.announced_on or round_.objection_to,
    }[step]


def _item(p: Participation, kind: str, title: str, url_name: str, due_on: Any) -> DeskItem:
    return DeskItem(
        title=title,
        url=reverse(url_name, kwargs={"round_id": p.round_id, "code": p.unit.code}),
        unit=p.unit,
        kind=f"assessments.{kind}",
        kind_label=_("ITA assessment"),
        due_on=due_on,
        fiscal_year=p.round.fiscal_year,
    )
