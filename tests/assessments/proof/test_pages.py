"""The pages: two clicks to attach, copied items named, comments beside items, the stored copy beside the link."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sucharit.assessments.models import (
    Framework,
    LinkVisit,
    Mark,
    OitAssignment,
    OitEntry,
    Participation,
    Proof,
    Round,
    SecondReadingSample,
)
from sucharit.assessments.proof import desk, services
from sucharit.assessments.proof.reading import visible_text
from sucharit.assessments.services import marking, oit
from sucharit.core import clock
from tests.assessments import rounds_make as rm
from tests.assessments.proof import conftest as web
from tests.assessments.proof import proof_make as pm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    made = rm.world()
    monkeypatch.setattr(clock, "today", lambda: rm.TODAY)
    return made


def at(world, name, **keys):
    keys = {"round_id": world.round.pk, "code": "th-38"} | keys
    return reverse(f"assessments:{name}", kwargs=keys)


def page(client, user, address, status=200):
    client.force_login(user)
    got = client.get(address)
    assert got.status_code == status, got.content.decode()[:2000]
    return got.content.decode()


def post(client, user, address, follow=True, **data):
    client.force_login(user)
    got = client.post(address, data, follow=follow)
    assert got.status_code == 200, got.content.decode()[:2000]
    return got.content.decode()


def test_two_clicks_from_the_item_to_attached_evidence(world, client):
    proof = pm.link(world)
    pick = at(world, "proof_pick", item="O1")
    assert pick in page(client, world.officer, at(world, "oit_item", item="O1"))
    assert proof.title in page(client, world.officer, pick)
    shown = post(client, world.officer, pick, attach=proof.pk)
    assert 'value="https://a.go.th/plan"' in shown  # the form's first link
    use = services.attached(participation=world.part(), item="O1")[0]
    post(client, world.officer, pick, detach=use.pk)
    assert services.attached(participation=world.part(), item="O1") == []


def test_new_evidence_is_kept_and_attached_at_once(world, client):
    pick = at(world, "proof_pick", item="O2")
    wrong = post(
        client, world.officer, pick, go="add", title="", url="http://10.0.0.1/", fiscal_year=2567
    )
    assert 'href="#id_title"' in wrong
    assert not Proof.objects.exists()
    post(
        client, world.officer, pick, go="add", title="คำสั่ง", upload=pm.text_file(), fiscal_year=2567,
        expires_on="1/4/2567",
    )  # fmt: skip
    use = services.attached(participation=world.part(), item="O2")[0]
    assert use.revision.file.filename == "order.txt"
    assert "หมดอายุ" in page(client, world.officer, at(world, "oit_item", item="O2"))


def test_the_library_lists_filters_and_exports(world, client):
    pm.link(world)
    pm.file(world)
    listed = page(client, world.officer, reverse("assessments:proofs"))
    assert "แผนปฏิบัติการ" in listed
    filtered = page(client, world.officer, reverse("assessments:proofs") + "?q=plan&state=current")
    assert "แผนปฏิบัติการ" in filtered
    client.force_login(world.officer)
    csv = client.get(reverse("assessments:proofs") + "?export=csv")
    assert "https://a.go.th/plan" in b"".join(csv).decode()
    assert "แผนปฏิบัติการ" not in page(client, world.stranger, reverse("assessments:proofs"))


def test_one_proof_is_revised_and_withdrawn(world, client):
    proof = pm.link(world)
    address = reverse("assessments:proof", args=[proof.pk])
    assert 'href="#id_url"' in post(client, world.officer, address, go="revise", url="x")
    post(client, world.officer, address, go="revise", url="https://a.go.th/plan-2")
    assert "https://a.go.th/plan-2" in page(client, world.assessor, address)
    post(client, world.officer, address, go="withdraw")
    assert Proof.objects.get().state == "withdrawn"
    client.force_login(world.assessor)
    assert client.post(address, {"go": "withdraw"}).status_code == 403
    client.force_login(world.stranger)
    assert client.get(address).status_code == 404


def test_evidence_of_a_campaign_leads_back_where_it_came_from(world, client):
    held, proof = pm.campaign_unit(world), pm.link(world)
    address = reverse("assessments:proof_pick_campaign", args=[held.campaign_id, "th-38", "c1"])
    client.force_login(world.officer)
    got = client.post(address + "?back=/desk/", {"attach": proof.pk})
    assert got["Location"] == "/desk/"
    assert services.attached(campaign_unit=held)[0].proof == proof
    got = client.post(address + "?back=https://evil.example/", {"attach": proof.pk})
    assert got["Location"] == reverse("assessments:proofs")
    assert client.get(address.replace("c1", "c9")).status_code == 404


def test_copying_names_what_waits_and_blocks_submission(world, client):
    last_year(world)
    assert "O1" in page(client, world.officer, at(world, "proof_copy"))
    shown = post(client, world.officer, at(world, "proof_copy"))
    assert at(world, "oit_item", item="O1") in shown
    assert "O1" in post(client, world.officer, at(world, "oit_submit"), incomplete_ok="on")
    assert world.part().oit_state == "draft"
    assert "2566" in page(client, world.officer, at(world, "oit_item", item="O1"))
    post(client, world.officer, at(world, "proof_confirm", item="O1"))
    post(client, world.officer, at(world, "oit_submit"), incomplete_ok="on")
    assert world.part().oit_state == "submitted"


def last_year(world):
    """The same edition, a year before, with one frozen answer."""
    before = Round.objects.create(
        framework=world.round.framework, owner=world.units["moi"], fiscal_year=2566, title_th="ปีก่อน",
        title_en="Before", state="final", tree_date=world.round.tree_date, **rm.CALENDAR,
    )  # fmt: skip
    part = Participation.objects.create(round=before, unit=world.units["th-38"], oit_state="final")
    OitEntry.objects.create(
        participation=part, item="O1", frozen_at=clock.now(),
        frozen={"links": [{"url": "https://a.go.th/old", "label": ""}], "explanation": "เมนู"},
    )  # fmt: skip
    return part


def test_without_an_earlier_year_the_page_says_so(world, client):
    assert "empty-title" in page(client, world.officer, at(world, "proof_copy"))


def test_splitting_the_work(world, client):
    address = at(world, "proof_assign")
    missing = post(client, world.head, address, go="give", assignee=world.officer.pk)
    assert 'id="errors"' in missing
    post(client, world.head, address, go="give", assignee=world.officer.pk, items=["O1", "O2"])
    assert OitAssignment.objects.count() == 2
    assert [i.kind for i in desk.desk_items(world.officer)] == ["assessments.hand"]
    assert list(desk.desk_items(world.officer2)) == []
    oit.save_entry(
        actor=world.officer, participation=world.part(), item="O1", links=["https://a.go.th/1"],
        explanation="", nothing_to_show=False, version=0,
    )  # fmt: skip
    hand = at(world, "proof_hand", item="O1")
    post(client, world.officer, hand, go="submit", comment="เสร็จแล้ว")
    assert "เสร็จแล้ว" in page(client, world.head, at(world, "oit_item", item="O1"))
    assert "O1" in next(i.title for i in desk.desk_items(world.head))
    post(client, world.head, hand, go="return", comment="แก้ลิงก์")
    assert OitAssignment.objects.get(item="O1").state == "returned"
    client.force_login(world.head)
    assert client.post(hand, {}).status_code == 409


def test_the_head_comments_beside_the_items(world, client):
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True)
    address = at(world, "oit_approve")
    kept = post(client, world.head, address, go="approve", item_O2="ผิดปี")
    assert world.part().oit_state == "submitted"
    assert "ผิดปี" in kept
    assert 'id="errors"' in post(client, world.head, address, go="return")
    post(client, world.head, address, go="return", item_O2="ผิดปี")
    assert "ผิดปี" in page(client, world.officer, at(world, "oit"))
    assert "ผิดปี" in page(client, world.officer, at(world, "oit_item", item="O2"))
    assert any(i.kind == "assessments.returned" for i in desk.desk_items(world.officer))


def test_links_are_checked_on_request(world, client, site, django_capture_on_commit_callbacks):
    assert "empty-title" in page(client, world.officer, at(world, "proof_links"))
    oit.save_entry(
        actor=world.officer, participation=world.part(), item="O1", links=[f"{site}/missing"],
        explanation="", nothing_to_show=False, version=0,
    )  # fmt: skip
    client.force_login(world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(world, "proof_links"))
    assert "404" in page(client, world.officer, at(world, "proof_links"))
    assert "O1" in page(client, world.officer, at(world, "oit_submit"))


def frozen_with_copy(world, site, capture):
    oit.save_entry(
        actor=world.officer, participation=world.part(), item="O1", links=[f"{site}/page"],
        explanation="", nothing_to_show=False, version=0,
    )  # fmt: skip
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True)
    with capture(execute=True):
        oit.approve(actor=world.head, participation=world.part())
    world.set(round_state="review")
    return LinkVisit.objects.get()


def test_the_assessor_sees_link_copy_hash_and_time_together(
    world, client, site, django_capture_on_commit_callbacks
):
    visit = frozen_with_copy(world, site, django_capture_on_commit_callbacks)
    shown = page(client, world.assessor, at(world, "marking_item", item="O1"))
    stored = at(world, "proof_stored", visit_id=visit.pk)
    assert stored in shown
    assert visit.sha256[:12] in shown
    words = page(client, world.assessor, stored)
    assert "งบประมาณ 100 บาท" in words
    assert "alert(1)" not in words
    assert visit.sha256 in words
    # A copy is not to be had by way of another unit.
    client.force_login(world.assessor)
    assert client.get(at(world, "proof_stored", visit_id=visit.pk, code="th-66")).status_code == 404


def not_applicable(world):
    document = rm.document()
    for item in document["items"]:
        if item["code"] == "O2":
            item["not_applicable"] = "yes"
    Framework.objects.update(document=document, sha256="6" * 64)
    world.set(round_state="review", oit_state="approved")


def test_an_assessor_says_that_an_item_does_not_apply(world, client):
    not_applicable(world)
    address = at(world, "marking_item", item="O2")
    assert 'value="na"' in page(client, world.assessor, address)
    assert 'value="na"' not in page(client, world.assessor, at(world, "marking_item", item="O1"))
    assert 'href="#id_comment"' in post(
        client, world.assessor, address, points="na", version=0, go="stay"
    )
    post(client, world.assessor, address, points="na", comment="ไม่มีภารกิจ", version=0, go="stay")
    assert Mark.objects.get().not_applicable
    assert 'id="errors"' in post(client, world.assessor, address, points="", version=1, comment="x")
    assert 'id="errors"' in post(
        client, world.assessor, at(world, "marking_item", item="O1"), points="na", version=0
    )


def test_second_reading_from_draw_to_outcome(world, client):
    not_applicable(world)
    marking.mark_item(
        actor=world.assessor, participation=world.part(), item="O1", points="0", comment="ความลับแรก"
    )
    samples = reverse("assessments:proof_samples", args=[world.round.pk])
    assert "empty-title" in page(client, world.centre, samples)
    assert 'id="errors"' in post(client, world.centre, samples, n=0)
    post(client, world.centre, samples, n=5, seed="2567")
    sample = SecondReadingSample.objects.get()
    listed = reverse("assessments:proof_sample", args=[sample.pk])
    assert [i.url for i in desk.desk_items(world.assessor2)] == [listed]
    assert list(desk.desk_items(world.assessor)) == []  # his own mark
    reading = reverse("assessments:proof_reading", args=[sample.readings.get().pk])
    assert reading in page(client, world.assessor2, listed)
    assert "ความลับแรก" not in page(client, world.assessor2, reading)
    assert 'id="errors"' in post(client, world.assessor2, reading, points="")
    post(client, world.assessor2, reading, points="100")
    assert sample.readings.get().agrees is False
    client.force_login(world.centre)
    csv = b"".join(client.get(listed + "?export=csv")).decode()
    assert "th-38,O1,0,100,0" in csv
    client.force_login(world.assessor2)
    assert client.get(listed + "?export=csv").status_code in {403, 404}
    client.force_login(world.stranger)
    assert client.get(listed).status_code == 404


def test_words_of_a_page_in_old_thai_encodings():
    raw = "<html><body><p>สวัสดี</p><script>x</script></body></html>".encode("cp874")
    assert visible_text(raw, "text/html; charset=TIS-620") == "สวัสดี"
    assert visible_text(b"\x89PNG\0", "image/png") == ""
    assert visible_text(web.PAGE.encode(), "") == "แผน\nงบประมาณ 100 บาท"
