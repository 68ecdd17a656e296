"""Obligations: open by a clock, extend as the clock allows, close. The day and its reasons are the engine's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock as now_clock
from sucharit.core import fiscal
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.desk.deadlines import calendar, queries
from sucharit.desk.deadlines.services.days import account
from sucharit.desk.engine import deadlines as engine
from sucharit.desk.models import Obligation
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.core.actors import System
    from sucharit.orgs.models import User

EDIT = "actions.edit"


def open_obligation(
    *, actor: Any, unit: Unit, clock_key: str, anchor_on: dt.date, title: str,
    subject_kind: str = "", subject_id: str = "", url: str = "",
) -> Obligation:  # fmt: skip
    """What the unit owes by a clock from an event (CE day). ``title`` is shown: no personal text.

    An open obligation of the same unit, clock and subject from the same day is given back as it stands.
    Needs "actions.edit" at the unit (or a System actor after the caller's own check). Refusal for an unknown
    clock or an empty title.
    """
    if not title.strip():
        raise Refusal(_("Say what is to be done."), where="title")
    with transaction.atomic():
        # The unit's row is the lock: two at once for the same subject make one.
        held = Unit.objects.select_for_update().get(pk=unit.pk)
        scope.require(actor, EDIT, held)
        version = queries.clock_on(clock_key, anchor_on)
        there = Obligation.objects.open().filter(
            unit=held, clock__key=clock_key, anchor_on=anchor_on, subject_kind=subject_kind,
            subject_id=subject_id, **({} if subject_id else {"title": title.strip()[:300]}),
        )  # fmt: skip
        if (old := there.first()) is not None:
            return old
        found = queries.compute(queries.rule_of(version), anchor_on, calendar.province_of(held))
        made = Obligation.objects.create(
            unit=held, fiscal_year=fiscal.fiscal_year_be(found.due_on), clock=version,
            title=title.strip()[:300], subject_kind=subject_kind, subject_id=subject_id, url=url,
            anchor_on=anchor_on, due_on=found.due_on, original_due_on=found.due_on, why=found.as_data(),
            created_by=account(actor=actor),
        )  # fmt: skip
        _note("opened", made, actor=actor, clock=clock_key, due=found.due_on.isoformat())
    return made


def extend_obligation(*, actor: User | System, obligation: Obligation, reason: str) -> Obligation:
    """Use one of the clock's extensions: it runs from the day after the present last day (CCC s. 193/7).

    Refusal when it is closed, without a reason, or when the clock allows no more.
    """
    if not reason.strip():
        raise Refusal(_("Say why the period is extended."), where="reason")
    with transaction.atomic():
        held = _locked(obligation, actor=actor)
        allowed = held.clock.max_extensions
        if held.extensions >= allowed:
            raise Refusal(
                _("This period allows %(n)s extensions, and all are used. Close it, or escalate it to your superior.")
                % {"n": allowed} if allowed else _("The law gives this period no extension."),
                where="reason",
            )  # fmt: skip
        number = held.extensions + 1
        found = engine.extend(
            queries.rule_of(held.clock), held.due_on, number, calendar.current(), calendar.province_of(held.unit)
        )  # fmt: skip
        by = {"kind": "reason", "on": now_clock.today().isoformat(), "note": reason.strip()[:1000]}
        held.why = [*held.why, *found.as_data(), by]
        held.due_on, held.extensions = found.due_on, number
        held.fiscal_year = fiscal.fiscal_year_be(found.due_on)
        held.save(update_fields=["why", "due_on", "extensions", "fiscal_year"])
        _note("extended", held, actor=actor, number=number, due=found.due_on.isoformat())
    return held


def close_obligation(*, actor: User | System, obligation: Obligation, note: str = "") -> Obligation:
    """It is done, with a sentence if there is something to say. Refusal when it is closed already."""
    with transaction.atomic():
        held = _locked(obligation, actor=actor)
        held.done_at, held.done_by = now_clock.now(), account(actor=actor)
        held.done_note = note.strip()
        held.save(update_fields=["done_at", "done_by", "done_note"])
        _note("closed", held, actor=actor, late=now_clock.today() > held.due_on)
    return held


def _locked(obligation: Obligation, *, actor: User | System) -> Obligation:
    held = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("unit", "clock")
        .get(pk=obligation.pk)
    )
    scope.require(actor, EDIT, held.unit)
    if held.done_at is not None:
        raise Refusal(_("This obligation is closed already."))
    return held


def _note(what: str, held: Obligation, *, actor: User | System, **facts: Any) -> None:
    record(
        actor=actor, action=f"desk.obligation.{what}", target=held, unit=held.unit,
        fiscal_year=held.fiscal_year, **facts,
    )  # fmt: skip
