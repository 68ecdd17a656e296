"""Addresses of committees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from sucharit.committees.bodies import views as bodies
from sucharit.committees.meetings import views as meetings
from sucharit.committees.meetings import views_items as items
from sucharit.committees.resolutions import views as resolutions

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "committees"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", bodies.committee_list, name="list"),
    path("new/", bodies.new, name="new"),
    path("<int:pk>/", bodies.committee, name="committee"),
    path("<int:pk>/edit/", bodies.edit, name="edit"),
    path("<int:pk>/seats/", bodies.seats, name="seats"),
    path("<int:pk>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<int:pk>/items/new/", items.item_new, name="item_new"),
    path("items/<int:pk>/", items.item, name="item"),
    path("propose/", items.propose, name="propose"),
    path("resolutions/", resolutions.resolution_list, name="resolutions"),
    path("resolutions/public/", resolutions.public, name="public"),
    path("resolutions/<int:pk>/", resolutions.resolution, name="resolution"),
    path("inbox/", resolutions.inbox, name="inbox"),
    path("inbox/<int:pk>/", resolutions.forwarding, name="forwarding"),
    path("", include("sucharit.committees.documents.urls")),
]
