"""A budget line is made, closed, and opened again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.budget.services.base import OVERRIDE, SPEND, hold, require
from sucharit.plans.models import Activity, BudgetLine, Project


def create_line(
    *,
    actor: Any,
    project: Project,
    unit: Unit,
    source: str,
    category: str,
    item: str,
    activity: Activity | None = None,
) -> BudgetLine:
    """A line without money of a project (or one of its activities), spent by ``unit`` in the project's year.

    Needs "budget.spend" at the unit, and the project in sight. Refusal for a cancelled project, a strange activity,
    an unknown source or category, an empty item.
    """
    with transaction.atomic():
        held = Project.objects.select_for_update(of=("self",)).filter(pk=project.pk).first()
        if held is None or not _sees(held, actor=actor):
            raise NotFoundInScope(_("There is no such project within your scope."))
        scope.require(actor, SPEND, unit)
        _check(held, source, category, item, activity)
        made = BudgetLine.objects.create(
            project=held, activity=activity, unit=unit, fiscal_year=held.fiscal_year,
            origin_fiscal_year=held.fiscal_year, source=source, category=category,
            item=item.strip(),
        )  # fmt: skip
        _note(made, "created", project=held.pk, actor=actor)
    return made


def close_line(*, actor: Any, line: BudgetLine) -> None:
    """Nothing is entered any more. Refusal while money is available, reserved or committed."""
    with transaction.atomic():
        (held,) = hold(line.pk, actor=actor)
        if held.closed_at is not None:
            raise Refusal(_("The line is closed already."))
        if held.available_satang or held.reserved_satang or held.committed_satang:
            raise Refusal(
                _(
                    "There is still money on the line: pay, release, transfer, carry over or let lapse what is left, "
                    "then close it."
                )
            )
        held.closed_at = clock.now()
        held.save(update_fields=["closed_at"])
        _note(held, "closed", actor=actor)


def reopen_line(*, actor: Any, line: BudgetLine) -> None:
    """A closed line takes movements again (a refund that comes late). Needs "budget.override"."""
    with transaction.atomic():
        (held,) = hold(line.pk, actor=actor)
        require(OVERRIDE, held, actor=actor)
        if held.closed_at is None:
            raise Refusal(_("The line is not closed."))
        held.closed_at = None
        held.save(update_fields=["closed_at"])
        _note(held, "reopened", actor=actor)


def _sees(project: Project, *, actor: Any) -> bool:
    if isinstance(actor, System):
        return True
    return Project.objects.visible_to(actor).filter(pk=project.pk).exists()


def _check(
    project: Project, source: str, category: str, item: str, activity: Activity | None
) -> None:
    if project.state == Project.State.CANCELLED:
        raise Refusal(_("The project was cancelled: no new money is bound to it."))
    if activity is not None and activity.project_id != project.pk:
        raise Refusal(_("The activity belongs to another project."), where="activity")
    if source not in BudgetLine.Source.values:
        raise Refusal(_("Choose where the money comes from."), where="source")
    if category not in BudgetLine.Category.values:
        raise Refusal(_("Choose a category of expenses."), where="category")
    if not item.strip() or len(item.strip()) > 300:
        raise Refusal(_("Say what the money is for, in at most 300 letters."), where="item")


def _note(line: BudgetLine, what: str, *, actor: Any, **more: Any) -> None:
    record(
        actor=actor, action=f"plans.budget.line.{what}", target=line, unit=line.unit,
        fiscal_year=line.fiscal_year, **more,
    )  # fmt: skip
