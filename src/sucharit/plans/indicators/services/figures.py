"""Figures of a period: entered as a draft, handed in with their evidence.

A figure that was verified, or whose quarter is locked, is never changed: a new version is made, with its
reason, and the verified one counts until the new one is verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.evidence import services as evidence
from sucharit.core.models import Evidence
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.figures import share, to_e4
from sucharit.plans.indicators.services.base import (
    EDIT,
    account,
    alive,
    hold_actual,
    hold_indicator,
    lock_of,
    note,
)
from sucharit.plans.models import Actual, Indicator, PeriodLock

EVIDENCE_KIND = "plans.actual"
E4 = 10_000
Status = Actual.Status


@dataclass(frozen=True)
class Entry:
    """What is typed, in ten-thousandths: numerator and denominator of a share, else the value; or a text."""

    value_e4: int | None = None
    numerator_e4: int | None = None
    denominator_e4: int | None = None
    text: str = ""
    note: str = ""


def token(actual: Actual | None) -> str:
    """What a form remembers of the figure it shows, so that nobody writes over what he has not seen."""
    return f"{actual.pk}.{actual.status}.{actual.entered_at.timestamp()}" if actual else ""


def enter_actual(
    *,
    actor: Any,
    indicator: Indicator,
    unit: Unit,
    fiscal_year: int,
    seq: int,
    entry: Entry,
    reason: str = "",
    seen: str | None = None,
) -> Actual:
    """Keep the figure of a period as a draft. Needs "plans.edit" at the unit.

    ``seq``: number of the period of the indicator's frequency in the year (BE). ``seen``: the ``token`` of
    the figure the writer had before his eyes ("": none); None: not asked. Refusal: handed in by somebody
    meanwhile, a period that has not ended, a figure that does not fit, or a late change without a reason.
    """
    with transaction.atomic():
        held = hold_indicator(indicator)
        scope.require(actor, EDIT, unit)
        alive(held)
        if held.measured_by:
            raise Refusal(_("The platform counts this figure itself: nobody types it."))
        _ended(held, fiscal_year, seq)
        before = _latest(held, unit, fiscal_year, seq)
        _unchanged(before, seen)
        lock = lock_of(unit, fiscal_year, held.frequency, seq)
        late = lock is not None or (before is not None and before.status == Status.VERIFIED)
        if late and not reason.strip():
            raise Refusal(
                _("This period is verified or locked: say why the figure is entered now."),
                where="reason",
            )
        made = _row(held, unit, fiscal_year, seq, before, lock)
        _fill(made, held, entry)
        made.reason = reason.strip() if late else made.reason
        made.entered_by, made.entered_at = account(actor), clock.now()
        _save(made, before)
        note(actor=actor, action="actual.entered", target=made, unit=unit, fiscal_year=fiscal_year,
             code=held.code, seq=seq, version=made.version, late=late)  # fmt: skip
    return made


def submit_actual(*, actor: Any, actual: Actual) -> Actual:
    """Hand a draft in to be verified. Needs "plans.edit" at the unit."""
    with transaction.atomic():
        held = hold_actual(actual)
        scope.require(actor, EDIT, held.unit)
        if held.status not in {Status.DRAFT, Status.RETURNED} or not held.latest:
            raise Refusal(_("This figure is handed in already."))
        held.status, held.submitted_at = Status.SUBMITTED, clock.now()
        held.save(update_fields=["status", "submitted_at"])
        note(actor=actor, action="actual.submitted", target=held, unit=held.unit,
             fiscal_year=held.fiscal_year, code=held.indicator.code, seq=held.seq, version=held.version)  # fmt: skip
    return held


def add_evidence_to(*, actor: Any, actual: Actual, title: str, upload: Any) -> Evidence:
    """A document behind a figure that is not verified yet. Needs "plans.edit" at the unit."""

    def check() -> None:
        held = Actual.objects.select_related("unit").get(pk=actual.pk)
        scope.require(actor, EDIT, held.unit)
        if held.status == Status.VERIFIED or not held.latest:
            raise Refusal(_("This figure is verified: enter a new version to add documents."))

    return evidence.add_evidence(
        actor=actor, unit=actual.unit, fiscal_year=actual.fiscal_year, title=title,
        owner_kind=EVIDENCE_KIND, owner_id=actual.pk, upload=upload, check=check,
    )  # fmt: skip


def _ended(indicator: Indicator, fiscal_year: int, seq: int) -> None:
    try:
        period = periods.bounds(fiscal_year, indicator.frequency, seq)
    except ValueError:
        raise Refusal(_("The fiscal year has no such period."), where="seq") from None
    if period.end > clock.today():
        raise Refusal(
            _("This period has not ended yet: its figure is entered after that."), where="seq"
        )


def _latest(indicator: Indicator, unit: Unit, fiscal_year: int, seq: int) -> Actual | None:
    return (
        Actual.objects.select_for_update(of=("self",))
        .filter(
            indicator=indicator, unit=unit, fiscal_year=fiscal_year, period=indicator.frequency, seq=seq,
            latest=True,
        )
        .first()
    )  # fmt: skip


def _unchanged(before: Actual | None, seen: str | None) -> None:
    if seen is not None and seen != token(before):
        raise Refusal(
            _(
                "Somebody else has entered this period meanwhile. Open it again and look at that figure first."
            )
        )
    if before is not None and before.status == Status.SUBMITTED:
        raise Refusal(
            _("This figure is handed in. Ask the verifier to return it before you change it.")
        )


def _row(
    indicator: Indicator,
    unit: Unit,
    fiscal_year: int,
    seq: int,
    before: Actual | None,
    lock: PeriodLock | None,
) -> Actual:
    """The draft itself, or a new version after a verified figure and after the lock."""
    kept = before is not None and before.status != Status.VERIFIED
    if kept and before is not None and (lock is None or before.entered_at > lock.locked_at):
        before.status = Status.DRAFT
        return before
    return Actual(
        indicator=indicator, unit=unit, fiscal_year=fiscal_year, period=indicator.frequency, seq=seq,
        version=before.version + 1 if before else 1,
    )  # fmt: skip


def _fill(made: Actual, indicator: Indicator, entry: Entry) -> None:
    """The typed figure, checked against the sheet."""
    measure = indicator.measure
    made.numerator_e4 = made.denominator_e4 = made.value_e4 = None
    made.text, made.note = entry.text.strip(), entry.note.strip()
    if measure == Indicator.Measure.TEXT:
        if not made.text:
            raise Refusal(_("Write what was reached."), where="text")
        return
    if entry.numerator_e4 is not None or measure in {"percent", "ratio"}:
        _share(made, indicator, entry)
    else:
        made.value_e4 = entry.value_e4
    if made.value_e4 is None:
        raise Refusal(_("Enter the figure."), where="value")
    if measure == Indicator.Measure.BINARY and made.value_e4 not in {0, E4}:
        raise Refusal(_("This is a yes or no: enter 1 or 0."), where="value")
    low, high = indicator.floor_e4, indicator.ceiling_e4
    if (low is not None and made.value_e4 < low) or (high is not None and made.value_e4 > high):
        where = "value" if made.denominator_e4 is None else "numerator"
        raise Refusal(
            _("The figure lies outside what this indicator can be. Check it."), where=where
        )


def _share(made: Actual, indicator: Indicator, entry: Entry) -> None:
    if entry.numerator_e4 is None:
        raise Refusal(_("Enter what was counted."), where="numerator")
    if entry.denominator_e4 is None or entry.denominator_e4 <= 0:
        raise Refusal(
            _("Enter out of how many; it must be above zero. Where there is nothing to count, leave the period out."),
            where="denominator",
        )  # fmt: skip
    made.numerator_e4, made.denominator_e4 = entry.numerator_e4, entry.denominator_e4
    made.value_e4 = to_e4(share(entry.numerator_e4, entry.denominator_e4, indicator.measure))


def _save(made: Actual, before: Actual | None) -> None:
    try:
        with transaction.atomic():
            if before is not None and made is not before:
                before.latest = False
                before.save(update_fields=["latest"])
            made.save()
    except IntegrityError:
        raise Refusal(
            _(
                "Somebody else has entered this period meanwhile. Open it again and look at that figure first."
            )
        ) from None
