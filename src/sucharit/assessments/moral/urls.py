"""Addresses of the moral room, in the namespace of assessments."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.moral.views import certificates, levels, verify

YEAR = "assessments/moral/<int:fiscal_year>/"
UNIT = f"{YEAR}<slug:code>/"
ONE = "assessments/moral/certificates/<str:serial>"

urlpatterns = [
    path("assessments/moral/", levels.latest, name="moral"),
    path(YEAR, levels.year, name="moral_year"),
    path("assessments/moral/<int:fiscal_year>.csv", levels.year_csv, name="moral_csv"),
    path(
        "assessments/moral/<int:fiscal_year>/pyramid.csv", levels.pyramid_csv, name="moral_pyramid"
    ),
    path(UNIT, levels.unit, name="moral_unit"),
    path(f"{UNIT}certificates/", certificates.of_unit, name="moral_certificates"),
    path(f"{UNIT}certificates.pdf", certificates.all_pdf, name="moral_certificates_pdf"),
    path(f"{ONE}.pdf", certificates.one_pdf, name="moral_certificate_pdf"),
    path(f"{ONE}/revoke/", certificates.revoke, name="moral_revoke"),
    path("m/", verify.ask, name="moral_verify_ask"),
    path("m/<str:serial>", verify.verify, name="moral_verify"),
]
