"""What people owe in checklists, for "my work": their own unit's step, their part, their stage's units."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.assessments.checklists.queries import marking
from sucharit.assessments.checklists.words import WORDS
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistAssignment,
    ChecklistState,
)
from sucharit.core import clock
from sucharit.core.registry import DeskItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment

OFFICER, HEAD = RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD
_A = ChecklistAssignment.State


def desk_items(user: Any) -> Iterable[DeskItem]:
    """All of a user's open duties in checklists."""
    officer, head = _at(user, OFFICER), _at(user, HEAD)
    if officer:
        yield from _answering(officer)
    if officer or head:
        yield from _parts(user, officer | head)
        yield from _objecting(officer | head)
    if head:
        yield from _approving(head)
    if scope.can_somewhere(user, "assessments.mark") or scope.can_somewhere(
        user, "assessments.manage"
    ):
        yield from _judging(user)
        yield from _finalising(user)


def _at(user: Any, role: str) -> set[str]:
    """Paths of the units at which a role was given: a duty of exactly these, not of all below."""
    return {path for held, path in scope.grants(user) if held == role}


def _rows(paths: set[str], **where: Any) -> QuerySet[CampaignUnit]:
    return (
        CampaignUnit.objects.filter(
            unit__path__in=paths, campaign__mode=Campaign.Mode.UNIT, **where
        )
        .select_related("unit", "campaign", "checklist")
        .order_by("campaign__closes_on", "pk")
    )


def _answering(paths: set[str]) -> Iterator[DeskItem]:
    today = clock.today()
    open_now = _rows(
        paths, campaign__state=Campaign.State.OPEN, campaign__opens_on__lte=today
    ).filter(Q(checklist=None) | Q(checklist__state=workflow.DRAFT))
    for cu in open_now:
        last = (
            cu.checklist_events.filter(kind__in=["returned", "reopened", "submitted"])
            .order_by("-pk")
            .first()
        )
        back = last is not None and last.kind != "submitted"
        title = (
            _("The head sent the checklist back: change it and submit again")
            if back
            else _("Answer the checklist and submit it to the head")
        )
        yield _item(cu, "answer", title, "unit", cu.campaign.closes_on)


def _parts(user: Any, paths: set[str]) -> Iterator[DeskItem]:
    parts = ChecklistAssignment.objects.filter(
        campaign_unit__unit__path__in=paths,
        campaign_unit__campaign__state=Campaign.State.OPEN,
    ).select_related("campaign_unit__unit", "campaign_unit__campaign", "account")
    mine = parts.filter(account=user, state__in=(_A.ASSIGNED, _A.RETURNED))
    for part in mine:
        title = (
            _("Your part of the checklist was returned: see the comments")
            if part.state == _A.RETURNED
            else _("Answer your part of the checklist and hand it in")
        )
        yield _item(part.campaign_unit, "part", title, "part", part.due_on, pk=part.pk)
    for part in parts.filter(state=_A.SUBMITTED).exclude(account=user):
        title = _("Look over the part of %(who)s") % {"who": part.account}
        yield _item(part.campaign_unit, "part", title, "part", part.due_on, pk=part.pk)


def _approving(paths: set[str]) -> Iterator[DeskItem]:
    for cu in _rows(
        paths, campaign__state=Campaign.State.OPEN, checklist__state=workflow.SUBMITTED
    ):
        title = _("Approve the checklist or return it")
        yield _item(cu, "approve", title, "approve", cu.campaign.closes_on)


def _objecting(paths: set[str]) -> Iterator[DeskItem]:
    for cu in _rows(
        paths,
        checklist__state=workflow.MINISTRY_MARKED,
        checklist__objections_to__gte=clock.today(),
    ):
        title = _("Look at the marks; objections are possible")
        yield _item(cu, "marks", title, "marks", cu.checklist.objections_to)


def _judging(user: Any) -> Iterator[DeskItem]:
    """One line for each campaign and stage, however many units wait."""
    waiting: Counter[tuple[int, str]] = Counter()
    decide: dict[int, dt.date | None] = {}
    campaigns: dict[int, Campaign] = {}
    for task in marking.queue(user):
        if task.stake:
            continue
        campaign = task.cu.campaign
        campaigns[campaign.pk] = campaign
        if task.objections:
            waiting[campaign.pk, "objection"] += 1
            due = task.cu.checklist.decide_by
            known = decide.get(campaign.pk)
            decide[campaign.pk] = min(due, known) if due and known else (due or known)
        else:
            waiting[campaign.pk, task.stage] += 1
    for (pk, kind), n in waiting.items():
        campaign = campaigns[pk]
        if kind == "objection":
            title = ngettext(
                "Decide the objections of %(n)s unit", "Decide the objections of %(n)s units", n
            ) % {"n": n}
            due_on = decide.get(pk)
        else:
            title = ngettext("Mark %(n)s unit: %(stage)s", "Mark %(n)s units: %(stage)s", n) % {
                "n": n,
                "stage": WORDS["stage", kind][1],
            }
            due_on = campaign.review_to
        yield DeskItem(
            title=f"{title} · {campaign.title}",
            url=reverse("assessments:checklists_queue"),
            unit=campaign.owner,
            kind="assessments.checklist_mark",
            kind_label=_("Checklist of a unit"),
            due_on=due_on,
            fiscal_year=campaign.fiscal_year,
        )


def _finalising(user: Any) -> Iterator[DeskItem]:
    due = ChecklistState.objects.filter(
        state=workflow.MINISTRY_MARKED,
        objections_to__lt=clock.today(),
        campaign_unit__campaign__state__in=(Campaign.State.OPEN, Campaign.State.CLOSED),
    )
    mine = scope.limit(
        Campaign.objects.all(), user, path_field="owner__path", permission="assessments.manage"
    )
    counts = Counter(
        due.filter(campaign_unit__campaign__in=mine).values_list(
            "campaign_unit__campaign_id", flat=True
        )
    )
    for campaign in Campaign.objects.filter(pk__in=counts).select_related("owner"):
        yield DeskItem(
            title=_("Make the results final: %(campaign)s") % {"campaign": campaign.title},
            url=reverse("assessments:checklists_campaign", args=[campaign.pk]),
            unit=campaign.owner,
            kind="assessments.checklist_final",
            kind_label=_("Checklist of a unit"),
            fiscal_year=campaign.fiscal_year,
        )


def _item(
    cu: CampaignUnit, kind: str, title: str, page: str, due_on: dt.date | None, **more: Any
) -> DeskItem:
    where = {"campaign_id": cu.campaign_id, "code": cu.unit.code, **more}
    return DeskItem(
        title=f"{title} · {cu.campaign.title}",
        url=reverse(f"assessments:checklists_{page}", kwargs=where),
        unit=cu.unit,
        kind=f"assessments.checklist_{kind}",
        kind_label=_("Checklist of a unit"),
        due_on=due_on,
        fiscal_year=cu.campaign.fiscal_year,
    )
