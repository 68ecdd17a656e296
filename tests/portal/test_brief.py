"""The executive page: what changed in a week, from numbers as they stood; late items of one's scope only."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.registry import Headline, registry
from sucharit.desk.services import actions
from sucharit.portal import brief as briefs

NUMBER = st.none() | st.fractions(max_denominator=1000)


def headline(number, good="up", **fields):
    return Headline("k", "ตัวเลข", "x", "/", number=number, good=good, **fields)


@given(NUMBER, NUMBER, st.sampled_from(["up", "down", ""]))
def test_a_change_is_told_only_when_both_are_known(now, then, good):
    found = briefs.changed(headline(now, good), headline(then, good))
    if now is None or then is None:
        assert (found.change, found.turn, found.text) == (None, "", "")
        return
    assert found.change == now - then
    better = {"up": now > then, "down": now < then}.get(good)
    expected = "same" if now == then else {True: "better", False: "worse", None: "moved"}[better]
    assert found.turn == expected


def test_whole_numbers_have_no_decimals_and_shares_have_two():
    assert briefs.changed(headline(Fraction(7)), headline(Fraction(4))).text == "+3"
    assert (
        briefs.changed(headline(Fraction(1), unit="%"), headline(Fraction(4), unit="%")).text
        == "-3.00"
    )
    assert briefs.changed(headline(Fraction(1, 3)), headline(Fraction(0))).text == "+0.33"


@pytest.mark.django_db
def test_numbers_in_their_order_and_late_items_of_the_scope(make, client, monkeypatch):
    units = make.ministry()

    def source(_user, _unit, _year, day):
        for n in range(7):
            number = n if day == clock.today() else 0
            yield Headline(f"k{n}", f"เลข {n}", str(n), "/", number=number, order=10 - n)

    monkeypatch.setattr(registry, "headlines", [source])
    late = clock.today() - dt.timedelta(days=9)
    for code in ("th-38", "th-66"):
        item = actions.open_action(
            actor=System("t"), unit=units[code], fiscal_year=2567, title=f"งานของ {code}",
            source_kind="test", source_id="1", due_on=late,
        )  # fmt: skip
        assert item.due_on == late
    user = make.user("unit_head", units["th-38"])
    found = briefs.brief(user, units["th-38"], 2567, clock.today())
    assert [c.headline.key for c in found.numbers] == ["k6", "k5", "k4", "k3", "k2"]
    assert [(row.item.title, row.days) for row in found.late] == [("งานของ th-38", 9)]
    client.force_login(user)
    page = client.get("/brief/").content.decode()
    assert "งานของ th-38" in page
    assert "งานของ th-66" not in page


@pytest.mark.django_db
def test_nothing_to_tell_says_what_to_do_first(make, client, monkeypatch):
    monkeypatch.setattr(registry, "headlines", [])
    client.force_login(make.user("unit_head", make.ministry()["th-38"]))
    assert "ยังไม่มีข้อมูลให้สรุป" in client.get("/brief/").content.decode()
