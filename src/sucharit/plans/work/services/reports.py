"""Quarterly reports of activities, and the locks of quarters."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock, fiscal
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import months
from sucharit.plans.models import Activity, ActivityMonth, ActivityReport, PeriodLock, Plan, Project
from sucharit.plans.work import locks
from sucharit.plans.work.services import held as held_


def report_quarter(
    *,
    actor: Any,
    activity: Activity,
    quarter: int,
    progress_e2: int,
    result: str,
    problem: str = "",
    solution: str = "",
    heads_attended: int | None = None,
    late_reason: str = "",
    expected_version: int | None = None,
) -> ActivityReport:
    """What an activity reached by the end of a quarter (cumulative, hundredths of a per cent), in words.

    Only of an approved plan and of a quarter that has begun. A later one of the same quarter is a new version; after the
    quarter was locked ``late_reason`` is needed. ``expected_version``: the version the writer saw (0: none) – with
    another one there already it is refused, so that two writers do not overwrite each other.
    """
    _sane(quarter, progress_e2)
    text = held_.words(result, "result", _("Say what was done and what came of it."))
    with transaction.atomic():
        held = held_.activity_for(activity, actor=actor)
        plan = held.project.plan
        if plan.state != Plan.State.APPROVED:
            raise Refusal(_("Reports begin when the plan is approved."))
        if fiscal.quarter(plan.fiscal_year, quarter).start > clock.today():
            raise Refusal(_("The quarter has not begun yet."), where="quarter")
        last = held.reports.filter(quarter=quarter, latest=True).first()
        seen = last.version if last else 0
        if expected_version is not None and expected_version != seen:
            raise Refusal(
                _("Somebody reported this quarter at the same moment. Load the page again and look.")
            )  # fmt: skip
        late = locks.locked(held.owner, plan.fiscal_year, quarter)
        if late and not late_reason.strip():
            raise Refusal(_("The quarter is locked: say why you report late."), where="late_reason")
        held.reports.filter(quarter=quarter, latest=True).update(latest=False)
        made = ActivityReport.objects.create(
            activity=held, quarter=quarter, version=seen + 1, progress_e2=progress_e2,
            heads_attended=heads_attended, result=text, problem=problem.strip(),
            solution=solution.strip(), late_reason=late_reason.strip() if late else "",
            by=held_.account(actor=actor), at=clock.now(),
        )  # fmt: skip
        _settle(held)
        record(
            actor=actor, action="plans.activity.reported", target=held, unit=held.owner,
            fiscal_year=plan.fiscal_year, quarter=quarter, version=made.version,
            progress=progress_e2, late=late,
        )  # fmt: skip
    return made


def lock_quarter(*, actor: Any, unit: Unit, fiscal_year: int, quarter: int) -> PeriodLock:
    """Lock a quarter that is over, for the unit and all below; from then on changes need a reason."""
    _sane(quarter)
    with transaction.atomic():
        held = _unit(unit, actor=actor)
        if fiscal.quarter(fiscal_year, quarter).end >= clock.today():
            raise Refusal(_("The quarter is not over yet."), where="quarter")
        if PeriodLock.objects.filter(
            unit=held, fiscal_year=fiscal_year, quarter=quarter, reopened_at=None
        ).exists():
            raise Refusal(_("The quarter is locked already."), where="quarter")
        made = PeriodLock.objects.create(
            unit=held, fiscal_year=fiscal_year, quarter=quarter, locked_at=clock.now(),
            locked_by=held_.account(actor=actor),
        )  # fmt: skip
        record(
            actor=actor, action="plans.quarter.locked", target=made, unit=held,
            fiscal_year=fiscal_year, quarter=quarter,
        )  # fmt: skip
    return made


def reopen_quarter(*, actor: Any, lock: PeriodLock, reason: str) -> PeriodLock:
    """Open a locked quarter again, with a reason that is kept."""
    why = held_.words(reason, "reason", _("Say why the quarter is opened again."))
    with transaction.atomic():
        _unit(lock.unit, actor=actor)
        held = PeriodLock.objects.select_for_update(of=("self",)).get(pk=lock.pk)
        if held.reopened_at is not None:
            raise Refusal(_("The quarter is open already."))
        held.reopened_at, held.reopened_by = clock.now(), held_.account(actor=actor)
        held.reopen_reason = why
        held.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
        record(
            actor=actor, action="plans.quarter.reopened", target=held, unit=lock.unit,
            fiscal_year=held.fiscal_year, quarter=held.quarter,
        )  # fmt: skip
    return held


def _settle(held: Activity) -> None:
    """Progress, heads and state of the activity follow its latest reports; months take the quarter's end."""
    rows = list(held.reports.filter(latest=True).order_by("quarter"))
    newest = rows[-1]
    held.progress_e2 = newest.progress_e2
    heads = [r.heads_attended for r in rows if r.heads_attended is not None]
    held.heads_attended = sum(heads) if heads else None
    done = newest.progress_e2 == months.FULL
    held.state = Activity.State.DONE if done else Activity.State.RUNNING
    held.save(update_fields=["progress_e2", "heads_attended", "state"])
    for row in rows:
        ActivityMonth.objects.update_or_create(
            activity=held, month=months.last_month(row.quarter),
            defaults={"actual_e2": row.progress_e2},
        )  # fmt: skip
    Project.objects.filter(pk=held.project_id, state=Project.State.APPROVED).update(
        state=Project.State.RUNNING
    )


def _sane(quarter: int, progress_e2: int = 0) -> None:
    if quarter not in months.QUARTERS:
        raise Refusal(_("A year has quarters 1 to 4."), where="quarter")
    if not 0 <= progress_e2 <= months.FULL:
        raise Refusal(
            _("A share is a number from 0 to 100 with at most two decimals."), where="progress"
        )


def _unit(unit: Unit, *, actor: Any) -> Unit:
    """The unit, locked, so that two locks of a quarter come one after the other."""
    scope.require(actor, held_.APPROVE, unit)
    held: Unit = Unit.objects.select_for_update().get(pk=unit.pk)
    return held
