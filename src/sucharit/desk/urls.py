"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from sucharit.desk import views, views_actions

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("count/", views.count, name="count"),
    path("actions/", views_actions.action_list, name="actions"),
    path("actions/<int:pk>/", views_actions.action, name="action"),
]
