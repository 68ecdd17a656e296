"""Addresses of strategies, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.strategy import views

urlpatterns = [
    path("strategies/", views.ladder, name="strategies"),
    path("strategies/goals/<int:pk>/", views.goal, name="goal"),
]
