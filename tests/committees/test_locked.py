"""Certified is locked: every service that writes into the meeting refuses. And what else the services promise."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sucharit.committees.engine import agenda
from sucharit.committees.meetings.services import items, minutes, planning, recusals, sitting
from sucharit.committees.models import AgendaItem, Meeting, Recusal, Resolution
from sucharit.committees.resolutions import queries, services
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.registry import registry
from sucharit.desk.deadlines import services as deadlines
from sucharit.desk.deadlines.queries import deadline_for
from tests.committees import world as w

pytestmark = pytest.mark.django_db
SERVICES = (items, minutes, planning, recusals, sitting)
# A new meeting; and what comes of a resolution afterwards, which changes no word of the minutes.
OUTSIDE = {"plan_meeting", "publish", "assign", "forward", "place", "decline"}


@pytest.fixture
def units(make):
    return make.ministry()


def test_nothing_of_certified_minutes_changes(units):
    meeting = w.held(w.committee(units["th-38"]))
    item = w.item(meeting)
    seats = list(meeting.committee.seats.all())
    made = w.resolved(item)
    stood = recusals.declare_recusal(actor=w.SYSTEM, item=item, seat=seats[0], ground="party")
    recusals.decide_recusal(actor=w.SYSTEM, recusal=stood, decision="stands_aside")
    w.closed(meeting)
    version = minutes.circulate(actor=w.SYSTEM, meeting=meeting)
    said = minutes.comment(actor=w.SYSTEM, version=version, text="ขอแก้คำ")
    minutes.answer_comment(actor=w.SYSTEM, comment=said, taken=False, answer="ตรงแล้ว")
    minutes.certify(actor=w.SYSTEM, meeting=meeting)
    pdf = SimpleUploadedFile("a.txt", "ก".encode())
    by_meeting, by_item = {"meeting": meeting}, {"item": item}
    tries = {
        items.add_item: by_meeting | {"section": 5, "title": "เพิ่ม"},
        items.change_item: by_item | {"title": "แก้"},
        items.move_item: by_item | {"up": True},
        items.withdraw_item: by_item,
        items.add_paper: by_item | {"title": "เอกสาร", "upload": pdf},
        minutes.circulate: by_meeting,
        minutes.comment: {"version": version, "text": "ช้า"},
        minutes.answer_comment: {"comment": said, "taken": True, "answer": ""},
        minutes.revise: by_meeting,
        minutes.certify: by_meeting,
        planning.change_meeting: by_meeting | {"starts_at": meeting.starts_at},
        planning.invite: by_meeting,
        planning.refresh: by_meeting,
        planning.cancel_meeting: by_meeting | {"reason": "x"},
        recusals.declare_recusal: by_item | {"seat": seats[1], "ground": "party"},
        recusals.decide_recusal: {"recusal": stood, "decision": "may_take_part"},
        sitting.record_attendance: by_meeting | {"rows": []},
        sitting.open_meeting: by_meeting,
        sitting.close_meeting: by_meeting,
        services.resolve: by_item | {"kind": "noted", "text": "x"},
        services.withdraw_resolution: {"resolution": made},
    }
    writes = {
        f
        for module in (*SERVICES, services)
        for name, f in vars(module).items()
        if getattr(f, "__module__", "") == module.__name__
        and "actor" in (getattr(f, "__annotations__", None) or {})
        and not name.startswith(("_", "hold"))
        and name not in OUTSIDE
    }
    assert writes - set(tries) == set(), "a new service: say here how it refuses"
    before = _rows(meeting)
    for service, given_ in tries.items():
        with pytest.raises(Refusal):
            service(actor=w.SYSTEM, **given_)
    assert _rows(meeting) == before


def _rows(meeting: Meeting) -> list[object]:
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Meeting.objects.filter(pk=meeting.pk), meeting.items, meeting.attendance, meeting.minutes,
            Recusal.objects.filter(item__meeting=meeting),
            Resolution.objects.filter(item__meeting=meeting),
        )
    ]  # fmt: skip


def test_the_next_meeting_certifies_in_its_section_2(units):
    body = w.committee(units["th-38"])
    first = w.held(body, days=-30)
    w.resolved(w.item(first))
    w.closed(first)
    minutes.circulate(actor=w.SYSTEM, meeting=first)
    second = w.held(body)
    with pytest.raises(Refusal):
        minutes.certify(actor=w.SYSTEM, meeting=first, by_meeting=second)
    w.resolved(second.items.get(certifies=first))
    with pytest.raises(Refusal):
        minutes.certify(actor=w.SYSTEM, meeting=second, by_meeting=first)
    minutes.certify(actor=w.SYSTEM, meeting=first, by_meeting=second)
    first.refresh_from_db()
    assert (first.state, first.certified_in) == ("certified", second)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=5))
def test_places_have_no_gaps_and_follow_every_move(units, moves):
    from sucharit.committees.models import Committee

    body = Committee.objects.first() or w.committee(units["th-38"])
    meeting = w.planned(body, 1)
    for n in range(3):
        items.add_item(actor=w.SYSTEM, meeting=meeting, section=4, title=f"เรื่อง {n}")
    order = tuple(meeting.items.filter(section=4).values_list("pk", flat=True))
    for n, up in moves:
        items.move_item(actor=w.SYSTEM, item=AgendaItem.objects.get(pk=order[n]), up=up)
        order = agenda.moved(order, order[n], up)
    got = meeting.items.filter(section=4).values_list("pk", "place")
    assert list(got) == [(pk, place) for place, pk in enumerate(order, start=1)]


def test_what_is_sent_is_answered_once_up_and_down(units, make):
    above = w.committee(units["moi"], code="ministry")
    body = w.committee(units["th-38"], parent=above)
    stranger = w.committee(units["th-66"])
    sent = w.resolved(w.item(w.held(body)))
    with pytest.raises(Refusal):
        services.forward(actor=w.SYSTEM, resolution=sent, to=above)  # it still runs
    w.closed(sent.item.meeting)
    with pytest.raises(Refusal):
        services.forward(actor=w.SYSTEM, resolution=sent, to=stranger)
    declined = services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    with pytest.raises(Refusal):
        services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    services.decline(actor=w.SYSTEM, forwarding=declined, reason="ขาดข้อมูล")
    again = services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    there = w.held(above, days=2)
    with pytest.raises(Refusal):
        services.place(actor=w.SYSTEM, forwarding=again, meeting=sent.item.meeting)
    placed = services.place(actor=w.SYSTEM, forwarding=again, meeting=there)
    for meeting in (there, w.planned(above, 5)):
        with pytest.raises(Refusal):
            services.place(actor=w.SYSTEM, forwarding=again, meeting=meeting)
    answer = w.resolved(placed)
    w.closed(there)
    down = services.forward(actor=w.SYSTEM, resolution=answer, to=body)
    home = w.held(body, days=9)
    final = w.resolved(services.place(actor=w.SYSTEM, forwarding=down, meeting=home))
    officer = make.user("ministry_centre", units["moi"])
    assert (again.direction, down.direction) == ("up", "down")
    assert (final.came_from, final.root) == (answer, sent)
    assert [r.pk for r in queries.chain(officer, final)] == [sent.pk, answer.pk, final.pk]


def test_a_thing_sent_stands_once_on_an_agenda(units):
    above = w.committee(units["moi"], code="ministry")
    body = w.committee(units["th-38"], parent=above)
    sent = w.resolved(w.item(w.held(body)))
    w.closed(sent.item.meeting)
    there = w.planned(above, 2)
    items.add_item(
        actor=w.SYSTEM, meeting=there, section=4, title="เพิ่มเอง", subject_kind=services.SOURCE, subject_id=str(sent.pk)
    )  # fmt: skip
    forwarded = services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    with pytest.raises(Refusal):
        services.place(actor=w.SYSTEM, forwarding=forwarded, meeting=there)
    forwarded.refresh_from_db()
    assert forwarded.state == "sent"


def test_the_clock_of_a_recusal_is_the_loaded_one(units):
    deadlines.load_clocks(actor=w.SYSTEM)
    unit = units["th-38"]
    expected = deadline_for("recusal_decide", clock.today(), unit).due_on
    assert recusals.due_on(clock.today(), unit) == expected
    assert expected >= clock.today() + dt.timedelta(days=7)


def test_a_unit_is_told_its_committees(units, make):
    body = w.committee(units["th-38"])
    officer, stranger = (make.user("unit_officer", units[c]) for c in ("th-38", "th-66"))
    found = registry.referring(officer, "orgs.unit", "th-38")
    assert [link.title for link in found if link.kind == "committees.committee"] == [body.name_th]
    assert not [li for li in registry.referring(stranger, "orgs.unit", "th-38") if li.kind.startswith("committees")]  # fmt: skip
