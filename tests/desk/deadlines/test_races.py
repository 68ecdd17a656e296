"""Two at once: one obligation for one subject, one extension for one permission, one row for one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from sucharit.core.actors import System
from sucharit.core.errors import Refusal
from sucharit.desk.deadlines import calendar, services
from sucharit.desk.models import Holiday, Obligation

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = System("test")
D = dt.date


def at_once(work: Callable[[int], Any], n: int = 4) -> list[Any]:
    """Results of n threads; a refusal counts as its class."""

    def one(number: int) -> Any:
        try:
            return work(number)
        except Refusal:
            return Refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return [done.result(timeout=60) for done in [pool.submit(one, k) for k in range(n)]]


def test_the_same_thing_twice_at_once(make):
    units = make.ministry()
    services.load_clocks(actor=SYSTEM)
    given = {
        "actor": SYSTEM, "unit": units["th-38"], "clock_key": "admin_appeal_superior",
        "anchor_on": D(2024, 3, 19), "title": "x", "subject_kind": "a.b", "subject_id": "1",
    }  # fmt: skip
    made = at_once(lambda _k: services.open_obligation(**given))
    assert len({o.pk for o in made}) == Obligation.objects.count() == 1
    owed = made[0]
    got = at_once(lambda _k: services.extend_obligation(actor=SYSTEM, obligation=owed, reason="x"))
    assert got.count(Refusal) == 3
    owed.refresh_from_db()
    assert owed.extensions == 1
    days = at_once(
        lambda _k: services.save_day(actor=SYSTEM, on=D(2024, 3, 20), name_th="x", kind="cabinet")
    )
    assert days.count(Refusal) == 3
    assert Holiday.objects.count() == 1
    assert not calendar.current().is_working_day(D(2024, 3, 20))
