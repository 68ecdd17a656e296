"""Addresses of result pages and files."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.views import results, results_files

urlpatterns = [
    path("results/", results.latest, name="results_latest"),
    path("results/<int:fiscal_year>/", results.group, name="results"),
    path("results/<int:fiscal_year>.csv", results_files.group_csv, name="results_csv"),
    path("results/<int:fiscal_year>.xlsx", results_files.group_xlsx, name="results_xlsx"),
    path("results/<int:fiscal_year>/<slug:code>/", results.unit, name="unit_result"),
    path(
        "results/<int:fiscal_year>/<slug:code>.csv", results_files.unit_csv, name="unit_result_csv"
    ),
    path(
        "results/<int:fiscal_year>/<slug:code>.xlsx",
        results_files.unit_xlsx,
        name="unit_result_xlsx",
    ),
    path(
        "results/<int:fiscal_year>/<slug:code>.pdf", results_files.unit_pdf, name="unit_result_pdf"
    ),
    path("results/<int:fiscal_year>/<slug:code>/why/<str:node>/", results.why, name="why"),
]
