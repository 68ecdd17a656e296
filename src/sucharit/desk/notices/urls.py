"""Addresses of notices, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path

from sucharit.desk.notices import views, views_outside

urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/count/", views.count, name="notices_count"),
    path("notices/<int:pk>/", views.notice_open, name="notices_open"),
    path("notices/preferences/", views.preferences, name="notices_preferences"),
    path("notices/outbox/", views.outbox, name="notices_outbox"),
    path("notices/unsubscribe/<str:token>/", views_outside.unsubscribe, name="notices_unsubscribe"),
    path("line/webhook/", views_outside.line_webhook, name="line_webhook"),
]
