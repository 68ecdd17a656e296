"""Addresses of plans, room by room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sucharit.plans.work.urls")),
    path("", include("sucharit.plans.strategy.urls")),
    path("", include("sucharit.plans.indicators.urls")),
    path("", include("sucharit.plans.areas.urls")),
    path("", include("sucharit.plans.rollout.urls")),
    path("", include("sucharit.plans.budget.urls")),
    path("", include("sucharit.plans.reports.urls")),
]
