"""Stored copies of frozen links, checks before submission: history that never stands in the way."""

from __future__ import annotations

import hashlib

import pytest

from sucharit.assessments.models import LinkVisit, ProofRevision
from sucharit.assessments.proof import fetching, services, tasks
from sucharit.assessments.proof.services import visiting
from sucharit.assessments.services import oit
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.evidence.queries import may_read
from sucharit.core.evidence.receiving import storage
from sucharit.core.models import Evidence
from tests.assessments import rounds_make as rm
from tests.assessments.proof import conftest as web
from tests.assessments.proof import proof_make as pm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return rm.world()


def answer(world, item, *urls):
    oit.save_entry(
        actor=world.officer, participation=world.part(), item=item, links=list(urls),
        explanation="", nothing_to_show=False, version=0, on=rm.TODAY,
    )  # fmt: skip


def approve(world, capture):
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    with capture(execute=True):
        oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)


def bytes_of(visit):
    with storage().open(visit.copy.file.name) as handle:
        return handle.read()


def test_approval_keeps_copies_with_their_hashes(world, site, django_capture_on_commit_callbacks):
    answer(world, "O1", f"{site}/page", f"{site}/missing")
    answer(world, "O2", f"{site}/pdf")
    approve(world, django_capture_on_commit_callbacks)
    page, missing, pdf = LinkVisit.objects.order_by("item", "-ok", "pk")
    assert bytes_of(page) == web.PAGE.encode()
    assert page.sha256 == page.copy.sha256 == hashlib.sha256(web.PAGE.encode()).hexdigest()
    # A page is handed out as text: no browser shall run it.
    assert (page.copy.media_type, page.copy.filename[-4:]) == ("text/plain", ".txt")
    assert page.content_type == "text/html; charset=utf-8"
    assert (missing.ok, missing.http_status, missing.reason) == (False, 404, "status")
    assert missing.copy is None
    assert (pdf.item, pdf.copy.media_type) == ("O2", "application/pdf")
    assert world.part().oit_state == "approved"


def test_copies_open_for_who_sees_the_unit(world, site, django_capture_on_commit_callbacks):
    answer(world, "O1", f"{site}/page")
    approve(world, django_capture_on_commit_callbacks)
    document = Evidence.objects.get()
    assert may_read(world.assessor, document)
    assert not may_read(world.stranger, document)


def test_a_second_run_fetches_nothing_again(world, site, django_capture_on_commit_callbacks):
    answer(world, "O1", f"{site}/page")
    approve(world, django_capture_on_commit_callbacks)
    tasks.keep_copies.enqueue(world.part().pk)
    assert web.Pages.seen == ["/page"]
    assert LinkVisit.objects.count() == 1


def test_nothing_is_fetched_where_it_is_switched_off(
    world, site, settings, django_capture_on_commit_callbacks
):
    settings.FETCH_LINKS = False
    answer(world, "O1", f"{site}/page")
    approve(world, django_capture_on_commit_callbacks)
    assert web.Pages.seen == []
    assert not LinkVisit.objects.exists()
    with pytest.raises(Refusal):
        visiting.ask_for_check(actor=world.officer, participation=world.part())


def test_a_failing_job_does_not_stand_in_the_way(
    world, site, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(**fields):
        raise RuntimeError("no worker")

    monkeypatch.setattr(visiting, "keep_copies", broken)
    answer(world, "O1", f"{site}/page")
    approve(world, django_capture_on_commit_callbacks)
    assert world.part().oit_state == "approved"


def test_a_check_is_history_and_tells_the_library(world, site, django_capture_on_commit_callbacks):
    proof = pm.link(world, f"{site}/missing")
    services.attach(
        actor=world.officer, proof=proof, participation=world.part(), item="O1", on=rm.TODAY
    )
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            visiting.ask_for_check(actor=world.officer, participation=world.part())
    assert [(v.purpose, v.reason, v.copy) for v in LinkVisit.objects.all()] == [
        ("check", "status", None)
    ] * 2
    assert ProofRevision.objects.get().check_status == "failed"
    assert ProofRevision.objects.get().checked_at is not None


def test_who_may_ask(world, site):
    answer(world, "O1", f"{site}/page")
    with pytest.raises(NotFoundInScope):
        visiting.ask_for_check(actor=world.stranger, participation=world.part())
    with pytest.raises(Forbidden):
        visiting.ask_for_check(actor=world.assessor, participation=world.part())
    with pytest.raises(Refusal):
        visiting.ask_for_check(actor=world.centre, participation=world.part("moi-cdd"))


def test_a_virus_is_not_kept(world, site, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(visiting, "scan", lambda _: visiting.EvidenceVersion.Scan.INFECTED)
    answer(world, "O1", f"{site}/page")
    approve(world, django_capture_on_commit_callbacks)
    visit = LinkVisit.objects.get()
    assert (visit.ok, visit.reason, visit.copy) == (False, fetching.Reason.INFECTED, None)
    assert visit.sha256


def test_the_freeze_names_what_stands_behind(world, site, django_capture_on_commit_callbacks):
    link, file = pm.link(world, f"{site}/page"), pm.file(world)
    for proof in (link, file):
        services.attach(
            actor=world.officer, proof=proof, participation=world.part(), item="O1", on=rm.TODAY
        )
    approve(world, django_capture_on_commit_callbacks)
    frozen = world.part().entries.get(item="O1").frozen
    assert frozen["links"] == [
        {"url": f"{site}/page", "label": "", "proof": link.pk, "revision": 1}
    ]
    assert frozen["evidence"][0]["proof"] == file.pk
    assert len(frozen["evidence"][0]["sha256"]) == 64
