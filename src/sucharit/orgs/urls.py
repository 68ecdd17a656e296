"""Addresses of orgs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sucharit.orgs.views import context, people, units

app_name = "orgs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("units/", units.unit_list, name="units"),
    path("units/<slug:code>/", units.unit, name="unit"),
    path("context/", context.switch, name="switch"),
    path("people/roles/", people.role_list, name="roles"),
    path("people/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("people/accounts/new/", people.account_new, name="account_new"),
    path("people/accounts/<int:pk>/", people.account, name="account"),
    path("people/accounts/<int:pk>/switch/", people.account_switch, name="account_switch"),
]
