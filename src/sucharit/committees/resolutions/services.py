"""Writes of resolutions: resolve, assign, forward up or down, place or decline what came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.committees import access
from sucharit.committees.engine import agenda, flow
from sucharit.committees.engine.quorum import votes_carry, votes_fit
from sucharit.committees.meetings import base, follow
from sucharit.committees.meetings.services.items import hold_item
from sucharit.committees.models import AgendaItem, Committee, Forwarding, Meeting, Resolution
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.fiscal import fiscal_year_be
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions import open_action
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

SOURCE = follow.SOURCE


def resolve(
    *, actor: Any, item: AgendaItem, kind: str, text: str, votes_for: int | None = None,
    votes_against: int | None = None, votes_abstained: int | None = None, public: bool = False,
) -> Resolution:  # fmt: skip
    """มติที่ประชุม of an item, numbered within the meeting. While it runs or its minutes are a draft.

    Refusal: a decision without a quorum (of the meeting, or of the item once somebody stands aside), votes
    that do not fit the seats present or the kind, a public resolution on a confidential item.
    """
    if kind not in Resolution.Kind.values:
        raise Refusal(_("Choose the kind of resolution."), where="kind")
    if not text.strip():
        raise Refusal(_("Write what was resolved."), where="text")
    with transaction.atomic():
        held, meeting = hold_item(item, actor=actor)
        base.must(
            meeting,
            flow.OUTCOMES_OPEN,
            _("Resolutions are written while the meeting runs or its minutes are a draft."),
        )
        _decides(meeting, held, kind)
        _counted(meeting, held, kind, (votes_for, votes_against, votes_abstained))
        if public and held.audience == access.CONFIDENTIAL:
            raise Refusal(_("The item is confidential: its resolution is not made public."), where="public")  # fmt: skip
        came = held.came_by.filter(state=Forwarding.State.PLACED).select_related("resolution").first()  # fmt: skip
        origin = came.resolution if came else None
        last = Resolution.objects.filter(item__meeting=meeting).aggregate(n=Max("number"))["n"]
        made = Resolution.objects.create(
            item=held, number=(last or 0) + 1, kind=kind, text=text.strip(), votes_for=votes_for,
            votes_against=votes_against, votes_abstained=votes_abstained, public=public,
            came_from=origin, root=(origin.root or origin) if origin else None, at=clock.now(),
            by=access.account(actor),
        )  # fmt: skip
        base.note(actor, "resolution.made", meeting, made, kind=kind, item=held.pk, public=public)
    return made


def withdraw_resolution(*, actor: Any, resolution: Resolution) -> Resolution:
    """It was written down wrongly; only before the minutes go round, and before anything came of it."""
    with transaction.atomic():
        _item, meeting = hold_item(resolution.item, actor=actor)
        base.must(
            meeting,
            flow.OUTCOMES_OPEN,
            _("Resolutions are written while the meeting runs or its minutes are a draft."),
        )
        held = Resolution.objects.select_for_update().get(pk=resolution.pk)
        if held.withdrawn_at:
            raise Refusal(_("This resolution was withdrawn."))
        if tasks(held).exists() or held.forwardings.exists():
            raise Refusal(_("Tasks or forwardings hang on it: it stays."))
        held.withdrawn_at = clock.now()
        held.save(update_fields=["withdrawn_at"])
        base.note(actor, "resolution.withdrawn", meeting, held)
    return held


def publish(*, actor: Any, resolution: Resolution, public: bool) -> Resolution:
    """Whether everybody reads it once its minutes are certified. Also afterwards: the minutes do not change."""
    with transaction.atomic():
        held = _held(resolution, actor=actor)
        if public and held.item.audience == access.CONFIDENTIAL:
            raise Refusal(_("The item is confidential: its resolution is not made public."), where="public")  # fmt: skip
        held.public = public
        held.save(update_fields=["public"])
        base.note(actor, "resolution.published", held.item.meeting, held, public=public)
    return held


def assign(
    *, actor: Any, resolution: Resolution, unit: Unit, title: str, due_on: dt.date | None,
    co_units: Sequence[Unit] = (), owner: Any = None,
) -> ActionItem:  # fmt: skip
    """Make an action item of the desk of it: lead unit, co-units, due day. The committee's unit accepts it.

    Also after certification: the minutes do not change. The unit of another tree (a committee below or above)
    may be given work, too: the committee's unit keeps the finding. ``title`` is shown to that unit.
    """
    if not title.strip():
        raise Refusal(_("Say what is to be done."), where="title")
    with transaction.atomic():
        held = _held(resolution, actor=actor)
        meeting = held.item.meeting
        origin = meeting.committee.unit
        _may_work_for(unit, origin, actor=actor)
        for helper in co_units:
            _may_work_for(helper, origin, actor=actor)
        if tasks(held).filter(unit=unit, closed_at=None).exists():
            raise Refusal(_("This unit has an open task of this resolution already."), where="unit")
        action = open_action(
            actor=actor if isinstance(actor, System) or unit.path.startswith(origin.path) else System("committees"),
            unit=unit, fiscal_year=fiscal_year_be(due_on or clock.today()), title=title.strip(),
            source_kind=SOURCE, source_id=str(held.pk),
            source_url=reverse("committees:resolution", args=[held.pk]),
            why=_("Resolution of meeting %(number)s") % {"number": meeting}, owner=owner, due_on=due_on,
            origin_unit=origin, co_units=list(co_units),
        )  # fmt: skip
        base.note(actor, "resolution.assigned", meeting, held, task=action.pk, lead=unit.code)
    return action


def tasks(resolution: Resolution) -> Any:
    """Action items of a resolution."""
    return ActionItem.objects.filter(source_kind=SOURCE, source_id=str(resolution.pk))


def forward(*, actor: Any, resolution: Resolution, to: Committee, note: str = "") -> Forwarding:
    """Send it to the committee above or to one below, whatever unit that belongs to."""
    with transaction.atomic():
        held = _held(resolution, actor=actor)
        meeting = held.item.meeting
        if meeting.state == Meeting.State.IN_PROGRESS:
            raise Refusal(_("Close the meeting first; then forward what it resolved."))
        sender = meeting.committee
        if to.pk == sender.parent_id:
            direction = Forwarding.Direction.UP
        elif to.parent_id == sender.pk:
            direction = Forwarding.Direction.DOWN
        else:
            raise Refusal(_("Resolutions go to the committee above or to one below."), where="to")
        if to.state == Committee.State.ENDED:
            raise Refusal(_("This committee has ended."), where="to")
        if held.forwardings.filter(to=to).exclude(state=Forwarding.State.DECLINED).exists():
            raise Refusal(_("It was sent there already."), where="to")
        made = Forwarding.objects.create(
            resolution=held, to=to, direction=direction, note=note.strip(), at=clock.now(),
            by=access.account(actor),
        )  # fmt: skip
        base.note(actor, "resolution.forwarded", meeting, made, to=to.pk, direction=direction)
    return made


def place(*, actor: Any, forwarding: Forwarding, meeting: Meeting) -> AgendaItem:
    """Put what came in on the agenda of a coming meeting; a confidential one stays so."""
    with transaction.atomic():
        there = base.hold(meeting, actor=actor)
        held = _received(forwarding, actor=actor)
        if there.committee_id != held.to_id:
            raise Refusal(_("Choose a meeting of the committee it was sent to."), where="meeting")
        base.must(there, flow.AGENDA_OPEN, _("The agenda is closed: the meeting is over."))
        source = held.resolution.item
        told = {"subject_kind": SOURCE, "subject_id": str(held.resolution_id)}
        if there.items.filter(withdrawn_at=None, **told).exists():
            raise Refusal(_("This is on the agenda of that meeting already."), where="meeting")
        made = follow.put(
            there, agenda.CONSIDER, source.title, kind="consider", house=False, audience=source.audience,
            body=held.resolution.text, **told,
        )  # fmt: skip
        held.state, held.item, held.answered_at = Forwarding.State.PLACED, made, clock.now()
        held.save()
        base.note(actor, "forwarding.placed", there, held, item=made.pk)
    return made


def decline(*, actor: Any, forwarding: Forwarding, reason: str) -> Forwarding:
    """Not for this committee, and why; the sender reads the reason."""
    if not reason.strip():
        raise Refusal(_("Say why it is not taken up."), where="reason")
    with transaction.atomic():
        held = _received(forwarding, actor=actor)
        held.state, held.answer_note = Forwarding.State.DECLINED, reason.strip()
        held.answered_at = clock.now()
        held.save()
        base.note(actor, "forwarding.declined", held.resolution.item.meeting, held, to=held.to_id)
    return held


def _held(resolution: Resolution, *, actor: Any) -> Resolution:
    """A live resolution, locked, of a committee the actor keeps."""
    held = (
        Resolution.objects.select_for_update(of=("self",))
        .select_related("item__meeting__committee__unit")
        .filter(pk=resolution.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such resolution."))
    access.require(actor, flow.EDIT, held.item.meeting.committee)
    if held.withdrawn_at:
        raise Refusal(_("This resolution was withdrawn."))
    return held


def _received(forwarding: Forwarding, *, actor: Any) -> Forwarding:
    held = (
        Forwarding.objects.select_for_update(of=("self",))
        .select_related("to__unit", "resolution__item__meeting__committee__unit")
        .filter(pk=forwarding.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such resolution."))
    access.require(actor, flow.EDIT, held.to)
    if held.state != Forwarding.State.SENT:
        raise Refusal(_("This was answered already."))
    return held


def _may_work_for(unit: Unit, origin: Unit, *, actor: Any) -> None:
    """Work goes to units below the committee's own, or to units the actor may edit."""
    if unit.path.startswith(origin.path) or isinstance(actor, System) or scope.can(actor, "actions.edit", unit):  # fmt: skip
        return
    raise Refusal(
        _(
            "Give work to units of the committee's own tree; forward the resolution to reach others."
        ),
        where="unit",
    )


def _decides(meeting: Meeting, item: AgendaItem, kind: str) -> None:
    if kind not in agenda.DECISIONS:
        return
    if meeting.consultation_reason:
        raise Refusal(_("A consultation without a quorum decides nothing: take note or put it off."), where="kind")  # fmt: skip
    if not base.quorum_of(meeting, item).met:
        raise Refusal(_("Without those who stand aside there is no quorum on this item: put it off."), where="kind")  # fmt: skip


def _counted(
    meeting: Meeting, item: AgendaItem, kind: str, votes: tuple[int | None, int | None, int | None]
) -> None:
    wrong = votes_fit(votes, base.quorum_of(meeting, item).present)
    if wrong == "part":
        raise Refusal(_("Give all three counts, or none."), where="votes_for")
    if wrong == "many":
        raise Refusal(_("More votes than voting members were there for this item."), where="votes_for")  # fmt: skip
    if not votes_carry(kind, votes[0], votes[1]):
        raise Refusal(_("The votes do not carry this kind of resolution."), where="kind")
