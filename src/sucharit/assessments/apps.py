"""Assessments hands its side-bar entries, panels, desk items and open tables in."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "sucharit.assessments"
    label = "assessments"

    def ready(self) -> None:
        from sucharit.assessments import showing

        showing.register()
