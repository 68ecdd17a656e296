"""What a workflow's units have handed in: one queryset per source, with the same annotations.

``done`` 1 when the unit's own report is final (its head approved it), ``submitted`` 1 when it was
handed in, ``on_time`` 1 when that was by the last day. Sources: the self-report of an ITA round, the
checklist of a campaign answered by units, the answers of a campaign answered by people.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistState, Participation

_OIT = Participation.OitState
_LIST = ChecklistState.State


def members(workflow: Workflow, within: str = "") -> QuerySet[Any]:
    """Rows of the units that take part (``unit_id``), at or below the tree path ``within``."""
    rows: QuerySet[Any]
    if workflow.kind == "round":
        rows = Participation.objects.filter(round_id=workflow.pk)
    else:
        rows = CampaignUnit.objects.filter(campaign_id=workflow.pk)
    if within:
        rows = rows.filter(unit__path__gte=within, unit__path__lt=within + "~")
    return _flags(rows, workflow).order_by()


def end_of_day(day: dt.date) -> dt.datetime:
    """The first moment after the day, Thai time."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _flags(rows: QuerySet[Any], workflow: Workflow) -> QuerySet[Any]:
    if workflow.kind == "round":
        handed, final = ~Q(oit_state=_OIT.DRAFT), ~Q(oit_state__in=[_OIT.DRAFT, _OIT.SUBMITTED])
        at = "submitted_at"
    elif workflow.source.mode == Campaign.Mode.UNIT:
        # ~Q over a row that is not there would let it through.
        handed = Q(checklist__state__in=[s for s in _LIST.values if s != _LIST.DRAFT])
        final = handed & ~Q(checklist__state=_LIST.SUBMITTED)
        at = "checklist__submitted_at"
    else:
        return _by_people(rows, workflow)
    timely = handed & Q(**{f"{at}__lt": end_of_day(workflow.due_on)})
    return rows.annotate(done=_one(final), submitted=_one(handed), on_time=_one(timely), at=F(at))


def _by_people(rows: QuerySet[Any], workflow: Workflow) -> QuerySet[Any]:
    """People answer until the last day, so what came is in time; a unit is done when all is closed.

    Handed in means: enough answers that they may be shown.
    """
    closed = workflow.source.state in {Campaign.State.CLOSED, Campaign.State.FINAL}
    answered = _one(Q(collect_counter__n__gte=workflow.source.min_report_n))
    return rows.annotate(
        done=Value(int(closed), IntegerField()),
        submitted=answered,
        on_time=answered,
        at=Value(None),
    )


def _one(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
