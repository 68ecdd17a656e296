"""Addresses of the API; the OpenAPI document is at /api/openapi.json."""

from __future__ import annotations

from django.urls import path

from sucharit.api.root import api

urlpatterns = [path("", api.urls)]
