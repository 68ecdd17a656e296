"""The steps of changing a unit, shared by single services and imports.

Internal: whoever calls has locked the rows, checked the rights and writes the ledger.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from sucharit.core.collation import sort_key
from sucharit.core.errors import Refusal
from sucharit.orgs.engine.names import clean
from sucharit.orgs.models import GroupMembership, Unit, UnitEvent, UnitIdentifier, UnitName
from sucharit.orgs.services import tree

DAY = dt.timedelta(days=1)


def must_be_alive(unit: Unit, on: dt.date) -> None:
    """Refusal when the unit has ended or did not exist on the day yet."""
    if unit.valid_to is not None:
        raise Refusal(
            _("%(code)s has ended; an ended unit does not change any more.") % {"code": unit.code}
        )
    if unit.valid_from is not None and on < unit.valid_from:
        raise Refusal(
            _("%(code)s did not exist on that day yet.") % {"code": unit.code}, where="on"
        )


def check(unit: Unit) -> None:
    """Field lengths, code and dates; treebeard's own columns are filled later."""
    unit.full_clean(exclude=["path", "depth", "numchild"])


def _current_name(unit: Unit) -> UnitName:
    """The name that holds now; made from the unit when nobody wrote history before."""
    found: UnitName | None = unit.names.select_for_update().filter(valid_to=None).last()
    if found is None:
        found = UnitName.objects.create(
            unit=unit,
            kind=unit.kind,
            name_th=unit.name_th,
            name_en=unit.name_en,
            valid_from=unit.valid_from,
        )
    return found


def set_name(unit: Unit, *, name_th: str, name_en: str, kind: str, on: dt.date) -> None:
    """Close the present name the day before ``on`` and open the new one (internal.

    No rights, no ledger).

    A second change on the same day corrects the first one. Refusal when history already runs past
    ``on``.
    """
    present = _current_name(unit)
    if present.valid_from is not None and present.valid_from > on:
        raise Refusal(_("The unit has had its present name since a later day already."), where="on")
    unit.name_th, unit.name_en, unit.kind = clean(name_th), clean(name_en), kind
    unit.sort_key = sort_key(unit.name_th)
    check(unit)
    if present.valid_from == on:
        present.name_th, present.name_en, present.kind = unit.name_th, unit.name_en, kind
        present.save(update_fields=["name_th", "name_en", "kind"])
    else:
        present.valid_to = on - DAY
        present.save(update_fields=["valid_to"])
        UnitName.objects.create(
            unit=unit, kind=kind, name_th=unit.name_th, name_en=unit.name_en, valid_from=on
        )
    unit.save(update_fields=["name_th", "name_en", "kind", "sort_key"])


def move_below(unit: Unit, parent: Unit, *, on: dt.date, source: str = "") -> None:
    """Move with its history row (internal: the tree is locked, rights are checked)."""
    if parent.path.startswith(unit.path):
        raise Refusal(_("A unit cannot be put below itself."), where="parent")
    above = Unit.objects.get_parent(unit)
    if above is not None and above.pk == parent.pk:
        raise Refusal(_("The unit is there already."), where="parent")
    later = unit.events.filter(kind=UnitEvent.Kind.MOVED, on__gt=on).exists()
    if later:
        raise Refusal(_("The unit was moved on a later day already."), where="on")
    tree.move(unit, parent)
    UnitEvent.objects.create(
        unit=unit, kind=UnitEvent.Kind.MOVED, on=on, into=parent, origin=above, source=source
    )


def end(unit: Unit, *, on: dt.date, into: Unit | None = None, source: str = "") -> None:
    """Date the unit, its name, codes and groupings to the day before ``on`` (internal.

    Locked, rights checked).
    """
    must_be_alive(unit, on)
    last = on - DAY
    if unit.valid_from is not None and last < unit.valid_from:
        raise Refusal(_("A unit exists for one day at least."), where="on")
    children = Unit.objects.get_children(unit).filter(valid_to=None).count()
    if children:
        raise Refusal(
            _("%(code)s still has %(count)s units below it; close or move them first.")
            % {"code": unit.code, "count": children}
        )
    present = _current_name(unit)
    if present.valid_from is not None and present.valid_from > last:
        raise Refusal(_("The unit has had its present name since a later day already."), where="on")
    present.valid_to = last
    present.save(update_fields=["valid_to"])
    UnitIdentifier.objects.filter(unit=unit, valid_to=None).update(valid_to=last)
    GroupMembership.objects.filter(unit=unit, valid_to=None).update(valid_to=last)
    unit.valid_to = last
    unit.save(update_fields=["valid_to"])
    kind = UnitEvent.Kind.MERGED if into else UnitEvent.Kind.CLOSED
    UnitEvent.objects.create(unit=unit, kind=kind, on=on, into=into, source=source)
