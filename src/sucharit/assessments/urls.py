"""Addresses of assessments."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from sucharit.assessments.views import (
    marking,
    oit,
    reopening,
    rounds,
    survey,
    survey_links,
    workspace,
)

app_name = "assessments"
urlpatterns: list[URLPattern | URLResolver] = [
    # Served past the middleware stack: core.middleware.SurveyFastLane.
    path("s/<str:code>", survey.survey, name="survey"),
    path("", include("sucharit.assessments.reports.urls")),
    path("", include("sucharit.assessments.results_urls")),
    path("", include("sucharit.assessments.authoring.urls")),
    path("", include("sucharit.assessments.checklists.urls")),
    path("", include("sucharit.assessments.collect.urls")),
    path("", include("sucharit.assessments.proof.urls")),
    path("", include("sucharit.assessments.approvals.urls")),
    path("", include("sucharit.assessments.fieldwork.urls")),
    path("", include("sucharit.assessments.moral.urls")),
    path("", include("sucharit.assessments.planner.urls")),
    path("", include("sucharit.assessments.quality.urls")),
    path("assessments/rounds/", rounds.round_list, name="rounds"),
    path("assessments/rounds/new/", rounds.round_new, name="round_new"),
    path("assessments/rounds/<int:round_id>/", rounds.round_page, name="round"),
    path(
        "assessments/rounds/<int:round_id>/calendar/", rounds.round_calendar, name="round_calendar"
    ),
    path(
        "assessments/rounds/<int:round_id>/step/<slug:action>/",
        rounds.round_step,
        name="round_step",
    ),
    path("assessments/rounds/<int:round_id>/units.csv", rounds.units_csv, name="round_units_csv"),
    *[
        path(f"assessments/rounds/<int:round_id>/units/<slug:code>/{tail}", view, name=name)
        for tail, view, name in (
            ("", workspace.workspace, "workspace"),
            ("population/", workspace.population, "population"),
            ("oit/", oit.report, "oit"),
            ("oit/<slug:item>/", oit.item, "oit_item"),
            ("links/", survey_links.links, "links"),
            ("links.pdf", survey_links.links_pdf, "links_pdf"),
            ("links/cards/", survey_links.cards, "cards"),
            ("submit/", oit.submit, "oit_submit"),
            ("approve/", oit.approve, "oit_approve"),
            ("reopen/", reopening.reopen, "oit_reopen"),
            ("marks/", marking.marks, "marks"),
            ("marks/<slug:item>/object/", marking.object_to, "object"),
            ("marking/", marking.unit, "marking_unit"),
            ("marking/<slug:item>/", marking.item, "marking_item"),
            ("marking/<slug:item>/decide/", marking.decide, "decide"),
        )
    ],
    path("assessments/marking/", marking.queue, name="marking"),
]
