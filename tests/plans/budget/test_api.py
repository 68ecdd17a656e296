"""Budgets over HTTP: the caller's scope, exact satang, nothing known is null."""

from __future__ import annotations

import pytest

from sucharit.plans.budget import services
from tests.plans.budget.world import SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


def test_lines_a_line_and_sums_within_the_scope(client):
    w = world()
    line = w.line(1_000)
    bound = services.commit(actor=SYSTEM, line=line, amount=300)
    services.disburse(actor=SYSTEM, line=line, amount=100, commitment=bound)
    lines, one = f"/api/budget/lines?fiscal_year={YEAR}", f"/api/budget/lines/{line.pk}"
    assert client.get(lines).json() == []
    assert client.get(one).status_code == 404
    client.force_login(w.user("auditor", "th-38"))
    (row,) = client.get(f"{lines}&project={w.project.pk}").json()
    assert (row["unit"], row["available_satang"], row["committed_satang"]) == ("th-38", 700, 200)
    assert client.get(f"{lines}&after={line.pk}").json() == []
    movements = client.get(one).json()["movements"]
    assert [(m["number"], m["kind"], m["draws_on"]) for m in movements] == [
        (1, "allocation", None), (2, "commitment", None), (3, "disbursement", 2),
    ]  # fmt: skip
    sums = client.get(f"/api/budget/units/th-38/{YEAR}").json()
    assert (sums["lines"], sums["allocated_satang"], sums["disbursed_satang"]) == (1, 1_000, 100)
    assert client.get("/api/budget/units/th-38/2560").json()["allocated_satang"] is None
    assert client.get(f"/api/budget/units/th-66/{YEAR}").status_code == 404
