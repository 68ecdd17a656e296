"""Many at once: one key stores one answer, no cap is passed, no turn is taken twice."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from sucharit.assessments.collect import campaigns, keys, openings, services
from sucharit.assessments.models import (
    CollectCounter,
    CollectKey,
    CollectResponse,
    CollectTurn,
)
from tests import make
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_submit import GOOD, send

THREADS = 20
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Run the calls from many threads, each with its own connection; gives the outcomes' names."""
    done: Counter[str] = Counter()
    lock = threading.Lock()

    def worker(mine):
        try:
            for call in mine:
                try:
                    name = type(call()).__name__
                except (services.Refusal, services.CampaignClosed) as refused:
                    name = type(refused).__name__
                with lock:
                    done[name] += 1
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(worker, [calls[n::THREADS] for n in range(THREADS)]))
    return done


def test_a_thousand_parallel_uses_of_one_key_store_one_answer():
    units = make.ministry()
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]], access="one_use_keys"), "th-38")
    (key,) = keys.issue_keys(actor=mc.SYSTEM, campaign_unit=part, n=1)
    code = part.collect_code.code
    done = at_once([lambda: send(code, key=key, **GOOD)] * 1000)
    assert done == {"Received": 1, "KeyRefused": 999}
    assert CollectResponse.objects.count() == CollectCounter.objects.get().n == 1
    assert CollectKey.objects.get().used


def test_a_cap_is_never_passed_and_no_place_is_lost():
    units = make.ministry()
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]]), "th-38")
    openings.set_expected(actor=mc.SYSTEM, campaign_unit=part, expected=None, cap=37)
    done = at_once([lambda: send(part.collect_code.code, **GOOD)] * 200)
    assert done == {"Received": 37, "CampaignFull": 163}
    assert CollectResponse.objects.count() == CollectCounter.objects.get().n == 37


def test_a_person_who_sends_from_many_windows_has_no_more_turns():
    units = make.ministry()
    made = mc.campaign(units["moi"], [units["th-38"]], access="signed_in", settings={"attempts": 3})
    code = mc.part(made, "th-38").collect_code.code
    officer = make.user("unit_officer", units["th-38"])
    done = at_once([lambda: send(code, person=officer, own_code="abcd", **GOOD)] * 100)
    assert done == {"Received": 3, "NoTurnLeft": 97}
    assert CollectTurn.objects.get().n == 3
    assert sorted(CollectResponse.objects.values_list("attempt", flat=True)) == [1, 2, 3]


def test_what_is_under_way_when_the_campaign_closes_is_in_or_refused():
    units = make.ministry()
    made = mc.campaign(units["moi"], [units["th-38"]])
    code = mc.part(made, "th-38").collect_code.code
    calls = [lambda: send(code, **GOOD)] * 120
    calls[60] = lambda: campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    done = at_once(calls)
    assert done["Received"] + done["CampaignClosed"] == 119
    assert CollectResponse.objects.count() == done["Received"] == CollectCounter.objects.get().n
    assert made.collect_results.get(campaign_unit=None).figures["n"] in (done["Received"], None)
