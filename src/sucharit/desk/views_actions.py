"""Pages of action items: the list, and one item with its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.desk import actions, labels
from sucharit.desk.forms import ChangeForm, NoteForm
from sucharit.desk.models import ActionItem
from sucharit.desk.services import actions as services
from sucharit.desk.tables import ACTION_EXPORT, ActionFilters, ActionTable
from sucharit.orgs import scope

STEPS = ("change", "done", "drop", "verify", "reopen")


@require_safe
@login_required
def action_list(request: HttpRequest) -> HttpResponseBase:
    """Action items within the reader's scope; with ``export`` as a file."""
    mine = ActionItem.objects.visible_to(request.user)  # type: ignore[arg-type]
    today = clock.today()
    counts = [
        (_("to be done"), mine.open().count(), "?state=open"),
        (_("overdue"), mine.overdue(today).count(), "?overdue=on"),
        (
            _("owned by me"),
            mine.open().filter(owner_id=request.user.pk).count(),
            "?state=open&mine=on",
        ),
    ]
    return render_list(
        request,
        ListPage(
            name="desk.actions",
            title=_("Action items"),
            queryset=actions.visible(request.user),
            filterset_class=ActionFilters,
            table_class=ActionTable,
            export=ACTION_EXPORT,
            may_export=lambda user: scope.can_somewhere(user, "export"),
            first_step=FirstStep(
                _(
                    "A finding becomes an action item where it is shown: open a review of figures "
                    "or the planner, and choose a finding."
                )
            ),
            template="desk/actions.html",
            context={"counts": counts},
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Why there is something to do, where it comes from, who does it until when, and its history."""
    found = scope.get_or_404(actions.visible(request.user), pk=pk)
    assert isinstance(found, ActionItem)
    go = request.POST.get("go", "")
    change = ChangeForm(
        request.POST if go == "change" else None,
        initial={"owner": found.owner_id, "due_on": found.due_on},
        unit=found.unit,
    )
    note = NoteForm(request.POST if go in STEPS and go != "change" else None)
    form: forms.Form = change if go == "change" else note
    if request.method == "POST":
        scope.require(request.user, actions.EDIT, found.unit)
        if go in STEPS and form.is_valid() and _taken(request, found, go, form):
            cache.delete(f"desk-count-{request.user.pk}")
            return redirect("desk:action", pk=found.pk)
    house, word = labels.STATES[found.state]
    return render(
        request,
        "desk/action.html",
        {
            "item": found,
            "unit_name": labels.unit_name(found.unit),
            "house": house,
            "word": word,
            "late": found.state == "open" and found.due_on and found.due_on < clock.today(),
            "source": labels.source(found.source_kind),
            "possible": actions.possible(request.user, found),
            "own_close": found.state == "submitted" and found.submitted_by_id == request.user.pk,
            "events": [
                (event, labels.EVENTS[event.kind])
                for event in found.events.select_related("by", "owner")
            ],
            "change": change,
            "note": note,
            "wrong": form if form.is_bound and form.errors else None,
        },
    )


def _taken(request: HttpRequest, item: ActionItem, go: str, form: forms.Form) -> bool:
    """Take the step; what the service refuses goes beside its field, or on top."""
    data = form.cleaned_data
    actor: Any = request.user
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "change": (partial(services.change_action, **_changed(data)), _("The change was saved.")),
        "done": (
            partial(services.submit_action, note=data.get("note", "")),
            _("Closed as done. Somebody else verifies it now."),
        ),
        "drop": (
            partial(services.cancel_action, reason=data.get("note", "")),
            _("Dropped; the reason is kept."),
        ),
        "verify": (
            partial(services.accept_action, note=data.get("note", "")),
            _("The remedy was verified."),
        ),
        "reopen": (
            partial(services.reopen_action, note=data.get("note", "")),
            _("The item was opened again."),
        ),
    }
    do, done = steps[go]
    try:
        do(actor=actor, action=item)
    except Refusal as refusal:
        if refusal.where in form.fields:
            form.add_error(refusal.where, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def _changed(data: dict[str, Any]) -> dict[str, Any]:
    return {"owner": data.get("owner"), "due_on": data.get("due_on")}
