"""Addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from sucharit.desk import views, views_actions, views_calendar, views_work

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("count/", views.count, name="count"),
    path("item/", views_work.item, name="item"),
    path("away/", views_work.away, name="away"),
    path("end/<str:what>/<int:pk>/", views_work.end, name="end"),
    path("calendar/", views_calendar.month, name="calendar"),
    path("feed/", views_work.feed_link, name="feed"),
    path("feed/<str:token>.ics", views_calendar.feed, name="feed_file"),
    path("actions/", views_actions.action_list, name="actions"),
    path("actions/new/", views_actions.action_new, name="action_new"),
    path("actions/closing/", views_actions.closing, name="closing"),
    path("actions/<int:pk>/", views_actions.action, name="action"),
    path("actions/<int:pk>/evidence/", views_actions.action_evidence, name="action_evidence"),
    path("", include("sucharit.desk.deadlines.urls")),
    path("", include("sucharit.desk.notices.urls")),
]
