"""Writes of committees: set up (also from a template), change, seats, who holds them, end, successor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.committees import access, library
from sucharit.committees.engine.flow import EDIT
from sucharit.committees.models import Committee, Member, Seat
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

# Fields of an order and of how the committee works that its secretariat may change.
OPEN_FIELDS = frozenset(
    {
        "name_th", "name_en", "order_no", "order_on", "mandate", "meets_per_year", "quorum_numerator",
        "quorum_denominator", "quorum_counts_alternates", "quorum_source", "quorum_verified", "starts_on",
        "ends_on", "parent", "succeeds",
    }
)  # fmt: skip


def create_committee(
    *, actor: Any, unit: Unit, code: str, name_th: str, level: str, template: str = "", **fields: Any
) -> Committee:  # fmt: skip
    """Set a committee up; with ``template`` (code of ``library.templates``) its seats and quorum come from there.

    Refusal: code taken at the unit, unknown template, a parent out of the tree. Needs "committees.edit".
    """
    scope.require(actor, EDIT, unit)
    chosen = library.templates().get(template)
    if template and chosen is None:
        raise Refusal(_("There is no such template."), where="template")
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        if Committee.objects.filter(unit=unit, code=code).exists():
            raise Refusal(_("The unit has a committee with this code already."), where="code")
        values = template_values(chosen) | {k: v for k, v in fields.items() if v not in (None, "")}
        made = Committee(unit=unit, code=code, name_th=name_th.strip(), level=level, template=template, **values)  # fmt: skip
        _fits(made)
        made.save()
        if chosen:
            Seat.objects.bulk_create(seats_of_template(made, chosen))
        record(
            actor=actor, action="committees.committee.created", target=made, unit=unit,
            template=template, seats=len(chosen["seats"]) if chosen else 0,
        )  # fmt: skip
    return made


def template_name(template: dict[str, Any], unit: Unit) -> str:
    """The committee's Thai name at a unit."""
    return str(template["name"]["th"]).replace("{unit}", unit.name_th)


def seats_of_template(committee: Committee, template: dict[str, Any]) -> list[Seat]:
    """Unsaved seats of a template."""
    return [
        Seat(
            committee=committee, role=row["role"], post_th=row["post"], post_en=row.get("en", ""),
            agency=row.get("agency", ""), ex_officio=row["ex_officio"] == "yes",
            voting=row["voting"] == "yes", place=place, source=template["source"],
            verified=row["verified"] == "yes",
        )
        for place, row in enumerate(template["seats"], start=1)
    ]  # fmt: skip


def template_values(template: dict[str, Any] | None) -> dict[str, Any]:
    """Quorum and number of meetings of a template as fields of a committee; {} without one."""
    if template is None:
        return {}
    q = template["quorum"]
    meets = template["meets_per_year"]
    return {
        "meets_per_year": int(meets) if meets else None,
        "quorum_numerator": int(q["numerator"]),
        "quorum_denominator": int(q["denominator"]),
        "quorum_counts_alternates": q["alternates"] == "yes",
        "quorum_source": q["source"],
        "quorum_verified": q["verified"] == "yes",
    }


def change_committee(*, actor: Any, committee: Committee, **fields: Any) -> Committee:
    """Change the order, term, mandate, quorum, parent or predecessor (``OPEN_FIELDS``)."""
    if set(fields) - OPEN_FIELDS:
        raise TypeError(f"not to be changed: {sorted(set(fields) - OPEN_FIELDS)}")
    with transaction.atomic():
        held = hold(committee, actor=actor)
        for name, value in fields.items():
            setattr(held, name, value)
        _fits(held)
        held.save(update_fields=sorted(fields))
        record(
            actor=actor,
            action="committees.committee.changed",
            target=held,
            unit=held.unit,
            fields=sorted(fields),
        )
    return held


def end_committee(*, actor: Any, committee: Committee, on: dt.date) -> Committee:
    """Its work ends; meetings still planned must be cancelled first. Members' terms end with it."""
    from sucharit.committees.models import Meeting

    with transaction.atomic():
        held = hold(committee, actor=actor)
        if held.meetings.exclude(state__in=(Meeting.State.CERTIFIED, Meeting.State.CANCELLED)).exists():  # fmt: skip
            raise Refusal(
                _("Certify or cancel its meetings first: one is still open."), where="ends_on"
            )
        if held.starts_on and on < held.starts_on:
            raise Refusal(_("The last day lies before the first."), where="ends_on")
        held.state, held.ends_on = Committee.State.ENDED, on
        held.save(update_fields=["state", "ends_on"])
        Member.objects.filter(seat__committee=held, ends_on=None, starts_on__lte=on).update(ends_on=on)  # fmt: skip
        record(actor=actor, action="committees.committee.ended", target=held, unit=held.unit, on=on.isoformat())  # fmt: skip
    return held


