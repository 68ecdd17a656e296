"""Two people at the same moment: one wins, the other is told. Both databases."""

from __future__ import annotations

import pytest

from sucharit.plans.indicators import services
from sucharit.plans.models import Actual
from tests.assessments.test_rounds_races import at_once, refused
from tests.plans.indicators.world import world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_enter_the_same_period():
    w = world()
    found = at_once(
        *[
            lambda who=who, n=n: w.enter(n=(n, 4), who=w.people[who], seen="")
            for n, who in ((1, "officer"), (2, "officer2"))
        ]
    )
    assert refused(found) == 1
    assert Actual.objects.count() == 1


def test_two_verifiers_one_verifies():
    w = world()
    made = w.enter()
    services.submit_actual(actor=w.people["officer"], actual=made)
    found = at_once(
        *[
            lambda who=who: services.verify_actual(actor=w.people[who], actual=made)
            for who in ("centre", "centre2")
        ]
    )
    assert refused(found) == 1
    assert Actual.objects.filter(official=True).count() == 1
