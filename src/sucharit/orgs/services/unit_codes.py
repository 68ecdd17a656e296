"""Codes of units in other bodies' schemes, and their groupings, each from–to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Grouping, GroupMembership, Unit, UnitIdentifier
from sucharit.orgs.services import searching, tree
from sucharit.orgs.services.changes import DAY

if TYPE_CHECKING:
    import datetime as dt


def add_identifier(
    *,
    actor: Any,
    unit: Unit,
    scheme: str,
    code: str,
    on: dt.date | None = None,
    source: str = "",
    verified: bool = False,
) -> UnitIdentifier:
    """Note that ``unit`` carries ``code`` in ``scheme`` from ``on`` (None: since before records).

    One current holder a code: Refusal when another unit holds it. The same again changes nothing.
    """
    with transaction.atomic():
        unit = tree.fresh(unit)
        scope.require(actor, "orgs.manage", unit)
        held = (
            UnitIdentifier.objects.select_for_update()
            .filter(scheme=scheme, code=code, valid_to=None)
            .first()
        )
        if held is not None and held.unit_id == unit.pk:
            return held
        if held is not None:
            raise Refusal(_("Another unit holds this code now; end it there first."), where="code")
        if unit.valid_to is not None:
            raise Refusal(
                _("%(code)s has ended; an ended unit does not change any more.")
                % {"code": unit.code}
            )
        made = UnitIdentifier(
            unit=unit, scheme=scheme, code=code, valid_from=on, source=source, verified=verified
        )
        made.full_clean(exclude=["unit"])
        made.save()
        searching.refresh(unit)
        record(
            actor=actor,
            action="orgs.identifier.added",
            target=unit,
            unit=unit,
            scheme=scheme,
            code=code,
        )
    return made


def end_identifier(
    *, actor: Any, unit: Unit, scheme: str, code: str, on: dt.date
) -> UnitIdentifier:
    """End a code of a unit: ``on`` is the first day it no longer holds."""
    with transaction.atomic():
        unit = tree.fresh(unit)
        scope.require(actor, "orgs.manage", unit)
        held = (
            UnitIdentifier.objects.select_for_update()
            .filter(unit=unit, scheme=scheme, code=code, valid_to=None)
            .first()
        )
        if held is None:
            raise Refusal(_("The unit does not hold this code."), where="code")
        if held.valid_from is not None and on <= held.valid_from:
            raise Refusal(_("The code was not held before that day."), where="on")
        held.valid_to = on - DAY
        held.save(update_fields=["valid_to"])
        record(
            actor=actor,
            action="orgs.identifier.ended",
            target=unit,
            unit=unit,
            scheme=scheme,
            code=code,
            on=on.isoformat(),
        )
    return held


def set_grouping(
    *, actor: Any, unit: Unit, scheme: str, code: str, on: dt.date | None = None
) -> GroupMembership:
    """Put ``unit`` into a group of a scheme from ``on``.

    Leaves the scheme's other group the day before.
    """
    with transaction.atomic():
        unit = tree.fresh(unit)
        scope.require(actor, "orgs.manage", unit)
        grouping = Grouping.objects.filter(scheme=scheme, code=code).first()
        if grouping is None:
            raise Refusal(_("There is no such grouping."), where="code")
        present = (
            GroupMembership.objects.select_for_update()
            .filter(unit=unit, grouping__scheme=scheme, valid_to=None)
            .first()
        )
        if present is not None and present.grouping_id == grouping.pk:
            return present
        if present is not None:
            if on is None or (present.valid_from is not None and on <= present.valid_from):
                raise Refusal(
                    _(
                        "The unit is in another group of this scheme; "
                        "say from which later day it changes."
                    ),
                    where="on",
                )
            present.valid_to = on - DAY
            present.save(update_fields=["valid_to"])
        made = GroupMembership.objects.create(unit=unit, grouping=grouping, valid_from=on)
        record(
            actor=actor,
            action="orgs.grouping.set",
            target=unit,
            unit=unit,
            scheme=scheme,
            code=code,
        )
    return made
