"""Obligations: the list, a new one, and one with its reckoning, extension and closing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core import clock, thaidate
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.core.registry import registry
from sucharit.desk.deadlines import queries, services, words
from sucharit.desk.deadlines.forms import CloseForm, ObligationForm, ReasonForm
from sucharit.desk.deadlines.services.obligations import EDIT
from sucharit.desk.deadlines.tables import (
    OBLIGATION_EXPORT,
    ObligationFilters,
    ObligationTable,
    state,
)
from sucharit.desk.deadlines.views.clocks import row
from sucharit.desk.labels import unit_name
from sucharit.desk.models import Obligation
from sucharit.orgs import scope


@require_safe
@login_required
def obligation_list(request: HttpRequest) -> HttpResponseBase:
    """Obligations of the reader's scope; with ``export`` as a file."""
    mine = Obligation.objects.visible_to(request.user)  # type: ignore[arg-type]
    counts = [
        (_("still owed"), mine.open().count(), "?state=open"),
        (_("overdue"), mine.overdue(clock.today()).count(), "?state=overdue"),
        (_("done"), mine.filter(done_at__isnull=False).count(), "?state=done"),
    ]
    may_open = scope.can_somewhere(request.user, EDIT)
    return render_list(
        request,
        ListPage(
            name="desk.obligations",
            title=_("Obligations with a deadline"),
            queryset=queries.obligations(request.user),
            filterset_class=ObligationFilters,
            table_class=ObligationTable,
            export=OBLIGATION_EXPORT,
            may_export=lambda user: scope.can_somewhere(user, "export"),
            first_step=FirstStep(
                _("An obligation begins with an event: choose the period of law and the day it happened."),
                reverse("desk:obligation_new") if may_open else "",
                _("New obligation") if may_open else "",
            ),
            template="desk/deadlines/obligations.html",
            context={"tab": "obligations", "counts": counts, "may_open": may_open},
        ),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an obligation for a unit one may edit."""
    if not scope.can_somewhere(request.user, EDIT):
        raise Forbidden(_("Your role does not include this step."))
    work = getattr(request, "work", None)
    initial = {
        "clock": request.GET.get("clock", ""),
        "anchor_on": request.GET.get("anchor_on", ""),
        "unit": work.unit.code if work and work.unit else "",
    }
    form = ObligationForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        user=request.user,
        here=work.unit if work else None,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = services.open_obligation(
                actor=request.user, unit=asked["unit"], clock_key=asked["clock"],
                anchor_on=asked["anchor_on"], title=asked["title"],
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(refused.where if refused.where in form.fields else None, str(refused))
        else:
            _forget_count(request)
            messages.success(request, _("The obligation was opened; its last day is shown here."))
            return redirect("desk:obligation", pk=made.pk)
    return render(
        request, "desk/deadlines/obligation_new.html", {"tab": "obligations", "form": form}
    )


@login_required
@require_http_methods(["GET", "POST"])
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """By when, why, what happened; extend or close it."""
    found = scope.get_or_404(queries.obligations(request.user), pk=pk)
    assert isinstance(found, Obligation)
    go = request.POST.get("go", "")
    reason = ReasonForm(request.POST if go == "extend" else None)
    note = CloseForm(request.POST if go == "close" else None)
    form: ReasonForm | CloseForm = reason if go == "extend" else note
    if request.method == "POST":
        scope.require(request.user, EDIT, found.unit)
        if go in {"extend", "close"} and form.is_valid() and _taken(request, found, go, form):
            _forget_count(request)
            return redirect("desk:obligation", pk=found.pk)
    return render(request, "desk/deadlines/obligation.html", _shown(request, found, reason, note))


def _shown(
    request: HttpRequest, found: Obligation, reason: ReasonForm, note: CloseForm
) -> dict[str, Any]:
    editable = found.done_at is None and scope.can(request.user, EDIT, found.unit)
    return {
        "tab": "obligations",
        "obligation": found,
        "unit_name": unit_name(found.unit),
        "state": state(found),
        "left": (found.due_on - clock.today()).days,
        "used": row(found.clock),
        "due": words.long(found.due_on),
        "steps": words.told(found.why),
        "subject": registry.link(request.user, found.subject_kind, found.subject_id),
        "reason": reason,
        "note": note,
        "wrong": reason if reason.errors else note if note.errors else None,
        "may_extend": editable and found.extensions < found.clock.max_extensions,
        "may_close": editable,
        "late": found.done_at is not None
        and timezone.localtime(found.done_at).date() > found.due_on,
    }


def _taken(request: HttpRequest, found: Obligation, go: str, form: Any) -> bool:
    said = form.cleaned_data
    steps = {
        "extend": partial(services.extend_obligation, reason=said.get("reason", "")),
        "close": partial(services.close_obligation, note=said.get("note", "")),
    }
    try:
        done = steps[go](actor=request.user, obligation=found)
    except Refusal as refused:
        form.add_error(refused.where if refused.where in form.fields else None, str(refused))
        return False
    day = thaidate.short(done.due_on) if words.thai() else thaidate.short_en(done.due_on)
    said_so = {
        "extend": _("The period was extended to %(day)s.") % {"day": day},
        "close": _("The obligation is closed."),
    }
    messages.success(request, said_so[go])
    return True


def _forget_count(request: HttpRequest) -> None:
    cache.delete(f"desk-count-{request.user.pk}")
