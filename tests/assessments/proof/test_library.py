"""The library: one proof for many items and years; its revisions; who may do what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.models import OitEntry, ProofUse
from sucharit.assessments.proof import queries, services
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.evidence.queries import may_read
from sucharit.core.models import LedgerEntry
from tests.assessments import rounds_make as rm
from tests.assessments.proof import proof_make as pm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return rm.world()


def attach(world, proof, item="O1", **target):
    target = target or {"participation": world.part(), "on": rm.TODAY}
    return services.attach(actor=world.officer, proof=proof, item=item, **target)


def links(world, item="O1"):
    entry = OitEntry.objects.get(participation=world.part(), item=item)
    return [link.url for link in entry.links.all()]


def test_one_proof_serves_items_of_several_frameworks(world):
    proof = pm.link(world)
    campaign_unit = pm.campaign_unit(world)
    attach(world, proof, "O1")
    attach(world, proof, "O2")
    attach(world, proof, "c1", campaign_unit=campaign_unit)
    assert [u.item for u in services.attached(participation=world.part())] == ["O1", "O2"]
    assert services.attached(campaign_unit=campaign_unit, item="c1")[0].proof == proof
    assert services.attached(campaign_unit=campaign_unit, item="c2") == []
    assert links(world) == ["https://a.go.th/plan"]


def test_the_ledger_names_no_title(world):
    attach(world, pm.link(world, title="ชื่อของบุคคล"))
    rows = list(LedgerEntry.objects.filter(action__startswith="assessments.proof"))
    assert [r.action for r in rows] == ["assessments.proof.added", "assessments.proof.attached"]
    assert all("ชื่อ" not in r.data and "a.go.th" not in r.data for r in rows)


def test_a_new_revision_leaves_uses_alone_until_attached_anew(world):
    proof = pm.link(world)
    attach(world, proof)
    services.add_revision(actor=world.officer, proof=proof, url="https://a.go.th/plan-2")
    assert services.attached(participation=world.part())[0].revision.number == 1
    attach(world, proof)
    assert services.attached(participation=world.part())[0].revision.number == 2
    assert links(world) == ["https://a.go.th/plan-2"]
    assert ProofUse.objects.count() == 1


def test_a_file_keeps_versions_with_their_hashes(world):
    proof = pm.file(world)
    first = queries.newest_revision(proof)
    second = services.add_revision(actor=world.officer, proof=proof, upload=pm.text_file("ใหม่"))
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256 == second.file.sha256
    with pytest.raises(Refusal):
        services.add_revision(actor=world.officer, proof=proof, upload=pm.text_file("ใหม่"))


def test_files_open_for_who_sees_the_unit(world):
    document = queries.newest_revision(pm.file(world)).file.evidence
    assert may_read(world.officer, document)
    assert may_read(world.assessor, document)
    assert not may_read(world.stranger, document)
    assert not may_read(world.nobody, document)


def test_detaching_takes_the_link_and_leaves_the_proof(world):
    proof = pm.link(world)
    attach(world, pm.link(world, "https://a.go.th/1"))
    use = attach(world, proof)
    attach(world, pm.link(world, "https://a.go.th/3"))
    services.detach(actor=world.officer, use=use, on=rm.TODAY)
    assert links(world) == ["https://a.go.th/1", "https://a.go.th/3"]
    assert queries.library_of(world.officer).filter(pk=proof.pk).exists()


def test_no_more_than_six_links(world):
    for n in range(6):
        attach(world, pm.link(world, f"https://a.go.th/{n}"))
    with pytest.raises(Refusal, match="6"):
        attach(world, pm.link(world, "https://a.go.th/7"))
    assert len(links(world)) == 6
    attach(world, pm.file(world))  # a file is no link


def test_what_is_withdrawn_takes_nothing_new(world):
    proof = pm.file(world)
    attach(world, proof)
    services.withdraw(actor=world.officer, proof=proof)
    with pytest.raises(Refusal):
        attach(world, proof, "O2")
    with pytest.raises(Refusal):
        services.add_revision(actor=world.officer, proof=proof, upload=pm.text_file("x"))
    assert len(services.attached(participation=world.part())) == 1
    assert not queries.choices_for(
        world.officer, proof.unit, participation=world.part(), item="O2"
    ).exists()


def test_expiry_is_the_documents_own(world):
    proof = pm.link(world, expires_on=dt.date(2024, 4, 10))
    proof.refresh_from_db()
    assert proof.state_on(dt.date(2024, 4, 10)) == "current"
    assert proof.state_on(dt.date(2024, 4, 11)) == "expired"
    assert pm.link(world, "https://a.go.th/no-date").state_on(dt.date(2999, 1, 1)) == "current"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": " "}, "title"),
        ({"url": ""}, "url"),
        ({"url": "http://192.168.1.1/"}, "url"),
        ({"url": "ftp://a.go.th/"}, "url"),
        ({"document_date": dt.date(2024, 2, 1), "expires_on": dt.date(2024, 1, 1)}, "expires_on"),
    ],
)
def test_wrong_input_is_named_by_field(world, fields, where):
    with pytest.raises(ValidationError) as caught:
        pm.link(world, **fields)
    assert where in caught.value.message_dict


def test_the_same_address_is_kept_once(world):
    pm.link(world)
    with pytest.raises(ValidationError):
        pm.link(world, "HTTPS://A.go.th/plan")


def test_rights(world):
    proof = pm.link(world)
    with pytest.raises(NotFoundInScope):
        pm.link(world, "https://a.go.th/2", actor=world.stranger)
    with pytest.raises(Forbidden):
        pm.link(world, "https://a.go.th/2", actor=world.assessor)
    with pytest.raises(NotFoundInScope):
        services.attach(
            actor=world.stranger, proof=proof, participation=world.part(), item="O1", on=rm.TODAY
        )
    # The stranger's own item cannot take another unit's proof, either.
    with pytest.raises(NotFoundInScope):
        services.attach(
            actor=world.stranger, proof=proof, participation=world.part("th-66"), item="O1", on=rm.TODAY,
        )  # fmt: skip
    with pytest.raises(NotFoundInScope):
        attach(world, proof, "O99")


def test_nothing_changes_after_submission_or_outside_a_campaign(world):
    proof = pm.link(world)
    use = attach(world, proof)
    closed = pm.campaign_unit(world, state="closed")
    with pytest.raises(Refusal):
        attach(world, proof, "c1", campaign_unit=closed)
    world.set(oit_state="submitted")
    with pytest.raises(Refusal):
        attach(world, proof, "O2")
    with pytest.raises(Refusal):
        services.detach(actor=world.officer, use=use, on=rm.TODAY)


def test_a_room_can_guard_its_campaign_units(world, monkeypatch):
    from sucharit.assessments.proof import targets

    monkeypatch.setattr(targets, "_guards", [])

    def shut(actor, campaign_unit, item):
        raise Refusal("frozen")

    targets.guard_campaign_units(shut)
    with pytest.raises(Refusal, match="frozen"):
        attach(world, pm.link(world), "c1", campaign_unit=pm.campaign_unit(world))


def test_evidence_of_last_years_campaign_must_be_confirmed(world):
    before = pm.campaign_unit(world, year=2566, items=("old1", "old2"))
    now = pm.campaign_unit(world)
    keep, gone = pm.link(world), pm.link(world, "https://a.go.th/gone")
    attach(world, keep, "old1", campaign_unit=before)
    attach(world, gone, "old1", campaign_unit=before)
    services.withdraw(actor=world.officer, proof=gone)
    made = services.copy_uses(
        actor=world.officer, campaign_unit=now, source=before, items={"c1": "old1", "c2": "old2"}
    )
    assert [(u.proof, u.item, u.must_confirm) for u in made] == [(keep, "c1", True)]
    assert services.unconfirmed_items(campaign_unit=now) == ["c1"]
    services.confirm_use(actor=world.officer, use=made[0])
    assert services.unconfirmed_items(campaign_unit=now) == []
    with pytest.raises(Refusal):
        services.confirm_use(actor=world.officer, use=made[0])


def test_frozen_uses_hold_what_stands_behind(world):
    unit = pm.campaign_unit(world)
    attach(world, pm.file(world), "c1", campaign_unit=unit)
    attach(world, pm.link(world), "c1", campaign_unit=unit)
    frozen = services.frozen_uses(services.attached(campaign_unit=unit))
    assert [f["kind"] for f in frozen] == ["file", "link"]
    assert len(frozen[0]["sha256"]) == 64
    assert frozen[0]["version"] == 1
    assert frozen[1]["url"] == "https://a.go.th/plan"
