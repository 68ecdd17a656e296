"""A round's way: made, filled with units, opened, surveys shut, reviewed, objected to, announced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import Framework, Objection, Participation, Round
from sucharit.assessments.services.calendar import CALENDAR, check_calendar
from sucharit.assessments.services.steps import (
    day_text,
    edition_of,
    locked_participation,
    locked_round,
    oit_items,
    take_round_step,
)
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

UNIT_KINDS = (Unit.Kind.DEPARTMENT, Unit.Kind.ENTERPRISE, Unit.Kind.PROVINCE)


@dataclass(frozen=True)
class Opening:
    """What stands before a step: numbers for the confirmation page."""

    units: int
    approved: int
    scored: int
    open_objections: int


def create_round(
    *,
    actor: Any,
    owner: Unit,
    framework: Framework,
    fiscal_year: int,
    title_th: str,
    calendar: Mapping[str, dt.date],
    tree_date: dt.date,
    title_en: str = "",
    access: str = Round.Access.OPEN_LINK,
    min_report_n: int = 5,
    synthetic: bool = False,
) -> Round:
    """A new round, a draft without units. ``calendar`` holds the seven dates of ``CALENDAR``.

    Raises ValidationError by field; NotFoundInScope or Forbidden without the right at the owner.
    """
    scope.require(actor, "assessments.manage", owner)
    check_calendar(fiscal_year, calendar)
    made = Round(
        owner=owner, framework=framework, fiscal_year=fiscal_year, title_th=title_th.strip(), title_en=title_en.strip(),
        access=access, tree_date=tree_date, min_report_n=min_report_n, synthetic=synthetic, **calendar,
    )  # fmt: skip
    made.full_clean(exclude=["title_en"])
    with transaction.atomic():
        made.save(force_insert=True)
        record(
            actor=actor, action="assessments.round.created", target=made, unit=owner, fiscal_year=fiscal_year,
            framework=framework.code, version=framework.version, **_texts(calendar),
        )  # fmt: skip
    return made


def update_calendar(*, actor: Any, round: Round, calendar: Mapping[str, dt.date]) -> Round:  # noqa: A002
    """Move the dates of a round that is not announced yet; what is over may be extended."""
    with transaction.atomic():
        held = locked_round(round)
        take_round_step(actor=actor, round=held, action="edit_calendar")
        check_calendar(held.fiscal_year, calendar)
        before = {name: getattr(held, name) for name in CALENDAR}
        for name in CALENDAR:
            setattr(held, name, calendar[name])
        held.save(update_fields=list(CALENDAR))
        changed = {name: calendar[name] for name in CALENDAR if calendar[name] != before[name]}
        _note(actor=actor, held=held, action="calendar", **_texts(changed))
    _forget_surveys()
    return held


def eligible_units(round: Round) -> Any:  # noqa: A002
    """Departments, enterprises and provinces below the owner, alive on the round's tree date."""
    return Unit.objects.under(round.owner).alive(round.tree_date).filter(kind__in=UNIT_KINDS)


def add_participations(*, actor: Any, round: Round, units: Iterable[Unit] | None = None) -> int:  # noqa: A002
    """Let units take part (default: all eligible ones); gives how many are new. Those in it stay as they are."""
    with transaction.atomic():
        held = locked_round(round)
        take_round_step(actor=actor, round=held, action="add_units")
        eligible = {u.pk: u for u in eligible_units(held)}
        wanted = list(eligible.values()) if units is None else list(units)
        strange = [u.code for u in wanted if u.pk not in eligible]
        if strange:
            raise Refusal(
                _(
                    "These cannot take part (not a department, enterprise or province of the ministry on %(day)s): %(units)s"
                )
                % {"day": day_text(held.tree_date), "units": ", ".join(strange)}
            )
        there = set(held.participations.values_list("unit_id", flat=True))
        new = [Participation(round=held, unit=u) for u in wanted if u.pk not in there]
        Participation.objects.bulk_create(new, batch_size=200)
        _note(actor=actor, held=held, action="units_added", units=len(new))
    return len(new)


def remove_participation(*, actor: Any, participation: Participation) -> None:
    """Take a unit out of a round that is still a draft."""
    with transaction.atomic():
        held = locked_round(participation.round)
        take_round_step(actor=actor, round=held, action="remove_unit")
        found = locked_participation(participation)
        found.delete()
        _note(actor=actor, held=held, action="unit_removed", removed=found.unit.code)


