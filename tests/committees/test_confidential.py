"""Who reads what: a member from elsewhere, the auditor, another unit, the public; pages, search, API, export, papers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.committees import showing
from sucharit.committees.bodies import services as bodies
from sucharit.committees.meetings.services import items, recusals
from sucharit.committees.models import Committee
from sucharit.committees.resolutions import queries, services
from sucharit.core.errors import Refusal
from tests.committees import world as w

pytestmark = pytest.mark.django_db
SECRET = "เรื่องลับสุดยอด"


@pytest.fixture
def room(make):
    """A running meeting with an item and a paper of every audience; another committee beside it."""
    units = make.ministry()
    body = w.committee(units["th-38"])
    other = w.committee(units["th-38"], code="other")
    member = make.user("unit_officer", units["th-66"])
    seat = body.seats.all()[1]
    bodies.appoint(
        actor=w.SYSTEM, seat=seat, name="นายสมมุติ", starts_on=dt.date(2020, 1, 1), account=member
    )
    meeting = w.held(body)
    plain = w.item(meeting)
    secret = items.add_item(actor=w.SYSTEM, meeting=meeting, section=4, title=SECRET, audience="secretariat")  # fmt: skip
    papers = {
        (item.pk, audience): items.add_paper(
            actor=w.SYSTEM, item=item, title=f"เอกสาร {audience}", audience=audience,
            upload=SimpleUploadedFile(f"{audience}.txt", f"เนื้อหา {item.pk} {audience}".encode()),
        )
        for item, audience in (
            (plain, "public"), (plain, "members"), (plain, "secretariat"), (secret, "members"),
        )
    }  # fmt: skip
    return {
        "units": units, "body": body, "other": other, "member": member, "seat": seat, "meeting": meeting,
        "plain": plain, "secret": secret, "papers": papers,
        "users": {
            "member": member, "auditor": make.user("auditor", units["th-38"]),
            "officer": make.user("unit_officer", units["th-38"]),
            "stranger": make.user("unit_head", units["th-66"]), "public": None,
        },
    }  # fmt: skip


def _as(client, room, who: str) -> None:
    client.logout()
    if room["users"][who] is not None:
        client.force_login(room["users"][who])


def _reads(client, room, who: str) -> list[bool]:
    _as(client, room, who)
    return [_got(client, p) for p in room["papers"].values()]


def _got(client, paper) -> bool:
    got = client.get(f"/evidence/{paper.evidence_id}/1/")
    if got.streaming:
        assert b"".join(got.streaming_content)
    return got.status_code == 200


def test_papers_go_to_whom_they_are_for(room, client):
    assert _reads(client, room, "officer") == [True, True, True, True]
    assert _reads(client, room, "auditor") == [True, True, False, False]
    assert _reads(client, room, "member") == [True, True, False, False]
    assert _reads(client, room, "stranger") == [False] * 4
    assert _reads(client, room, "public") == [False] * 4
    said = recusals.declare_recusal(
        actor=room["member"], item=room["plain"], seat=room["seat"], ground="interest"
    )
    assert _reads(client, room, "member") == [False] * 4
    recusals.decide_recusal(actor=w.SYSTEM, recusal=said, decision="may_take_part")
    assert _reads(client, room, "member") == [True, True, False, False]


@pytest.mark.parametrize("who", ["member", "auditor", "stranger", "public"])
def test_what_is_the_secretariats_shows_nowhere(room, client, who):
    w.resolved(room["secret"], kind="noted")
    with pytest.raises(Refusal):
        w.resolved(room["secret"], kind="noted", public=True)
    _as(client, room, who)
    pk, made = room["meeting"].pk, room["secret"].resolutions.get()
    sees = who in {"member", "auditor"}
    for address, answers in (
        (f"/committees/meetings/{pk}/", sees), (f"/committees/meetings/{pk}/minutes/", sees),
        (f"/committees/items/{room['plain'].pk}/", sees), (f"/committees/items/{room['secret'].pk}/", False),
        (f"/committees/resolutions/{made.pk}/", False), ("/committees/resolutions/", who != "public"),
        ("/committees/resolutions/?format=csv", who != "public"), ("/committees/?format=csv", who != "public"),
        ("/api/committees/resolutions", True), ("/api/committees/meetings", True),
        (f"/search/?q={SECRET}", True),
    ):  # fmt: skip
        got = client.get(address)
        assert (got.status_code == 200) == answers, address
        text = b"".join(got.streaming_content) if got.streaming else got.content
        shown = text.decode("utf-8", "replace").replace(SECRET, "", 2 if "search" in address else 0)
        assert SECRET not in shown, address
    assert SECRET not in str(list(showing.search_rows()))


def test_a_member_from_elsewhere_sees_his_committee_only(room, client):
    _as(client, room, "member")
    hidden = w.planned(room["other"])
    assert list(Committee.objects.visible_to(room["member"])) == [room["body"]]
    for address in (
        f"{room['other'].pk}/",
        f"meetings/{hidden.pk}/",
        f"items/{w.item(hidden).pk}/",
    ):
        assert client.get(f"/committees/{address}").status_code == 404
    listed = client.get("/api/committees/meetings").json()["items"]
    assert [m["id"] for m in listed] == [room["meeting"].pk]
    for step in ("edit/", "attendance/", "items/new/"):
        assert client.get(f"/committees/meetings/{room['meeting'].pk}/{step}").status_code == 403
    held = Committee.objects.get(pk=room["body"].pk).seats.get(pk=room["seat"].pk).members.get()
    bodies.end_member(actor=w.SYSTEM, member=held, on=dt.date(2024, 1, 1))
    assert client.get(f"/committees/meetings/{room['meeting'].pk}/").status_code == 404


def test_only_what_is_certified_and_marked_is_public(room, client):
    made = w.resolved(room["plain"], public=True)
    w.resolved(room["secret"], kind="noted")
    assert not queries.public().exists()
    w.certified(room["meeting"])
    assert [r.pk for r in queries.public()] == [made.pk]
    client.logout()
    assert "เห็นชอบ" in client.get("/committees/resolutions/public/").content.decode()
    assert _reads(client, room, "public") == [False] * 4  # the item is for members
    services.publish(actor=w.SYSTEM, resolution=made, public=False)
    assert not queries.public().exists()
