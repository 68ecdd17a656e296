"""Addresses of checklists (in the namespace of assessments)."""

from __future__ import annotations

from django.urls import URLPattern, path

from sucharit.assessments.checklists.views import (
    answering,
    assigning,
    handing,
    lists,
    mappings,
    marking,
    objections,
    results,
)

ROOT = "assessments/checklists/"
CAMPAIGN = f"{ROOT}<int:campaign_id>/"
UNIT = f"{CAMPAIGN}units/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, lists.campaigns, name="checklists"),
    path(f"{ROOT}marking/", marking.queue, name="checklists_queue"),
    path(f"{ROOT}mappings/", mappings.mappings, name="checklists_mappings"),
    path(CAMPAIGN, lists.campaign, name="checklists_campaign"),
    path(f"{CAMPAIGN}sample/", lists.sample, name="checklists_sample"),
    path(f"{CAMPAIGN}finalise/", lists.finalise, name="checklists_finalise"),
    path(f"{CAMPAIGN}differences/", lists.differences, name="checklists_differences"),
    path(f"{CAMPAIGN}differences.csv", lists.differences_csv, name="checklists_differences_csv"),
    *[
        path(f"{UNIT}{tail}", view, name=f"checklists_{name}")
        for tail, view, name in (
            ("", answering.unit, "unit"),
            ("copy/", answering.copy, "copy"),
            ("items/<str:item>/", answering.item, "item"),
            ("assign/", assigning.assign, "assign"),
            ("assign/<int:pk>/", assigning.part, "part"),
            ("submit/", handing.submit, "submit"),
            ("approve/", handing.approve, "approve"),
            ("marking/", marking.unit, "mark_unit"),
            ("marking/<str:item>/", marking.item, "mark_item"),
            ("marks/", objections.marks, "marks"),
            ("marks/<str:item>/object/", objections.object_to, "object"),
            ("marks/<str:item>/decide/", objections.decide, "decide"),
            ("result/", results.result, "result"),
            ("result/<str:node>/", results.why, "why"),
        )
    ],
]
