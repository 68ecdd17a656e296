"""Put off, hand over, deputy, calendar, secret link."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.registry import CalendarEvent, registry
from sucharit.desk.action_source import ToAccept, ToDo
from sucharit.desk.models import FeedToken, Snooze
from sucharit.desk.queries import arranged, calendar
from sucharit.desk.queries.board import Asked, board
from sucharit.desk.queries.tally import tally
from sucharit.desk.services import actions, feed, work
from tests.desk.world import ahead


@pytest.fixture(autouse=True)
def _only_actions(monkeypatch):
    monkeypatch.setattr(registry, "desk", [ToDo(), ToAccept()])
    monkeypatch.setattr(registry, "calendar", [])


def refusal(call, **given):
    with pytest.raises(Refusal) as refused:
        call(**given)
    return refused.value.where


def keys(user, today=None, **more):
    return [r.item.key for r in board(user, Asked(), today=today or clock.today(), **more).rows]


@pytest.mark.django_db
class TestArranging:
    @pytest.fixture
    def item(self, world):
        return world.open(owner=world.officer, due_on=ahead(3))

    @pytest.fixture
    def key(self, item):
        return f"desk.action:{item.pk}"

    def test_put_off_and_back_by_itself(self, world, key):
        until = ahead(5)
        given = {"actor": world.officer, "key": key}
        assert refusal(work.snooze, until=ahead(0), reason="x", **given) == "until"
        assert refusal(work.snooze, until=until, reason=" ", **given) == "reason"
        with pytest.raises(NotFoundInScope):
            work.snooze(actor=world.other, key=key, until=until, reason="x")
        kept = work.snooze(until=until, reason="รอหนังสือ", **given)
        assert keys(world.officer) == []
        assert keys(world.officer, only=frozenset({key})) == [key]
        assert tally(world.officer, clock.today()).total == 0
        assert refusal(work.snooze, until=until, reason="x", **given) == ""
        assert keys(world.officer, today=until) == [key]
        Snooze.objects.update(until=ahead(0))  # its day has come
        assert refusal(work.end_snooze, actor=world.officer, snooze=kept) == ""
        again = work.snooze(until=until, reason="x", **given)
        with pytest.raises(NotFoundInScope):
            work.end_snooze(actor=world.other, snooze=again)
        work.end_snooze(actor=world.officer, snooze=again)
        assert keys(world.officer) == [key]
        rows = LedgerEntry.objects.filter(action__startswith="desk.work.")
        assert rows.count() == 3
        assert not any("หนังสือ" in row.data for row in rows)

    def test_handed_over_shown_with_its_giver_and_taken_back(self, world, item, key):
        given = {"actor": world.officer, "key": key}
        assert refusal(work.hand_over, taker=world.officer, **given) == "taker"
        assert refusal(work.hand_over, taker=world.other, **given) == "taker"
        made = work.hand_over(taker=world.centre, note="ช่วยดู", **given)
        assert keys(world.officer) == []
        found = board(world.centre, Asked(), today=clock.today())
        assert [(r.item.key, r.giver) for r in found.rows] == [(key, world.officer)]
        assert found.total == 1
        assert [g.item.key for g in arranged.given(world.officer)] == [key]
        assert refusal(work.hand_over, taker=world.head, **given) is not None
        with pytest.raises(NotFoundInScope):
            work.end_handover(actor=world.other, handover=made)
        work.end_handover(actor=world.centre, handover=made)  # declined
        assert keys(world.officer) == [key]
        assert refusal(work.end_handover, actor=world.officer, handover=made) == ""
        work.hand_over(taker=world.centre, **given)
        actions.submit_action(actor=world.officer, action=item, note="แล้ว")
        assert keys(world.centre) == []  # done: gone from the colleague's desk
        assert arranged.given(world.officer)[0].item is None

    def test_a_deputy_sees_a_tab_and_gets_no_right(self, world, key, client):
        days = {"starts_on": ahead(0), "ends_on": ahead(4)}
        set_deputy = work.set_deputy
        assert refusal(set_deputy, actor=world.officer, deputy=world.other, **days) == "deputy"
        assert refusal(set_deputy, actor=world.officer, deputy=world.officer, **days) == "deputy"
        wrong = {"starts_on": ahead(4), "ends_on": ahead(0)}
        assert refusal(set_deputy, actor=world.officer, deputy=world.head, **wrong) == "ends_on"
        long = {"starts_on": ahead(0), "ends_on": ahead(400)}
        assert refusal(set_deputy, actor=world.officer, deputy=world.head, **long) == "ends_on"
        made = set_deputy(actor=world.officer, deputy=world.auditor, **days)
        assert refusal(set_deputy, actor=world.officer, deputy=world.head, **days) == "starts_on"
        assert keys(world.officer, reader=world.auditor) == [key]
        client.force_login(world.auditor)
        assert "ตรวจสอบ 1" in client.get(f"/desk/?for={world.officer.pk}").content.decode()
        assert client.get(f"/desk/?for={world.head.pk}").status_code == 404
        # A unit the deputy has no role at stays hidden.
        assert keys(world.officer, reader=world.other) == []
        with pytest.raises(NotFoundInScope):
            work.end_deputy(actor=world.head, deputy=made)
        work.end_deputy(actor=world.officer, deputy=made)
        assert client.get(f"/desk/?for={world.officer.pk}").status_code == 404

    def test_the_pages(self, world, key, client):
        client.force_login(world.officer)
        at = f"/desk/item/?key={key}"
        assert client.get(at).status_code == 200
        bad = client.post("/desk/item/", {"key": key, "go": "snooze", "until": "x", "reason": ""})
        assert "is-invalid" in bad.content.decode()
        given = {"key": key, "go": "snooze", "until": ahead(4).isoformat(), "reason": "รอ"}
        assert client.post("/desk/item/", given).status_code == 302
        assert "ตรวจสอบ 1" in client.get("/desk/?tab=put_off").content.decode()
        assert "ตรวจสอบ 1" not in client.get("/desk/").content.decode()
        end = f"/desk/end/snooze/{Snooze.objects.get().pk}/"
        assert client.get(end).status_code == 405
        assert client.post(end).status_code == 302
        assert client.post("/desk/end/zz/1/").status_code == 404
        given = {"key": key, "go": "hand_over", "taker": world.head.pk, "note": ""}
        assert client.post("/desk/item/", given).status_code == 302
        assert "ตรวจสอบ 1" in client.get("/desk/?tab=given").content.decode()
        assert client.get("/desk/item/?key=zz").status_code == 404
        days = {"starts_on": ahead(0).isoformat(), "ends_on": ahead(2).isoformat()}
        page = client.post("/desk/away/", {"deputy": "nobody", **days})
        assert "is-invalid" in page.content.decode()
        given = {"deputy": world.head.username, **days}
        assert client.post("/desk/away/", given).status_code == 302


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)), st.integers(-40, 40))
def test_months_there_and_back(day, months):
    first = day.replace(day=1)
    assert calendar.month_of(calendar.month_text(day)) == first
    assert calendar.shifted(calendar.shifted(first, months), -months) == first


@pytest.mark.parametrize("odd", ["", "2567", "2567-13", "2567-0", "๒๕๖๗-๐๓x", "9999-01", "-1-1", "256703"])  # fmt: skip
def test_odd_months_are_none(odd):
    assert calendar.month_of(odd) is None


@pytest.mark.django_db
class TestCalendar:
    @pytest.fixture
    def meeting(self, monkeypatch):
        starts = dt.datetime(2026, 12, 15, 2, 0, tzinfo=dt.UTC)
        event = CalendarEvent(
            "committees.meeting-1", "ประชุม", starts, "/m/", "การประชุม",
            ends=starts + dt.timedelta(hours=2), place="ห้อง 1", changed=3, cancelled=True,
        )  # fmt: skip
        monkeypatch.setattr(registry, "calendar", [lambda _u, _a, _b: [event]])

    def test_a_month_as_grid_and_list(self, world, client, meeting):
        world.open(owner=world.officer, due_on=dt.date(2026, 12, 20))
        world.open(n=2, owner=world.officer, due_on=dt.date(2027, 1, 1))
        client.force_login(world.officer)
        page = client.get("/desk/calendar/?month=2569-12").content.decode()
        assert "ธันวาคม 2569" in page
        assert "ตรวจสอบ 1" in page
        assert "ตรวจสอบ 2" not in page
        assert "09:00" in page
        assert "month=2570-01" in page
        assert client.get("/desk/calendar/?month=zz").status_code == 200

    def test_the_feed_is_read_back(self, world, client, meeting):
        cache.clear()
        item = world.open(owner=world.officer, due_on=ahead(3), why="ลับ")
        client.force_login(world.officer)
        page = client.post("/desk/feed/", {"go": "make"})
        assert "no-store" in page.headers["Cache-Control"]
        token = feed.make_link(actor=world.officer)  # a new one closes the one before
        assert FeedToken.objects.filter(ended_at=None).count() == 1
        assert token not in FeedToken.objects.get(ended_at=None).token_hash
        client.logout()
        answer = client.get(f"/desk/feed/{token}.ics")
        assert answer.status_code == 200
        assert "private" in answer.headers["Cache-Control"]
        assert "ลับ" not in answer.content.decode()
        assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
        read = Calendar.from_ical(answer.content)
        assert [str(z["TZID"]) for z in read.walk("VTIMEZONE")] == ["Asia/Bangkok"]
        day, meeting_ = sorted(read.walk("VEVENT"), key=lambda e: int(e["SEQUENCE"]))
        assert day.decoded("DTSTART") == ahead(3)
        assert day.decoded("DTEND") == ahead(4)
        assert meeting_.decoded("DTSTART").hour == 9
        assert str(meeting_["STATUS"]) == "CANCELLED"
        uid = str(day["UID"])
        actions.change_action(actor=world.head, action=item, owner=world.officer, due_on=ahead(5))
        again = Calendar.from_ical(client.get(f"/desk/feed/{token}.ics").content)
        moved = next(e for e in again.walk("VEVENT") if str(e["UID"]) == uid)
        assert moved.decoded("DTSTART") == ahead(5)
        assert int(moved["SEQUENCE"]) > int(day["SEQUENCE"])

    def test_a_wrong_ended_or_busy_link(self, world, client):
        cache.clear()
        token = feed.make_link(actor=world.officer)
        assert client.get("/desk/feed/wrong.ics").status_code == 404
        answers = [client.get(f"/desk/feed/{token}.ics").status_code for _ in range(22)]
        assert answers[0] == 200
        assert answers[-1] == 429
        client.force_login(world.officer)
        assert client.post("/desk/feed/", {"go": "end"}).status_code == 302
        cache.clear()
        assert client.get(f"/desk/feed/{token}.ics").status_code == 404
        assert refusal(feed.end_link, actor=world.officer) == ""
        token = feed.make_link(actor=world.officer)
        world.officer.is_active = False
        world.officer.save()
        assert client.get(f"/desk/feed/{token}.ics").status_code == 404
