"""The bundled register: right numbers, right codes, the same after a second run, quick enough."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sucharit.core.actors import System
from sucharit.core.models import LedgerEntry
from sucharit.orgs import bundled
from sucharit.orgs.engine import local_bodies
from sucharit.orgs.models import Grouping, GroupMembership, Unit, UnitIdentifier, UnitName
from sucharit.orgs.queries.units import find_by_identifier, in_grouping
from sucharit.orgs.services.register import load_register

BY = System("test")
DAY = dt.date(2024, 10, 1)


@pytest.mark.django_db
def test_the_bundled_register():
    first = load_register(actor=BY)
    kinds = {
        k: Unit.objects.filter(kind=k).count()
        for k in ("province", "bangkok", "district", "khet", "pao", "special_lao")
    }
    assert kinds == {
        "province": 76,
        "bangkok": 1,
        "district": 878,
        "khet": 50,
        "pao": 76,
        "special_lao": 1,
    }
    assert Unit.objects.filter(kind="department").count() == 7
    assert Unit.objects.filter(kind="enterprise").count() == 6
    assert first["create"] == Unit.objects.count() == UnitName.objects.count()
    assert all(not problem for problem in Unit.objects.find_problems())
    bueng_kan, dopa = Unit.objects.get(code="th-38"), Unit.objects.get(code="moi-dopa")
    assert (bueng_kan.name_th, bueng_kan.name_en) == ("จังหวัดบึงกาฬ", "Bueng Kan")
    assert Unit.objects.get_parent(Unit.objects.get(code="th-3801")).code == "th-38"
    assert Unit.objects.get(code="th-38-pao").name_th == "องค์การบริหารส่วนจังหวัดบึงกาฬ"
    assert Unit.objects.get_parent(Unit.objects.get(code="th-20-pattaya")).code == "th-20"
    assert dopa.name_en == "Department of Provincial Administration"
    assert find_by_identifier("budget", "15003", DAY) == dopa
    assert find_by_identifier("iso3166-2", "TH-38", DAY) == bueng_kan
    assert not Unit.objects.filter(sort_key="").exists()
    assert not UnitIdentifier.objects.filter(scheme="budget", verified=True).exists()


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_keeps_what_people_corrected():
    load_register(actor=BY)
    Unit.objects.filter(code="th-38").update(name_en="Bueng Kan Province")
    rows = LedgerEntry.objects.count()
    assert load_register(actor=BY) == {"create": 0, "fill": 0, "identify": 0, "membership": 0}
    assert LedgerEntry.objects.count() == rows
    assert Unit.objects.get(code="th-38").name_en == "Bueng Kan Province"


@pytest.mark.django_db
def test_every_province_is_in_one_group_of_each_scheme():
    load_register(actor=BY)
    assert {
        s: Grouping.objects.filter(scheme=s).count() for s in ("region6", "region4", "cluster18")
    } == {
        "region6": 6,
        "region4": 4,
        "cluster18": 18,
    }
    for scheme, members in (("region6", 77), ("region4", 77), ("cluster18", 76)):
        units = GroupMembership.objects.filter(grouping__scheme=scheme).values_list(
            "unit_id", flat=True
        )
        assert len(units) == len(set(units)) == members
    assert {u.code for u in in_grouping("cluster18", "16", DAY)} == {
        "th-54",
        "th-55",
        "th-56",
        "th-57",
    }


@pytest.mark.django_db
def test_invented_local_bodies_have_the_official_numbers_and_say_what_they_are():
    with CaptureQueriesContext(connection) as asked:
        load_register(actor=BY, local_bodies=True)
    assert len(asked) < 1000  # in bulk: 8,871 units, names and codes (SQLite: 999 values a query)
    kinds = {k: Unit.objects.filter(kind=k).count() for k in Unit.LAO_KINDS}
    assert kinds == {
        "pao": 76,
        "city_municipality": 30,
        "town_municipality": 190,
        "subdistrict_municipality": 2242,
        "tao": 5312,
        "special_lao": 1,
    }
    invented = Unit.objects.filter(code__startswith="syn-")
    assert invented.count() == 7774 == Unit.objects.filter(synthetic=True).count()
    assert all(not problem for problem in Unit.objects.find_problems())
    assert load_register(actor=BY, local_bodies=True)["create"] == 0


def test_local_bodies_are_the_same_every_time():
    places = {f"30{d:02d}{s:02d}": f"ที่ {d} {s}" for d in range(1, 6) for s in range(1, 9)}
    counts = local_bodies.Counts(1, 2, 10, 30)
    first = local_bodies.build(places, counts)
    assert first == local_bodies.build(dict(reversed(places.items())), counts)
    assert len(first) == 43
    assert len({b.code for b in first}) == 43
    assert not local_bodies.build({"100101": "พระบรมมหาราชวัง"}, counts)


def test_the_areas_agree_with_the_corrected_public_list(shared_data):
    named = bundled.areas()
    with (shared_data / "th-admin" / "provinces.csv").open(encoding="utf-8") as file:
        provinces = list(csv.DictReader(file))
    with (shared_data / "th-admin" / "districts.csv").open(encoding="utf-8") as file:
        districts = {r["code"]: r["name_th"].removeprefix("เขต") for r in csv.DictReader(file)}
    assert named.provinces == {r["code"]: r["name_th"] for r in provinces}
    assert {c: n.removeprefix("เขต") for c, n in named.districts.items()} == districts
    regions = bundled.document("groupings")["schemes"]["region6"]["groups"]
    ours = {c: g["name_th"] for g in regions for c in g["members"].split()}
    assert ours == {r["code"]: r["region_th"] for r in provinces}
