"""All addresses, by app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("sucharit.portal.urls")),
    path("desk/", include("sucharit.desk.urls")),
    path("", include("sucharit.core.urls")),
    path("", include("sucharit.orgs.urls")),
    path("", include("sucharit.assessments.urls")),
    path("plans/", include("sucharit.plans.urls")),
    path("committees/", include("sucharit.committees.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("api/", include("sucharit.api.urls")),
]
