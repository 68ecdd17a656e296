"""Two heads publish at the same moment: every version has its own number, nothing is doubled. Both databases."""

from __future__ import annotations

import pytest

from sucharit.plans.models import Activity, PublishedReport
from sucharit.plans.reports import services
from tests import make
from tests.assessments.test_rounds_races import at_once, refused, rows
from tests.plans.reports import make as made

pytestmark = pytest.mark.django_db(transaction=True)


def publish(unit, half, who):
    return lambda: services.publish_report(actor=who, unit=unit, fiscal_year=2567, half=half)


def test_two_heads_publish_the_same_report_one_does():
    unit = make.ministry()["th-38"]
    made.plan(unit)
    heads = [make.user("unit_head", unit) for _ in range(2)]
    found = at_once(*[publish(unit, 1, who) for who in heads])
    assert refused(found) == 1
    assert list(PublishedReport.objects.values_list("half", "version")) == [(1, 1)]
    made.report(Activity.objects.order_by("seq")[0], 1, 5_000)
    # Now something changed: again one of two publishes it, and the other half begins at one.
    found = at_once(*[publish(unit, half, who) for half, who in zip((1, 1, 2), [*heads, heads[0]], strict=True)])  # fmt: skip
    assert refused(found) == 1
    numbers = PublishedReport.objects.order_by("half", "version").values_list("half", "version")
    assert list(numbers) == [(1, 1), (1, 2), (2, 1)]
    assert rows("plans.report.published") == 3
