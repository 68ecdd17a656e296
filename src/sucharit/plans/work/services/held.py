"""What every service of this room begins with: the row, locked, when the actor may do the step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from sucharit.core import fiscal
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User
from sucharit.plans.engine import schedule
from sucharit.plans.models import Activity, Plan, Project

EDIT, APPROVE = "plans.edit", "plans.approve"
YEARS = range(2540, 2701)
# A plan in these states may be worked on; a submitted one is being read, a closed one is history.
OPEN = (Plan.State.DRAFT, Plan.State.APPROVED)


def account(*, actor: Any) -> User | None:
    """The actor as an account; None for the system."""
    return actor if isinstance(actor, User) else None


def plan_for(plan: Plan, *, actor: Any, right: str = EDIT) -> Plan:
    """The plan, locked, when the actor holds the right at its owner."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=plan.pk)
    found = held.first()
    if found is None or not _sees(Plan.objects, found.pk, actor=actor):
        raise NotFoundInScope(_("There is no such plan."))
    scope.require(actor, right, found.owner)
    return found


def project_for(project: Project, *, actor: Any) -> Project:
    """The project with its plan, both locked (the plan first), open for work by the actor."""
    row = Project.objects.filter(pk=project.pk).select_related("plan__owner", "owner").first()
    if row is None or not _sees(Project.objects, row.pk, actor=actor):
        raise NotFoundInScope(_("There is no such project."))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.plan_id)
    held = (
        Project.objects.select_for_update(of=("self",)).select_related("owner").get(pk=project.pk)
    )
    held.plan = plan
    _works(held.owner, plan.owner, actor=actor)
    must_be_open(plan)
    if held.state == Project.State.CANCELLED:
        raise Refusal(_("The project was cancelled. Make a new one if it is wanted after all."))
    return held


def activity_for(activity: Activity, *, actor: Any) -> Activity:
    """The activity with project and plan, locked, open for work by the actor."""
    row = Activity.objects.filter(pk=activity.pk).select_related("project").first()
    if row is None or not _sees(Project.objects, row.project_id, actor=actor):
        raise NotFoundInScope(_("There is no such activity."))
    # The project first, always in this order: nobody waits in a ring, and no ring of activities closes unseen.
    project = (
        Project.objects.select_for_update(of=("self",))
        .select_related("owner", "plan__owner")
        .get(pk=row.project_id)
    )
    held = (
        Activity.objects.select_for_update(of=("self",)).select_related("owner").get(pk=activity.pk)
    )
    held.project = project
    _works(held.owner, project.owner, project.plan.owner, actor=actor)
    must_be_open(project.plan)
    if held.state == Activity.State.CANCELLED:
        raise Refusal(_("The activity was cancelled. Make a new one if it is wanted after all."))
    return held


def must_be_open(plan: Plan) -> None:
    """A plan that is read or closed is not changed."""
    if plan.state == Plan.State.SUBMITTED:
        raise Refusal(_("The plan is being read. Ask for its return to change it."))
    if plan.state == Plan.State.CLOSED:
        raise Refusal(_("The plan is closed. Copy it into the new year to go on."))


def in_frame(
    start: dt.date | None, end: dt.date | None, fiscal_year: int, frame: schedule.Span | None = None
) -> None:
    """Refuse dates that are out of order, out of the fiscal year or out of the project."""
    year = fiscal.year(fiscal_year)
    inner = schedule.Span(start, end)
    wrong = schedule.wrong_dates(inner, schedule.Span(year.start, year.end))
    if wrong == "order":
        raise Refusal(_("The last day lies before the first one."), where="ends_on")
    if wrong:
        where = "starts_on" if wrong == "before" else "ends_on"
        raise Refusal(_("The day lies outside the fiscal year of the plan."), where=where)
    wrong = schedule.wrong_dates(inner, frame) if frame else ""
    if wrong:
        where = "starts_on" if wrong == "before" else "ends_on"
        raise Refusal(_("The day lies outside the days of the project."), where=where)


def words(text: str, where: str, message: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    if not text.strip():
        raise Refusal(message, where=where)
    return text.strip()


def next_seq(rows: Any) -> int:
    """The number after the last one; the parent row is locked, so it is nobody else's."""
    last = rows.order_by("-seq").values_list("seq", flat=True).first()
    return (last or 0) + 1


def _works(*units: Unit, actor: Any) -> None:
    """The right at one of the units is enough: who owns the activity, the project or the plan."""
    if isinstance(actor, System) or any(scope.can(actor, EDIT, u) for u in units):
        return
    scope.require(actor, EDIT, next((u for u in units if scope.can(actor, "view", u)), units[0]))


def _sees(rows: Any, pk: int, *, actor: Any) -> bool:
    return isinstance(actor, System) or rows.visible_to(actor).filter(pk=pk).exists()
