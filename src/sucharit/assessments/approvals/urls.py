"""Addresses of approval, in the namespace of assessments."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.approvals import views, views_findings

ONE = "assessments/approvals/<slug:kind>/<int:pk>/"
urlpatterns = [
    path("assessments/approvals/", views.approvals, name="approvals"),
    path(f"{ONE}findings/", views_findings.hits, name="approvals_hits"),
    path(f"{ONE}<slug:code>/", views.unit_page, name="approvals_unit"),
    path(f"{ONE}<slug:code>/findings/<str:ref>/", views_findings.hit, name="approvals_hit"),
]
