"""The demo's money: every line agrees with its movements, once, and shows what is worth a question."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.plans.budget import demo, standing
from sucharit.plans.budget.checking import first_difference
from sucharit.plans.models import Activity, BudgetLine, BudgetTransaction, Plan, Project
from tests import make
from tests.plans.budget.world import SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


def test_the_demo_agrees_with_its_movements_and_is_made_once():
    w = world()
    for at, code in enumerate(["th-38", "th-66", "moi", "th-90", "th-91", "th-92"]):
        unit = w.units.get(code) or make.unit(code, parent=w.unit("moi"), kind="province")
        plan = Plan.objects.create(
            fiscal_year=YEAR, kind="other", owner=unit, code="demo", title_th="แผน", synthetic=True
        )
        project = Project.objects.create(
            plan=plan, fiscal_year=YEAR, seq=1, title_th=f"โครงการ {code}", owner=unit
        )
        Activity.objects.create(
            project=project, seq=1, title_th="กิจกรรม", owner=unit, progress_e2=at * 1_900
        )
    made = demo.make(SYSTEM)
    assert made == BudgetTransaction.objects.count() > 40
    assert demo.make(SYSTEM) == 0
    lines, wrong = first_difference()
    assert (lines, wrong) == (BudgetLine.objects.count(), "")
    assert not BudgetLine.objects.filter(project=w.project).exists()  # nobody's own project
    carried = BudgetLine.objects.get(fiscal_year=YEAR + 1)
    assert (carried.origin_fiscal_year, carried.unit.code) == (YEAR, "th-38")
    kinds = set(BudgetTransaction.objects.values_list("kind", flat=True))
    assert {"refund", "reversal", "lapse", "carry_over_out", "carry_over_in"} <= kinds
    rows = standing.of_unit(
        make.user("ministry_centre", w.unit("moi")), w.unit("moi"), YEAR, dt.date(2024, 10, 1)
    )
    assert {"money_ahead", "work_ahead"} <= {row.placed.where for row in rows}
