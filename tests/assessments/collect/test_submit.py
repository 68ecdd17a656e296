"""Taking answers in: once each, checked on the server, the same receipt for a resend."""

from __future__ import annotations

import pytest

from sucharit.assessments.collect import campaigns, keys, openings, services
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import (
    CollectCounter,
    CollectKey,
    CollectResponse,
    CollectTurn,
)
from sucharit.core import clock
from sucharit.core.errors import Refusal
from tests import make
from tests.assessments.collect import make_collect as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make.ministry()


def send(code, *, submission="", person=None, key="", own_code="", **answers):
    form = {name: [value] if isinstance(value, str) else value for name, value in answers.items()}
    form["~submission"] = [submission or receipts.new_submission()]
    form["~key"] = [key]
    form["~code"] = [own_code]
    return services.submit_response(code=code, form=form, today=clock.today(), person=person)


GOOD = {"q1": "5", "q2": "4", "again": "1"}


def test_a_sheet_is_stored_as_evaluated_and_counted(units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    part = mc.part(made, "th-38")
    send(part.collect_code.code.lower(), **GOOD, why="not asked, so not kept")
    row = CollectResponse.objects.get()
    assert row.answers == {"q1": "5", "q2": "4", "again": "1"}
    assert row.day.weekday() == 0
    assert (row.framework_version, row.pair_hash, row.attempt) == (1, "", 1)
    assert CollectCounter.objects.get().n == 1


def test_missing_and_impossible_answers_are_named_and_nothing_is_kept(units):
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]]), "th-38")
    with pytest.raises(services.InvalidAnswers) as wrong:
        send(part.collect_code.code, q1="9", again="0", why="x" * 201)
    assert [p.field for p in wrong.value.problems] == ["q1", "q2", "why"]
    assert not CollectResponse.objects.exists()
    assert CollectCounter.objects.get().n == 0


def test_a_resend_gets_the_same_receipt_other_answers_on_the_page_are_refused(units):
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]]), "th-38")
    page = receipts.new_submission()
    first = send(part.collect_code.code, submission=page, **GOOD)
    assert send(part.collect_code.code, submission=page, **GOOD).receipt == first.receipt
    with pytest.raises(services.AlreadySent):
        send(part.collect_code.code, submission=page, **{**GOOD, "q1": "1"})
    assert CollectResponse.objects.count() == 1 == CollectCounter.objects.get().n


def test_the_cap_holds_and_closing_is_the_end(units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    part = mc.part(made, "th-38")
    openings.set_expected(actor=mc.SYSTEM, campaign_unit=part, expected=2, cap=2)
    send(part.collect_code.code, **GOOD)
    send(part.collect_code.code, **GOOD)
    with pytest.raises(services.CampaignFull):
        send(part.collect_code.code, **GOOD)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    with pytest.raises(services.CampaignClosed):
        send(part.collect_code.code, **GOOD)
    assert CollectCounter.objects.get().n == 2


def test_a_key_is_used_once_and_only_by_answers_that_are_taken(units):
    made = mc.campaign(units["moi"], [units["th-38"], units["th-66"]], access="one_use_keys")
    part = mc.part(made, "th-38")
    (key,) = keys.issue_keys(actor=mc.SYSTEM, campaign_unit=part, n=1)
    with pytest.raises(services.InvalidAnswers):
        send(part.collect_code.code, key=key, q1="5")
    with pytest.raises(services.KeyRefused):
        send(mc.part(made, "th-66").collect_code.code, key=key, **GOOD)
    with pytest.raises(services.KeyRefused):
        send(part.collect_code.code, key="", **GOOD)
    send(part.collect_code.code, key=receipts.grouped(key).lower(), **GOOD)
    with pytest.raises(services.KeyRefused):
        send(part.collect_code.code, key=key, **GOOD)
    assert CollectKey.objects.get().used
    assert CollectResponse.objects.count() == 1


def test_signed_in_persons_answer_for_their_own_unit_as_often_as_set(units):
    made = mc.campaign(units["moi"], [units["th-38"]], opened=False, access="signed_in")
    made.settings = {"attempts": 2}
    made.save()
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    code = mc.part(made, "th-38").collect_code.code
    officer = make.user("unit_officer", units["th-38"])
    centre = make.user("ministry_centre", units["moi"])
    for stranger in (centre, None):
        with pytest.raises(services.CampaignClosed):
            send(code, person=stranger, own_code="abcd", **GOOD)
    with pytest.raises(services.InvalidAnswers):  # attempts are grouped by the own code
        send(code, person=officer, **GOOD)
    send(code, person=officer, own_code="ab cd", **GOOD)
    send(code, person=officer, own_code="AB-CD", **GOOD)
    with pytest.raises(services.NoTurnLeft):
        send(code, person=officer, own_code="abcd", **GOOD)
    assert CollectTurn.objects.get().n == 2
    rows = list(CollectResponse.objects.order_by("attempt"))
    assert [r.attempt for r in rows] == [1, 2]
    assert rows[0].pair_hash == rows[1].pair_hash != ""


def test_anonymous_links_carry_no_files(units):
    document = mc.evaluation_document(id="test.file")
    document["items"].append(
        {"id": "photo", "type": "image", "label": mc.both("photo"), "required": "yes"}
    )
    framework = mc.framework(document)
    with pytest.raises(Refusal) as refused:
        mc.campaign(units["moi"], [units["th-38"]], framework_=framework)
    assert refused.value.where == "access"
    document["items"][-1]["required"] = "no"
    framework.document, framework.sha256 = document, "1" * 64
    framework.save()
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]], framework_=framework), "th-38")
    send(part.collect_code.code, **GOOD, photo="17")
    assert "photo" not in CollectResponse.objects.get().answers


def test_keys_are_made_for_open_keyed_campaigns_by_who_works_there(units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    with pytest.raises(Refusal):
        keys.issue_keys(actor=mc.SYSTEM, campaign_unit=mc.part(made, "th-38"), n=1)
    keyed = mc.campaign(units["moi"], [units["th-38"]], access="one_use_keys")
    with pytest.raises(Refusal):
        keys.issue_keys(actor=mc.SYSTEM, campaign_unit=mc.part(keyed, "th-38"), n=0)
    officer = make.user("unit_officer", units["th-38"])
    assert len(keys.issue_keys(actor=officer, campaign_unit=mc.part(keyed, "th-38"), n=3)) == 3
