"""Each fault of a list is found, at its row and column, with the right gravity."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from sucharit.orgs import findings as texts
from sucharit.orgs.engine.names import fold
from sucharit.orgs.engine.register import checks, columns, records
from sucharit.orgs.reading import read_bytes, read_path


def csv_table(text, name="units.csv"):
    return read_bytes(name, text.encode())


def found(tables):
    reading = records.read_tables(tables)
    return reading.records, reading.findings + checks.run(reading.records, {})


UNITS = "code,name_th,kind,parent_code,valid_from,valid_to\n"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("a b,ชื่อ,กรม,,,", "bad_code", "code"),
        ("x1,,กรม,,,", "no_name", "name_th"),
        ("x1,ชื่อ,กรมม,,,", "unknown_kind", "kind"),
        ("x1,ชื่อ,กรม,nowhere,,", "orphan", "parent"),
        ("x1,ชื่อ,กรม,,31/2/2567,", "bad_date", "valid_from"),
        ("x1,ชื่อ,กรม,,1/10/2567,30/9/2567", "ends_before_start", "valid_to"),
    ],
)
def test_a_faulty_row_is_an_error_at_its_place(row, code, column):
    _records, findings = found(csv_table(UNITS + row + "\nok,หน่วยงานดี,กรม,,,\n"))
    assert [(f.code, f.severity, f.row, f.column) for f in findings] == [(code, "error", 2, column)]
    assert texts.sentence(findings[0])
    assert texts.advice(findings[0])


def test_dates_in_both_eras_mean_the_same_day():
    read, findings = found(
        csv_table(
            UNITS
            + "a,ก,กรม,,1/10/2567,\nb,ข,กรม,,2024-10-01,\nc,ค,กรม,,2567-10-01T00:00:00+07:00,\n"
        )
    )
    assert not findings
    assert len({r.valid_from for r in read}) == 1


def test_a_code_twice_keeps_the_first_row():
    read, findings = found(csv_table(UNITS + "a,ก,กรม,,,\na,ข,กรม,,,\n"))
    assert [(f.code, f.row) for f in findings] == [("duplicate_code", 3)]
    assert [r.name_th for r in checks.sound(read, findings)] == ["ก"]


def test_what_hangs_below_a_faulty_row_is_left_out_too():
    read, findings = found(csv_table(UNITS + "a,ก,กรม,nowhere,,\nb,ข,สำนัก,a,,\nc,ค,กรม,,,\n"))
    assert [r.code for r in checks.sound(read, findings)] == ["c"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("อบต.บ้านใหม่", "องค์การบริหารส่วนตำบลบ้านใหม่"),
        ("อบต. บ้านใหม่", "องค์การบริหารส่วนตำบล  บ้านใหม่"),
        ("เทศบาลตำบลสุขสันต์", "เทศบาลตำบลสุขสันต"),
        ("สำนักงานที่ ๑", "สำนักงานที่ 1"),
        ("บ้านน้ำ", "บ้านน\u0e49\u0e4d\u0e32"),
    ],
)
def test_spellings_of_one_name_fold_alike_and_are_shown(one, two):
    assert fold(one) == fold(two)
    _read, findings = found(csv_table(UNITS + f"a,{one},อบต.,,,\nb,{two},อบต.,,,\n"))
    assert [(f.code, f.row) for f in findings] == [("same_name", 3)]


def test_near_names_are_shown_but_numbered_ones_are_not():
    rows = (
        "a,สำนักงานส่งเสริมการปกครองท้องถิ่น,กรม,,,\nb,สำนักงานส่งเสริมการปกครองท้องถิน,กรม,,,\n"
        "c,กองที่ 1,กอง,,,\nd,กองที่ 2,กอง,,,\n"
    )
    _read, findings = found(csv_table(UNITS + rows))
    assert [(f.code, f.row, f.severity) for f in findings] == [("near_name", 3, "note")]


def test_same_names_below_different_parents_are_the_rule():
    _read, findings = found(
        csv_table(UNITS + "p,ก,กรม,,,\nq,ข,กรม,,,\na,หนองบัว,สำนัก,p,,\nb,หนองบัว,สำนัก,q,,\n")
    )
    assert not findings


def test_tables_are_told_by_their_columns():
    shapes = {
        ("id", "name_th", "geography_id"): "province",
        ("id", "name_th", "province_id"): "district",
        ("id", "name_th", "district_id", "lat", "long"): "subdistrict",
        ("code", "province_code", "name_th", "kind"): "district",
        ("code", "district_code", "name_th"): "subdistrict",
        ("id", "provinceCode", "provinceNameTh"): "district",  # told apart by the ids, below
        ("id", "name"): "regions",
        ("รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "สังกัด"): "units",
        ("a", "b"): "unknown",
    }
    digits = {"district": frozenset({4}), "subdistrict": frozenset({6})}
    assert {
        c: columns.detect(columns.map_columns(c)[0], digits.get(level, frozenset()))
        for c, level in shapes.items()
    } == shapes
    mapping = columns.map_columns(("id", "provinceCode", "provinceNameTh"))[0]
    assert columns.detect(mapping, frozenset({1, 2})) == "province"


def areas_json(provinces, districts, subs):
    return [
        read_bytes(name, json.dumps(rows).encode())[0]
        for name, rows in (
            ("provinces.json", provinces),
            ("districts.json", districts),
            ("sub_districts.json", subs),
        )
    ]


def place(code, name, district, lat=15.0, zip_code=30000):
    return {
        "id": code,
        "name_th": name,
        "district_id": district,
        "lat": lat,
        "long": lat and 102.0,
        "zip_code": zip_code,
    }


def test_running_numbers_fake_districts_and_stale_twins_in_a_small_list():
    provinces = [{"id": 7, "name_th": "ทดสอบ", "geography_id": 1}]
    districts = [
        {"id": 3001, "name_th": "เก่า", "province_id": 7},
        {"id": 3002, "name_th": "ใหม่", "province_id": 7},
        {"id": 3074, "name_th": "ท้องถิ่นเทศบาลตำบลหนึ่ง", "province_id": 7},
    ]
    subs = [
        place(300101, "กกก", 3001),
        place(300102, "ขขข", 3001, None),
        place(300103, "คคค", 3001, None),
        place(300201, "ขขข", 3002),
        place(300202, "คคค", 3002),
        place(300203, "งงง", 3001),
    ]
    read, findings = found(areas_json(provinces, districts, subs))
    got = {(f.code, f.severity, f.row) for f in findings if f.code != "no_coordinates"}
    assert got == {
        ("running_number", "note", 1),
        ("not_a_district", "error", 3),
        ("number_jump", "warning", 3),
        ("stale_twin", "error", 2),
        ("stale_twin", "error", 3),
        ("code_parent_mismatch", "error", 6),
    }
    assert {r.official for r in checks.sound(read, findings)} == {
        "30",
        "3001",
        "3002",
        "300101",
        "300201",
        "300202",
    }


def test_rows_apart_by_postcode_hint_at_a_missing_district():
    districts = [{"id": 5003, "name_th": "แม่แจ่ม", "province_id": 50}]
    subs = [
        place(500301, "ช่างเคิ่ง", 5003, 18.5, 50270),
        place(500306, "บ้านจันทร์", 5003, None, 58130),
        place(500309, "แม่แดด", 5003, None, 58130),
    ]
    _read, findings = found(
        areas_json([{"id": 50, "name_th": "เชียงใหม่", "geography_id": 1}], districts, subs)
    )
    assert [(f.code, f.row) for f in findings if f.code == "group_apart"] == [
        ("group_apart", 2),
        ("group_apart", 3),
    ]
    assert "running_number" not in {f.code for f in findings}


def test_the_best_known_public_list_shows_all_its_known_faults(shared_data):
    tables, sums = read_path(shared_data / "th-admin" / "raw")
    read, findings = found(tables)
    by_code = {c: [f for f in findings if f.code == c] for c in {f.code for f in findings}}
    assert len(sums) == 4
    assert {c: len(fs) for c, fs in by_code.items()} == {
        "running_number": 1,
        "not_a_district": 2,
        "number_jump": 2,
        "stale_twin": 23,
        "probable_twin": 2,
        "possible_twin": 6,
        "group_apart": 3,
        "no_coordinates": 330,
        "number_gap": 5,
        "regions_not_taken": 1,
    }
    assert {r.official for r in read if r.name_th == "จังหวัดบึงกาฬ"} == {"38"}
    assert {f.unit for f in by_code["not_a_district"]} == {"th-7074", "th-9077"}
    assert {f.unit[:5] for f in by_code["stale_twin"]} == {"th-30"}
    assert {f.unit for f in by_code["probable_twin"]} == {"th-340306", "th-380102"}
    assert {f.unit for f in by_code["group_apart"]} == {"th-500306", "th-500309", "th-500310"}
    kinds = Counter(r.kind for r in checks.sound(read, findings))
    assert kinds == {"bangkok": 1, "province": 76, "khet": 50, "district": 877, "subdistrict": 7428}


def test_the_stale_rows_are_those_a_person_found(shared_data):
    import csv

    with (shared_data / "th-admin" / "subdistricts.csv").open(encoding="utf-8") as file:
        stale = {
            f"th-{r['code']}": r["status"] for r in csv.DictReader(file) if r["status"] != "current"
        }
    tables, _sums = read_path(shared_data / "th-admin" / "raw")
    _read, findings = found(tables)
    ours = {
        f.unit: {"stale_twin": "stale", "probable_twin": "probably_stale"}[f.code]
        for f in findings
        if f.code in {"stale_twin", "probable_twin"}
    }
    assert ours == stale
