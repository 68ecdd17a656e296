"""Addresses of reports and open files; they stand before those of results, whose ``<slug>.csv`` is wider."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.reports import views

YEAR = "results/<int:fiscal_year>/"
UNIT = YEAR + "<slug:code>/"
ROUND = "assessments/rounds/<int:round_id>/"
urlpatterns = [
    path(YEAR + "nation.csv", views.nation_csv, name="reports_nation_csv"),
    path(YEAR + "nation.parquet", views.nation_parquet, name="reports_nation_parquet"),
    path(YEAR + "report/", views.report, name="reports_year"),
    path(YEAR + "report.pdf", views.report_pdf, name="reports_year_pdf"),
    path(YEAR + "report.docx", views.report_docx, name="reports_year_docx"),
    path(UNIT + "memo.docx", views.unit_memo, name="reports_memo"),
    path(UNIT + "report/", views.report, name="reports_unit"),
    path(UNIT + "report.pdf", views.report_pdf, name="reports_unit_pdf"),
    path(UNIT + "report.docx", views.report_docx, name="reports_unit_docx"),
    path(ROUND + "responses.csv", views.responses_csv, name="reports_responses_csv"),
    path(ROUND + "responses.parquet", views.responses_parquet, name="reports_responses_parquet"),
    path(ROUND + "codebook.xml", views.codebook_xml, name="reports_codebook_xml"),
    path(ROUND + "codebook.csv", views.codebook_csv, name="reports_codebook_csv"),
]
