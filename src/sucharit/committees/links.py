"""Things of committees as others show them, what refers to a thing, and putting a thing on an agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.committees import access
from sucharit.committees.engine import flow
from sucharit.committees.meetings import words
from sucharit.committees.models import AgendaItem, Committee
from sucharit.committees.resolutions import queries
from sucharit.committees.resolutions.words import KINDS, STATES
from sucharit.core.registry import Link
from sucharit.orgs import scope

PROPOSED = ("desk.action", "plans.activity", "plans.project", "plans.indicator")


def _pk(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _committee(user: Any, object_id: str) -> Link | None:
    c = access.committees(user).filter(pk=_pk(object_id)).first()
    return committee_link(c) if c else None


def committee_link(c: Committee) -> Link:
    """A committee the reader may see."""
    return Link(
        "committees.committee",
        _("Committee"),
        c.name_th,
        reverse("committees:committee", args=[c.pk]),
        *STATES[c.state],
    )


def _meeting(user: Any, object_id: str) -> Link | None:
    m = access.meetings(user).filter(pk=_pk(object_id)).first()
    if m is None:
        return None
    title = f"{m.committee.name_th} {m}"
    return Link(
        "committees.meeting",
        _("Meeting"),
        title,
        reverse("committees:meeting", args=[m.pk]),
        *words.STATES[m.state],
        on=m.starts_at,
    )


def item_link(i: AgendaItem) -> Link:
    """An agenda item the reader may see."""
    title = f"{i.title} ({i.meeting.committee.name_th} {i.meeting})"
    return Link(
        "committees.item",
        _("Agenda item"),
        title,
        reverse("committees:item", args=[i.pk]),
        *words.STATES[i.meeting.state],
        on=i.meeting.starts_at,
    )


def _item(user: Any, object_id: str) -> Link | None:
    i = access.items(user).filter(pk=_pk(object_id)).first()
    return item_link(i) if i else None


def _resolution(user: Any, object_id: str) -> Link | None:
    r = queries.visible(user).filter(pk=_pk(object_id)).first()
    if r is None:
        return None
    meeting = r.item.meeting
    title = f"{r.text[:120]} ({meeting})"
    return Link(
        "committees.resolution",
        _("Resolution"),
        title,
        reverse("committees:resolution", args=[r.pk]),
        *KINDS[r.kind],
        on=meeting.starts_at,
    )


LINKS: dict[str, Callable[[Any, str], Link | None]] = {
    "committees.committee": _committee,
    "committees.meeting": _meeting,
    "committees.item": _item,
    "committees.resolution": _resolution,
}


def backlinks(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Agenda items about the thing, or that follow the action item up; of a unit (by code) its active committees."""
    if kind == "orgs.unit":
        own = access.committees(user).filter(
            unit__code=str(object_id), state=Committee.State.ACTIVE
        )
        return [committee_link(c) for c in own[:20]]
    about = Q(subject_kind=kind, subject_id=str(object_id))
    if kind == "desk.action":
        about |= Q(action=_pk(str(object_id)))
    rows = access.items(user).filter(about, withdrawn_at=None).order_by("-meeting__starts_at")
    return [item_link(i) for i in rows[:20]]


def offers(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Put it on the agenda of a coming meeting."""
    if kind not in PROPOSED or not scope.can_somewhere(user, flow.EDIT):
        return []
    url = f"{reverse('committees:propose')}?{urlencode({'kind': kind, 'id': object_id})}"
    return [Link("committees.propose", _("Committees"), str(_("Propose to a meeting")), url)]


def may_read_paper(user: Any, owner_id: str) -> bool:
    """Whether the user reads the papers of an item: by the strictest audience of those that lie on it.

    Evidence asks by its owner; ``owner_id`` is "item:audience" of the paper.
    """
    pk, _colon, audience = str(owner_id).partition(":")
    found = AgendaItem.objects.select_related("meeting__committee__unit").filter(pk=_pk(pk)).first()
    if found is None or audience not in AgendaItem.Audience.values:
        return False
    return access.reads_papers(user, found, audience)
