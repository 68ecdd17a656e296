"""Carrying out what an import found to change; in bulk where there may be thousands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sucharit.core.collation import sort_key
from sucharit.core.errors import Refusal
from sucharit.orgs.engine.register.plan import end_day
from sucharit.orgs.models import Unit, UnitEvent, UnitIdentifier, UnitName
from sucharit.orgs.services import changes as steps
from sucharit.orgs.services import searching, tree

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from sucharit.orgs.engine.register.shapes import Change, Record


@dataclass(frozen=True)
class Options:
    """How to take a file in. ``on``: the day changes without a date of their own hold from."""

    on: dt.date
    root: str = "moi"
    subdistricts: bool = True
    complete: bool = False
    prefer_file: bool = False
    accept_faulty_rows: bool = False
    source: str = ""


def write(
    changes: Sequence[Change],
    options: Options,
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Carry the changes out (internal: transaction open, tree locked, rights checked)."""
    searching.refresh_later({c.code for c in changes})
    creates = [c for c in changes if c.what == "create"]
    others = [c for c in changes if c.what != "create"]
    if creates:
        _create(creates, options, progress)
    found = (
        {u.code: u for u in Unit.objects.filter(code__in=[c.code for c in others])}
        if len(others) < 500
        else {}
    )
    if len(others) >= 500:
        found = {u.code: u for u in Unit.objects.all()}
    _fill([c for c in others if c.what == "fill"], found)
    for number, change in enumerate(others, start=1):
        try:
            _one(change, found[change.code], options)
        except Refusal as refused:
            where = f"{change.record.file}:{change.record.row}" if change.record else change.code
            raise Refusal(f"{where}: {refused}", where=where) from refused
        if progress:
            progress("change", number, len(others))


def _one(change: Change, unit: Unit, options: Options) -> None:
    r, on = change.record, options.on
    if change.what in {"rename", "upgrade"} and r is not None:
        event = UnitEvent.Kind.RENAMED if change.what == "rename" else UnitEvent.Kind.UPGRADED
        steps.set_name(
            unit, name_th=r.name_th, name_en=r.name_en or unit.name_en, kind=r.kind, on=on
        )
        UnitEvent.objects.create(unit=unit, kind=event, on=on, source=options.source)
    elif change.what == "move":
        steps.move_below(
            tree.fresh(unit),
            Unit.objects.get(code=change.fields["parent"]),
            on=on,
            source=options.source,
        )
    elif change.what == "end":
        steps.end(tree.fresh(unit), on=end_day(change, on), source=options.source)
    elif change.what == "identify":
        _identify([(unit, pair) for pair in change.fields["identifiers"]], options)


def _create(
    changes: Sequence[Change], options: Options, progress: Callable[[str, int, int], None] | None
) -> None:
    rows: list[tuple[Unit, str | None]] = []
    for change in changes:
        assert change.record is not None
        rows.append((_new_unit(change.record), change.fields["parent"]))
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress("create", done, len(rows))

    tree.add_many(rows, step=step)
    pks = dict(Unit.objects.values_list("code", "pk"))
    names, events, codes = [], [], []
    for (unit, _parent), change in zip(rows, changes, strict=True):
        unit.pk = pks[unit.code]
        names.append(
            UnitName(
                unit=unit,
                kind=unit.kind,
                name_th=unit.name_th,
                name_en=unit.name_en,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
        )
        if unit.valid_from is not None:
            events.append(
                UnitEvent(
                    unit=unit,
                    kind=UnitEvent.Kind.CREATED,
                    on=unit.valid_from,
                    source=options.source,
                )
            )
        codes += [(unit, pair) for pair in change.record.identifiers] if change.record else []
    UnitName.objects.bulk_create(names, batch_size=tree.BATCH)
    UnitEvent.objects.bulk_create(events, batch_size=tree.BATCH)
    _identify(codes, options)


def _new_unit(r: Record) -> Unit:
    unit = Unit(
        code=r.code,
        kind=r.kind,
        name_th=r.name_th,
        name_en=r.name_en or "",
        short_th=r.short_th or "",
        website=r.website or "",
        postcode=r.postcode or "",
        lat_e6=r.lat_e6,
        lon_e6=r.lon_e6,
        valid_from=r.valid_from,
        valid_to=r.valid_to,
        synthetic=r.synthetic,
        sort_key=sort_key(r.name_th),
    )
    unit.clean_fields(exclude=["path", "depth", "numchild"])
    return unit


def _identify(pairs: Sequence[tuple[Unit, tuple[str, str]]], options: Options) -> None:
    """Note codes; one that another unit holds now is refused with its scheme and code."""
    held = {
        (scheme, code): pk
        for scheme, code, pk in UnitIdentifier.objects.filter(valid_to=None).values_list(
            "scheme", "code", "unit_id"
        )
    }
    new: list[UnitIdentifier] = []
    for unit, (scheme, code) in pairs:
        holder = held.setdefault((scheme, code), unit.pk if unit.valid_to is None else -1)
        if unit.valid_to is None and holder != unit.pk:
            raise Refusal(
                _("Another unit holds the code %(code)s now; end it there first.")
                % {"code": f"{scheme}:{code}"}
            )
        new.append(
            UnitIdentifier(
                unit=unit,
                scheme=scheme,
                code=code,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
                source=options.source,
            )
        )
    UnitIdentifier.objects.bulk_create(new, batch_size=tree.BATCH)


def _fill(changes: Sequence[Change], found: Mapping[str, Unit]) -> None:
    """Write plain fields in bulk; the present name row follows a corrected spelling."""
    touched: set[str] = set()
    filled: list[Unit] = []
    for change in changes:
        unit = found[change.code]
        for name, value in change.fields.items():
            setattr(unit, name, value)
            touched.add(name)
        unit.sort_key = sort_key(unit.name_th)
        unit.clean_fields(exclude=["path", "depth", "numchild"])
        filled.append(unit)
    if not filled:
        return
    Unit.objects.bulk_update(filled, [*sorted(touched), "sort_key"], batch_size=100)
    if touched & {"name_th", "name_en"}:
        by_pk = {u.pk: u for u in filled}
        present = [n for n in UnitName.objects.filter(valid_to=None) if n.unit_id in by_pk]
        for name_row in present:
            name_row.name_th, name_row.name_en = (
                by_pk[name_row.unit_id].name_th,
                by_pk[name_row.unit_id].name_en,
            )
        UnitName.objects.bulk_update(present, ["name_th", "name_en"], batch_size=100)
