"""An import is looked at first, made whole or not at all, and made once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.orgs.models import Unit, UnitEvent, UnitIdentifier, UnitName
from sucharit.orgs.queries.units import name_on
from sucharit.orgs.reading import read_bytes, read_path
from sucharit.orgs.services.importing import Options, apply, prepare
from sucharit.orgs.services.register import load_register

pytestmark = pytest.mark.django_db
BY = System("test")
DAY = dt.date(2024, 10, 1)
HEAD = "code,name_th,name_en,kind,parent_code,valid_to,budget_code\n"


def tables(rows):
    return read_bytes("units.csv", (HEAD + rows).encode())


def take(rows, **options):
    return apply(actor=BY, tables=tables(rows), options=Options(on=DAY, **options))


def state():
    return [
        list(m.objects.order_by("pk").values_list())
        for m in (Unit, UnitName, UnitEvent, UnitIdentifier, LedgerEntry)
    ]


@pytest.fixture
def ministry(make):
    return make.ministry()


def test_a_preview_writes_nothing(ministry):
    before = state()
    preview = prepare(tables("n1,กรมใหม่,,กรม,moi,,\nmoi-cdd,กรมชื่ออื่น,,กรม,moi,,\n"), Options(on=DAY))
    assert preview.counts() == {"create": 1, "rename": 1}
    assert state() == before


def test_units_are_made_renamed_moved_filled_and_ended_and_the_second_time_nothing_happens(
    ministry,
):
    rows = (
        "n1,กรมใหม่,New Department,กรม,moi,,77777\n"
        "n2,สำนักของกรมใหม่,,สำนัก,n1,,\n"
        "moi-cdd,กรมชื่ออื่น,,กรม,moi,,\n"
        "moi-dol,กรมที่ดินทดสอบ,Lands,กรม,n1,,15005\n"
        "th-6601,อำเภอเมืองพิจิตร,,อำเภอ,th-66,2024-09-30,\n"
    )
    done = take(rows)
    assert done.counts() == {
        "create": 2,
        "rename": 1,
        "fill": 1,
        "move": 1,
        "identify": 1,
        "end": 1,
    }
    assert Unit.objects.get_parent(Unit.objects.get(code="moi-dol")).code == "n1"
    assert Unit.objects.get(code="moi-dol").name_en == "Lands"
    assert Unit.objects.get(code="th-6601").valid_to == dt.date(2024, 9, 30)
    assert name_on(Unit.objects.get(code="moi-cdd"), dt.date(2024, 9, 30)).name_th == "กรมการพัฒนา"
    assert set(UnitIdentifier.objects.values_list("unit__code", "code")) == {
        ("n1", "77777"),
        ("moi-dol", "15005"),
    }
    assert all(not problem for problem in Unit.objects.find_problems())
    entry = LedgerEntry.objects.get(action="orgs.units.imported")
    assert json.loads(entry.data)["changes"] == done.counts()
    before = state()
    assert not take(rows).changes
    assert state() == before


def test_another_spelling_is_a_correction_and_a_new_kind_an_upgrade(ministry):
    take("t1,อบต.หนองบัว,,อบต.,th-3801,,\n")
    take("t1,องค์การบริหารส่วนตำบลหนองบัว,,อบต.,th-3801,,\n")
    unit = Unit.objects.get(code="t1")
    assert (unit.name_th, unit.names.count(), unit.events.count()) == (
        "องค์การบริหารส่วนตำบลหนองบัว",
        1,
        0,
    )
    assert unit.names.get().name_th == unit.name_th
    take("t1,เทศบาลตำบลหนองบัว,,เทศบาลตำบล,th-3801,,\n")
    unit.refresh_from_db()
    assert (unit.kind, unit.names.count()) == ("subdistrict_municipality", 2)
    assert [e.kind for e in unit.events.all()] == ["upgraded"]


def test_errors_write_nothing_unless_faulty_rows_are_accepted(ministry):
    rows = "n1,กรมใหม่,,กรม,moi,,\nn2,กรมผิด,,กรมม,moi,,\n"
    before = state()
    with pytest.raises(Refusal):
        take(rows)
    assert state() == before
    assert take(rows, accept_faulty_rows=True).counts() == {"create": 1}


def test_a_complete_list_ends_what_it_lacks_unless_it_has_faulty_rows(ministry):
    rows = "moi-cdd,กรมการพัฒนา,,กรม,moi,,\n"
    doubtful = take(rows + "x y,กรมผิด,,กรม,moi,,\n", complete=True, accept_faulty_rows=True)
    assert not doubtful.changes
    assert "complete_in_doubt" in {f.code for f in doubtful.findings}
    assert take(rows, complete=True).counts() == {"end": 1}
    assert Unit.objects.get(code="moi-dol").valid_to == DAY - dt.timedelta(days=1)
    assert Unit.objects.filter(kind="province", valid_to=None).count() == 2


def test_a_unit_with_living_children_does_not_end(ministry):
    preview = prepare(tables("th-38,จังหวัดบึงกาฬ,,จังหวัด,moi,2024-09-30,\n"), Options(on=DAY))
    assert [f.code for f in preview.findings] == ["end_with_children"]
    assert not preview.changes


def test_a_differing_english_name_is_kept_and_said(ministry):
    take("moi-cdd,กรมการพัฒนา,Community Development,กรม,moi,,\n")
    other = "moi-cdd,กรมการพัฒนา,Development,กรม,moi,,\n"
    assert [f.code for f in take(other).findings] == ["differs_kept"]
    assert Unit.objects.get(code="moi-cdd").name_en == "Community Development"
    take(other, prefer_file=True)
    assert Unit.objects.get(code="moi-cdd").name_en == "Development"


def test_a_code_another_unit_holds_refuses_the_whole_import(ministry):
    take("n1,กรมใหม่,,กรม,moi,,77777\n")
    before = state()
    with pytest.raises(Refusal):
        take("n2,กรมสอง,,กรม,moi,,\nn3,กรมสาม,,กรม,moi,,77777\n")
    assert state() == before


def test_two_units_that_are_each_others_parents_are_refused(ministry):
    with pytest.raises(Refusal):
        take("a,ก,,กรม,b,,\nb,ข,,กรม,a,,\n")


def test_rights(ministry, make):
    officer = make.user("unit_officer", ministry["moi"])
    with pytest.raises(Forbidden):
        apply(actor=officer, tables=tables("n1,กรมใหม่,,กรม,moi,,\n"), options=Options(on=DAY))


def test_a_break_in_the_middle_leaves_nothing(ministry):
    rows = "".join(f"n{i},หน่วย {i},,สำนัก,moi,,\n" for i in range(1200))
    before = state()

    def break_off(_phase, done, _of):
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(actor=BY, tables=tables(rows), options=Options(on=DAY), progress=break_off)
    assert state() == before


KILLED = """
import os, signal, sys, datetime, django
django.setup()
from django.core.management import call_command
from sucharit.core.actors import System
from sucharit.orgs.models import Unit
from sucharit.orgs.reading import read_bytes
from sucharit.orgs.services import units
from sucharit.orgs.services.importing import Options, apply
if sys.argv[1] == "kill":
    call_command("migrate", verbosity=0)
    units.create_unit(actor=System("t"), code="moi", kind="ministry", name_th="ก")
    rows = "code,name_th,kind,parent_code\\n" + "".join(f"n{i},n {i},bureau,moi\\n" for i in
    range(1200))
    def die(phase, done, of):
        if done >= 1000:
            os.kill(os.getpid(), signal.SIGKILL)
    apply(actor=System("t"), tables=read_bytes("u.csv", rows.encode()),
    options=Options(on=datetime.date(2024, 1, 1)), progress=die)
