"""Who reads what of a committee: the secretariat everything, members and the unit's staff theirs, the public little.

An item or paper for members is read by whoever holds a seat today and by staff with "view" at the committee's
unit; one for the secretariat only by holders of "committees.edit" or "committees.certify" there.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sucharit.committees.engine.flow import CERTIFY, EDIT
from sucharit.committees.engine.recusal import MAY_TAKE_PART
from sucharit.committees.models import AgendaItem, Committee, Meeting, Member, Recusal
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope

CONFIDENTIAL = AgendaItem.Audience.SECRETARIAT


def secretariat(user: Any, committee: Committee) -> bool:
    """Whether the user keeps the committee's papers."""
    return (
        isinstance(user, System)
        or scope.can(user, EDIT, committee.unit)
        or scope.can(user, CERTIFY, committee.unit)
    )


def seats_of(user: Any, committee: Committee) -> list[int]:
    """Ids of the committee's seats the user's account holds today."""
    if not getattr(user, "is_authenticated", False):
        return []
    today = clock.today()
    held = Member.objects.in_force(today).filter(account=user, seat__committee=committee)
    return list(
        held.filter(Q(seat__ended_on=None) | Q(seat__ended_on__gt=today)).values_list(
            "seat_id", flat=True
        )
    )


def committees(user: Any) -> QuerySet[Committee]:
    """Committees the user may see."""
    return Committee.objects.visible_to(user).select_related("unit", "parent")


def kept(user: Any, permission: str = EDIT) -> QuerySet[Committee]:
    """Committees the user keeps (holds the permission at their unit)."""
    return Committee.objects.visible_to(user, permission).select_related("unit")


def _secretariat_of(user: Any) -> Q:
    return Q(pk__in=kept(user).values("pk")) | Q(pk__in=kept(user, CERTIFY).values("pk"))


def confidential_committees(user: Any) -> QuerySet[Committee]:
    """Committees whose secretariat papers the user may read."""
    return Committee.objects.order_by().filter(_secretariat_of(user))


def committee(user: Any, pk: int) -> Committee:
    """A visible committee; NotFoundInScope."""
    found = scope.get_or_404(committees(user), pk=pk)
    assert isinstance(found, Committee)
    return found


def meetings(user: Any) -> QuerySet[Meeting]:
    """Meetings of visible committees."""
    return Meeting.objects.filter(
        committee__in=Committee.objects.visible_to(user).values("pk")
    ).select_related("committee__unit")


def meeting(user: Any, pk: int) -> Meeting:
    """A meeting of a visible committee; NotFoundInScope."""
    found = scope.get_or_404(meetings(user), pk=pk)
    assert isinstance(found, Meeting)
    return found


def items(user: Any) -> QuerySet[AgendaItem]:
    """Agenda items the user may read: without what is the secretariat's where he is not of it."""
    seen = Committee.objects.visible_to(user).order_by().values("pk")
    keeps = confidential_committees(user).values("pk")
    return AgendaItem.objects.filter(
        (Q(meeting__committee__in=seen) & ~Q(audience=CONFIDENTIAL))
        | Q(meeting__committee__in=keeps)
    ).select_related("meeting__committee__unit")


def item(user: Any, pk: int) -> AgendaItem:
    """An item the user may read; NotFoundInScope."""
    found = scope.get_or_404(items(user), pk=pk)
    assert isinstance(found, AgendaItem)
    return found


def reads_papers(user: Any, found: AgendaItem, audience: str) -> bool:
    """Whether the user reads a paper of that audience on an item.

    A member who stands aside reads no paper of the item. Public papers are everybody's once the minutes are certified.
    """
    committee = found.meeting.committee
    if secretariat(user, committee):
        return True
    if CONFIDENTIAL in {audience, found.audience}:
        return False
    both = {audience, found.audience} == {AgendaItem.Audience.PUBLIC}
    if both and found.meeting.state == Meeting.State.CERTIFIED:
        return True
    seats = seats_of(user, committee)
    if seats and _aside(found, seats):
        return False
    return bool(seats) or scope.can(user, "view", committee.unit)


def _aside(found: AgendaItem, seats: list[int]) -> bool:
    rows = Recusal.objects.filter(item=found, seat__in=seats)
    return rows.exclude(decision=MAY_TAKE_PART).exists()


def require(actor: Any, permission: str, held: Committee) -> None:
    """Raise unless the actor holds the permission at the committee's unit; a member without it gets 403."""
    from sucharit.core.errors import Forbidden

    if isinstance(actor, System) or scope.can(actor, permission, held.unit):
        return
    if Committee.objects.visible_to(actor).filter(pk=held.pk).exists():
        raise Forbidden(_("Your role does not include this step."))
    raise NotFoundInScope(_("There is no such committee."))


def account(actor: Any) -> Any:
    """The account to name on a row; the system has none."""
    return actor if getattr(actor, "pk", None) else None
