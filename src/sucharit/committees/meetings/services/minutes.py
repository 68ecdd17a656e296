"""Minutes: drafted on the meeting, circulated as a version with its fingerprint, commented, certified, locked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.committees import access
from sucharit.committees.engine import flow
from sucharit.committees.meetings import base
from sucharit.committees.meetings.follow import line_of
from sucharit.committees.meetings.record import digest, document
from sucharit.committees.meetings.services.planning import step
from sucharit.committees.models import Meeting, MinutesComment, MinutesVersion
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal

_CARRIED = ("approved", "approved_with_conditions")


def circulate(*, actor: Any, meeting: Meeting, reason: str = "") -> MinutesVersion:
    """Send the minutes round: what they say now is kept as a version. ``reason``: of a version after the first."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        step(held, "circulate")
        found = document(held)
        last = held.minutes.aggregate(n=Max("number"))["n"] or 0
        if last and not reason.strip():
            raise Refusal(_("Say what changed since the version before."), where="reason")
        made = MinutesVersion.objects.create(
            meeting=held, number=last + 1, document=found, sha256=digest(found), reason=reason.strip(),
            made_at=clock.now(), made_by=access.account(actor),
        )  # fmt: skip
        held.save()
        base.note(actor, "minutes.circulated", held, made, version=made.number, sha256=made.sha256)
    return made


def comment(*, actor: Any, version: MinutesVersion, text: str) -> MinutesComment:
    """A member asks for something to be put right in the version that goes round."""
    if not text.strip():
        raise Refusal(_("Say what should be put right."), where="text")
    with transaction.atomic():
        held = (
            Meeting.objects.select_for_update(of=("self",))
            .select_related("committee__unit")
            .get(pk=version.meeting_id)
        )
        seats = access.seats_of(actor, held.committee)
        keeps = access.secretariat(actor, held.committee)
        if not keeps and not access.meetings(actor).filter(pk=held.pk).exists():
            raise NotFoundInScope(_("There is no such meeting."))
        if not seats and not keeps:
            raise Forbidden(_("Members of the committee comment on its minutes."))
        latest = held.minutes.order_by("-number").first()
        if held.state != Meeting.State.MINUTES_CIRCULATED or latest != version:
            raise Refusal(_("These minutes are not going round any more."))
        made = MinutesComment.objects.create(
            version=version, seat_id=seats[0] if seats else None, text=text.strip(),
            by=access.account(actor), at=clock.now(),
        )  # fmt: skip
        base.note(actor, "minutes.commented", held, made, version=version.number)
    return made


def answer_comment(*, actor: Any, comment: MinutesComment, taken: bool, answer: str) -> MinutesComment:  # fmt: skip
    """Take a comment or say why not. What is taken goes into the next version."""
    if not taken and not answer.strip():
        raise Refusal(_("Say why the comment is not taken."), where="answer")
    with transaction.atomic():
        held = base.hold(comment.version.meeting, actor=actor)
        found = MinutesComment.objects.select_for_update().get(pk=comment.pk)
        if found.taken is not None:
            raise Refusal(_("This comment was answered already."))
        found.taken, found.answer, found.answered_at = taken, answer.strip(), clock.now()
        found.save(update_fields=["taken", "answer", "answered_at"])
        if taken and held.state == Meeting.State.MINUTES_CIRCULATED:
            # What is taken must be written: the minutes are a draft again.
            held.state = flow.STEPS["revise"].target
            held.save(update_fields=["state"])
        base.note(actor, "minutes.answered", held, found, taken=taken)
    return found


def revise(*, actor: Any, meeting: Meeting) -> Meeting:
    """Take circulated minutes back into draft, to put something right."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        step(held, "revise")
        held.save(update_fields=["state"])
        base.note(actor, "minutes.revised", held)
    return held


def certify(*, actor: Any, meeting: Meeting, by_meeting: Meeting | None = None) -> MinutesVersion:
    """Certify the latest version: by the later meeting that resolved so in its section 2, or by circulation.

    Needs "committees.certify". From then on the meeting is locked for ever.
    """
    with transaction.atomic():
        held = base.hold(meeting, actor=actor, permission=flow.CERTIFY)
        if by_meeting is not None:
            _resolved_there(held, by_meeting)
        step(held, "certify")
        latest = held.minutes.select_for_update().order_by("-number").first()
        assert latest is not None  # ``step`` asked for it
        latest.certified = True
        latest.save(update_fields=["certified"])
        held.certified_at, held.certified_by = clock.now(), access.account(actor)
        held.certified_in = by_meeting
        held.save()
        base.note(
            actor, "minutes.certified", held, latest, version=latest.number, sha256=latest.sha256,
            by_meeting=str(by_meeting) if by_meeting else "",
        )  # fmt: skip
    return latest


def certifying_meetings(meeting: Meeting) -> list[Meeting]:
    """Later meetings whose section 2 approved these minutes."""
    items = base.AgendaItem.objects.filter(
        certifies=meeting, withdrawn_at=None, resolutions__kind__in=_CARRIED,
        resolutions__withdrawn_at=None,
    ).select_related("meeting")  # fmt: skip
    return sorted({i.meeting for i in items}, key=lambda m: m.starts_at)


def _resolved_there(held: Meeting, other: Meeting) -> None:
    if held.committee_id not in line_of(other.committee) or other.starts_at <= held.starts_at:
        raise Refusal(_("Minutes are certified by a later meeting of the same committee."), where="by_meeting")  # fmt: skip
    if other not in certifying_meetings(held):
        raise Refusal(_("That meeting has not resolved to certify these minutes yet."), where="by_meeting")  # fmt: skip
