"""Addresses of collecting; included by assessments, so names live in ``assessments:``."""

from __future__ import annotations

from django.urls import URLPattern, path

from sucharit.assessments.collect.views import answer, links, manage, respond, results, setting

ONE = "assessments/campaigns/<int:campaign_id>/"
UNIT = f"{ONE}units/<slug:code>/"
urlpatterns: list[URLPattern] = [
    path("q/<str:code>", respond.respond, name="collect_respond"),
    path("assessments/answer/<str:code>/", answer.answer, name="collect_answer"),
    path("assessments/campaigns/", manage.campaign_list, name="collect_list"),
    path("assessments/campaigns/new/", manage.campaign_new, name="collect_new"),
    path(ONE, manage.campaign_page, name="collect_campaign"),
    path(f"{ONE}units/", setting.units, name="collect_units"),
    path(f"{ONE}set-up/", setting.set_up, name="collect_set_up"),
    path(f"{ONE}window/", setting.window, name="collect_window"),
    path(f"{ONE}step/<slug:action>/", manage.campaign_step, name="collect_step"),
    path(UNIT, links.links, name="collect_links"),
    path(f"{UNIT}sheet.pdf", links.links_pdf, name="collect_links_pdf"),
    path(f"{UNIT}cards/", links.cards, name="collect_cards"),
    path(f"{UNIT}results/", results.unit_results, name="collect_unit_results"),
    path(f"{ONE}results/", results.results, name="collect_results"),
    path(f"{ONE}results/<slug:form>", results.export, name="collect_export"),
]
