"""My work: one list of every source, groups, filters, pages, the count."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.core import clock
from sucharit.core.registry import DeskItem, DeskWant, registry
from sucharit.desk.action_source import ToAccept, ToDo
from sucharit.desk.models import ActionItem
from sucharit.desk.queries import board, sources
from sucharit.desk.queries.tally import Tally, tally, top_late
from sucharit.desk.services import actions as services
from tests.desk.world import ahead

TODAY = dt.date(2024, 3, 18)
Asked = board.Asked


def item(title, due=None, url="/x/", kind="task", **more):
    return DeskItem(
        title=title, url=url, unit="หน่วยงาน", kind=kind, kind_label="งาน", due_on=due,
        fiscal_year=2567, **more,
    )  # fmt: skip


class Large:
    """A source as a database would be: its items lie here."""

    kind, label = "large", "ใหญ่"

    def __init__(self, dues):
        self.kept = {f"large:{n}": item(f"L{n}", due, kind="large", key=f"large:{n}") for n, due in enumerate(dues)}  # fmt: skip

    def _rows(self, want):
        return [i for i in self.kept.values() if sources.fits(i, want)]

    def counts(self, user, want, edges):
        found = [0, 0, 0, 0]
        for i in self._rows(want):
            found[sources.group_number(i.due_on, edges)] += 1
        return found

    def soonest(self, user, want, n):
        places = [(i.due_on, i.key) for i in self._rows(want)]
        return sorted(places, key=sources.in_order)[:n]

    def items(self, user, keys):
        return {k: self.kept[k] for k in keys}


@pytest.mark.parametrize(
    ("offset", "group"),
    [(-400, "overdue"), (-1, "overdue"), (0, "week"), (6, "week"), (7, "later"), (None, "no_date")],
)
def test_groups_at_their_edges(offset, group):
    due = None if offset is None else TODAY + dt.timedelta(days=offset)
    assert board.group_of(due, TODAY) == group


days = st.lists(st.none() | st.dates(dt.date(2024, 3, 1), dt.date(2024, 4, 1)), max_size=70)


@settings(max_examples=60, deadline=None)
@given(days, days, st.sampled_from(["", *board.GROUPS]))
def test_nothing_is_lost_or_doubled_over_the_pages(small, large, group):
    before = registry.desk
    made = [item(str(i), due, url=f"/{i}/") for i, due in enumerate(small)]
    registry.desk = [lambda _user: made, Large(large)]
    try:
        first = board.board(None, Asked(group=group), today=TODAY)
        rows = [
            owed
            for n in range(1, first.pages + 1)
            for owed in board.board(None, Asked(group=group, page=n), today=TODAY).rows
        ]
    finally:
        registry.desk = before
    keys = [r.item.key for r in rows]
    assert len(keys) == len(set(keys)) == first.total
    assert sum(first.groups.values()) == len(small) + len(large)
    assert all(group in ("", r.group) for r in rows)
    places = [sources.in_order((r.item.due_on, "")) for r in rows]
    assert places == sorted(places)
    assert all(r.days_left < 0 for r in rows if r.group == "overdue")


def test_every_item_has_a_key_of_its_own():
    made = list(sources.keyed([item("a"), item("b"), item("c", url="/" + "x" * 300), item("d", key="k:1")]))  # fmt: skip
    keys = [i.key for i in made]
    assert keys[:2] == ["task:/x/", "task:/x/#2"]
    assert keys[3] == "k:1"
    assert len(set(keys)) == 4
    assert max(map(len, keys)) <= sources.KEY_WIDTH


@pytest.mark.django_db
class TestActionItems:
    @pytest.fixture(autouse=True)
    def _only_actions(self, monkeypatch):
        monkeypatch.setattr(registry, "desk", [ToDo(), ToAccept()])

    def titles(self, user, **asked):
        return [r.item.title for r in board.board(user, Asked(**asked), today=clock.today()).rows]

    def test_who_owes_what(self, world, make):
        world.open(n=1)
        owned = world.open(n=2, owner=world.officer)
        assert set(self.titles(world.officer)) == {"ตรวจสอบ 1", "ตรวจสอบ 2"}
        assert self.titles(world.head) == ["ตรวจสอบ 1"]
        # A role above covers the unit, but is not its duty.
        for user in (world.centre, world.auditor, world.other):
            assert self.titles(user) == []
        assert self.titles(make.user("unit_head", world.units["moi"])) == []
        assert set(self.titles(world.centre, scope="units")) == {"ตรวจสอบ 1", "ตรวจสอบ 2"}
        assert self.titles(world.auditor, scope="units") == []
        services.submit_action(actor=world.officer, action=owned, note="แล้ว")
        assert self.titles(world.officer) == ["ตรวจสอบ 1"]
        # Now the head decides, not who handed in.
        found = board.board(world.head, Asked(), today=clock.today())
        assert [(r.item.kind, r.item.title) for r in found.rows] == [
            ("desk.action", "ตรวจสอบ 1"), ("desk.acceptance", "ตรวจสอบ 2"),
        ]  # fmt: skip

    def test_a_wish_for_a_later_day_lies_on_the_desk_of_the_origin(self, world, make):
        above = make.user("unit_officer", world.units["moi"])
        asked = world.from_above(due_on=ahead(3))
        assert self.titles(above) == []
        services.ask_for_day(actor=world.officer, action=asked, due_on=ahead(9), reason="x")
        assert self.titles(above) == ["ตรวจสอบ 1"]

    def test_filters(self, world):
        world.open(n=1, due_on=ahead(-1), owner=world.officer)
        world.open(n=2, due_on=ahead(3))
        world.open(n=3, due_on=ahead(30))
        world.open(n=4, title="อีกเรื่อง")
        assert self.titles(world.officer) == ["ตรวจสอบ 1", "ตรวจสอบ 2", "ตรวจสอบ 3", "อีกเรื่อง"]
        for group, one in zip(board.GROUPS, self.titles(world.officer), strict=True):
            assert self.titles(world.officer, group=group) == [one]
        assert self.titles(world.officer, text="อีก") == ["อีกเรื่อง"]
        assert self.titles(world.officer, fiscal_year=2566) == []
        assert len(self.titles(world.officer, unit="บึงกาฬ")) == 4
        assert self.titles(world.officer, unit="th-66") == []
        assert self.titles(world.officer, kind="other") == []
        assert tally(world.officer, clock.today()) == Tally(1, 1, 4)
        assert [i.title for i in top_late(world.centre, world.units["moi"], clock.today(), 5)] == [
            "ตรวจสอบ 1"
        ]
        assert top_late(world.other, world.units["moi"], clock.today(), 5) == []

    def test_what_is_asked_in_memory_and_in_the_database_is_the_same(self, world):
        for n in range(12):
            world.open(n=n, due_on=None if n % 4 == 0 else ahead(n * 3 - 9))
        today, source = clock.today(), ToDo()
        keys = [key for _due, key in source.soonest(world.head, DeskWant(), 99)]
        everything = list(source.items(world.head, keys).values())
        for want in (
            DeskWant(dated=True), DeskWant(dated=False), DeskWant(due_from=today),
            DeskWant(due_before=today), DeskWant(text="ตรวจสอบ 1"), DeskWant(unit="TH-38"),
            DeskWant(paths=(world.units["th-66"].path,)), DeskWant(only=frozenset({"desk.action:1"})),
            DeskWant(without=frozenset(i.key for i in everything[:3])), DeskWant(kind="desk.action"),
        ):  # fmt: skip
            rows = {k for _due, k in source.soonest(world.head, want, 99)}
            assert rows == {i.key for i in everything if sources.fits(i, want)}, want
            assert sum(source.counts(world.head, want, board.edges_of(today))) == len(rows)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _no_kept_count(self):
        cache.clear()

    def test_items_of_every_source_with_their_links(self, client, make, monkeypatch):
        monkeypatch.setattr(
            registry,
            "desk",
            [lambda _u: [item("ตอบแบบ OIT")], lambda _u: [item("ส่งหลักฐาน", dt.date(2020, 1, 1), "/y/")]],
        )  # fmt: skip
        client.force_login(make.user())
        page = client.get("/desk/").content.decode()
        assert page.index("ส่งหลักฐาน") < page.index("ตอบแบบ OIT")
        assert "เกินกำหนด" in page
        assert client.get("/desk/count/").content == b"2"
        assert "ตอบแบบ OIT" not in client.get("/desk/?group=overdue").content.decode()

    def test_pages_and_odd_filters(self, client, make, monkeypatch):
        monkeypatch.setattr(registry, "desk", [lambda _u: [item(f"งานที่ {n}.", url=f"/{n}/") for n in range(60)]])  # fmt: skip
        client.force_login(make.user())
        assert (
            client.get("/desk/").content.decode().count("งานที่ ") == 100
        )  # link and its hidden copy
        assert client.get("/desk/?page=2").content.decode().count("งานที่ ") == 20
        assert client.get("/desk/?page=99").content.decode().count("งานที่ ") == 20
        for odd in ("page=x", "page=-1", "group=zz", "year=x", "scope=all", "tab=zz"):
            assert client.get(f"/desk/?{odd}").status_code == 200
        assert "ไม่มีรายการที่ตรงกับตัวกรอง" in client.get("/desk/?q=zzz").content.decode()

    def test_sources_get_the_user_who_asks(self, client, make, monkeypatch):
        asked = []
        monkeypatch.setattr(registry, "desk", [lambda u: asked.append(u.pk) or []])
        user = make.user()
        client.force_login(user)
        client.get("/desk/")
        assert asked == [user.pk]

    def test_an_empty_desk_says_what_comes_and_where_to_go(self, client, make, monkeypatch):
        monkeypatch.setattr(registry, "desk", [])
        client.force_login(make.user())
        page = client.get("/desk/").content.decode()
        assert "ไม่มีงานค้างรอท่าน" in page
        assert client.get("/desk/count/").content == b""

    def test_the_count_is_kept_for_a_minute_and_per_user(self, client, make, monkeypatch):
        runs = []
        monkeypatch.setattr(registry, "desk", [lambda u: runs.append(u.pk) or [item("x")]])
        first, second = make.user(), make.user()
        client.force_login(first)
        client.get("/desk/count/")
        response = client.get("/desk/count/")
        assert runs == [first.pk]
        assert "private" in response.headers["Cache-Control"]
        client.force_login(second)
        client.get("/desk/count/")
        assert runs == [first.pk, second.pk]

    def test_the_number_of_queries_does_not_grow(
        self, world, client, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr(registry, "desk", [ToDo(), ToAccept()])
        for n in range(60):
            world.open(n=n)
        client.force_login(world.officer)
        with django_assert_max_num_queries(25):
            client.get("/desk/")
        assert ActionItem.objects.count() == 60

    @pytest.mark.parametrize("path", ["/desk/", "/desk/count/", "/desk/calendar/", "/desk/away/"])
    def test_signed_out_goes_to_sign_in(self, client, path):
        assert "/accounts/login/" in client.get(path).url
