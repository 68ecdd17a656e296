"""What the services share: rows under lock, the account of an actor, the ledger row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.models import Actual, Indicator, PeriodLock

EDIT, APPROVE, VERIFY = "plans.edit", "plans.approve", "indicators.verify"


def account(who: Any) -> Any:
    """The account to keep in a row; None for the system itself."""
    return None if isinstance(who, System) or not getattr(who, "pk", None) else who


def hold_indicator(indicator: Indicator) -> Indicator:
    """The indicator under lock: writers of its figures follow one another. NotFoundInScope: it is gone."""
    held = (
        Indicator.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner_unit", "reviewer_unit")
        .filter(pk=indicator.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such indicator."))
    return held


def hold_actual(actual: Actual) -> Actual:
    """The figure with its indicator and unit, both locked by the indicator's lock first."""
    hold_indicator(actual.indicator)
    held = (
        Actual.objects.select_for_update(of=("self",))
        .select_related("unit", "indicator__owner_unit", "indicator__reviewer_unit")
        .filter(pk=actual.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such figure."))
    return held


def alive(indicator: Indicator) -> None:
    """Refusal for a version that is no longer used."""
    if indicator.retired_at is not None:
        raise Refusal(_("This version of the indicator is no longer used: open the newest one."))


def lock_of(unit: Unit, fiscal_year: int, kind: str, seq: int) -> PeriodLock | None:
    """The lock on the quarter in which the period ends, when one is in force."""
    return PeriodLock.objects.filter(
        unit=unit,
        fiscal_year=fiscal_year,
        quarter=periods.quarter_in(kind, seq),
        reopened_at__isnull=True,
    ).first()


def note(
    *, actor: Any, action: str, target: Any, unit: Unit, fiscal_year: int, **more: Any
) -> None:
    """One row of the ledger: ids, codes and counts only."""
    record(
        actor=actor, action=f"plans.{action}", target=target, unit=unit, fiscal_year=fiscal_year, **more,
    )  # fmt: skip
