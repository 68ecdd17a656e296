"""Two people who change the tree at once do not spoil it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sucharit.core.actors import System
from sucharit.orgs.models import Unit
from sucharit.orgs.services import units

BY = System("test")


@pytest.mark.django_db(transaction=True)
def test_creating_and_moving_at_once_keeps_the_tree_whole(make):
    tree = make.ministry()

    def create(worker: int) -> None:
        try:
            for n in range(15):
                units.create_unit(
                    actor=BY,
                    code=f"w{worker}-{n}",
                    kind="other",
                    name_th="หน่วย",
                    parent=tree["th-3801"],
                )
        finally:
            connection.close()

    def move(_worker: int) -> None:
        try:
            for n in range(15):
                parent = tree["th-66" if n % 2 == 0 else "moi"]
                day = dt.date(2020, 1, 1) + dt.timedelta(days=n)
                units.move_unit(actor=BY, unit=tree["th-38"], parent=parent, on=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(create, 1), pool.submit(create, 2), pool.submit(move, 3)]:
            done.result(timeout=60)
    district = Unit.objects.get(code="th-3801")
    assert Unit.objects.get_parent(district).code == "th-38"
    assert Unit.objects.get_children(district).count() == 30 == district.numchild
    assert all(not problem for problem in Unit.objects.find_problems())
