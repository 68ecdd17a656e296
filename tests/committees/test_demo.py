"""The demo: every province has its committee, two of them a year of meetings that hang together."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.committees import demo
from sucharit.committees.meetings import queries
from sucharit.committees.models import Committee, Forwarding, Meeting, Member, Recusal, Resolution
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit
from tests.committees import world as w

pytestmark = pytest.mark.django_db


def test_the_demo_tells_a_year_once(make):
    make.ministry()
    provinces = Unit.objects.filter(kind="province").count()
    assert demo.make(w.SYSTEM) == provinces + 1
    assert demo.make(w.SYSTEM) == 0
    assert Committee.objects.filter(synthetic=False).count() == 0
    body = Committee.objects.get(unit__code="th-38")
    past = body.meetings.filter(fiscal_year=2567).order_by("starts_at")
    assert [(str(m), m.state) for m in past] == [
        ("1/2566", "certified"), ("1/2567", "certified"), ("2/2567", "minutes_circulated"),
    ]  # fmt: skip
    assert all(m.quorum_present >= m.quorum_needed for m in past)
    done, late = ActionItem.objects.filter(origin_unit=body.unit).order_by("due_on")
    assert (done.state, late.state, late.due_on) == ("accepted", "open", dt.date(2024, 6, 30))
    coming = body.meetings.get(state="planned")
    assert list(coming.items.filter(section=3).values_list("action", flat=True)) == [late.pk]
    assert " 67 " in f" {past[2].items.get(action=late).body} "  # days, on the day of the meeting
    rows = {m.pk: queries.record(w.SYSTEM, m)["sections"][2]["items"] for m in (*past, coming)}
    assert [len(rows[m.pk]) for m in (*past, coming)] == [0, 1, 1, 1]
    answered = Resolution.objects.get(item__meeting=past[2], came_from__isnull=False)
    assert answered.root == answered.came_from.came_from
    assert set(Forwarding.objects.values_list("state", flat=True)) == {"placed"}
    assert not Recusal.objects.filter(decision="").exists()
    assert not Member.objects.exclude(name__startswith="นายสมมุติ").exists()
    assert Meeting.objects.filter(committee__level="ministry").count() == 2
