"""Addresses of areas, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.areas import views

urlpatterns = [
    path("areas/", views.national, name="areas"),
    path("areas/provinces.<str:form>", views.provinces_file, name="areas_file"),
    path("areas/<slug:code>/", views.area, name="area"),
    path("areas/<slug:code>/projects.<str:form>", views.projects_file, name="area_file"),
    path("areas/<slug:code>/gaps/", views.gap_action, name="area_gap"),
]
