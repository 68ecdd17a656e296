"""Addresses of a meeting's papers."""

from __future__ import annotations

from django.urls import path, register_converter

from sucharit.committees.documents import views


class PaperKind:
    """The papers of a meeting."""

    regex = "invitation|agenda|minutes"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PaperForm(PaperKind):
    """The forms of a paper."""

    regex = "pdf|docx"


register_converter(PaperKind, "meeting_paper")
register_converter(PaperForm, "paper_form")

urlpatterns = [
    path(
        "meetings/<int:pk>/<meeting_paper:kind>.<paper_form:form>",
        views.paper,
        name="meeting_paper",
    ),
]
