"""Plan a meeting, move it, invite, cancel; its number is n/พ.ศ. of the calendar year of its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sucharit.committees import library
from sucharit.committees.bodies.services import hold as hold_committee
from sucharit.committees.engine import flow
from sucharit.committees.engine.numbering import next_number
from sucharit.committees.meetings import base, follow
from sucharit.committees.models import Committee, Meeting
from sucharit.core.errors import Refusal
from sucharit.core.fiscal import calendar_year_be, fiscal_year_be


def plan_meeting(
    *, actor: Any, committee: Committee, starts_at: dt.datetime, ends_at: dt.datetime | None = None,
    venue: str = "", online_url: str = "", mode: str = "onsite", title: str = "", standing: bool = True,
) -> Meeting:  # fmt: skip
    """A new meeting with the next free number of its year and an agenda begun: 2 and 3 write themselves.

    ``standing``: with the standing items of the committee's template. Two who plan at once get two numbers:
    the committee's row is locked.
    """
    _times(starts_at, ends_at)
    with transaction.atomic():
        held = hold_committee(committee, actor=actor)
        on = timezone.localtime(starts_at).date()
        made = Meeting.objects.create(
            committee=held, number=_free(held, calendar_year_be(on)), be_year=calendar_year_be(on),
            fiscal_year=fiscal_year_be(on), title=title.strip(), starts_at=starts_at, ends_at=ends_at,
            venue=venue.strip(), online_url=online_url, mode=mode, synthetic=held.synthetic,
        )  # fmt: skip
        if standing and held.template in library.templates():
            for row in library.templates()[held.template].get("agenda", ()):
                follow.put(made, int(row["section"]), row["th"], kind=row["kind"], house=False)
        follow.write_itself(made)
        base.note(actor, "meeting.planned", made)
    return made


def change_meeting(
    *, actor: Any, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime | None = None,
    venue: str = "", online_url: str = "", mode: str = "onsite", title: str = "",
    minutes_taker: str | None = None, minutes_checker: str | None = None,
) -> Meeting:  # fmt: skip
    """Change time, place or names of a meeting not certified; in another year it takes a number of that year."""
    _times(starts_at, ends_at)
    with transaction.atomic():
        committee = hold_committee(meeting.committee, actor=actor)
        held = base.hold(meeting, actor=actor)
        on = timezone.localtime(starts_at).date()
        year = calendar_year_be(on)
        if year != held.be_year:
            base.must(held, flow.AGENDA_OPEN - {"in_progress"}, _("A meeting that was held keeps its year."))  # fmt: skip
            held.number, held.be_year = _free(committee, year), year
        held.fiscal_year = fiscal_year_be(on)
        held.starts_at, held.ends_at, held.mode = starts_at, ends_at, mode
        held.venue, held.online_url, held.title = venue.strip(), online_url, title.strip()
        if minutes_taker is not None:
            held.minutes_taker = minutes_taker.strip()
        if minutes_checker is not None:
            held.minutes_checker = minutes_checker.strip()
        held.changed += 1
        held.save()
        base.note(actor, "meeting.changed", held, changed=held.changed)
    return held


def invite(
    *, actor: Any, meeting: Meeting, invitation_no: str = "", invitation_on: dt.date | None = None
) -> Meeting:
    """The invitation goes out: place and agenda stand. Number and day of the letter are kept."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        follow.write_itself(held)
        step(held, "invite")
        held.invitation_no, held.invitation_on = invitation_no.strip(), invitation_on
        held.changed += 1
        held.save()
        base.note(actor, "meeting.invited", held)
    return held


def refresh(*, actor: Any, meeting: Meeting) -> int:
    """Write section 2 and 3 anew from what is open now; gives how many items. Until the meeting opens."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        base.must(
            held,
            flow.STEPS["cancel"].sources,
            _("The meeting has opened: its agenda no longer writes itself."),
        )
        n = follow.write_itself(held)
        base.note(actor, "meeting.refreshed", held, items=n)
    return n


def cancel_meeting(*, actor: Any, meeting: Meeting, reason: str) -> Meeting:
    """It does not take place, and why. Its number is free again."""
    if not reason.strip():
        raise Refusal(_("Say why the meeting is cancelled."), where="reason")
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        step(held, "cancel")
        held.cancel_reason = reason.strip()
        held.changed += 1
        held.save()
        for sent in held.items.filter(withdrawn_at=None).values_list("pk", flat=True):
            _back_in_the_inbox(sent)
        base.note(actor, "meeting.cancelled", held)
    return held


def step(held: Meeting, name: str, *, lacks: flow.Facts | None = None) -> None:
    """Take a step of the engine on a locked meeting (saved by the caller); Refusal with what lacks."""
    from sucharit.committees.meetings.words import LACKS

    if not flow.allowed(name, held.state):
        raise Refusal(
            _("The meeting is not in a state for this step any more. Load the page again.")
        )
    missing = flow.missing(name, lacks or base.facts(held))
    if missing:
        raise Refusal(str(LACKS[missing[0]]), where=missing[0])
    held.state = flow.STEPS[name].target


def _back_in_the_inbox(item_id: int) -> None:
    from sucharit.committees.models import Forwarding

    Forwarding.objects.filter(item=item_id, state=Forwarding.State.PLACED).update(
        state=Forwarding.State.SENT, item=None, answered_at=None
    )


def _free(committee: Committee, year: int) -> int:
    taken = committee.meetings.exclude(state=Meeting.State.CANCELLED).filter(be_year=year)
    return next_number(list(taken.values_list("number", flat=True)))


def _times(starts_at: dt.datetime, ends_at: dt.datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Refusal(_("The meeting ends before it begins."), where="ends")
