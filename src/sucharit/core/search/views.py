"""The search page: everybody's public documents, plus what lies in one's own scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sucharit.core.registry import registry
from sucharit.core.search.finding import SHORTEST, search
from sucharit.core.search.fold import fold

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN = 50


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results for ``?q=``; a blank query shows the form with a hint."""
    text = request.GET.get("q", "")
    labels = {source.kind: source.label for source in registry.search}
    found = search(registry.paths(request.user, "view"), text, limit=SHOWN + 1)
    context = {
        "q": text.replace("\x00", "").strip(),
        "results": [{"doc": d, "label": labels.get(d.kind, d.kind)} for d in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "shown": SHOWN,
        "short": 0 < len(fold(text)) < SHORTEST,
    }
    return render(request, "core/search.html", context)
