"""My work: grouping by due date, the count, the empty page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.registry import DeskItem, registry
from sucharit.desk import queries

TODAY = dt.date(2024, 3, 18)


def item(title, due=None):
    return DeskItem(
        title=title,
        url="/x/",
        unit="หน่วยงาน",
        kind="task",
        kind_label="งาน",
        due_on=due,
        fiscal_year=2567,
    )


@pytest.mark.parametrize(
    ("offset", "group"),
    [(-400, "overdue"), (-1, "overdue"), (0, "week"), (6, "week"), (7, "later"), (None, "no_date")],
)
def test_groups_at_their_edges(offset, group):
    due = None if offset is None else TODAY + dt.timedelta(days=offset)
    assert queries.group_of(due, TODAY) == group


@given(st.lists(st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2025, 1, 1)), max_size=30))
def test_nothing_is_lost_and_dates_rise(dues):
    made = [item(str(i), due) for i, due in enumerate(dues)]
    before = registry.desk
    registry.desk = [lambda _user: made]
    try:
        desk = queries.desk_of(None, today=TODAY)
    finally:
        registry.desk = before
    shown = [owed.item for items in desk.groups.values() for owed in items]
    assert desk.total == len(dues) == len(shown)
    dated = [i.due_on for i in shown if i.due_on]
    assert dated == sorted(dated)
    assert all(i.due_on is None for i in shown[len(dated) :])
    assert all(o.days_left < 0 for o in desk.groups["overdue"])


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _no_kept_count(self):
        cache.clear()

    def test_items_of_every_source_with_their_links(self, client, make, monkeypatch):
        monkeypatch.setattr(
            registry,
            "desk",
            [lambda _u: [item("ตอบแบบ OIT")], lambda _u: [item("ส่งหลักฐาน", dt.date(2020, 1, 1))]],
        )
        client.force_login(make.user())
        page = client.get("/desk/").content.decode()
        assert page.index("ส่งหลักฐาน") < page.index("ตอบแบบ OIT")
        assert "เกินกำหนด" in page
        assert client.get("/desk/count/").content == b"2"

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

    @pytest.mark.parametrize("path", ["/desk/", "/desk/count/"])
    def test_signed_out_goes_to_sign_in(self, client, path):
        assert "/accounts/login/" in client.get(path).url
