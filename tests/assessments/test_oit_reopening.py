"""An approved self-report opens again only under an unlock that runs, and is frozen anew."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from sucharit.assessments.models import Approval, OitEntry
from sucharit.assessments.services import oit, reopening
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved():
    world = rm.world()
    p = world.set(round_state="open", oit_state="submitted")
    oit.approve(actor=world.people["head"], participation=p, on=rm.TODAY)
    return world


def unlock(world, until):
    p = world.part()
    Approval.objects.update_or_create(
        workflow=f"round:{p.round_id}",
        unit=p.unit,
        defaults={"at": clock.now(), "open_until": until},
    )


def reopen(world, reason="ลิงก์ข้อ O1 ผิด"):
    return reopening.reopen_report(
        actor=world.people["head"], participation=world.part(), reason=reason, on=rm.TODAY
    )


def test_under_an_unlock_it_is_a_draft_again_and_the_ledger_keeps_what_was_approved(approved):
    unlock(approved, rm.TODAY)
    before = LedgerEntry.objects.get(action="assessments.oit.approved")
    reopen(approved)
    p = approved.part()
    assert (p.oit_state, p.approved_at, p.returned_note) == ("draft", None, "ลิงก์ข้อ O1 ผิด")
    assert not OitEntry.objects.filter(participation=p).exclude(frozen=None).exists()
    after = LedgerEntry.objects.get(action="assessments.oit.reopened")
    assert json.loads(before.data)["sha256"] == json.loads(after.data)["sha256"]
    assert "ลิงก์" not in json.loads(after.data).values()
    assert set(json.loads(after.data)) == {"sha256", "until"}
    oit.submit(actor=approved.people["head"], participation=p, incomplete_ok=True, on=rm.TODAY)
    oit.approve(actor=approved.people["head"], participation=p, on=rm.TODAY)
    assert OitEntry.objects.filter(participation=p).exclude(frozen=None).exists()


@pytest.mark.parametrize("until", [None, rm.TODAY - dt.timedelta(days=1)])
def test_without_an_unlock_that_runs_it_stays_approved(approved, until):
    if until:
        unlock(approved, until)
    with pytest.raises(Refusal):
        reopen(approved)
    assert approved.part().oit_state == "approved"


def test_it_needs_a_reason(approved):
    unlock(approved, rm.TODAY)
    with pytest.raises(Refusal):
        reopen(approved, " ")


def test_its_page_is_reached_from_the_workspace(approved, client):
    p = approved.part()
    client.force_login(approved.people["head"])
    base = f"/assessments/rounds/{p.round_id}/units/{p.unit.code}/"
    assert "reopen/" not in client.get(base).content.decode()
    unlock(approved, clock.today() + dt.timedelta(days=3))
    assert f"{base}reopen/" in client.get(base).content.decode()
    assert 'id="errors"' in client.post(base + "reopen/", {"reason": ""}).content.decode()
