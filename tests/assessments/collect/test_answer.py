"""The signed-in page: draft, attempts, files, whose it is."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.assessments.collect import campaigns, drafts, lookup
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import CollectDraft, CollectResponse
from sucharit.core.models import Evidence
from tests import make
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_pages import Fields

pytestmark = pytest.mark.django_db
GOOD = {"q1": "5", "q2": "4", "again": "1"}


@pytest.fixture
def world(client):
    units = make.ministry()
    document = mc.evaluation_document(id="test.signed")
    document["items"].append({"id": "paper", "type": "file", "label": mc.both("paper")})
    made = mc.campaign(
        units["moi"], [units["th-38"]], framework_=mc.framework(document), access="signed_in"
    )
    officer = make.user("unit_officer", units["th-38"])
    client.force_login(officer)
    return units, f"/assessments/answer/{mc.part(made, 'th-38').collect_code.code}/", officer, made


def test_a_draft_is_ones_own_and_goes_when_it_is_sent(world, client):
    units, path, _officer, _made = world
    client.post(path, {"q1": "3", "~save": "1", "~code": "secret"})
    assert Fields(client.get(path).content.decode()).found["q1"] == ["3"]
    assert "~code" not in CollectDraft.objects.get().form
    client.force_login(make.user("unit_officer", units["th-38"]))
    assert Fields(client.get(path).content.decode()).found["q1"] == []
    client.force_login(_officer)
    page = Fields(client.get(path).content.decode()).found["~submission"][0]
    got = client.post(path, GOOD | {"~submission": page})
    assert receipts.receipt(path.split("/")[3], page) in got.content.decode()
    assert not CollectDraft.objects.exists()
    assert CollectResponse.objects.count() == 1
    again = client.get(path).content.decode()
    assert "1 ครั้ง" in again
    assert 'class="sheet"' not in again


def test_others_and_the_signed_out_do_not_get_in(world, client):
    units, path, _officer, made = world
    client.force_login(make.user("unit_officer", units["th-66"]))
    assert client.get(path).status_code == 404
    client.logout()
    assert client.get(path).status_code == 302
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    lookup.forget()  # what a commit does
    client.force_login(_officer)
    assert client.get(path).status_code == 404


def test_a_file_is_kept_as_evidence_and_only_ones_own_counts(world, client, settings, tmp_path):
    units, path, officer, _made = world
    settings.MEDIA_ROOT = tmp_path
    page = Fields(client.get(path).content.decode()).found["~submission"][0]
    upload = SimpleUploadedFile("x.txt", "ข้อความ".encode())
    wrong = client.post(path, {"q1": "5", "paper": upload, "~submission": page})
    assert wrong.status_code == 422
    kept = Fields(wrong.content.decode()).found["paper"][0]
    evidence = Evidence.objects.get()
    assert kept == str(evidence.pk)
    assert (evidence.owner_kind, evidence.created_by) == ("assessments.collect", officer)
    client.post(path, GOOD | {"paper": kept, "~submission": page})
    assert CollectResponse.objects.get().answers["paper"] == kept
    client.force_login(make.user("unit_officer", units["th-38"]))
    page = Fields(client.get(path).content.decode()).found["~submission"][0]
    client.post(path, GOOD | {"paper": kept, "~submission": page})
    assert [r.answers.get("paper") for r in CollectResponse.objects.all()].count(None) == 1
    head = make.user("unit_head", units["th-66"])
    assert drafts.may_see_file(officer, evidence.owner_id)
    assert not drafts.may_see_file(head, evidence.owner_id)
