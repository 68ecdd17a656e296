"""Addresses of the quality signals."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.quality import views

urlpatterns = [
    path("assessments/rounds/<int:round_id>/quality/", views.queue, name="quality"),
    path(
        "assessments/rounds/<int:round_id>/quality/compute/", views.compute, name="quality_compute"
    ),
    path(
        "assessments/rounds/<int:round_id>/quality/<int:signal_id>/",
        views.signal,
        name="quality_signal",
    ),
]
