"""A campaign's way: draft, open, closed, final; who may move it, and what joins in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import Campaign
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests import make
from tests.assessments.collect import make_collect as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make.ministry()


def test_the_way_of_a_campaign_and_its_ledger_rows(units):
    centre = make.user("ministry_centre", units["moi"])
    made = mc.campaign(units["moi"], [units["th-38"], units["th-66"]], opened=False, actor=centre)
    assert (made.state, made.units.count()) == ("draft", 2)
    for step, state in (
        (campaigns.open_campaign, "open"),
        (campaigns.close_campaign, "closed"),
        (campaigns.finalise_campaign, "final"),
    ):
        assert step(actor=centre, campaign=made).state == state
        with pytest.raises(Refusal):
            step(actor=centre, campaign=made)
    actions = LedgerEntry.objects.filter(action__startswith="assessments.campaign.")
    assert [a.action.rsplit(".", 1)[1] for a in actions.order_by("seq")] == [
        "created", "open", "close", "finalise",
    ]  # fmt: skip


def test_only_who_manages_the_owner_may_make_and_move(units):
    officer = make.user("unit_officer", units["th-38"])
    other = make.user("ministry_centre", units["moi-cdd"])
    with pytest.raises(Forbidden):
        mc.campaign(units["th-38"], [], actor=officer, opened=False)
    with pytest.raises(NotFoundInScope):
        mc.campaign(units["moi"], [], actor=other, opened=False)
    draft = mc.campaign(units["moi"], [units["th-38"]], opened=False)
    with pytest.raises(NotFoundInScope):
        campaigns.open_campaign(actor=other, campaign=draft)


def test_units_lie_at_or_below_the_owner(units):
    framework = mc.framework()
    with pytest.raises(Refusal) as refused:
        mc.campaign(units["moi-cdd"], [units["th-38"]], framework_=framework, opened=False)
    assert refused.value.where == "units"
    assert not Campaign.objects.exists()
    owner_itself = mc.campaign(units["th-38"], [units["th-38"]], framework_=framework)
    assert owner_itself.units.count() == 1


def test_no_unit_no_opening_and_units_stay_once_open(units):
    made = mc.campaign(units["moi"], [], opened=False)
    with pytest.raises(Refusal):
        campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    both = [units["th-38"], units["th-66"]]
    assert campaigns.add_units(actor=mc.SYSTEM, campaign=made, units=both) == 2
    assert campaigns.add_units(actor=mc.SYSTEM, campaign=made, units=both) == 0
    campaigns.remove_unit(actor=mc.SYSTEM, campaign_unit=mc.part(made, "th-66"))
    campaigns.open_campaign(actor=mc.SYSTEM, campaign=made)
    with pytest.raises(Refusal):
        campaigns.remove_unit(actor=mc.SYSTEM, campaign_unit=mc.part(made, "th-38"))
    assert made.units.count() == 1


def test_the_window_is_in_order(units):
    today = clock.today()
    yesterday = today - dt.timedelta(days=1)
    with pytest.raises(ValidationError) as wrong:
        mc.campaign(
            units["moi"], [], opened=False, opens_on=today, closes_on=yesterday, review_to=yesterday
        )
    assert set(wrong.value.message_dict) == {"closes_on", "review_to"}
    made = mc.campaign(units["moi"], [units["th-38"]], framework_=None)
    campaigns.update_window(actor=mc.SYSTEM, campaign=made, opens_on=yesterday, closes_on=today)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    with pytest.raises(Refusal):
        campaigns.update_window(actor=mc.SYSTEM, campaign=made, opens_on=today, closes_on=today)


def test_the_instrument_must_fit_the_mode_and_be_ours(units):
    with pytest.raises(Refusal):
        mc.campaign(units["moi"], [], framework_=make.framework(), opened=False)
    evaluation = mc.framework(owner=units["th-38"])
    with pytest.raises(Refusal):
        mc.campaign(units["moi"], [], framework_=evaluation, mode="unit", opened=False)
    with pytest.raises(Refusal):
        mc.campaign(units["moi"], [], framework_=evaluation, opened=False)
    assert mc.campaign(units["th-3801"], [], framework_=evaluation, opened=False).pk


def test_a_mode_can_hold_a_step_back_and_join_in(units, monkeypatch):
    made = mc.campaign(units["moi"], [units["th-38"]])
    seen = []

    def no(*, actor, campaign):
        raise Refusal("not yet")

    monkeypatch.setitem(campaigns.GUARDS, ("people", "close"), [no])
    with pytest.raises(Refusal, match="not yet"):
        campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    made.refresh_from_db()
    assert made.state == "open"
    monkeypatch.setitem(campaigns.GUARDS, ("people", "close"), [])
    monkeypatch.setitem(
        campaigns.AFTER,
        ("people", "close"),
        [lambda campaign, **_: seen.append(campaign.state)],
    )
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    assert seen == ["closed"]
