"""Certificates: for final levels only, one in force, revoked with a reason, verified by everybody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sucharit.assessments.engine.moral import is_serial
from sucharit.assessments.models import Campaign, MoralCertificate
from sucharit.assessments.moral import services
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.moral.world import ORG, PROVINCE, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def issue(w, campaign, code=ORG, actor=None):
    return services.issue_certificate(actor=actor or w.centre, campaign_unit=w.cu(campaign, code))


def test_a_certificate_says_what_was_reached_then(w):
    found = issue(w, w.final({ORG: 2}))
    assert is_serial(found.serial)
    assert (found.level, found.level_th, found.unit_th) == ("2", "คุณธรรม", "อบต. ทดสอบ a")
    row = LedgerEntry.objects.order_by("-pk").first()
    assert row.action == "assessments.moral.issued"
    assert found.serial in str(row.data)


def test_only_final_levels_of_1_and_above_are_certified(w):
    with pytest.raises(Refusal, match="เป็นที่สุด"):
        issue(w, w.final({ORG: 3}, final=False))
    campaign = w.final({ORG: 0, "th-38-b": None})
    with pytest.raises(Refusal, match="ยังไม่ถึงระดับ"):
        issue(w, campaign)
    with pytest.raises(Refusal, match="เป็นที่สุด"):
        issue(w, campaign, "th-38-b")
    assert not MoralCertificate.objects.exists()


def test_one_is_in_force_and_another_follows_a_revoked_one(w):
    campaign = w.final({ORG: 2})
    first = issue(w, campaign)
    with pytest.raises(Refusal, match="มีใบรับรองแล้ว"):
        issue(w, campaign)
    with pytest.raises(ValidationError):
        services.revoke_certificate(actor=w.centre, certificate=first, reason="  ")
    services.revoke_certificate(actor=w.centre, certificate=first, reason="ชื่อผิด นาย ก")
    with pytest.raises(Refusal, match="ถูกเพิกถอนไปแล้ว"):
        services.revoke_certificate(actor=w.centre, certificate=first, reason="x")
    second = issue(w, campaign)
    assert second.serial != first.serial
    assert "นาย ก" not in "".join(str(r.data) for r in LedgerEntry.objects.all())
    with pytest.raises(IntegrityError), transaction.atomic():
        MoralCertificate.objects.filter(pk=first.pk).update(revoked_at=None)


def test_who_may(w):
    campaign = w.final({ORG: 2})
    with pytest.raises(NotFoundInScope):
        issue(w, campaign, actor=w.officer)  # the owner is the ministry, out of the officer's scope
    with pytest.raises(Forbidden):
        services.issue_all(actor=w.officer, unit=w.units[ORG], fiscal_year=2567)
    found = issue(w, campaign)
    with pytest.raises(NotFoundInScope):
        services.revoke_certificate(actor=w.nobody, certificate=found, reason="x")


def test_a_campaign_of_another_instrument_gives_no_moral_certificate(w):
    campaign = w.final({ORG: 2})
    campaign.framework.code = "self.website"
    campaign.framework.save()
    with pytest.raises(NotFoundInScope):
        issue(w, Campaign.objects.get(pk=campaign.pk))


def test_a_province_gets_all_that_are_due_at_once(w):
    w.final({ORG: 2, "th-38-b": 0, "th-38-c": 1, "th-6601": 3})
    assert services.issue_all(actor=w.centre, unit=w.units[PROVINCE], fiscal_year=2567) == 2
    assert services.issue_all(actor=w.centre, unit=w.units[PROVINCE], fiscal_year=2567) == 0
    assert services.issue_all(actor=w.centre, unit=w.units["moi"], fiscal_year=2566) == 0
