"""Standing aside on an item: declared or objected to, decided within the clock of the law."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.committees import access, library
from sucharit.committees.engine import flow
from sucharit.committees.meetings import base
from sucharit.committees.meetings.services.items import hold_item
from sucharit.committees.models import AgendaItem, Meeting, Recusal, Seat
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.orgs.models import Unit

OPEN = flow.AGENDA_OPEN | {"minutes_draft"}


def declare_recusal(
    *, actor: Any, item: AgendaItem, seat: Seat, ground: str, note: str = "", kind: str = "declared"
) -> Recusal:
    """A member says he has an interest (or somebody objects to him): he stands aside until it is decided.

    By the member of that seat himself, or by the secretariat. ``ground``: key of the data file.
    """
    if ground not in library.grounds():
        raise Refusal(_("Choose the ground."), where="ground")
    with transaction.atomic():
        meeting = _meeting(item, actor=actor)
        if not meeting.committee.seats.filter(pk=seat.pk).exists():
            raise Refusal(_("This seat does not belong to the meeting."), where="seat")
        own = seat.pk in access.seats_of(actor, meeting.committee)
        if not own and not access.secretariat(actor, meeting.committee):
            raise Forbidden(_("A member declares for himself; the secretariat records objections."))
        base.must(meeting, OPEN, _("The minutes have gone round: it is too late to stand aside."))
        if Recusal.objects.filter(item=item, seat=seat).exists():
            raise Refusal(_("This is recorded already."), where="seat")
        now = clock.now()
        made = Recusal.objects.create(
            item=item, seat=seat, kind=kind, ground=ground, note=note.strip(), at=now,
            by=access.account(actor), due_on=due_on(clock.today(), meeting.committee.unit),
        )  # fmt: skip
        base.note(actor, "recusal.declared", meeting, made, item=item.pk, seat=seat.pk, ground=ground)  # fmt: skip
    return made


def decide_recusal(*, actor: Any, recusal: Recusal, decision: str, note: str = "") -> Recusal:
    """The committee's decision, recorded by the secretariat; never by the member it is about."""
    if decision not in Recusal.Decision.values:
        raise Refusal(_("Choose the decision."), where="decision")
    with transaction.atomic():
        _item, meeting = hold_item(recusal.item, actor=actor)
        base.must(meeting, OPEN, _("The minutes have gone round: it is too late to stand aside."))
        held = Recusal.objects.select_for_update().get(pk=recusal.pk)
        if held.seat_id in access.seats_of(actor, meeting.committee):
            raise Forbidden(_("Nobody decides on his own interest."))
        if held.decision:
            raise Refusal(_("This was decided already."))
        held.decision, held.decision_note = decision, note.strip()
        held.decided_at, held.decided_by = clock.now(), access.account(actor)
        held.save()
        base.note(actor, "recusal.decided", meeting, held, decision=decision)
    return held


def due_on(declared_on: dt.date, unit: Unit) -> dt.date:
    """Last day for the decision: the clock ``recusal_decide``, or the days of the data file where it is not loaded."""
    from sucharit.desk.deadlines.queries import deadline_for

    key, days = library.recusal_clock()
    try:
        return deadline_for(key, declared_on, unit).due_on
    except Refusal:
        return declared_on + dt.timedelta(days=days)


def _meeting(item: AgendaItem, *, actor: Any) -> Meeting:
    """The locked meeting, for a member as well as for the secretariat."""
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee__unit")
        .filter(pk=item.meeting_id)
        .first()
    )
    seen = held is not None and (
        access.secretariat(actor, held.committee)
        or access.items(actor).filter(pk=item.pk, withdrawn_at=None).exists()
    )
    if held is None or not seen:
        raise NotFoundInScope(_("There is no such agenda item."))
    return held
