"""Addresses of plan reports."""

from __future__ import annotations

from django.urls import path, register_converter

from sucharit.plans.reports import views


class FileForm:
    """The form of a file; another one is no address."""

    regex = "pdf|docx|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PublicForm(FileForm):
    """Published reports are open data, too."""

    regex = "pdf|docx|xlsx|json"


register_converter(FileForm, "report_form")
register_converter(PublicForm, "public_report_form")
ONE = "<int:fiscal_year>/<int:half>/<slug:code>"

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path(f"reports/{ONE}/", views.report, name="report"),
    path(f"reports/{ONE}.<report_form:form>", views.report_file, name="report_file"),
    path(f"reports/{ONE}/publish/", views.publish, name="report_publish"),
    path(f"reports/{ONE}/withdraw/", views.withdraw, name="report_withdraw"),
    path(f"public/{ONE}/", views.public, name="report_public"),
    path(f"public/{ONE}.<public_report_form:form>", views.public_file, name="report_public_file"),
]
