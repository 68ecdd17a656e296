"""Who may take which step of a unit's checklist, and who has a stake in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import CampaignUnit, ChecklistAnswer, ChecklistState
from sucharit.assessments.services.steps import account
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment

EVERYTHING = frozenset(s.right for s in workflow.STEPS.values())
STAKE_ROLES = (RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD)
# From here on the unit sees its marks.
MARKS_SHOWN = frozenset({workflow.MINISTRY_MARKED, workflow.OBJECTION, workflow.FINAL})
STAGE_RIGHTS = {
    workflow.PROVINCE: workflow.MARK_PROVINCE,
    workflow.MINISTRY: workflow.MARK_MINISTRY,
}


def rights(user: Any, cu: CampaignUnit) -> frozenset[str]:
    """Rights of the workflow a user holds for a unit's checklist.

    The province's stage belongs to assessors appointed below the campaign's owner, the ministry's to
    those who mark or manage at the owner: nobody judges at both.
    """
    if isinstance(user, System):
        return EVERYTHING
    unit, owner = cu.unit, cu.campaign.owner
    found = set()
    if scope.can(user, "assessments.edit", unit):
        found.add(workflow.EDIT)
    if scope.can(user, "assessments.approve", unit):
        found.add(workflow.APPROVE)
    marks = [p for role, p in scope.grants(user) if "assessments.mark" in scope.PERMISSIONS[role]]
    if any(unit.path.startswith(p) and not owner.path.startswith(p) for p in marks):
        found.add(workflow.MARK_PROVINCE)
    if any(owner.path.startswith(p) for p in marks):
        found.add(workflow.MARK_MINISTRY)
    if scope.can(user, "assessments.manage", owner):
        found |= {workflow.MANAGE, workflow.MARK_MINISTRY}
    return frozenset(found)


def require(user: Any, right: str, cu: CampaignUnit) -> None:
    """Raise unless the user holds the right: 404 out of scope, 403 within it."""
    require_any(user, {right}, cu)


def require_any(user: Any, wanted: Iterable[str], cu: CampaignUnit) -> None:
    """The same, where one of several rights is enough."""
    if rights(user, cu) & set(wanted):
        return
    if scope.can(user, "view", cu.unit):
        raise Forbidden(_("Your role does not include this step."))
    raise NotFoundInScope(_("There is no such unit in this campaign."))


def stakes(user: Any, rows: Iterable[CampaignUnit]) -> dict[int, str]:
    """Why a user may not mark these, by campaign unit id; those he may mark are absent.

    Grounds: an officer's or head's role given at the unit itself or below it since the campaign opened,
    the unit he belongs to, and a hand in the answers. A province's officer is no party to a district's
    checklist merely because his role covers it.
    """
    wanted = list(rows)
    who = account(user)
    if who is None or not wanted:
        return {}
    since = min(cu.campaign.opens_on for cu in wanted)
    roles = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=since), user=who, role__in=STAKE_ROLES
    )
    at = list(roles.values_list("unit__path", flat=True))
    person = getattr(who, "person", None)
    own = person.unit.path if person else ""
    hands = _hands(who.pk, wanted)
    found: dict[int, str] = {}
    for cu in wanted:
        path = cu.unit.path
        if any(p.startswith(path) for p in at):
            found[cu.pk] = _(
                "You hold an officer's or head's role in this unit, so somebody else marks it."
            )
        elif own and own.startswith(path):
            found[cu.pk] = _("This is your own unit, so somebody else marks it.")
        elif cu.pk in hands:
            found[cu.pk] = _("You took part in this unit's answers, so somebody else marks it.")
    return found


def require_no_stake(user: Any, cu: CampaignUnit) -> None:
    """Forbidden when the user has a stake in the unit's checklist."""
    reason = stakes(user, [cu]).get(cu.pk)
    if reason:
        raise Forbidden(reason)


def _hands(user_id: int, rows: list[CampaignUnit]) -> set[int]:
    """Campaign units whose answers the user saved, handed in or approved.

    The JSON lists are read here, not in the database: SQLite has no containment test.
    """
    pks = [cu.pk for cu in rows]
    answers = ChecklistAnswer.objects.filter(campaign_unit__in=pks).exclude(editors=[])
    states = ChecklistState.objects.filter(
        Q(submitted_by=user_id) | Q(approved_by=user_id), campaign_unit__in=pks
    )
    return {
        pk
        for pk, editors in answers.values_list("campaign_unit_id", "editors")
        if user_id in editors
    } | set(states.values_list("campaign_unit_id", flat=True))
