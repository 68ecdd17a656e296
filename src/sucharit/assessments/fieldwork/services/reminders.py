"""Units are reminded that too few have answered. Persons never are: nobody knows who has answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sucharit.assessments.fieldwork.queries import UnitFill, fill_of
from sucharit.assessments.models import Participation, Reminder, Round
from sucharit.assessments.services.steps import account, day_text
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sucharit.orgs.models import Unit

PAUSE = dt.timedelta(days=3)
"""A unit is reminded once in this time, whoever reminds."""

LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class Reach:
    """Who would be reminded now, and who not because the last reminder is too fresh."""

    due: list[UnitFill]
    resting: list[UnitFill]


def remind_units(
    *,
    actor: Any,
    round: Round,  # noqa: A002 (the field's word)
    below: int = 100,
    message: str = "",
    under: Unit | None = None,
    on: dt.date | None = None,
) -> list[Reminder]:
    """Remind every unit in the actor's reach whose emptier survey stands below ``below`` percent.

    ``below``: 1 to 100 percent of the least number, measured on the steps that are shown. ``under``
    narrows to a subtree. A unit without head count, or reminded within ``PAUSE``, is left out.
    Raises Refusal while no answers may come in, ValidationError for a wrong number or too long a
    message, NotFoundInScope or Forbidden without reach.
    """
    wrong = {}
    if not 1 <= below <= 100:
        wrong["below"] = _("Between 1 and 100 percent.")
    if len(message.strip()) > LONGEST_MESSAGE:
        wrong["message"] = _("At most %(n)s characters.") % {"n": LONGEST_MESSAGE}
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        held = Round.objects.select_for_update().select_related("owner").get(pk=round.pk)
        units = reach_of(actor=actor, round=held, under=under)
        _require_open(held, on or clock.today())
        locked = Participation.objects.select_for_update(of=("self",), no_key=True).filter(
            pk__in=list(units.values_list("pk", flat=True))
        )
        list(locked.order_by("pk").values_list("pk", flat=True))
        now = clock.now()
        due = split(fill_of(held, units), below=below, now=now).due
        made = Reminder.objects.bulk_create(
            Reminder(
                participation=row.participation,
                sent_at=now,
                sent_by=account(actor),
                message=message.strip(),
            )
            for row in due
        )
        record(
            actor=actor, action="assessments.units_reminded", target=held, unit=under or held.owner,
            fiscal_year=held.fiscal_year, units=len(made), below=below,
        )  # fmt: skip
    return made


def reach_of(
    *,
    actor: Any,
    round: Round,  # noqa: A002
    under: Unit | None = None,
) -> QuerySet[Participation]:
    """Units of the round the actor may remind: those below a unit he answers for, or whose round he runs.

    Raises Forbidden when he sees the round but answers for nobody, NotFoundInScope when he does not
    even see it.
    """
    units = Participation.objects.filter(round=round)
    if under is not None:
        units = units.filter(unit__path__startswith=under.path)
    if isinstance(actor, System):
        return units
    edits, manages = (scope.paths(actor, f"assessments.{right}") for right in ("edit", "manage"))
    if not edits and not manages:
        if Round.objects.visible_to(actor).filter(pk=round.pk).exists():
            raise Forbidden(_("Your role does not include reminding units."))
        raise NotFoundInScope(_("There is no such round."))
    within = Q(pk=None)
    for path in manages:
        within |= Q(unit__path__startswith=path)
    for path in edits:
        within |= Q(unit__path__startswith=path) & ~Q(unit__path=path)
    return units.filter(within)


def split(rows: list[UnitFill], *, below: int, now: dt.datetime) -> Reach:
    """Of these units, who is below the mark: due now, and resting since the last reminder."""
    short = [row for row in rows if any((row.surveys[s].percent or 0) < below for s in row.short)]
    due = [r for r in short if r.reminded_at is None or r.reminded_at <= now - PAUSE]
    return Reach(due, [row for row in short if row not in due])


def _require_open(round_: Round, today: dt.date) -> None:
    if round_.state != Round.State.OPEN or round_.surveys_closed_at is not None:
        raise Refusal(_("The surveys of this round are not open, so nobody needs a reminder."))
    if today < round_.surveys_from:
        raise Refusal(_("The surveys open on %(day)s.") % {"day": day_text(round_.surveys_from)})
    if today > round_.surveys_to:
        raise Refusal(
            _("The surveys ended on %(day)s. The anti-corruption centre can extend them in the calendar.")
            % {"day": day_text(round_.surveys_to)}
        )  # fmt: skip
