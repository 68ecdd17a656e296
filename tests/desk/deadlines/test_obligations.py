"""Clocks as dated versions, and obligations by them: open, extend, close, rights, what others are shown."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.registry import registry
from sucharit.desk.deadlines import demo, queries, services, showing, source
from sucharit.desk.models import Clock, Holiday, Obligation

pytestmark = pytest.mark.django_db
D = dt.date
SYSTEM = System("test")
KEYS = {  # every row of the table of clocks
    "asset_entry", "asset_exit", "asset_triennial", "asset_triennial_cycle", "asset_reappoint_grace",
    "asset_late_notice", "post_change_notice_to_nacc", "s130_file_transfer", "public_disclosure",
    "coi_cure_shares", "cooling_off", "gift_after_office", "discipline_probe_notice_to_nacc",
    "penalty_after_nacc", "penalty_after_nacc_result", "penalty_after_pacc", "penalty_after_pacc_copy",
    "expel_unusual_wealth", "mppc_appeal", "mppc_comply", "mppc_decide", "mppc_court", "recusal_decide",
    "recusal_object", "admin_appeal", "admin_appeal_answer", "admin_appeal_superior", "police_to_nacc",
    "police_to_pacc", "nacc_to_pacc", "pacc_accept_decision", "nacc_measure_reply", "oic_complaint",
    "complainant_ack", "complaint_fill_gap", "gift_report", "emenscr_quarter", "report_back",
    "indicator_figure",
}  # fmt: skip
UNSEEN = {
    "penalty_after_nacc_result", "mppc_decide", "mppc_court", "complainant_ack", "gift_report",
    "emenscr_quarter", "report_back", "indicator_figure",
}  # fmt: skip


@pytest.fixture
def units(make):
    made = make.ministry()
    services.load_calendar(actor=SYSTEM, first_year=2567, last_year=2568)
    services.load_clocks(actor=SYSTEM)
    return made


@pytest.fixture
def officer(make, units):
    return make.user("unit_officer", units["th-38"])


def opened(actor, unit, key="oic_complaint", **more):
    given = {"anchor_on": D(2024, 3, 19), "title": "ตอบเรื่องร้องเรียน"} | more
    return services.open_obligation(actor=actor, unit=unit, clock_key=key, **given)


def test_every_clock_is_there_and_only_read_texts_are_verified(units):
    assert set(Clock.objects.values_list("key", flat=True)) == KEYS
    assert set(Clock.objects.filter(verified=False).values_list("key", flat=True)) == UNSEEN


def test_loading_again_changes_nothing(units):
    again = services.load_clocks(actor=SYSTEM)
    assert (again.added, again.reworded, again.kept) == (0, 0, len(KEYS))


def test_a_changed_period_is_a_new_version(units):
    rows = copy.deepcopy(source.document("clocks")["clocks"])
    row = next(r for r in rows if r["key"] == "recusal_decide")
    row["title"]["en"] = "Other words"
    assert services.load_clocks(actor=SYSTEM, rows=[row]).reworded == 1
    with pytest.raises(Refusal) as refused:
        services.load_clocks(actor=SYSTEM, rows=[row | {"n": 10}])
    assert refused.value.where == "recusal_decide"
    later = row | {"n": 10, "effective_from": D(2024, 6, 1)}
    assert services.load_clocks(actor=SYSTEM, rows=[later]).added == 1
    assert queries.clock_on("recusal_decide", D(2024, 5, 31)).effective_to == D(2024, 5, 31)
    assert queries.deadline_for("recusal_decide", D(2024, 5, 31)).due_on == D(2024, 6, 7)
    assert queries.deadline_for("recusal_decide", D(2024, 6, 1)).due_on == D(2024, 6, 11)


def test_a_day_before_every_version_is_refused(units):
    with pytest.raises(Refusal) as refused:
        queries.deadline_for("recusal_decide", D(2010, 1, 1))
    assert refused.value.where == "anchor_on"
    with pytest.raises(Refusal):
        queries.deadline_for("no_such_clock", D(2024, 1, 1))


def test_the_seminar_of_19_march(units):
    assert queries.deadline_for("report_back", D(2024, 3, 19)).due_on == D(2024, 4, 10)


def test_a_day_off_of_the_province_counts_for_its_units_only(units):
    services.save_day(
        actor=SYSTEM, on=D(2024, 4, 10), name_th="x", kind="province", unit=units["th-38"]
    )
    found = queries.deadline_for("report_back", D(2024, 3, 19), units["th-3801"])
    assert found.due_on == D(2024, 4, 11)
    assert queries.deadline_for("report_back", D(2024, 3, 19), units["th-66"]).due_on == D(2024, 4, 10)  # fmt: skip


def test_open_extend_close(units, officer):
    owed = opened(officer, units["th-38"], subject_kind="x.y", subject_id="7")
    assert opened(officer, units["th-38"], subject_kind="x.y", subject_id="7") == owed
    # 18 April, an official's act: a day off would not have moved it.
    assert (owed.due_on, owed.fiscal_year) == (D(2024, 4, 18), 2567)
    with pytest.raises(Refusal) as refused:
        services.extend_obligation(actor=officer, obligation=owed, reason=" ")
    assert refused.value.where == "reason"
    longer = services.extend_obligation(actor=officer, obligation=owed, reason="รอเอกสาร")
    assert (longer.due_on, longer.original_due_on) == (D(2024, 5, 18), D(2024, 4, 18))
    assert [s["kind"] for s in longer.why][-1] == "reason"
    with pytest.raises(Refusal):
        services.extend_obligation(actor=officer, obligation=owed, reason="อีกครั้ง")
    done = services.close_obligation(actor=officer, obligation=owed, note="ส่งแล้ว")
    assert done.done_by == officer
    for step in (
        lambda: services.close_obligation(actor=officer, obligation=owed),
        lambda: services.extend_obligation(actor=officer, obligation=owed, reason="x"),
    ):
        with pytest.raises(Refusal):
            step()
    rows = LedgerEntry.objects.filter(action__startswith="desk.obligation")
    assert list(rows.order_by("pk").values_list("action", flat=True)) == [
        "desk.obligation.opened", "desk.obligation.extended", "desk.obligation.closed",
    ]  # fmt: skip
    assert "รอเอกสาร" not in str([r.__dict__ for r in rows])


def test_a_period_without_extensions_says_so(units, officer):
    owed = opened(officer, units["th-38"], "admin_appeal")
    with pytest.raises(Refusal):
        services.extend_obligation(actor=officer, obligation=owed, reason="x")


@pytest.mark.parametrize(
    ("role", "at", "error"),
    [
        ("auditor", "th-38", Forbidden),
        ("unit_officer", "th-66", NotFoundInScope),
        ("partner", "th-38", NotFoundInScope),
    ],
)
def test_who_may_not(make, units, officer, role, at, error):
    owed = opened(officer, units["th-38"])
    user = make.user(role, units[at])
    for step in (
        lambda: opened(user, units["th-38"], title="y"),
        lambda: services.extend_obligation(actor=user, obligation=owed, reason="x"),
        lambda: services.close_obligation(actor=user, obligation=owed),
    ):
        with pytest.raises(error):
            step()


def test_what_others_are_shown(make, units, officer):
    owed = opened(officer, units["th-38"], subject_kind="plans.project", subject_id="3")
    other = make.user("unit_officer", units["th-66"])
    centre = make.user("ministry_centre", units["moi"])
    assert [i.key for i in showing.desk_items(officer)] == [f"desk.obligation:{owed.pk}"]
    assert list(showing.desk_items(centre)) == []  # it sees it, and does not owe it
    assert len(list(showing.calendar_events(officer, owed.due_on, owed.due_on))) == 1
    assert registry.link(officer, "desk.obligation", str(owed.pk)).on == owed.due_on
    for user, found in ((other, 0), (centre, 1)):
        assert (registry.link(user, "desk.obligation", str(owed.pk)) is not None) == bool(found)
        assert len(list(showing.backlinks(user, "plans.project", "3"))) == found
    assert registry.link(officer, "desk.obligation", "x") is None
    services.close_obligation(actor=officer, obligation=owed)
    assert list(showing.desk_items(officer)) == []


def test_the_command_fills_everything(db, capsys):
    call_command("load_calendar", "2567", "2567")
    call_command("load_calendar", "2567", "2567")
    assert "days off: 0 added" in capsys.readouterr().out
    assert Clock.objects.count() == len(KEYS)
    assert Holiday.objects.count() > 20


class TestPages:
    @pytest.fixture
    def keeper(self, make, units):
        return make.user("ministry_centre", units["moi"])

    def test_the_year_of_a_province(self, client, units, officer):
        client.force_login(officer)
        page = client.get("/desk/days-off/?year=2567&province=th-38").content.decode()
        assert "243" in page
        assert "วันพืชมงคล" in page
        assert "วันแรงงาน" not in page
        assert client.get("/desk/days-off/?year=x&province=zz").status_code == 200
        far = client.get("/desk/days-off/?year=2600").content.decode()
        assert "ยังไม่ได้บันทึกวันหยุดครบทั้งปี" in far

    def test_the_calculator_tells_why(self, client, units, officer):
        client.force_login(officer)
        page = client.get("/desk/deadlines/?clock=report_back&anchor_on=19/3/2567").content.decode()
        assert "วันพุธที่ 10 เมษายน 2567" in page
        assert "ยังไม่ได้ตรวจสอบ" in page or "chip-warn" in page
        own = "/desk/deadlines/?n=7&unit=working_day&anchor_on=2024-04-09"
        assert "วันอังคารที่ 23 เมษายน 2567" in client.get(own).content.decode()
        for wrong in ("?anchor_on=x", "?anchor_on=2024-04-09", "?anchor_on=1/1/2500&clock=gift_report"):  # fmt: skip
            assert 'id="errors"' in client.get(f"/desk/deadlines/{wrong}").content.decode()

    def test_enter_change_and_take_out_a_day(self, client, units, keeper):
        client.force_login(keeper)
        given = {"on": "20/3/2567", "name_th": "พิเศษ", "kind": "cabinet", "unit": "", "go": "save"}
        assert client.post("/desk/days-off/new/", given).status_code == 302
        day = Holiday.objects.get(on=D(2024, 3, 20))
        again = client.post("/desk/days-off/new/", given).content.decode()
        assert 'id="errors"' in again
        where = f"/desk/days-off/{day.pk}/"
        assert "พิเศษ" in client.get(where).content.decode()
        assert client.post(where, given | {"name_th": "ใหม่", "works": "on"}).status_code == 302
        day.refresh_from_db()
        assert (day.name_th, day.works, day.entered_by) == ("ใหม่", True, keeper)
        assert "ใหม่" in client.get("/desk/days-off/table/?year=2567").content.decode()
        assert client.post(where, {"go": "remove"}).status_code == 302
        assert not Holiday.objects.filter(pk=day.pk).exists()

    def test_import_shows_its_faults(self, client, units, keeper):

        client.force_login(keeper)
        bad = SimpleUploadedFile("a.csv", "on,name_th\n31/2/2567,ก\n".encode())
        page = client.post("/desk/days-off/import/", {"file": bad}).content.decode()
        assert "มี 1 แถวที่ต้องแก้ไข" in page
        good = SimpleUploadedFile("a.csv", "on,name_th\n20/3/2567,ก\n".encode())
        assert client.post("/desk/days-off/import/", {"file": good}).status_code == 302
        none = client.post("/desk/days-off/import/", {}).content.decode()
        assert "เลือกไฟล์" in none

    def test_an_obligation_from_its_first_day_to_its_last(self, client, units, officer):
        client.force_login(officer)
        given = {"unit": "th-38", "clock": "oic_complaint", "anchor_on": "19/3/2567", "title": "ตอบเรื่อง"}  # fmt: skip
        assert client.post("/desk/obligations/new/", given | {"title": ""}).status_code == 200
        assert client.post("/desk/obligations/new/", given).status_code == 302
        owed = Obligation.objects.get()
        where = f"/desk/obligations/{owed.pk}/"
        assert 'id="errors"' in client.post(where, {"go": "extend"}).content.decode()
        client.post(where, {"go": "extend", "reason": "รอเอกสาร"})
        page = client.get(where).content.decode()
        assert "วันเสาร์ที่ 18 พฤษภาคม 2567" in page
        assert "รอเอกสาร" in page
        client.post(where, {"go": "close", "note": "ส่งแล้ว"})
        assert "ส่งแล้ว" in client.get(where).content.decode()
        assert client.get("/desk/obligations/?state=done").content.decode().count("ตอบเรื่อง") == 1
        for state in ("open", "overdue"):
            assert "ตอบเรื่อง" not in client.get(f"/desk/obligations/?state={state}").content.decode()

    def test_pages_in_english_and_empty(self, client, make):
        user = make.user("ministry_centre", make.unit("moi", kind="ministry"))
        client.force_login(user)
        for address in ("deadlines/", "deadlines/clocks/", "days-off/", "days-off/table/", "obligations/",
                        "obligations/new/"):  # fmt: skip
            assert client.get(f"/desk/{address}", headers={"accept-language": "en"}).status_code == 200  # fmt: skip
        assert clock.today()

    def test_over_http(self, client, units):
        got = client.get("/api/deadlines/compute?start=2024-03-19&clock=report_back").json()
        assert got["due_on"] == "2024-04-10"
        assert got["verified"] is False
        assert got["steps"][0]["kind"] == "event"
        got = client.get("/api/deadlines/compute?start=2024-04-09&n=7&unit=working_day").json()
        assert (got["due_on"], got["verified"]) == ("2024-04-23", None)
        day = client.get("/api/deadlines/working-day?on=2024-04-12&province=th-38").json()
        assert (day["is_working_day"], day["next_working_day"]) == (False, "2024-04-17")
        assert client.get("/api/deadlines/working-day?on=2050-01-03").json()["covered"] is False
        for wrong, code in (
            ("compute?start=2024-04-09", 409),
            ("compute?start=9999-12-31&n=1", 409),
            ("compute?start=2024-04-09&clock=nix", 404),
            ("working-day?on=2024-04-12&province=th-3801", 404),
            ("working-day?on=x", 422),
        ):
            assert client.get(f"/api/deadlines/{wrong}").status_code == code, wrong


def test_the_demo_may_run_again(units):
    assert demo.make([units["th-38"], units["moi-cdd"]]) == 8
    assert demo.make([units["th-38"], units["moi-cdd"]]) == 0
