"""What the services of meetings share: the locked meeting, facts for the engine, section 3 and 2 that write themselves."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sucharit.committees import access
from sucharit.committees.engine import agenda, flow, recusal
from sucharit.committees.engine.quorum import Quorum, SeatFact, quorum
from sucharit.committees.models import (
    AgendaItem,
    Attendance,
    Committee,
    Meeting,
    MinutesComment,
    Recusal,
    Seat,
)
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record


def hold(meeting: Meeting, *, actor: Any, permission: str = flow.EDIT) -> Meeting:
    """The meeting, locked, when the actor may change it. Refusal once it is certified or cancelled."""
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee__unit")
        .filter(pk=meeting.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such meeting."))
    access.require(actor, permission, held.committee)
    if held.state == Meeting.State.CERTIFIED:
        raise Refusal(_("The minutes are certified: nothing of this meeting changes any more."))
    if held.state == Meeting.State.CANCELLED:
        raise Refusal(_("This meeting was cancelled."))
    return held


def must(held: Meeting, states: frozenset[str], message: str) -> None:
    """Refusal unless the meeting is in one of the states."""
    if held.state not in states:
        raise Refusal(message)


def day(meeting: Meeting) -> Any:
    """The meeting's day in Thailand."""
    return timezone.localtime(meeting.starts_at).date()


def seats_on(meeting: Meeting) -> list[Seat]:
    """Seats that have not ended on the meeting's day, in order."""
    on = day(meeting)
    return [s for s in meeting.committee.seats.all() if s.ended_on is None or s.ended_on > on]


def seat_facts(meeting: Meeting) -> list[SeatFact]:
    """Every seat of the day with how it came."""
    came = dict(
        Attendance.objects.filter(meeting=meeting, seat__isnull=False).values_list(
            "seat_id", "status"
        )
    )
    return [SeatFact(s.pk, voting=s.voting, status=came.get(s.pk, "")) for s in seats_on(meeting)]


def share(committee: Committee) -> Fraction:
    """The share of seats a quorum needs."""
    return Fraction(committee.quorum_numerator, committee.quorum_denominator)


def quorum_of(meeting: Meeting, item: AgendaItem | None = None) -> Quorum:
    """The quorum of the meeting, or of one item without the seats that stand aside on it."""
    rows = Recusal.objects.filter(item=item).values_list("seat_id", "decision") if item else ()
    return quorum(
        seat_facts(meeting),
        share(meeting.committee),
        alternates_count=meeting.committee.quorum_counts_alternates,
        aside=recusal.aside(rows),
    )


def facts(meeting: Meeting) -> flow.Facts:
    """What lacks before the next step, for the engine."""
    from sucharit.committees.meetings.record import digest, document

    items = list(meeting.items.filter(withdrawn_at=None).prefetch_related("resolutions"))
    counted = quorum_of(meeting)
    latest = meeting.minutes.order_by("-number").first()
    comments = MinutesComment.objects.filter(version__meeting=meeting)
    open_items = [
        i
        for i in items
        if i.kind in agenda.NEEDS_RESOLUTION
        and not any(r.withdrawn_at is None for r in i.resolutions.all())
    ]
    return flow.Facts(
        place=bool(meeting.venue or meeting.online_url),
        seats=counted.seats > 0,
        items=bool(items),
        attendance=not counted.unrecorded,
        quorum=counted.met or bool(meeting.consultation_reason),
        recusals=not Recusal.objects.filter(
            item__meeting=meeting, item__withdrawn_at=None, decision=""
        ).exists(),
        resolved=not open_items,
        taker=bool(meeting.minutes_taker),
        version=latest is not None and latest.sha256 == digest(document(meeting)),
        comments=not comments.filter(taken=None).exists(),
    )


def note(actor: Any, action: str, meeting: Meeting, target: Any = None, **data: Any) -> None:
    """One ledger row of a meeting: numbers and codes only."""
    record(
        actor=actor, action=f"committees.{action}", target=target or meeting,
        unit=meeting.committee.unit, fiscal_year=meeting.fiscal_year,
        meeting=f"{meeting.number}/{meeting.be_year}", committee=meeting.committee_id, **data,
    )  # fmt: skip
