"""A meeting from plan to lock, what it refuses on the way, and the next one's section 3."""

from __future__ import annotations

import pytest

from sucharit.committees.meetings.services import items, minutes, planning, recusals, sitting
from sucharit.committees.models import Committee, Meeting
from sucharit.committees.resolutions import queries, services
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.desk.models import ActionItem
from tests.committees import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(make):
    return make.ministry()


def test_numbers_follow_the_year_and_a_cancelled_one_is_given_again(units):
    body = w.committee(units["th-38"])
    first, second = w.planned(body, 1), w.planned(body, 2)
    assert (first.number, second.number) == (1, 2)
    planning.cancel_meeting(actor=w.SYSTEM, meeting=first, reason="ติดภารกิจ")
    assert w.planned(body, 3).number == 1


def test_without_a_quorum_only_a_consultation_opens_and_it_decides_nothing(units):
    body = w.committee(units["th-38"])
    with pytest.raises(Refusal):
        w.held(body, present=1)
    held = w.held(body, present=1, consultation_reason="หารือแนวทาง")
    with pytest.raises(Refusal):
        w.resolved(w.item(held))
    w.resolved(w.item(held), kind="noted")


def test_a_task_of_a_resolution_stands_in_the_next_meetings_section_3(units):
    body = w.committee(units["th-38"])
    held = w.held(body)
    made = w.resolved(w.item(held), votes_for=3, votes_against=0, votes_abstained=1)
    task = services.assign(actor=w.SYSTEM, resolution=made, unit=units["th-3801"], title="ตรวจแผน", due_on=None)  # fmt: skip
    assert (task.origin_unit.code, task.source_id) == ("th-38", str(made.pk))
    w.certified(held)
    following = w.planned(body, 30)
    found = following.items.get(action=task)
    assert found.written_by_house
    assert found.section == 3
    with pytest.raises(Refusal):
        items.change_item(actor=w.SYSTEM, item=w.item(held), discussion="แก้")


def test_certified_minutes_are_what_went_round(units):
    held = w.held(w.committee(units["th-38"]))
    w.resolved(w.item(held))
    w.closed(held)
    version = minutes.circulate(actor=w.SYSTEM, meeting=held)
    said = minutes.comment(actor=w.SYSTEM, version=version, text="ขอแก้คำ")
    held.refresh_from_db()
    with pytest.raises(Refusal):
        minutes.certify(actor=w.SYSTEM, meeting=held)
    minutes.answer_comment(actor=w.SYSTEM, comment=said, taken=True, answer="")
    minutes.circulate(actor=w.SYSTEM, meeting=held, reason="แก้คำ")
    minutes.certify(actor=w.SYSTEM, meeting=held)
    with pytest.raises(Refusal):
        minutes.certify(actor=w.SYSTEM, meeting=held)
    assert Meeting.objects.get(pk=held.pk).minutes.filter(certified=True).count() == 1


def test_who_stands_aside_is_no_seat_of_the_item(units, make):
    held = w.held(w.committee(units["th-38"], seats=2), present=1)
    seat = held.committee.seats.first()
    found = recusals.declare_recusal(actor=w.SYSTEM, item=w.item(held), seat=seat, ground="party")
    assert found.due_on is not None
    with pytest.raises(Refusal):
        w.resolved(w.item(held))
    with pytest.raises(Refusal):
        sitting.close_meeting(actor=w.SYSTEM, meeting=held)
    recusals.decide_recusal(actor=w.SYSTEM, recusal=found, decision="may_take_part")
    w.resolved(w.item(held))


def test_a_resolution_goes_up_and_its_answer_knows_where_it_came_from(units, make):
    above = w.committee(units["moi"], code="ministry")
    below = w.committee(units["th-38"], parent=above)
    sent = w.resolved(w.item(w.held(below)))
    w.closed(sent.item.meeting)
    forwarded = services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    there = w.planned(above, 5)
    placed = services.place(actor=w.SYSTEM, forwarding=forwarded, meeting=there)
    planning.invite(actor=w.SYSTEM, meeting=there)
    w.came(there)
    sitting.open_meeting(actor=w.SYSTEM, meeting=there)
    answer = w.resolved(placed)
    assert (answer.came_from, answer.root) == (sent, sent)
    officer = make.user("unit_officer", units["th-38"])
    assert [r.pk for r in queries.chain(officer, sent)] == [sent.pk, answer.pk]
    with pytest.raises(Refusal):
        services.decline(actor=w.SYSTEM, forwarding=forwarded, reason="ช้า")


def test_confidential_items_stay_with_the_secretariat(units, make, client):
    body = w.committee(units["th-38"])
    meeting = w.planned(body)
    secret = items.add_item(actor=w.SYSTEM, meeting=meeting, section=4, title="ความลับมาก", audience="secretariat")  # fmt: skip
    from sucharit.committees import access, showing

    reader, officer = (
        make.user("auditor", units["th-38"]),
        make.user("unit_officer", units["th-38"]),
    )
    stranger = make.user("unit_officer", units["th-66"])
    assert not access.items(reader).filter(pk=secret.pk).exists()
    assert access.items(officer).filter(pk=secret.pk).exists()
    assert not Committee.objects.visible_to(stranger).exists()
    assert "ความลับมาก" not in str(list(showing.search_rows()))
    client.force_login(reader)
    page = client.get(f"/committees/meetings/{meeting.pk}/")
    assert page.status_code == 200
    assert "ความลับมาก" not in page.content.decode()
    assert client.get(f"/committees/items/{secret.pk}/").status_code == 404
    client.force_login(officer)
    assert "ความลับมาก" in client.get(f"/committees/meetings/{meeting.pk}/").content.decode()
    with pytest.raises(Forbidden):
        planning.invite(actor=reader, meeting=meeting)
    with pytest.raises(NotFoundInScope):
        planning.invite(actor=stranger, meeting=meeting)


def test_every_page_answers_its_secretary(units, make, client):
    body = w.committee(units["th-38"])
    held = w.held(body)
    made = w.resolved(w.item(held), public=True)
    services.assign(
        actor=w.SYSTEM, resolution=made, unit=units["th-3801"], title="งาน", due_on=None
    )
    w.certified(held)
    task = ActionItem.objects.get()
    client.force_login(make.user("unit_head", units["th-38"]))
    for address in (
        "", "new/", f"{body.pk}/", f"{body.pk}/edit/", f"{body.pk}/seats/", f"{body.pk}/meetings/new/",
        f"meetings/{held.pk}/", f"meetings/{held.pk}/minutes/", f"meetings/{held.pk}/attendance/",
        f"meetings/{held.pk}/edit/", f"meetings/{held.pk}/items/new/", f"items/{w.item(held).pk}/",
        "resolutions/", f"resolutions/{made.pk}/", "resolutions/public/", "inbox/",
        f"propose/?kind=desk.action&id={task.pk}",
    ):  # fmt: skip
        got = client.get(f"/committees/{address}")
        assert got.status_code == 200, address
    client.logout()
    assert "เห็นชอบ" in client.get("/committees/resolutions/public/").content.decode()
