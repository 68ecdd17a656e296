"""Addresses of fieldwork, in the namespace of assessments."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.fieldwork.views import fill, keying, paper

ROUND = "assessments/rounds/<int:round_id>/"
UNIT = f"{ROUND}units/<slug:code>/"
BATCH = f"{UNIT}paper/<int:pk>/"

urlpatterns = [
    path(f"{ROUND}fill/", fill.round_fill, name="fieldwork_fill"),
    path(f"{ROUND}remind/", fill.remind, name="fieldwork_remind"),
    path(f"{UNIT}fill/", fill.unit_fill, name="fieldwork_unit"),
    path(f"{UNIT}paper/", paper.batches, name="fieldwork_paper"),
    path(f"{UNIT}part2/", paper.part2, name="fieldwork_part2"),
    path(BATCH, paper.batch, name="fieldwork_batch"),
    path(f"{BATCH}key/", keying.key, name="fieldwork_key"),
    path(f"{BATCH}paste/", keying.paste, name="fieldwork_paste"),
    path(f"{BATCH}decide/", keying.decide, name="fieldwork_decide"),
    path(f"{BATCH}step/", paper.step, name="fieldwork_step"),
]
