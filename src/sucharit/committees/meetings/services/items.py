"""The agenda: items are added, changed, moved, withdrawn; papers lie on them with who may read them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.committees import access
from sucharit.committees.engine import agenda, flow
from sucharit.committees.meetings import base, follow
from sucharit.committees.models import AgendaItem, Meeting, Paper
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence.services import add_evidence

PAPER_KIND = "committees.paper"


def add_item(
    *, actor: Any, meeting: Meeting, section: int, title: str, kind: str = "", audience: str = "members",
    presenter: str = "", body: str = "", minutes_planned: int | None = None, subject_kind: str = "",
    subject_id: str = "", certifies: Meeting | None = None,
) -> AgendaItem:  # fmt: skip
    """Put an item on the agenda, at the end of its section. Until the meeting closes."""
    with transaction.atomic():
        held = base.hold(meeting, actor=actor)
        base.must(held, flow.AGENDA_OPEN, _("The agenda is closed: the meeting is over."))
        kind = kind or agenda.KINDS.get(section, ("",))[0]
        if not agenda.kind_fits(section, kind):
            raise Refusal(_("An item of this kind does not stand in this section."), where="kind")
        if not title.strip():
            raise Refusal(_("Say what the item is about."), where="title")
        if (
            subject_id
            and held.items.filter(
                subject_kind=subject_kind, subject_id=subject_id, withdrawn_at=None
            ).exists()
        ):
            raise Refusal(_("This is on the agenda of that meeting already."), where="meeting")
        made = follow.put(
            held, section, title.strip(), kind=kind, house=False, audience=audience,
            presenter=presenter.strip(), body=body.strip(), minutes_planned=minutes_planned,
            subject_kind=subject_kind, subject_id=str(subject_id), certifies=certifies,
        )  # fmt: skip
        base.note(actor, "item.added", held, made, section=section, kind=kind, audience=audience)
    return made


def change_item(*, actor: Any, item: AgendaItem, **fields: Any) -> AgendaItem:
    """Change title, audience, presenter, body, minutes_planned; or ``discussion``, what the minutes say."""
    if set(fields) - {"title", "audience", "presenter", "body", "minutes_planned", "discussion"}:
        raise TypeError("not to be changed")
    with transaction.atomic():
        held, meeting = hold_item(item, actor=actor)
        if "discussion" in fields:
            base.must(
                meeting,
                flow.OUTCOMES_OPEN,
                _("What was said is written while the meeting runs or its minutes are a draft."),
            )
        if set(fields) - {"discussion"}:
            base.must(
                meeting,
                flow.AGENDA_OPEN | flow.OUTCOMES_OPEN,
                _("The agenda is closed: the meeting is over."),
            )
        if "title" in fields and not fields["title"].strip():
            raise Refusal(_("Say what the item is about."), where="title")
        for name, value in fields.items():
            setattr(held, name, value)
        if held.audience == access.CONFIDENTIAL:
            held.resolutions.update(public=False)
        held.save(update_fields=sorted(fields))
        base.note(actor, "item.changed", meeting, held, fields=sorted(fields))
    return held


def move_item(*, actor: Any, item: AgendaItem, up: bool) -> None:
    """A place up or down within its section; until the meeting opens."""
    with transaction.atomic():
        held, meeting = hold_item(item, actor=actor)
        base.must(meeting, flow.STEPS["cancel"].sources, _("The meeting has opened: the order stands."))  # fmt: skip
        rows = list(meeting.items.filter(section=held.section, withdrawn_at=None))
        order = agenda.moved([r.pk for r in rows], held.pk, up)
        _renumber({r.pk: r for r in rows}, order)
        base.note(actor, "item.moved", meeting, held, up=up)


def withdraw_item(*, actor: Any, item: AgendaItem) -> AgendaItem:
    """Take it off the agenda; nothing may have been resolved on it. The others close up."""
    with transaction.atomic():
        held, meeting = hold_item(item, actor=actor)
        base.must(meeting, flow.AGENDA_OPEN, _("The agenda is closed: the meeting is over."))
        if held.resolutions.filter(withdrawn_at=None).exists():
            raise Refusal(_("The meeting has resolved on this item: it stays."))
        held.withdrawn_at = clock.now()
        held.save(update_fields=["withdrawn_at"])
        held.came_by.filter(state="placed").update(state="sent", item=None, answered_at=None)
        rows = list(meeting.items.filter(section=held.section, withdrawn_at=None))
        _renumber({r.pk: r for r in rows}, [r.pk for r in rows])
        base.note(actor, "item.withdrawn", meeting, held)
    return held


def add_paper(*, actor: Any, item: AgendaItem, title: str, upload: Any, audience: str = "members") -> Paper:  # fmt: skip
    """Put a document on an item. It is never read by more people than the item itself."""

    def check() -> None:
        base.must(
            hold_meeting(item, actor=actor),
            flow.AGENDA_OPEN | flow.OUTCOMES_OPEN,
            _("The papers of this meeting are closed."),
        )

    with transaction.atomic():
        check()
    meeting = item.meeting
    evidence = add_evidence(
        actor=actor, unit=meeting.committee.unit, fiscal_year=meeting.fiscal_year, title=title,
        owner_kind=PAPER_KIND, owner_id=f"{item.pk}:{audience}", upload=upload,
    )  # fmt: skip
    with transaction.atomic():
        check()
        last = item.papers.aggregate(n=Max("place"))["n"] or 0
        made = Paper.objects.create(item=item, evidence=evidence, audience=audience, place=last + 1)
        base.note(actor, "paper.added", meeting, made, item=item.pk, audience=audience)
    return made


def hold_meeting(item: AgendaItem, *, actor: Any) -> Meeting:
    """The locked meeting of an item."""
    return base.hold(item.meeting, actor=actor)


def hold_item(item: AgendaItem, *, actor: Any, permission: str = flow.EDIT) -> tuple[AgendaItem, Meeting]:  # fmt: skip
    """The item and its meeting, locked; Refusal when it was withdrawn."""
    meeting = base.hold(item.meeting, actor=actor, permission=permission)
    held = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if held is None:
        raise NotFoundInScope(_("There is no such agenda item."))
    if held.withdrawn_at is not None:
        raise Refusal(_("This item was withdrawn."))
    held.meeting = meeting
    return held, meeting


def _renumber(rows: dict[int, AgendaItem], order: Any) -> None:
    # Two turns: places are unique while they change.
    for start in (len(rows) + 1000, 1):
        for place, pk in enumerate(order, start=start):
            AgendaItem.objects.filter(pk=pk).update(place=place)
