"""Evidence: stored before its row, taken back when the row fails, numbered without gaps.

Only the checked view hands it out.
"""

from __future__ import annotations

import hashlib
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence import services
from sucharit.core.evidence.queries import documents_of
from sucharit.core.models import Evidence, EvidenceVersion, LedgerEntry
from sucharit.core.registry import registry
from tests.core.evidence import ACTOR, KIND, add, pdf

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.django_db
def test_a_file_is_kept_privately_under_a_random_name_and_noted_without_names(make, store):
    unit = make.unit()
    evidence = add(unit)
    version = evidence.versions.get()
    (kept,) = store.files()
    assert kept.read_bytes() == pdf().read()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "รายงาน" not in str(kept.relative_to(store.folder))
    assert (version.number, version.filename, version.scan) == (1, "รายงาน.pdf", "unscanned")
    assert version.sha256 == hashlib.sha256(kept.read_bytes()).hexdigest()
    row = LedgerEntry.objects.get(action="core.evidence.added")
    assert (row.unit, row.fiscal_year) == (unit.code, 2567)
    assert "รายงาน" not in row.data


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["large", "empty", "page"])
def test_what_is_refused_leaves_nothing(make, store, settings, case):
    settings.EVIDENCE_MAX_BYTES = 100
    upload = {
        "large": SimpleUploadedFile("a.txt", b"x" * 101),
        "empty": SimpleUploadedFile("a.pdf", b""),
        "page": SimpleUploadedFile("a.pdf", b"<html>"),
    }[case]
    with pytest.raises(Refusal):
        add(make.unit(), upload)
    assert not store.files()
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_a_file_of_exactly_the_limit_is_taken(make, settings):
    settings.EVIDENCE_MAX_BYTES = 100
    assert add(make.unit(), SimpleUploadedFile("a.txt", b"x" * 100)).versions.get().size == 100


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "  ", "a\x00b", "x" * 301])
def test_a_title_that_does_not_do_names_its_field(make, store, title):
    with pytest.raises(ValidationError) as refused:
        add(make.unit(), title=title)
    assert "title" in refused.value.message_dict
    assert not store.files()


@pytest.mark.django_db
def test_a_failed_transaction_takes_the_file_back(make, store, monkeypatch):
    def fail(**_):
        raise RuntimeError("the ledger is not there")

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(RuntimeError):
        add(make.unit())
    assert not store.files()
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_the_right_is_asked_again_inside_the_transaction(make, store):
    calls = []

    def check():
        calls.append(connection.in_atomic_block)
        if len(calls) == 2:
            raise NotFoundInScope("gone")

    with pytest.raises(NotFoundInScope):
        add(make.unit(), check=check)
    assert len(calls) == 2
    assert not store.files()


@pytest.mark.django_db
def test_versions_run_on_and_end_with_withdrawal(make):
    evidence = add(make.unit())
    assert services.add_version(actor=ACTOR, evidence=evidence, upload=pdf("2")).number == 2
    with pytest.raises(Refusal):
        services.add_version(actor=ACTOR, evidence=evidence, upload=pdf("2"))
    services.withdraw(actor=ACTOR, evidence=evidence)
    with pytest.raises(Refusal):
        services.add_version(actor=ACTOR, evidence=evidence, upload=pdf("3"))
    with pytest.raises(Refusal):
        services.withdraw(actor=ACTOR, evidence=evidence)
    assert evidence.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_versions_sent_at_once_get_numbers_without_gaps(make, store):
    evidence = add(make.unit())
    start, failed = threading.Barrier(4), []

    def send(n: int) -> None:
        try:
            start.wait()
            services.add_version(actor=ACTOR, evidence=evidence, upload=pdf(str(n)))
        except Exception as error:  # noqa: BLE001 (shown by the assert below)
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(n,)) for n in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not failed
    assert list(evidence.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert len(store.files()) == 5


@pytest.mark.django_db
def test_the_allowed_download_the_file_and_the_ledger_knows(make, store, client):
    evidence = add(make.unit())
    services.add_version(actor=ACTOR, evidence=evidence, upload=pdf("2"))
    reader = make.user()
    store.allowed.add(reader.pk)
    client.force_login(reader)
    response = client.get(f"/evidence/{evidence.pk}/")
    assert b"".join(response.streaming_content) == pdf("2").read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%A3")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    first = client.get(f"/evidence/{evidence.pk}/1/")
    assert b"".join(first.streaming_content) == pdf().read()
    rows = LedgerEntry.objects.filter(action="core.evidence.read", actor=f"user:{reader.pk}")
    assert rows.count() == 2


@pytest.mark.django_db
def test_others_find_nothing_and_the_ledger_knows(make, store, client):
    evidence = add(make.unit())
    address = f"/evidence/{evidence.pk}/"
    assert client.get(address).status_code == 302
    reader = make.user()
    client.force_login(reader)
    assert client.get(address).status_code == 404
    row = LedgerEntry.objects.get(action="core.evidence.refused")
    assert (row.actor, row.target) == (f"user:{reader.pk}", f"core.evidence:{evidence.pk}")
    store.allowed.add(reader.pk)
    assert client.get(f"{address}2/").status_code == 404
    assert client.get(f"{address}0/").status_code == 404
    assert client.get("/evidence/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert client.post(address).status_code == 405
    assert not LedgerEntry.objects.filter(action="core.evidence.read").exists()


@pytest.mark.django_db
def test_a_kind_for_which_no_app_answers_is_neither_kept_nor_handed_out(
    make, store, client, monkeypatch
):
    evidence = add(make.unit())
    monkeypatch.delitem(registry.evidence, KIND)
    with pytest.raises(LookupError):
        add(make.unit())
    reader = make.user()
    store.allowed.add(reader.pk)
    client.force_login(reader)
    assert client.get(f"/evidence/{evidence.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_missing_or_infected_file_is_said_so(make, store, client):
    evidence = add(make.unit())
    reader = make.user()
    store.allowed.add(reader.pk)
    client.force_login(reader)
    EvidenceVersion.objects.update(scan="infected")
    assert client.get(f"/evidence/{evidence.pk}/").status_code == 409
    EvidenceVersion.objects.update(scan="clean")
    store.files()[0].unlink()
    assert client.get(f"/evidence/{evidence.pk}/").status_code == 409
    assert not LedgerEntry.objects.filter(action="core.evidence.read").exists()


@pytest.mark.django_db
def test_the_list_of_documents_leads_to_each_version(make, django_assert_num_queries):
    evidence = add(make.unit())
    services.add_version(actor=ACTOR, evidence=evidence, upload=pdf("2"))
    add(make.unit(), owner_id=8)
    with django_assert_num_queries(2):
        shown = render_to_string("core/evidence_list.html", {"documents": documents_of(KIND, 7)})
    for number in (1, 2):
        assert f'href="/evidence/{evidence.pk}/{number}/"' in shown
    assert shown.count("/evidence/") == 2
    services.withdraw(actor=ACTOR, evidence=evidence)
    assert not documents_of(KIND, 7)
