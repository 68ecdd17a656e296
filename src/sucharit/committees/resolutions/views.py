"""Pages of resolutions: the list, a record with tasks and its chain, what came in, what everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.committees import access
from sucharit.committees.engine import flow
from sucharit.committees.models import Forwarding, Resolution
from sucharit.committees.resolutions import forms, queries, services, tables
from sucharit.committees.resolutions.words import DIRECTIONS, FORWARDINGS, KINDS
from sucharit.committees.web import tried
from sucharit.core.errors import Forbidden
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.core.registry import registry
from sucharit.desk import labels
from sucharit.desk.models import ActionItem
from sucharit.orgs import scope
from sucharit.orgs.tables import may_export

GET_POST = require_http_methods(["GET", "POST"])


@require_safe
@login_required
def resolution_list(request: HttpRequest) -> HttpResponseBase:
    """Resolutions the reader may see."""
    return render_list(
        request,
        ListPage(
            name="committees.resolutions", title=_("Resolutions"),
            queryset=queries.visible(request.user).order_by("-item__meeting__starts_at", "number"),
            table_class=tables.ResolutionTable, filterset_class=tables.ResolutionFilters,
            export=tables.EXPORT, may_export=may_export("view"),
            first_step=FirstStep(_("Resolutions are written on the items of a meeting while it runs.")),
        ),
    )  # fmt: skip


@require_safe
def public(request: HttpRequest) -> HttpResponseBase:
    """Resolutions everybody reads: marked so, of certified minutes."""
    return render_list(
        request,
        ListPage(
            name="committees.public", title=_("Resolutions open to everybody"), queryset=queries.public(),
            table_class=tables.PublicTable, filterset_class=tables.ResolutionFilters, export=tables.EXPORT,
            may_export=lambda _user: True,
            first_step=FirstStep(_("No committee has published a resolution yet.")),
        ),
    )  # fmt: skip


@login_required
@GET_POST
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, its tasks with their state, where it was sent and what came of it."""
    found = scope.get_or_404(queries.visible(request.user), pk=pk)
    assert isinstance(found, Resolution)
    meeting = found.item.meeting
    keeps = access.secretariat(request.user, meeting.committee)
    go = request.POST.get("go", "")
    made: dict[str, Any] = {
        "assign": forms.AssignForm(request.POST if go == "assign" else None, user=request.user),
        "forward": forms.ForwardForm(request.POST if go == "forward" else None, committee=meeting.committee),
    }  # fmt: skip
    for name, form in made.items():
        form.auto_id = f"id_{name}_%s"
    form = made.get(go)
    if (
        request.method == "POST"
        and (form is None or form.is_valid())
        and tried(request, form, _doing(request, found, go, form), _("The change was saved."))
    ):
        if go == "withdraw":
            return redirect("committees:meeting", pk=meeting.pk)
        return redirect("committees:resolution", pk=pk)
    tasks = services.tasks(found).select_related("unit")
    reader: Any = request.user
    mine = ActionItem.objects.visible_to(reader).filter(pk__in=tasks.values("pk"))
    seen = set(mine.values_list("pk", flat=True))
    return render(
        request,
        "committees/resolution.html",
        {
            "resolution": found, "item": found.item, "meeting": meeting, "committee": meeting.committee,
            "kind": KINDS[found.kind], "keeps": keeps, "forms": made,
            "reads_item": access.items(request.user).filter(pk=found.item_id).exists(),
            "tasks": [(t, *labels.STATES[t.state], labels.unit_name(t.unit), t.pk in seen) for t in tasks],
            "sent": [
                (f, DIRECTIONS[f.direction], *FORWARDINGS[f.state])
                for f in found.forwardings.select_related("to")
            ],
            "chain": [(r, *KINDS[r.kind]) for r in queries.chain(request.user, found)],
            "referring": registry.referring(request.user, services.SOURCE, str(found.pk)),
            "wrong": form if form is not None and form.errors else None,
            "may_withdraw": keeps and meeting.state in flow.OUTCOMES_OPEN,
            "confidential": found.item.audience == access.CONFIDENTIAL,
        },
    )  # fmt: skip


def _doing(request: HttpRequest, found: Resolution, go: str, form: Any) -> Callable[[], Any]:
    actor: Any = request.user
    data = form.cleaned_data if form is not None else {}
    doings: dict[str, Callable[[], Any]] = {
        "assign": lambda: services.assign(actor=actor, resolution=found, **data),
        "forward": lambda: services.forward(actor=actor, resolution=found, **data),
        "publish": lambda: services.publish(actor=actor, resolution=found, public=True),
        "unpublish": lambda: services.publish(actor=actor, resolution=found, public=False),
        "withdraw": lambda: services.withdraw_resolution(actor=actor, resolution=found),
    }
    if go not in doings:
        raise Forbidden(_("Your role does not include this step."))
    return doings[go]


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Resolutions sent to the reader's committees."""
    rows = [(f, *FORWARDINGS[f.state]) for f in queries.inbox(request.user)[:200]]
    return render(request, "committees/inbox.html", {"rows": rows})


@login_required
@GET_POST
def forwarding(request: HttpRequest, pk: int) -> HttpResponse:
    """Place what came in on an agenda, or decline it with the reason."""
    found = scope.get_or_404(queries.inbox(request.user), pk=pk)
    assert isinstance(found, Forwarding)
    go = request.POST.get("go", "")
    place = forms.PlaceForm(request.POST if go == "place" else None, committee=found.to)
    decline = forms.DeclineForm(request.POST if go == "decline" else None)
    form: Any = place if go == "place" else decline

    def do() -> None:
        if go == "place":
            services.place(actor=request.user, forwarding=found, **form.cleaned_data)
        else:
            services.decline(actor=request.user, forwarding=found, **form.cleaned_data)

    if (
        request.method == "POST"
        and form.is_valid()
        and tried(request, form, do, _("The answer was kept."))
    ):
        return redirect("committees:inbox")
    return render(
        request, "committees/forwarding.html",
        {
            "forwarding": found, "resolution": found.resolution, "place": place, "decline": decline,
            "state": FORWARDINGS[found.state], "kind": KINDS[found.resolution.kind],
            "from": found.resolution.item.meeting, "wrong": form if form.is_bound and form.errors else None,
        },
    )  # fmt: skip
