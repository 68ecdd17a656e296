"""Two people at once: one approval, one version of a report, numbers without a gap. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from sucharit.plans.work import services
from tests.plans.work.world import EVEN, world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, in its own thread; a refusal counts as its class."""

    def one(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Refusal:
            return Refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(one, work) for work in works]]


def test_what_two_do_at_once_is_done_once(monkeypatch):
    w = world(monkeypatch)
    plan = w.plan()
    made = at_once(*[lambda: w.project(plan, aligned=False)] * 3)
    assert sorted(p.seq for p in made) == [1, 2, 3]
    for project in made:
        services.align_project(
            actor=w.officer,
            project=project,
            rung="y",
            goal=w.y,
            contribution="อบรมให้บุคลากรสุจริต จึงลดการทุจริต",
        )
    activity = w.activity(made[0])
    services.set_month_plan(actor=w.officer, activity=activity, planned=EVEN)
    services.submit_plan(actor=w.officer, plan=plan)
    got = at_once(
        lambda: services.approve_plan(actor=w.head, plan=plan),
        lambda: services.approve_plan(actor=w.head2, plan=plan),
    )
    assert got.count(Refusal) == 1
    assert LedgerEntry.objects.filter(action="plans.plan.approved").count() == 1

    def report(text: str) -> Any:
        return services.report_quarter(
            actor=w.officer,
            activity=activity,
            quarter=1,
            progress_e2=2_000,
            result=text,
            expected_version=0,
        )

    got = at_once(lambda: report("ก"), lambda: report("ข"))
    assert got.count(Refusal) == 1
    assert activity.reports.filter(latest=True).count() == activity.reports.count() == 1
    locks = at_once(
        *[lambda: services.lock_quarter(actor=w.head, unit=w.province, fiscal_year=2567, quarter=1)]
        * 2
    )
    assert w.province.period_locks.count() == 1, locks
