"""Addresses of the budget room, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.budget.views import lines, movements, units

UNIT = "budget/units/<int:fiscal_year>/<slug:code>/"

urlpatterns = [
    path("budget/", units.home, name="budget"),
    path("budget/lines/", lines.line_list, name="budget_lines"),
    path("budget/lines/new/", lines.line_new, name="budget_line_new"),
    path("budget/lines/<int:pk>/", lines.line, name="budget_line"),
    path("budget/lines/<int:pk>/close/", lines.close, name="budget_close"),
    path("budget/lines/<int:pk>/<slug:step>/", movements.step, name="budget_step"),
    path("budget/transactions/<int:pk>/", movements.movement, name="budget_movement"),
    path("budget/rates/", lines.rates, name="budget_rates"),
    path(UNIT, units.unit, name="budget_unit"),
    path(f"{UNIT}months/", units.months, name="budget_months"),
    path(f"{UNIT}work-and-money/", units.quadrant, name="budget_quadrant"),
]
