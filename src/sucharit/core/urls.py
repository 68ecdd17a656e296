"""Addresses of core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from sucharit.core.evidence import views as evidence
from sucharit.core.ledger import views as ledger
from sucharit.core.search import views as search

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("evidence/<uuid:evidence_id>/", evidence.read, name="evidence"),
    path("evidence/<uuid:evidence_id>/<int:number>/", evidence.read, name="evidence_download"),
    path("ledger/", ledger.ledger_list, name="ledger"),
    path("ledger/heads.json", ledger.ledger_heads, name="ledger_heads"),
    path("search/", search.search_page, name="search"),
    path("webhooks/", include("sucharit.core.webhooks.urls")),
]
