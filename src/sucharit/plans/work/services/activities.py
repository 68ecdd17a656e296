"""Activities of a project, and the twelve months they are planned in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock, fiscal
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit
from sucharit.plans.engine import months, schedule
from sucharit.plans.models import Activity, ActivityMonth, Indicator, Plan, Project
from sucharit.plans.work import locks
from sucharit.plans.work.services import held as held_
from sucharit.plans.work.services.projects import below

TEXTS = ("code", "title_th", "title_en", "expected_output", "target_group", "note")
SETTABLE = (
    *TEXTS, "starts_on", "ends_on", "actual_start_on", "actual_end_on", "weight", "heads_planned",
)  # fmt: skip
SHORT = {"code": 60, "note": 5_000}


def create_activity(
    *,
    actor: Any,
    project: Project,
    title_th: str,
    owner: Unit | None = None,
    action: ActionItem | None = None,
    indicators: Sequence[Indicator] = (),
    predecessor: Activity | None = None,
    **fields: Any,
) -> Activity:
    """A new activity at the end of a project; ``action`` is the action item it mends.

    ``owner`` (default: the project's): the plan's owner or a unit below it. ``fields``: code, title_en, expected_output,
    target_group, note, starts_on, ends_on (CE), weight (1–1000), heads_planned. Refusal names the field.
    """
    with transaction.atomic():
        held = held_.project_for(project, actor=actor)
        unit = owner or held.owner
        below(unit, held.plan.owner)
        _may_use(action, actor=actor)
        activity = Activity(
            project=held, seq=held_.next_seq(held.activities), owner=unit, action=action
        )
        _put(activity, {"title_th": title_th, **fields})
        _wait(activity, predecessor)
        activity.save()
        activity.indicators.set(indicators)
        _record(
            "created", activity, actor=actor, project=held.pk, item=action.pk if action else None
        )
    return activity


def change_activity(
    *,
    actor: Any,
    activity: Activity,
    indicators: Sequence[Indicator] | None = None,
    **fields: Any,
) -> Activity:
    """Change what is given, leave the rest.

    ``fields``: those of ``create_activity``, owner, predecessor, action, actual_start_on, actual_end_on.
    """
    with transaction.atomic():
        held = held_.activity_for(activity, actor=actor)
        names = sorted(fields)
        if owner := fields.pop("owner", None):
            below(owner, held.project.plan.owner)
            held.owner = owner
        if "action" in fields:
            action = fields.pop("action")
            if action is not None and action.pk != held.action_id:
                _may_use(action, actor=actor)
            held.action = action
        if "predecessor" in fields:
            _wait(held, fields.pop("predecessor"))
        _put(held, fields)
        held.save()
        if indicators is not None:
            held.indicators.set(indicators)
        _record("changed", held, actor=actor, fields=names)
    return held


def block_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """It cannot go on, and why; the next quarterly report sets it going again."""
    with transaction.atomic():
        held = held_.activity_for(activity, actor=actor)
        why = held_.words(reason, "reason", _("Say why it cannot go on."))
        held.state, held.note = Activity.State.BLOCKED, _noted(held, why)
        held.save(update_fields=["state", "note"])
        _record("blocked", held, actor=actor)
    return held


def cancel_activity(*, actor: Any, activity: Activity, reason: str) -> Activity:
    """Give an activity up, with a reason; it no longer counts in the progress of its project."""
    with transaction.atomic():
        held = held_.activity_for(activity, actor=actor)
        why = held_.words(reason, "reason", _("Say why it is cancelled."))
        held.state, held.note = Activity.State.CANCELLED, _noted(held, why)
        held.save(update_fields=["state", "note"])
        _record("cancelled", held, actor=actor)
    return held


def set_month_plan(
    *, actor: Any, activity: Activity, planned: Sequence[int | None], reason: str = ""
) -> Activity:
    """Twelve cumulative shares from October, in hundredths of a per cent; None: nothing new in that month.

    Never falling, 100 % at the end. A plan that is approved, or a month of a locked quarter, needs a
    ``reason``; it is kept in the activity's note.
    """
    try:
        rows = months.fill(planned)
    except months.PlanError as wrong:
        raise Refusal(_month_words(wrong), where=f"m{min(wrong.month, 12)}") from wrong
    with transaction.atomic():
        held = held_.activity_for(activity, actor=actor)
        before = dict(held.months.values_list("month", "planned_e2"))
        changed = [m for m, value in zip(months.MONTHS, rows, strict=True) if before.get(m) != value]  # fmt: skip
        if not changed:
            return held
        if before:
            _late(held, changed, reason)
        for month in changed:
            ActivityMonth.objects.update_or_create(
                activity=held, month=month, defaults={"planned_e2": rows[month - 1]}
            )
        if before and reason.strip():
            held.note = _noted(held, reason.strip())
            held.save(update_fields=["note"])
        _record("months", held, actor=actor, months=changed)
    return held


def _late(held: Activity, changed: Sequence[int], reason: str) -> None:
    """A month plan that was agreed is changed with a reason."""
    if reason.strip():
        return
    plan = held.project.plan
    quarters = {months.quarter_of_month(m) for m in changed}
    if any(locks.locked(held.owner, plan.fiscal_year, q) for q in quarters):
        raise Refusal(_("The quarter is locked: say why the months change."), where="reason")
    if plan.state == Plan.State.APPROVED:
        raise Refusal(_("The plan is approved: say why the months change."), where="reason")


def _month_words(wrong: months.PlanError) -> str:
    if wrong.kind == "falls":
        return _("The shares are cumulative: no month may be lower than the one before.")
    if wrong.kind == "end":
        return _("The plan must reach 100 per cent by September.")
    if wrong.kind == "count":
        return _("A plan has twelve months, October to September.")
    return _("A share is a number from 0 to 100 with at most two decimals.")


def _put(activity: Activity, fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(SETTABLE)
    if unknown:
        raise TypeError(f"an activity has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(activity, name, (value or "").strip()[: SHORT.get(name, 300)] if name in TEXTS else value)  # fmt: skip
    held_.words(activity.title_th, "title_th", _("Give the activity a title."))
    if not 1 <= activity.weight <= 1000:
        raise Refusal(_("A weight is a whole number from 1 to 1000."), where="weight")
    if activity.target_group and activity.target_group not in Activity.Group.values:
        raise Refusal(_("Choose a target group."), where="target_group")
    project = activity.project
    frame = schedule.Span(project.starts_on, project.ends_on)
    held_.in_frame(activity.starts_on, activity.ends_on, project.fiscal_year, frame)


def _wait(activity: Activity, predecessor: Activity | None) -> None:
    """Let it wait for another one of the same project (whose row is locked: no ring closes meanwhile)."""
    if predecessor is None:
        activity.predecessor = None
        return
    if predecessor.project_id != activity.project_id:
        raise Refusal(_("Choose an activity of the same project."), where="predecessor")
    if activity.pk is not None:
        rows = Activity.objects.filter(project=activity.project_id).order_by()
        if schedule.ring(dict(rows.values_list("pk", "predecessor_id")), activity.pk, predecessor.pk):  # fmt: skip
            raise Refusal(
                _("These activities would wait for each other: choose another one."),
                where="predecessor",
            )
    activity.predecessor = predecessor


def _may_use(action: ActionItem | None, *, actor: Any) -> None:
    """An action item the actor sees and that still is to be done."""
    if action is None or isinstance(actor, System):
        return
    if not ActionItem.objects.visible_to(actor).filter(pk=action.pk).exists():
        raise NotFoundInScope(_("There is no such action item."))
    if not ActionItem.objects.open().filter(pk=action.pk).exists():
        raise Refusal(_("The action item is closed: there is nothing to mend any more."), where="action")  # fmt: skip


def _noted(held: Activity, why: str) -> str:
    line = f"{fiscal.BE_OFFSET + clock.today().year}-{clock.today():%m-%d}: {why}"
    return f"{held.note}\n{line}".strip()


def _record(what: str, activity: Activity, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"plans.activity.{what}", target=activity, unit=activity.owner,
        fiscal_year=activity.project.fiscal_year, **data,
    )  # fmt: skip
