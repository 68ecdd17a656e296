"""Marking approved self-reports: one mark per item and turn, by somebody without a stake in the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.assessments.engine import Item, fraction_text
from sucharit.assessments.models import Mark, OitEntry, Participation
from sucharit.assessments.services.steps import (
    account,
    edition_of,
    locked_participation,
    oit_items,
    take_step,
)
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs.models import RoleAssignment

LONGEST_COMMENT = 2_000  # characters
STAKE_ROLES = (RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD)


class StaleMarkError(Refusal):
    """Another assessor marked the item meanwhile; ``current`` is that mark."""

    def __init__(self, current: Mark | None) -> None:
        super().__init__(
            _(
                "Another assessor has marked this item meanwhile. Look at that mark before you save yours."
            )
        )
        self.current = current


def mark_item(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    points: str,
    comment: str = "",
    not_applicable: bool = False,
    version: int = 0,
    on: dt.date | None = None,
) -> Mark:
    """Give an item its points (turn 1). May be corrected until marking of the unit is finished.

    ``points``: one of the item's allowed points, as written there; "" with ``not_applicable``, where
    the edition lets an item not apply: it is then left out and its weight goes to the others.
    ``version``: of the mark the page showed (0: none). Below the maximum, and where an item does not
    apply, a comment is required. Raises ValidationError by field, StaleMarkError, Refusal, and
    Forbidden where the assessor has a stake in the unit.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="mark", on=on)
        require_no_stake(actor=actor, participation=held)
        text = check_points(
            allowed_item(held, item), points, comment, not_applicable=not_applicable
        )
        mark = Mark.objects.filter(participation=held, item=item, turn=1).first()
        if (mark.version if mark else 0) != version:
            raise StaleMarkError(mark)
        mark = mark or Mark(participation=held, item=item, turn=1, version=0)
        mark.points, mark.comment, mark.assessor = text, comment.strip(), account(actor)
        mark.not_applicable = not_applicable
        mark.version += 1
        mark.save()
        record(
            actor=actor, action="assessments.oit.marked", target=mark, unit=held.unit, fiscal_year=held.round.fiscal_year,
            item=item, points=text, not_applicable=not_applicable, turn=1, version=mark.version,
        )  # fmt: skip
    return mark


def finish_marking(*, actor: Any, participation: Participation) -> Participation:
    """Close the marking of a unit; every item must have a mark."""
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="finish_marking")
        require_no_stake(actor=actor, participation=held)
        marked = set(held.marks.values_list("item", flat=True))
        left = [code for code in oit_items(edition_of(held.round)) if code not in marked]
        if left:
            raise Refusal(
                ngettext(
                    "%(n)s item is not marked yet: %(items)s.",
                    "%(n)s items are not marked yet: %(items)s.",
                    len(left),
                )
                % {"n": len(left), "items": ", ".join(left)}
            )
        held.oit_state = state
        held.save(update_fields=["oit_state"])
        record(
            actor=actor, action="assessments.oit.scored", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, items=len(marked),
        )  # fmt: skip
    return held


def stakes(user: Any, participations: Iterable[Participation]) -> dict[int, str]:
    """Why a user may not mark these, by participation id; those he may mark are absent.

    Grounds (frameworks.md §0.3): an officer's or head's role over the unit at any time since the
    fiscal year's self-report opened, the unit he belongs to, and entries he wrote himself.
    """
    wanted = list(participations)
    who = account(user)
    if who is None or not wanted:
        return {}
    since = min(p.round.oit_from for p in wanted)
    roles = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=since), user=who, role__in=STAKE_ROLES
    )
    over = tuple(roles.values_list("unit__path", flat=True))
    person = getattr(who, "person", None)
    own = person.unit.path if person else ""
    written = _written_by(who.pk, wanted)
    found: dict[int, str] = {}
    for p in wanted:
        if p.unit.path.startswith(over):
            found[p.pk] = _(
                "You hold an officer's or head's role in this unit, so somebody else marks it."
            )
        elif own and own.startswith(p.unit.path):
            found[p.pk] = _("This is your own unit, so somebody else marks it.")
        elif p.pk in written or who.pk in {p.submitted_by_id, p.approved_by_id}:
            found[p.pk] = _("You took part in this self-report, so somebody else marks it.")
    return found


def require_no_stake(*, actor: Any, participation: Participation) -> None:
    """Forbidden when the actor has a stake in the unit; the refusal is not written to the ledger (it rolls back)."""
    reason = stakes(actor, [participation]).get(participation.pk)
    if reason:
        raise Forbidden(reason)


def allowed_item(held: Participation, item: str) -> Item:
    """The item as the framework has it; NotFoundInScope when it is none an assessor marks."""
    found = edition_of(held.round).item.get(item)
    if found is None or found.surveyed:
        raise NotFoundInScope(_("There is no such item."))
    return found


def check_points(item: Item, points: str, comment: str, *, not_applicable: bool = False) -> str:
    """The points in their exact spelling ("": does not apply), or ValidationError by field."""
    allowed = {fraction_text(p): p for p in item.allowed_points}
    wrong: dict[str, str] = {}
    if not_applicable:
        if not item.not_applicable:
            wrong["points"] = _("This item applies to every unit: choose one of the points.")
        elif not comment.strip():
            wrong["comment"] = _("Say why the item does not apply to this unit.")
    elif points not in allowed:
        wrong["points"] = _("Choose one of the points.")
    elif allowed[points] < max(item.allowed_points) and not comment.strip():
        wrong["comment"] = _("Below the maximum a reason is needed: the unit will read it.")
    if len(comment) > LONGEST_COMMENT:
        wrong["comment"] = _("At most %(n)s characters.") % {"n": LONGEST_COMMENT}
    if wrong:
        raise ValidationError(wrong)
    return "" if not_applicable else points


def _written_by(user_id: int, participations: list[Participation]) -> set[int]:
    """Participations with an entry the user had a hand in.

    The JSON lists are read here, not in the database: SQLite has no containment test.
    """
    rows = OitEntry.objects.filter(participation__in=[p.pk for p in participations]).exclude(
        editors=[]
    )
    return {
        pk for pk, editors in rows.values_list("participation_id", "editors") if user_id in editors
    }
