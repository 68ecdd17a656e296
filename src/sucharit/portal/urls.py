"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path, re_path

from sucharit.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("brief/", views.brief, name="brief"),
    path("about/", views.about, name="about"),
    path("access/", views.access, name="access"),
    path("open/", views.open_data, name="open_data"),
    re_path(
        r"^open/(?P<key>[\w-]+)-(?P<year>25\d\d)\.(?P<form>csv|json)$",
        views.open_file,
        name="open_file",
    ),
]
