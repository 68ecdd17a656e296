"""The civil service's calendar: known answers, what a person entered stays, rights, import, the kept copy."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.utils.translation import override

from sucharit.core import fiscal
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.exports import xlsx_bytes
from sucharit.core.models import LedgerEntry
from sucharit.desk.deadlines import calendar, services, source
from sucharit.desk.deadlines.tables import DAY_EXPORT
from sucharit.desk.engine.workdays import Calendar, DayOff
from sucharit.desk.models import Holiday

D = dt.date
SYSTEM = System("test")


@pytest.fixture(scope="module")
def civil():
    """The rows as they are loaded, without a database."""
    return Calendar.of(
        DayOff(r.on, r.name_th, r.unit, r.works, r.verified) for r in source.days(2560, 2575)
    )


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2024-04-09", 7, "2024-04-23"),  # 12 April special, Songkran
        ("2024-12-27", 15, "2025-01-22"),  # over two new-year bridges
        ("2024-07-19", 5, "2024-07-30"),
        ("2025-04-30", 3, "2025-05-06"),  # the civil service works on 1 May
        ("2024-03-19", 15, "2024-04-10"),  # report after the seminar of 19 March 2567
    ],
)
def test_known_answers(civil, start, n, due):
    assert civil.add_working_days(D.fromisoformat(start), n) == D.fromisoformat(due)


@pytest.mark.parametrize(("year", "days"), [(2567, 243), (2568, 239), (2569, 241)])
def test_working_days_of_a_fiscal_year(civil, year, days):
    whole = fiscal.year(year)
    assert civil.working_days_in(whole.start, whole.end) == days


def test_no_labour_day_and_no_day_in_its_stead(civil):
    assert civil.is_working_day(D(2025, 5, 1))
    assert civil.is_working_day(D(2027, 5, 3))  # the package's substitute for Saturday 1 May
    assert civil.row(D(2024, 5, 10)).name == "วันพืชมงคล"


def test_chinese_new_year_holds_in_the_south_only(civil):
    assert civil.is_working_day(D(2025, 1, 29))
    assert not civil.is_working_day(D(2025, 1, 29), "th-96")


@pytest.mark.django_db
class TestTable:
    @pytest.fixture
    def units(self, make):
        return make.ministry() | {"th-96": make.unit("th-96", kind="province")}

    @pytest.fixture
    def keeper(self, make, units):
        return make.user("ministry_centre", units["moi"])

    def load(self, first=2567, last=2568):
        return services.load_calendar(actor=SYSTEM, first_year=first, last_year=last)

    def test_loading_twice_changes_nothing(self, units):
        first = self.load()
        assert first.added == Holiday.objects.count() > 40
        assert first.no_unit == 6  # three southern provinces that are not in this register
        again = self.load()
        assert (again.added, again.renewed, again.gone, again.kept) == (0, 0, 0, first.added)
        assert calendar.current().is_working_day(D(2024, 5, 1))
        assert not calendar.current().is_working_day(D(2025, 1, 29), "th-96")

    def test_what_a_person_entered_stays(self, units, keeper):
        self.load()
        day = Holiday.objects.get(on=D(2024, 4, 12), unit=None)
        services.save_day(
            actor=keeper, day=day, on=day.on, name_th="เลื่อน", kind="cabinet", works=True
        )
        services.save_day(actor=keeper, on=D(2024, 4, 11), name_th="พิเศษ", kind="cabinet")
        assert self.load().renewed == 0
        day.refresh_from_db()
        assert (day.name_th, day.works, day.entered_by) == ("เลื่อน", True, keeper)
        assert Holiday.objects.filter(on=D(2024, 4, 11)).exists()

    def test_a_loaded_row_is_renewed_or_goes_with_its_source(self, units):
        self.load()
        Holiday.objects.filter(on=D(2024, 4, 12)).update(name_th="x")
        Holiday.objects.create(on=D(2024, 3, 5), kind="public", name_th="x", source="holidays 0.1")
        done = self.load()
        assert (done.renewed, done.gone) == (1, 1)

    def test_the_kept_calendar_follows_every_change(self, units, keeper):
        self.load()
        day = D(2024, 3, 20)
        assert calendar.current() is calendar.current()
        made = services.save_day(actor=keeper, on=day, name_th="พิเศษ", kind="cabinet")
        assert not calendar.current().is_working_day(day)
        services.save_day(actor=keeper, day=made, on=day, name_th="พิเศษ", kind="cabinet", works=True)  # fmt: skip
        assert calendar.current().is_working_day(day)
        services.save_day(actor=keeper, day=made, on=day, name_th="พิเศษ", kind="cabinet")
        services.remove_day(actor=keeper, day=made)
        assert calendar.current().is_working_day(day)

    def test_a_unit_works_as_its_province(self, make, units):
        office = make.unit("th-9601", parent=units["th-96"], kind="district")
        assert calendar.province_of(office) == "th-96"
        assert calendar.province_of(units["moi-cdd"]) == calendar.province_of(None) == ""

    @pytest.mark.parametrize(
        ("role", "at", "error"),
        [
            ("ministry_centre", "th-38", NotFoundInScope),
            ("unit_head", "moi", Forbidden),
            ("system_admin", "moi", NotFoundInScope),
        ],
    )
    def test_only_the_ministry_keeps_it(self, make, units, role, at, error):
        user = make.user(role, units[at])
        with pytest.raises(error):
            services.save_day(actor=user, on=D(2024, 3, 20), name_th="x", kind="cabinet")
        with pytest.raises(error):
            services.import_days(actor=user, name="a.csv", data=b"on,name_th\n2024-03-20,x\n")

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"name_th": " "}, "name_th"),
            ({"unit": "moi-cdd", "kind": "province"}, "unit"),
            ({"unit": "th-38"}, "unit"),
            ({"kind": "province"}, "unit"),
            ({"on": D(1900, 1, 1)}, "on"),
            ({"on": D(2024, 3, 20)}, "on"),
        ],
    )
    def test_refused_with_its_place(self, units, keeper, fields, where):
        Holiday.objects.create(on=D(2024, 3, 20), kind="public", name_th="x")
        given = {"on": D(2024, 3, 21), "name_th": "x", "kind": "cabinet"} | fields
        if "unit" in given:
            given["unit"] = units[given["unit"]]
        with pytest.raises(Refusal) as refused:
            services.save_day(actor=keeper, **given)
        assert refused.value.where == where

    def test_the_ledger_knows_days_and_no_names(self, units, keeper):
        services.save_day(actor=keeper, on=D(2024, 3, 20), name_th="ชื่อวัน", kind="cabinet")
        entry = LedgerEntry.objects.latest("pk")
        assert entry.action == "desk.calendar.entered"
        assert "ชื่อวัน" not in str(entry.__dict__)

    def test_a_sound_file_goes_in_whole(self, units, keeper):
        rows = ["on,name_th,unit,works,verified", "12/4/2567,พิเศษ,,no,yes",
                f"2024-04-10,ฮารีรายอ,{units['th-96'].name_th},,", "20 เม.ย. 67,ทำงาน,,ใช่,"]  # fmt: skip
        text = "\n".join(rows)
        done = services.import_days(actor=keeper, name="days.csv", data=text.encode())
        assert (done.added, done.changed, done.faults) == (3, 0, ())
        assert Holiday.objects.get(on=D(2024, 4, 10)).kind == "province"
        assert calendar.current().is_working_day(D(2024, 4, 20))
        again = services.import_days(actor=keeper, name="days.csv", data=text.encode())
        assert (again.added, again.changed, again.same) == (0, 0, 3)

    def test_faults_name_their_rows_and_nothing_is_written(self, units, keeper):
        rows = ["on,name_th,unit,kind,works", "2024-04-12,ดี,,,", "31/2/2567,ก,,,", "2024-04-13,,,,",
                "2024-04-14,ข,Atlantis,,", "2024-04-15,ค,,feast,", "2024-04-16,ง,,,maybe",
                "2024-04-12,ซ้ำ,,,", f"2024-04-17,{'ย' * 201},,,"]  # fmt: skip
        done = services.import_days(actor=keeper, name="a.csv", data="\n".join(rows).encode())
        assert [f.row for f in done.faults] == [3, 4, 5, 6, 7, 8, 9]
        assert Holiday.objects.count() == 0

    def test_an_xlsx_with_the_thai_heads_of_the_export(self, units, keeper):
        self.load(2567, 2567)
        before = Holiday.objects.count()
        with override("th"):
            heads = [str(c.title) for c in DAY_EXPORT]
            rows = [[c.of(d) for c in DAY_EXPORT] for d in Holiday.objects.select_related("unit")]
            data = xlsx_bytes("x", heads, rows)
        done = services.import_days(actor=keeper, name="days.xlsx", data=BytesIO(data).read())
        assert done.faults == ()
        assert (done.added, done.same) == (0, before)

    @pytest.mark.parametrize(
        "data", [b"", b"on,name_th\n", b"a,b\n1,2\n", b"on,name_th\n" + b"x" * 2_000_001]
    )
    def test_a_file_that_is_none(self, units, keeper, data):
        with pytest.raises(Refusal):
            services.import_days(actor=keeper, name="a.csv", data=data)

    def test_years_out_of_reach(self, units):
        for first, last in ((2499, 2567), (2568, 2567), (2567, 9999)):
            with pytest.raises(Refusal):
                self.load(first, last)
