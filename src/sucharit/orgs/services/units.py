"""Writes to the dated tree of units.

A unit keeps its identity: it is renamed, upgraded, moved, merged or closed.

``on`` is everywhere the first day of the new state; what held before ended the day before. Nothing
is deleted.
Every service asks for ``orgs.manage`` at the unit, writes the history and one row of the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.collation import sort_key
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.engine.names import clean
from sucharit.orgs.models import Unit, UnitEvent, UnitName
from sucharit.orgs.services import changes, searching, tree

if TYPE_CHECKING:
    import datetime as dt


def _not_in_future(on: dt.date) -> None:
    if on > clock.today():
        raise Refusal(
            _("A change is recorded from its day on; this day lies in the future."), where="on"
        )


def create_unit(
    *,
    actor: Any,
    code: str,
    kind: str,
    name_th: str,
    parent: Unit | None = None,
    name_en: str = "",
    short_th: str = "",
    on: dt.date | None = None,
    synthetic: bool = False,
    source: str = "",
) -> Unit:
    """Add a unit below ``parent`` (None: a root, the system only).

    ``on`` None: since before records.
    """
    with transaction.atomic():
        tree.lock()
        if parent is None and not isinstance(actor, System):
            raise Forbidden(_("Only the system itself adds a unit without a parent."))
        if parent is not None:
            parent = tree.fresh(parent)
            scope.require(actor, "orgs.manage", parent)
            changes.must_be_alive(parent, on or clock.today())
        name = clean(name_th)
        unit = Unit(
            code=code,
            kind=kind,
            name_th=name,
            name_en=clean(name_en),
            short_th=clean(short_th),
            valid_from=on,
            synthetic=synthetic,
            sort_key=sort_key(name),
        )
        changes.check(unit)
        tree.add_many([(unit, parent.code if parent else None)])
        UnitName.objects.create(
            unit=unit, kind=kind, name_th=name, name_en=unit.name_en, valid_from=on
        )
        if on is not None:
            UnitEvent.objects.create(unit=unit, kind=UnitEvent.Kind.CREATED, on=on, source=source)
        searching.refresh(unit)
        record(
            actor=actor,
            action="orgs.unit.created",
            target=unit,
            unit=unit,
            parent=parent.code if parent else "",
        )
    return unit


def rename_unit(
    *, actor: Any, unit: Unit, name_th: str, on: dt.date, name_en: str = "", source: str = ""
) -> Unit:
    """Give a unit another name from ``on``.

    Raises Refusal when it has ended or ``on`` lies in the future.
    """
    return _change_name(
        actor=actor,
        unit=unit,
        kind=unit.kind,
        name_th=name_th,
        name_en=name_en,
        on=on,
        event=UnitEvent.Kind.RENAMED,
        source=source,
    )


def upgrade_unit(
    *,
    actor: Any,
    unit: Unit,
    kind: str,
    name_th: str,
    on: dt.date,
    name_en: str = "",
    source: str = "",
) -> Unit:
    """Make a unit another kind of body from ``on`` (อบต.

    → เทศบาลตำบล …); it stays the same unit.
    """
    if kind == unit.kind:
        raise Refusal(_("The unit is of that kind already; rename it instead."), where="kind")
    return _change_name(
        actor=actor,
        unit=unit,
        kind=kind,
        name_th=name_th,
        name_en=name_en,
        on=on,
        event=UnitEvent.Kind.UPGRADED,
        source=source,
    )


def _change_name(
    *,
    actor: Any,
    unit: Unit,
    kind: str,
    name_th: str,
    name_en: str,
    on: dt.date,
    event: UnitEvent.Kind,
    source: str,
) -> Unit:
    with transaction.atomic():
        unit = tree.fresh(unit)
        scope.require(actor, "orgs.manage", unit)
        _not_in_future(on)
        changes.must_be_alive(unit, on)
        before = unit.kind
        changes.set_name(unit, name_th=name_th, name_en=name_en, kind=kind, on=on)
        UnitEvent.objects.create(unit=unit, kind=event, on=on, source=source)
        searching.refresh(unit)
        record(
            actor=actor,
            action=f"orgs.unit.{event}",
            target=unit,
            unit=unit,
            on=on.isoformat(),
            before=before,
            kind=kind,
        )
    return unit


def move_unit(*, actor: Any, unit: Unit, parent: Unit, on: dt.date, source: str = "") -> Unit:
    """Hang a unit and its subtree below another parent from ``on``.

    Needs the right at unit and new parent.
    """
    with transaction.atomic():
        tree.lock()
        unit, parent = tree.fresh(unit), tree.fresh(parent)
        scope.require(actor, "orgs.manage", unit)
        scope.require(actor, "orgs.manage", parent)
        _not_in_future(on)
        changes.must_be_alive(unit, on)
        changes.must_be_alive(parent, on)
        changes.move_below(unit, parent, on=on, source=source)
        unit.refresh_from_db()
        record(
            actor=actor,
            action="orgs.unit.moved",
            target=unit,
            unit=unit,
            on=on.isoformat(),
            parent=parent.code,
        )
    return unit


def close_unit(*, actor: Any, unit: Unit, on: dt.date, source: str = "") -> Unit:
    """End a unit: ``on`` is the first day it no longer exists.

    Living children must be closed or moved before.
    """
    with transaction.atomic():
        tree.lock()
        unit = tree.fresh(unit)
        scope.require(actor, "orgs.manage", unit)
        _not_in_future(on)
        changes.end(unit, on=on, source=source)
        record(actor=actor, action="orgs.unit.closed", target=unit, unit=unit, on=on.isoformat())
    return unit


def merge_units(*, actor: Any, unit: Unit, into: Unit, on: dt.date, source: str = "") -> Unit:
    """End ``unit``, which goes into ``into`` from ``on``. Needs the right at both.

    Gives the unit that goes on.
    """
    with transaction.atomic():
        tree.lock()
        unit, into = tree.fresh(unit), tree.fresh(into)
        scope.require(actor, "orgs.manage", unit)
        scope.require(actor, "orgs.manage", into)
        _not_in_future(on)
        changes.must_be_alive(into, on)
        if unit.pk == into.pk or into.path.startswith(unit.path):
            raise Refusal(_("A unit cannot go into itself or into a part of itself."), where="into")
        changes.end(unit, on=on, into=into, source=source)
        record(
            actor=actor,
            action="orgs.unit.merged",
            target=unit,
            unit=unit,
            on=on.isoformat(),
            into=into.code,
        )
    return into
