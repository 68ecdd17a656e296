"""Addresses of webhooks, in the namespace of core."""

from __future__ import annotations

from django.urls import path

from sucharit.core.webhooks import views

urlpatterns = [
    path("", views.webhook_list, name="webhooks"),
    path("new/", views.webhook_new, name="webhook_new"),
    path("<int:webhook_id>/", views.webhook, name="webhook"),
    path("<int:webhook_id>/edit/", views.webhook_edit, name="webhook_edit"),
    path("<int:webhook_id>/<int:delivery_id>/", views.delivery, name="webhook_delivery"),
]
