"""Somebody else looks at a figure: it becomes official, or goes back with what is missing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.indicators.services.base import VERIFY, account, hold_actual, note
from sucharit.plans.models import Actual, Indicator

Status = Actual.Status


def reviewer(indicator: Indicator) -> Unit:
    """The unit whose people verify the indicator's figures."""
    return indicator.reviewer_unit or indicator.owner_unit


def verify_actual(*, actor: Any, actual: Actual) -> Actual:
    """Make a figure official; the one before stays as its earlier version.

    Needs "indicators.verify" at the reviewer unit; who entered the figure never verifies it.
    """
    with transaction.atomic():
        held = _asked(actor=actor, actual=actual)
        Actual.objects.filter(
            indicator=held.indicator, unit=held.unit, fiscal_year=held.fiscal_year,
            period=held.period, seq=held.seq, official=True,
        ).update(official=False)  # fmt: skip
        held.status, held.official = Status.VERIFIED, True
        held.verified_by, held.verified_at = account(actor), clock.now()
        held.save(update_fields=["status", "official", "verified_by", "verified_at"])
        _note(actor=actor, actual=held, action="verified")
    return held


def return_actual(*, actor: Any, actual: Actual, why: str) -> Actual:
    """Send a figure back with what has to be mended. The same right; Refusal without words."""
    with transaction.atomic():
        held = _asked(actor=actor, actual=actual)
        if not why.strip():
            raise Refusal(_("Say what has to be mended."), where="why")
        held.status, held.returned_note = Status.RETURNED, why.strip()
        held.save(update_fields=["status", "returned_note"])
        _note(actor=actor, actual=held, action="returned")
    return held


def _asked(*, actor: Any, actual: Actual) -> Actual:
    held = hold_actual(actual)
    asked = reviewer(held.indicator)
    # Who sees the figure is told that the step is not his, wherever the reviewer unit stands.
    seen = isinstance(actor, System) or scope.can(actor, "view", held.unit)
    if seen and not isinstance(actor, System) and not scope.can(actor, VERIFY, asked):
        raise Forbidden(_("The unit that verifies this figure is another one."))
    scope.require(actor, VERIFY, asked)
    if held.status != Status.SUBMITTED:
        raise Refusal(_("This figure is not waiting to be verified."))
    if held.entered_by_id is not None and held.entered_by_id == getattr(actor, "pk", None):
        raise Refusal(_("You entered this figure yourself: somebody else verifies it."))
    return held


def _note(*, actor: Any, actual: Actual, action: str) -> None:
    note(
        actor=actor, action=f"actual.{action}", target=actual, unit=actual.unit,
        fiscal_year=actual.fiscal_year, code=actual.indicator.code, seq=actual.seq,
        version=actual.version,
    )  # fmt: skip