def add_seat(
    *, actor: Any, committee: Committee, role: str, post_th: str, agency: str = "",
    ex_officio: bool = False, voting: bool = True, source: str = "", verified: bool = False,
) -> Seat:  # fmt: skip
    """One more seat, at the end of the list. There is one chair at a time."""
    with transaction.atomic():
        held = hold(committee, actor=actor)
        chairs = held.seats.filter(role=Seat.Role.CHAIR, ended_on=None)
        if role == Seat.Role.CHAIR and chairs.exists():
            raise Refusal(_("There is a chair already: end that seat first."), where="role")
        last = held.seats.aggregate(last=Max("place"))["last"] or 0
        made = Seat.objects.create(
            committee=held, role=role, post_th=post_th.strip(), agency=agency.strip(),
            ex_officio=ex_officio, voting=voting, place=last + 1, source=source, verified=verified,
        )  # fmt: skip
        record(actor=actor, action="committees.seat.added", target=made, unit=held.unit, role=role)
    return made


def end_seat(*, actor: Any, seat: Seat, on: dt.date) -> Seat:
    """The seat exists no more from that day; meetings held before keep it."""
    with transaction.atomic():
        held = hold(seat.committee, actor=actor)
        found = held.seats.select_for_update().filter(pk=seat.pk, ended_on=None).first()
        if found is None:
            raise Refusal(_("This seat has ended already."))
        found.ended_on = on
        found.save(update_fields=["ended_on"])
        _leave(found, on)
        record(actor=actor, action="committees.seat.ended", target=found, unit=held.unit, on=on.isoformat())  # fmt: skip
    return found


def appoint(
    *, actor: Any, seat: Seat, name: str, position: str = "", starts_on: dt.date,
    ends_on: dt.date | None = None, account: Any = None, person: Any = None,
    alternate_name: str = "", alternate_position: str = "",
) -> Member:  # fmt: skip
    """Who holds the seat from a day on; who held it before leaves the day before.

    An ex-officio seat goes on whoever comes and goes; a seat without a holder is vacant, not ended.
    """
    with transaction.atomic():
        held = hold(seat.committee, actor=actor)
        if not held.seats.filter(pk=seat.pk, ended_on=None).exists():
            raise Refusal(_("This seat has ended already."))
        if ends_on and ends_on < starts_on:
            raise Refusal(_("The last day lies before the first."), where="ends_on")
        if Member.objects.filter(seat=seat, starts_on__gte=starts_on).exists():
            raise Refusal(_("Somebody holds the seat from that day or later already."), where="starts_on")  # fmt: skip
        _leave(seat, starts_on - dt.timedelta(days=1))
        made = Member.objects.create(
            seat=seat, person=person, account=account, name=name.strip(),
            position=position.strip() or seat.post_th, starts_on=starts_on, ends_on=ends_on,
            alternate_name=alternate_name.strip(), alternate_position=alternate_position.strip(),
        )  # fmt: skip
        record(
            actor=actor,
            action="committees.member.appointed",
            target=made,
            unit=held.unit,
            seat=seat.pk,
            account=getattr(account, "pk", None),
        )
    return made


def end_member(*, actor: Any, member: Member, on: dt.date) -> Member:
    """The last day somebody holds a seat. The seat stays: vacant until somebody else is named."""
    with transaction.atomic():
        held = hold(member.seat.committee, actor=actor)
        found = Member.objects.select_for_update().get(pk=member.pk)
        if found.starts_on and on < found.starts_on:
            raise Refusal(_("The last day lies before the first."), where="ends_on")
        found.ends_on = on
        found.save(update_fields=["ends_on"])
        record(actor=actor, action="committees.member.ended", target=found, unit=held.unit, on=on.isoformat())  # fmt: skip
    return found


def hold(committee: Committee, *, actor: Any, permission: str = EDIT, ended: bool = False) -> Committee:  # fmt: skip
    """The committee, locked, when the actor may change it; Refusal when it has ended."""
    held = (
        Committee.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=committee.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such committee."))
    access.require(actor, permission, held)
    if held.state == Committee.State.ENDED and not ended:
        raise Refusal(_("This committee has ended."))
    return held


def _leave(seat: Seat, on: dt.date) -> None:
    for member in Member.objects.select_for_update().filter(seat=seat).in_force(on):
        if member.ends_on is None or member.ends_on > on:
            member.ends_on = max(on, member.starts_on or on)
            member.save(update_fields=["ends_on"])


def _fits(committee: Committee) -> None:
    if not committee.name_th:
        raise Refusal(_("Say the name of the committee."), where="name_th")
    low, high = committee.quorum_numerator, committee.quorum_denominator
    if not 1 <= low <= high:
        raise Refusal(_("The share lies between nothing and all."), where="quorum_numerator")
    if committee.starts_on and committee.ends_on and committee.ends_on < committee.starts_on:
        raise Refusal(_("The last day lies before the first."), where="ends_on")
    above: Committee | None = committee.parent
    while above is not None:
        if above.pk == committee.pk and committee.pk is not None:
            raise Refusal(_("A committee cannot stand above itself."), where="parent")
        above = above.parent
