"""Where a unit starts from and what it wants to reach."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.indicators.services.base import (
    APPROVE,
    EDIT,
    account,
    alive,
    hold_indicator,
    note,
)
from sucharit.plans.models import Baseline, Indicator, Target


def set_baseline(
    *,
    actor: Any,
    indicator: Indicator,
    unit: Unit,
    fiscal_year: int,
    value_e4: int,
    source: str = "",
) -> Baseline:
    """Where the unit stood in a year (BE). Needs "plans.edit" at the unit; the same year again replaces it."""
    with transaction.atomic():
        held = hold_indicator(indicator)
        scope.require(actor, EDIT, unit)
        alive(held)
        made, new = Baseline.objects.update_or_create(
            indicator=held,
            unit=unit,
            fiscal_year=fiscal_year,
            defaults={"value_e4": value_e4, "source": source, "verified": False},
        )
        note(actor=actor, action="baseline.set", target=made, unit=unit, fiscal_year=fiscal_year,
             code=held.code, again=not new)  # fmt: skip
    return made


def set_target(
    *,
    actor: Any,
    indicator: Indicator,
    unit: Unit,
    fiscal_year: int,
    value_e4: int,
    period: str = "year",
    seq: int = 1,
    upper_e4: int | None = None,
    stretch_e4: int | None = None,
    plan_version: str = "",
    rationale: str = "",
    source: str = "",
) -> Target:
    """A target of the unit, waiting for approval; one in force is superseded and stays readable.

    Needs "plans.edit" at the unit; to replace an approved one "plans.approve" and a reason (``rationale``),
    and the new one is approved with it.
    """
    with transaction.atomic():
        held = hold_indicator(indicator)
        scope.require(actor, EDIT, unit)
        alive(held)
        _fits(held, period, seq, value_e4, upper_e4)
        before = (
            Target.objects.select_for_update(of=("self",))
            .filter(
                indicator=held, unit=unit, fiscal_year=fiscal_year, period=period, seq=seq,
                superseded=False,
            )
            .first()
        )  # fmt: skip
        final = before is not None and before.approved_at is not None
        if final:
            scope.require(actor, APPROVE, unit)
            if not rationale.strip():
                raise Refusal(
                    _("This target is approved. Say why it is replaced."), where="rationale"
                )
        if before is not None:
            before.superseded = True
            before.save(update_fields=["superseded"])
        made = Target.objects.create(
            indicator=held, unit=unit, fiscal_year=fiscal_year, period=period, seq=seq,
            value_e4=value_e4, upper_e4=upper_e4, stretch_e4=stretch_e4, plan_version=plan_version,
            rationale=rationale.strip(), source=source, supersedes=before,
            approved_by=account(actor) if final else None, approved_at=clock.now() if final else None,
        )  # fmt: skip
        note(actor=actor, action="target.set", target=made, unit=unit, fiscal_year=fiscal_year,
             code=held.code, supersedes=before.pk if before else None)  # fmt: skip
    return made


def approve_target(*, actor: Any, target: Target) -> Target:
    """Make a target binding. Needs "plans.approve" at the unit. Refusal: superseded or approved already."""
    with transaction.atomic():
        hold_indicator(target.indicator)
        held = (
            Target.objects.select_for_update(of=("self",))
            .select_related("unit", "indicator")
            .get(pk=target.pk)
        )
        scope.require(actor, APPROVE, held.unit)
        if held.superseded:
            raise Refusal(_("This target has been replaced: open the one in force."))
        if held.approved_at is not None:
            raise Refusal(_("This target is approved already."))
        held.approved_by, held.approved_at = account(actor), clock.now()
        held.save(update_fields=["approved_by", "approved_at"])
        note(actor=actor, action="target.approved", target=held, unit=held.unit,
             fiscal_year=held.fiscal_year, code=held.indicator.code)  # fmt: skip
    return held


def _fits(indicator: Indicator, period: str, seq: int, low: int, high: int | None) -> None:
    if not 1 <= seq <= periods.PARTS.get(period, 0):
        raise Refusal(_("The fiscal year has no such period."), where="seq")
    if indicator.direction == Indicator.Direction.RANGE and (high is None or high < low):
        raise Refusal(
            _("A range needs an upper end that is not below its lower end."), where="upper"
        )
