"""The demo's plans: the eight activities of the founding year, most provinces, nothing twice."""

from __future__ import annotations

import pytest

from sucharit.core.actors import System
from sucharit.plans.models import Activity, ActivityReport, Plan, Project
from sucharit.plans.work import demo

pytestmark = pytest.mark.django_db


def test_the_eight_activities_and_the_plans_of_provinces(make):
    units = make.ministry()
    made = demo.make(System("demo"))
    assert made == Activity.objects.count()
    assert demo.make(System("demo")) == 0
    ministry = Project.objects.get(owner=units["moi"])
    assert ministry.activities.count() == 8
    assert ministry.areas.count() == 2  # it works in every province
    assert set(Plan.objects.values_list("owner__code", flat=True)) == {"moi", "th-38", "th-66"}
    assert not Plan.objects.filter(synthetic=False).exists()
    seminar = ministry.activities.get(title_th__contains="สัมมนา")
    assert (seminar.heads_planned, seminar.state) == (160, "done")
    silent = ministry.activities.get(title_th__contains="บริหารงานบุคคล")
    assert (
        ActivityReport.objects.filter(activity=silent).count() == 2
    )  # two quarters were not reported
