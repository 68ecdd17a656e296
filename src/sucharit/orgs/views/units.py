"""Pages of the register of units: the list and the record of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import labels, scope
from sucharit.orgs.models import Unit
from sucharit.orgs.queries import unit_pages
from sucharit.orgs.queries.units import history
from sucharit.orgs.tables import UNIT_EXPORT, UnitFilters, UnitTable, may_export

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

CHILDREN = 100
TABS = ("overview", "history", "codes")


@require_safe
@login_required
def unit_list(request: HttpRequest) -> HttpResponseBase:
    """Units within the reader's scope by name, kind and unit above; with ``export`` as a file."""
    return render_list(
        request,
        ListPage(
            name="orgs.units",
            title=_("Register of units"),
            queryset=unit_pages.matching(request.user, unit_pages.Wanted(), clock.today()),
            filterset_class=UnitFilters,
            table_class=UnitTable,
            export=UNIT_EXPORT,
            may_export=may_export("view"),
            first_step=FirstStep(
                _("An administrator brings a register in with: sucharit import-units")
            ),
            template="orgs/unit_list.html",
            context={"within": request.GET.get("within", "")[:64]},
        ),
    )


@require_safe
@login_required
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: facts, and the tabs overview, history, codes and groupings."""
    found = scope.get_or_404(Unit.objects.visible_to(request.user), code=code)
    assert isinstance(found, Unit)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else TABS[0]
    context: dict[str, Any] = {
        "unit": found,
        "kind": labels.kind(found.kind),
        "ancestors": unit_pages.ancestors(found, request.user),
        "tab": tab,
    }
    context |= {"overview": _overview, "history": _history, "codes": _codes}[tab](
        found, request.user
    )
    return render(request, "orgs/unit.html", context)


def _overview(found: Unit, _user: Any) -> dict[str, Any]:
    below = unit_pages.children(found, clock.today())
    return {
        "children": [{"unit": u, "kind": labels.kind(u.kind)} for u in below[:CHILDREN]],
        "children_count": below.count(),
    }


def _history(found: Unit, user: Any) -> dict[str, Any]:
    events = list(history(found))
    named = {u.pk for e in events for u in (e.into, e.origin) if u is not None}
    visible = set(Unit.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True))
    return {
        "names": [{"name": n, "kind": labels.kind(n.kind)} for n in found.names.all()],
        "events": [
            {"event": e, "kind": labels.EVENTS.get(e.kind, e.kind), "linked": e.into_id in visible}
            for e in events
        ],
    }


def _codes(found: Unit, _user: Any) -> dict[str, Any]:
    return {
        "identifiers": [
            {"identifier": i, "scheme": labels.SCHEMES.get(i.scheme, i.scheme)}
            for i in found.identifiers.order_by("scheme", "valid_from", "pk")
        ],
        "memberships": [
            {"membership": m, "scheme": labels.GROUPINGS.get(m.grouping.scheme, m.grouping.scheme)}
            for m in unit_pages.groupings(found)
        ],
    }
