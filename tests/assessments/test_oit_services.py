"""The self-report: drafts keep everything, two officers lose nothing, approval freezes for good."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sucharit.assessments.models import OitEntry, OitLink
from sucharit.assessments.services import freezing, oit
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return rm.world()


def save(
    world,
    item="O1",
    *,
    actor=None,
    links=("https://a.go.th/x",),
    explanation="",
    nothing=False,
    version=0,
    on=rm.TODAY,
):
    return oit.save_entry(
        actor=actor or world.officer, participation=world.part(), item=item, links=list(links), explanation=explanation,
        nothing_to_show=nothing, version=version, on=on,
    )  # fmt: skip


def fill(world):
    for n in range(1, 7):
        save(world, f"O{n}", links=[f"https://a.go.th/{n}"])


def test_a_draft_keeps_links_in_order_once_each(world):
    saved = save(
        world,
        links=["https://B.go.th/2", "", "https://a.go.th/1", "https://b.go.th/2"],
        explanation=" หน้าแรก > แผน ",
    )
    assert [link.url for link in saved.entry.links.all()] == [
        "https://b.go.th/2",
        "https://a.go.th/1",
    ]
    assert saved.entry.explanation == "หน้าแรก > แผน"
    assert len(saved.warnings) == 1
    assert "4" in saved.warnings[0]
    assert saved.entry.updated_by == world.officer
    again = save(world, links=["https://a.go.th/3"], version=1)
    assert [link.url for link in again.entry.links.all()] == ["https://a.go.th/3"]
    assert again.entry.version == 2


def test_every_wrong_field_is_named_at_once(world):
    with pytest.raises(ValidationError) as caught:
        save(
            world,
            links=["", "a.go.th", "https://a.go.th/", "http://10.0.0.1/"],
            explanation="x" * 5001,
        )
    assert set(caught.value.message_dict) == {"link_2", "link_4", "explanation"}
    assert not OitEntry.objects.exists()


def test_six_links_are_the_most_and_doubles_do_not_count(world):
    six = [f"https://a.go.th/{n}" for n in range(6)]
    save(world, links=[*six, six[0]])
    with pytest.raises(ValidationError) as caught:
        save(world, links=[*six, "https://a.go.th/6"], version=1)
    assert "link_7" in caught.value.message_dict


def test_another_site_is_a_warning_not_an_error(world):
    unit = world.units["th-38"]
    unit.website = "https://www.buengkan.go.th"
    unit.save(update_fields=["website"])
    assert save(world, links=["https://ita.buengkan.go.th/1"]).warnings == []
    assert len(save(world, links=["https://drive.google.com/1"], version=1).warnings) == 1


def test_nothing_published_excludes_links(world):
    with pytest.raises(ValidationError) as caught:
        save(world, nothing=True)
    assert list(caught.value.message_dict) == ["nothing_to_show"]
    assert save(world, links=[], nothing=True).entry.nothing_to_show


def test_an_item_of_a_survey_or_of_nothing_does_not_exist_here(world):
    for item in ("i1", "O99", ""):
        with pytest.raises(NotFoundInScope):
            save(world, item)


def test_the_second_of_two_officers_is_told_and_nothing_is_lost(world):
    save(world, explanation="ของคนแรก")
    with pytest.raises(oit.StaleError) as caught:
        save(world, actor=world.officer2, links=["https://a.go.th/second"], explanation="ของคนที่สอง")
    assert caught.value.current.explanation == "ของคนแรก"
    assert caught.value.current.version == 1
    assert OitEntry.objects.get().explanation == "ของคนแรก"
    over = save(world, actor=world.officer2, explanation="ของคนที่สอง", version=1)
    assert over.entry.version == 2
    assert set(over.entry.editors) == {world.officer.pk, world.officer2.pk}


@pytest.mark.parametrize("day", [dt.date(2024, 3, 31), dt.date(2024, 5, 1)])
def test_outside_its_window_nothing_is_saved_submitted_or_approved(world, day):
    with pytest.raises(Refusal):
        save(world, on=day)
    with pytest.raises(Refusal):
        oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=day)
    world.set(oit_state="submitted")
    with pytest.raises(Refusal):
        oit.approve(actor=world.head, participation=world.part(), on=day)


@pytest.mark.parametrize("day", [dt.date(2024, 4, 1), dt.date(2024, 4, 30)])
def test_first_and_last_day_count(world, day):
    assert save(world, on=day).entry.version == 1


def test_missing_items_must_be_confirmed(world):
    save(world, "O2")
    save(world, "O3", links=[], nothing=True)
    save(world, "O4", links=[], explanation="begun only")
    assert oit.missing_items(world.part()) == ["O1", "O4", "O5", "O6"]
    with pytest.raises(Refusal) as caught:
        oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    assert "O1, O4, O5, O6" in str(caught.value)
    assert caught.value.where == "incomplete_ok"
    assert (
        oit.submit(
            actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY
        ).oit_state
        == "submitted"
    )


def test_returning_needs_a_reason_and_brings_the_draft_back(world):
    fill(world)
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    with pytest.raises(ValidationError):
        oit.return_report(actor=world.head, participation=world.part(), note="  ", on=rm.TODAY)
    oit.return_report(
        actor=world.head, participation=world.part(), note="O1 เป็นของปีก่อน", on=rm.TODAY
    )
    assert world.part().oit_state == "draft"
    assert world.part().returned_note == "O1 เป็นของปีก่อน"
    save(world, "O1", links=["https://a.go.th/new"], version=1)
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)
    assert world.part().returned_note == ""


def approved(world):
    save(world, "O1", links=["https://a.go.th/1", "https://a.go.th/2"], explanation="หน้าแรก")
    save(world, "O2", links=[], nothing=True)
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    return oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)


def test_approval_freezes_every_item_with_a_fingerprint_in_the_ledger(world):
    p = approved(world)
    frozen = {e.item: e.frozen for e in p.entries.all()}
    assert sorted(frozen) == ["O1", "O2", "O3", "O4", "O5", "O6"]
    assert [link["url"] for link in frozen["O1"]["links"]] == [
        "https://a.go.th/1",
        "https://a.go.th/2",
    ]
    assert [frozen[i]["answered"] for i in ("O1", "O2", "O3")] == [True, True, False]
    assert p.approved_by == world.head
    row = LedgerEntry.objects.get(action="assessments.oit.approved")
    assert freezing.fingerprint(frozen) in str(row.data)
    frozen["O1"]["links"][0]["url"] = "https://a.go.th/other"
    assert freezing.fingerprint(frozen) not in str(row.data)


def test_evidence_is_frozen_by_its_hash(world):
    from sucharit.core.models import Evidence, EvidenceVersion

    entry = save(world, "O1").entry
    held = Evidence.objects.create(
        unit=world.units["th-38"],
        fiscal_year=2567,
        title="แผน",
        owner_kind=freezing.OWNER_KIND,
        owner_id=str(entry.pk),
    )
    for number in (1, 2):
        EvidenceVersion.objects.create(
            evidence=held,
            number=number,
            file="x",
            filename="plan.pdf",
            media_type="application/pdf",
            size=9,
            sha256=str(number) * 64,
        )
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)
    entry.refresh_from_db()
    assert [(f["version"], f["sha256"]) for f in entry.frozen["evidence"]] == [(2, "2" * 64)]


@pytest.mark.parametrize("round_state", ["open", "review", "objection", "final"])
@pytest.mark.parametrize("oit_state", ["submitted", "approved", "scored", "final"])
def test_after_approval_no_service_changes_what_was_frozen(world, round_state, oit_state):
    approved(world)
    before = sorted(
        OitEntry.objects.values_list("item", "explanation", "version", "nothing_to_show")
    )
    links = sorted(OitLink.objects.values_list("entry__item", "url"))
    p = world.set(round_state=round_state, oit_state=oit_state)
    for who in ("officer", "officer2", "head", "centre"):
        actor = world.people[who]
        for item, version in (("O1", 1), ("O2", 1), ("O3", 0)):
            with pytest.raises(Refusal):
                save(world, item, actor=actor, links=["https://a.go.th/late"], version=version)
            with pytest.raises(Refusal):
                oit.attach_evidence(
                    actor=actor, participation=p, item=item, upload=None, title="late", on=rm.TODAY
                )
        with pytest.raises(Refusal):
            oit.submit(actor=actor, participation=p, incomplete_ok=True, on=rm.TODAY)
    assert (
        sorted(OitEntry.objects.values_list("item", "explanation", "version", "nothing_to_show"))
        == before
    )
    assert sorted(OitLink.objects.values_list("entry__item", "url")) == links


def test_the_database_knows_no_half_frozen_entry(world):
    entry = save(world).entry
    with pytest.raises(IntegrityError), transaction.atomic():
        OitEntry.objects.filter(pk=entry.pk).update(frozen={"links": []})


def test_no_personal_text_goes_into_the_ledger(world):
    save(world, explanation="นายสมชาย ใจดี 081-000-0000")
    approved_world = LedgerEntry.objects.filter(action__startswith="assessments.oit")
    assert approved_world.exists()
    assert not [
        row for row in approved_world if "สมชาย" in str(row.data) or "go.th" in str(row.data)
    ]