def open_round(*, actor: Any, round: Round) -> Round:  # noqa: A002
    """Open surveys and self-report (by their calendar). Needs units and a complete framework."""
    with transaction.atomic():
        held = locked_round(round)
        state = take_round_step(actor=actor, round=held, action="open")
        if not held.participations.exists():
            raise Refusal(_("No unit takes part yet: add units first."))
        if not held.framework.complete or not oit_items(edition_of(held)):
            raise Refusal(
                _("The framework's items are not complete, so a round cannot be run on it.")
            )
        return _move(actor=actor, held=held, state=state, units=held.participations.count())


def close_surveys(*, actor: Any, round: Round) -> Round:  # noqa: A002
    """Shut all surveys of the round for good. Said twice, the second is refused."""
    from sucharit.assessments.intake import closing

    with transaction.atomic():
        held = locked_round(round)
        take_round_step(actor=actor, round=held, action="close_surveys")
        if held.surveys_closed_at is not None:
            raise Refusal(_("The surveys have been closed already."))
        held.surveys_closed_at = clock.now()
        held.save(update_fields=["surveys_closed_at"])
        # Writes its own ledger row, and rewrites the answers' order once this is committed.
        closing.close_surveys(actor=actor, round=held)
    return held


def start_review(*, actor: Any, round: Round) -> Round:  # noqa: A002
    """Hand the approved self-reports to the assessors; the units can change nothing from here on."""
    with transaction.atomic():
        held = locked_round(round)
        state = take_round_step(actor=actor, round=held, action="start_review")
        if held.surveys_closed_at is None:
            raise Refusal(
                _("Close the surveys first: no answer may come in while the assessors mark.")
            )
        approved = held.participations.filter(oit_state=Participation.OitState.APPROVED).count()
        if not approved:
            raise Refusal(
                _("No unit's head has approved a self-report yet: there is nothing to mark.")
            )
        return _move(actor=actor, held=held, state=state, approved=approved)


def open_objections(*, actor: Any, round: Round) -> Round:  # noqa: A002
    """Show the marks to the units and open the objection window; all approved units must be marked."""
    with transaction.atomic():
        held = locked_round(round)
        state = take_round_step(actor=actor, round=held, action="open_objections")
        left = held.participations.filter(oit_state=Participation.OitState.APPROVED).count()
        if left:
            raise Refusal(
                _("Units whose marking is not finished: %(n)s. Finish them first.") % {"n": left}
            )
        moved = _move(actor=actor, held=held, state=state)
    _compute(actor=actor, held=moved)
    return moved


def finalise(*, actor: Any, round: Round, on: dt.date | None = None) -> Round:  # noqa: A002
    """Announce: nothing changes any more; the scores are computed and public.

    Refused while an objection is open or the objection window has not ended.
    """
    today = on or clock.today()
    with transaction.atomic():
        held = locked_round(round)
        state = take_round_step(actor=actor, round=held, action="finalise")
        if today <= held.objection_to:
            raise Refusal(
                _("Units may object until %(day)s: announce the result after that.")
                % {"day": day_text(held.objection_to)}
            )
        still = Objection.objects.filter(
            participation__round=held, state=Objection.State.OPEN
        ).count()
        if still:
            raise Refusal(_("Objections not decided yet: %(n)s. Decide them first.") % {"n": still})
        held.announced_on = today
        held.participations.update(oit_state=Participation.OitState.FINAL)
        moved = _move(actor=actor, held=held, state=state)
    _compute(actor=actor, held=moved)
    return moved


def before_step(round: Round) -> Opening:  # noqa: A002
    """Numbers for the page that asks "are you sure?"."""
    states = list(round.participations.values_list("oit_state", flat=True))
    objections = Objection.objects.filter(
        participation__round=round, state=Objection.State.OPEN
    ).count()
    return Opening(len(states), states.count("approved"), states.count("scored"), objections)


def _move(*, actor: Any, held: Round, state: str, **data: Any) -> Round:
    was, held.state = held.state, state
    held.save(update_fields=["state", "announced_on"])
    _note(actor=actor, held=held, action=state, was=was, **data)
    transaction.on_commit(_forget_surveys)
    return held


def _note(*, actor: Any, held: Round, action: str, **data: Any) -> None:
    record(
        actor=actor, action=f"assessments.round.{action}", target=held, unit=held.owner,
        fiscal_year=held.fiscal_year, **data,
    )  # fmt: skip


def _texts(dates: Mapping[str, dt.date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in dates.items()}


def _forget_surveys() -> None:
    from sucharit.assessments.intake import lookup

    lookup.forget()


def _compute(*, actor: Any, held: Round) -> None:
    from sucharit.assessments.services import scoring

    scoring.compute_round(actor=actor, round=held)
