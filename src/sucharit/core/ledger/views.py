"""Pages of the ledger: the list for auditors, and the signed heads for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sucharit.core.errors import NotFoundInScope
from sucharit.core.ledger import heads, queries
from sucharit.core.models import LedgerHead
from sucharit.core.registry import registry

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 50
FILTERS = ("action", "actor", "target", "unit")


@require_safe
@login_required
def ledger_list(request: HttpRequest) -> HttpResponse:
    """Rows the user may see, newest first; 404 for whoever holds no "ledger.view" anywhere."""
    if not registry.may(request.user, queries.PERMISSION):
        raise NotFoundInScope("No such page within your scope.")
    wanted = {name: request.GET.get(name, "").strip().replace("\x00", "") for name in FILTERS}
    rows = queries.filtered(queries.visible_to(request.user), wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "wanted": wanted,
        "query": query.urlencode(),
        "head": LedgerHead.objects.order_by("-seq").first(),
    }
    return render(request, "core/ledger.html", context)


@require_safe
@cache_control(public=True, max_age=300)
def ledger_heads(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Public keys and signed heads: whoever keeps a copy can prove later that rows are gone."""
    return JsonResponse(heads.as_document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
