"""The list of indicators and the queue of figures to verify."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.plans.indicators import duties
from sucharit.plans.indicators.tables import EXPORT, IndicatorFilters, IndicatorTable
from sucharit.plans.models import Indicator


@require_safe
@login_required
def indicators(request: HttpRequest) -> HttpResponseBase:
    """Indicators the reader may see; with ``export`` as a file."""
    user: Any = request.user
    rows = Indicator.objects.visible_to(user).select_related("owner_unit", "goal")
    edits = scope.can_somewhere(user, "plans.edit")
    work: Any = getattr(request, "work", None)
    return render_list(
        request,
        ListPage(
            name="plans.indicators",
            title=_("Indicators"),
            queryset=rows,
            table_class=IndicatorTable,
            filterset_class=IndicatorFilters,
            export=EXPORT,
            may_export=lambda who: scope.can_somewhere(who, "export"),
            first_step=FirstStep(
                _("Load the master plan (sucharit load-strategies), or write a reference sheet."),
                reverse("plans:indicator_new") if edits else "",
                _("New indicator") if edits else "",
            ),
            template="plans/indicators/list.html",
            context={
                "edits": edits,
                "unit": work.unit if work else None,
                "fiscal_year": work.fiscal_year if work else None,
                "waiting": duties.to_verify(user).count(),
            },
        ),
    )


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Figures handed in that the reader may verify, the oldest first."""
    rows = duties.to_verify(request.user)
    context = {"rows": rows[:200], "count": rows.count(), "user_id": request.user.pk}
    return render(request, "plans/indicators/queue.html", context)
