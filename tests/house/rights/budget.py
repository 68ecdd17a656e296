"""Rules of the budget room: a line of the side's own unit with one allocation."""

from __future__ import annotations

from tests.house.rights import EDIT, PUBLIC, SIGNED_IN, VIEW, Rule

LINE, UNIT = ("pk:budget_line",), ("fiscal_year", "code:budget")
RULES: dict[str, Rule] = {
    "api:budget_lines": Rule(PUBLIC),  # nothing for who has no scope
    "api:budget_line": Rule(VIEW, LINE),
    "api:budget_totals": Rule(VIEW, ("code:budget", "fiscal_year")),
    "plans:budget": Rule(VIEW),
    "plans:budget_lines": Rule(SIGNED_IN),
    "plans:budget_line_new": Rule(EDIT),
    "plans:budget_line": Rule(VIEW, LINE),
    "plans:budget_close": Rule(EDIT, LINE, post=True),
    "plans:budget_step": Rule(EDIT, (*LINE, "step:budget")),
    "plans:budget_movement": Rule(VIEW, ("pk:budget_movement",)),
    "plans:budget_rates": Rule(SIGNED_IN),
    "plans:budget_unit": Rule(VIEW, UNIT),
    "plans:budget_months": Rule(VIEW, UNIT),
    "plans:budget_quadrant": Rule(VIEW, UNIT),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A plan, a project and a line with money, all of the side's unit."""
    from sucharit.core.actors import System
    from sucharit.plans.budget import services
    from sucharit.plans.models import Plan, Project

    unit, actor = side["unit"], System("test")
    plan = Plan.objects.create(
        fiscal_year=2567, kind="other", owner=unit, code="budget-rights", title_th="แผน"
    )
    project = Project.objects.create(
        plan=plan, fiscal_year=2567, seq=1, title_th="โครงการ", owner=unit
    )
    line = services.create_line(
        actor=actor, project=project, unit=unit, source="regular", category="operating", item="x"
    )
    made = services.allocate(actor=actor, line=line, amount=100)
    return {
        "pk:budget_line": line.pk,
        "pk:budget_movement": made.pk,
        "step:budget": "disburse",
        "code:budget": unit.code,
    }