else:
    print(Unit.objects.count(), [len(p) for p in Unit.objects.find_problems()])
"""


@pytest.mark.slow
def test_a_killed_process_leaves_nothing(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sucharit.settings",
        "SUCHARIT_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "kill"], env=env, check=False, capture_output=True, text=True
    )
    assert killed.returncode == -9, killed.stderr
    after = subprocess.run(
        [sys.executable, "-c", KILLED, "look"], env=env, check=True, capture_output=True, text=True
    )
    assert after.stdout.strip() == "1 [0, 0, 0, 0, 0]"


def run(*arguments):
    out = io.StringIO()
    call_command("import_units", *map(str, arguments), "--language", "en", stdout=out)
    return out.getvalue()


def test_the_command_looks_reports_and_exits_with_two(ministry, tmp_path):
    file, report = tmp_path / "units.csv", tmp_path / "report.csv"
    file.write_text(HEAD + "n1,กรมใหม่,,กรม,moi,,\nn2,=1+1,,กรมม,moi,,\n", encoding="utf-8")
    for apply_it in ([], ["--apply"]):
        with pytest.raises(CommandError) as stopped:
            run(file, "--report", report, *apply_it)
        assert stopped.value.returncode == 2
    assert not Unit.objects.filter(code="n1").exists()
    with report.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(r["code"], r["row"], r["value"]) for r in rows] == [("unknown_kind", "3", "กรมม")]
    assert "1 changes made" in run(file, "--apply", "--accept-faulty-rows")
    assert Unit.objects.filter(code="n1").exists()
    assert "no change" in run(file, "--apply", "--accept-faulty-rows")


@pytest.mark.parametrize("name", ["nothing.csv", "units.txt", "broken.json"])
def test_what_cannot_be_read_is_said(ministry, tmp_path, name):
    if name != "nothing.csv":
        (tmp_path / name).write_text("{", encoding="utf-8")
    with pytest.raises(CommandError) as stopped:
        run(tmp_path / name)
    assert stopped.value.returncode == 1


def test_a_spreadsheet_and_the_older_code_page_are_read(tmp_path):
    import xlsxwriter

    path = tmp_path / "u.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, cells in enumerate(
            [
                ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท"],
                ["x1", "กรมหนึ่ง", "กรม"],
                [3801, "เมืองบึงกาฬ", ""],
            ],
            start=2,
        ):
            sheet.write_row(n, 0, cells)
    old = read_bytes("u.csv", "รหัสหน่วยงาน;ชื่อหน่วยงาน;ประเภท\nx1;กรมหนึ่ง;กรม\n".encode("cp874"))
    made, _sums = read_path(path)
    from sucharit.orgs.engine.register.records import read_tables

    assert [(r.code, r.name_th, r.kind, r.row) for r in read_tables(made).records] == [
        ("x1", "กรมหนึ่ง", "department", 4),
        ("th-3801", "อำเภอเมืองบึงกาฬ", "district", 5),
    ]
    assert [r.name_th for r in read_tables(old).records] == ["กรมหนึ่ง"]


def test_the_real_list_over_the_bundled_register(shared_data):
    load_register(actor=BY)
    folder, _sums = read_path(shared_data / "th-admin" / "raw")
    options = Options(on=DAY, accept_faulty_rows=True)
    done = apply(actor=BY, tables=folder, options=options)
    assert done.counts() == {"create": 7428, "fill": 927}
    assert done.errors == 25
    assert Unit.objects.filter(kind="district").count() == 878  # 5025, which the list lacks, stays
    assert all(not problem for problem in Unit.objects.find_problems())
    assert not apply(actor=BY, tables=folder, options=options).changes
