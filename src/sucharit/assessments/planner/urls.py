"""Addresses of the planner and the comparison."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.planner import compare_views, views

PLANNER = "assessments/planner/<int:fiscal_year>/<slug:code>/"
COMPARE = "assessments/compare/<slug:code>"

urlpatterns = [
    path(PLANNER, views.planner, name="planner"),
    path(f"{PLANNER}what-if/", views.what_if, name="planner_what_if"),
    path(f"{PLANNER}actions/", views.actions, name="planner_actions"),
    path(f"{PLANNER}effort/", views.effort, name="planner_effort"),
    path(f"{COMPARE}/", compare_views.compare_years, name="planner_compare"),
    path(f"{COMPARE}.csv", compare_views.compare_csv, name="planner_compare_csv"),
    path(f"{COMPARE}/ranks/", compare_views.ranks, name="planner_ranks"),
]
