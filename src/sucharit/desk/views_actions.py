"""Pages of action items: the list, one item with its steps and history, a new one, closing rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.evidence.forms import EvidenceForm
from sucharit.core.evidence.queries import documents_of
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.core.registry import registry
from sucharit.desk import actions, labels
from sucharit.desk.engine import actions as engine
from sucharit.desk.forms import OpenForm, StepForm
from sucharit.desk.models import ActionItem
from sucharit.desk.models.actions import LIVE
from sucharit.desk.queries.closing import closing_of
from sucharit.desk.services import actions as services
from sucharit.desk.steps import SHOWN, shown
from sucharit.desk.tables import ACTION_EXPORT, ActionFilters, ActionTable
from sucharit.orgs import scope


@require_safe
@login_required
def action_list(request: HttpRequest) -> HttpResponseBase:
    """Action items within the reader's scope; with ``export`` as a file."""
    mine = ActionItem.objects.visible_to(request.user)  # type: ignore[arg-type]
    today = clock.today()
    counts = [
        (_("to be done"), mine.open().count(), "?state=live"),
        (_("overdue"), mine.overdue(today).count(), "?overdue=on"),
        (
            _("owned by me"),
            mine.open().filter(owner_id=request.user.pk).count(),
            "?state=live&mine=on",
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
            context={"counts": counts, "may_open": scope.can_somewhere(request.user, actions.EDIT)},
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Why there is something to do, where it comes from, who does it until when, and its history."""
    item = _item(request, pk)
    go = request.POST.get("go", "")
    origin = services.is_origin(request.user, item)
    if request.method == "POST" and not (origin or services.works(request.user, item)):
        scope.require(request.user, actions.EDIT, item.unit)
    wrong: forms.Form | None = None
    if go in SHOWN:
        form = SHOWN[go].form(request.POST, item=item, origin=origin, auto_id=f"id_{go}_%s")
        if form.is_valid() and _taken(request, item, go, form):
            return redirect("desk:action", pk=item.pk)
        wrong = form if form.errors else None
        item.refresh_from_db()
    possible = actions.possible(request.user, item)
    steps = [
        (s, wrong if wrong is not None and s.name == go else _blank(s.form, item, s.name, origin=origin))
        for s in shown(possible)
    ]  # fmt: skip
    return render(
        request,
        "desk/action.html",
        {
            "item": item,
            "steps": steps,
            "go": go,
            "wrong": wrong,
            "evidence_form": EvidenceForm() if possible and item.state in LIVE else None,
        }
        | _facts(request, item),
    )


@require_POST
@login_required
def action_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to the item."""
    item = _item(request, pk)
    if not (services.works(request.user, item) or services.is_origin(request.user, item)):
        raise Forbidden(_("Your role does not include this step."))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.attach_evidence(
                actor=request.user,
                action=item,
                title=form.cleaned_data["title"],
                upload=form.cleaned_data["upload"],
            )
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        except ValidationError as invalid:
            form.add_error(None, invalid)
        else:
            messages.success(request, _("The file was attached."))
            return redirect(reverse("desk:action", args=[item.pk]) + "#evidence")
    origin = services.is_origin(request.user, item)
    steps = [
        (s, _blank(s.form, item, s.name, origin=origin))
        for s in shown(actions.possible(request.user, item))
    ]
    context = {"item": item, "steps": steps, "go": "", "wrong": form, "evidence_form": form}
    return render(request, "desk/action.html", context | _facts(request, item))


@login_required
@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest) -> HttpResponse:
    """Open an action item by hand; the active unit's finding."""
    work: Any = request.work  # type: ignore[attr-defined]
    if work.unit is None:
        raise Forbidden(_("Choose a unit you work for first."))
    scope.require(request.user, actions.EDIT, work.unit)
    form = OpenForm(request.POST or None, initial={"unit": work.unit.code})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_own(
                actor=request.user,
                origin_unit=work.unit,
                fiscal_year=work.fiscal_year,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The action item was opened."))
            return redirect("desk:action", pk=made.pk)
    context = {"form": form, "unit_name": labels.unit_name(work.unit)}
    return render(request, "desk/action_new.html", context)


@require_safe
@login_required
def closing(request: HttpRequest) -> HttpResponse:
    """Closing rate and median days to close, unit by unit below the active one."""
    work: Any = request.work  # type: ignore[attr-defined]
    rows = closing_of(request.user, work.unit, work.fiscal_year) if work.unit else []
    return render(
        request,
        "desk/closing.html",
        {
            "rows": [(r, labels.unit_name(r.unit), labels.closing_words(r.closing)) for r in rows],
            "fiscal_year": work.fiscal_year,
            "nothing": not any(r.closing.opened for r in rows),
        },
    )


def _item(request: HttpRequest, pk: int) -> ActionItem:
    found = scope.get_or_404(actions.visible(request.user), pk=pk)
    assert isinstance(found, ActionItem)
    return found


def _facts(request: HttpRequest, item: ActionItem) -> dict[str, Any]:
    today = clock.today()
    late = engine.overdue(item.state, item.due_on, today)
    house, word = labels.STATES[item.state]
    handed_in = timezone.localtime(item.submitted_at).date() if item.submitted_at else None
    waits = item.state in ("submitted", "accepted")
    source = registry.link(request.user, item.source_kind, item.source_id)
    return {
        "unit_name": labels.unit_name(item.unit),
        "origin_name": labels.unit_name(item.origin_unit),
        "co_units": [labels.unit_name(c.unit) for c in item.co_units.select_related("unit")],
        "house": house,
        "word": word,
        "late": late,
        "days_late": engine.days_late(item.due_on, today, handed_in if waits else None),
        "moved": item.original_due_on is not None and item.original_due_on != item.due_on,
        "priority": labels.PRIORITIES[item.priority],
        "source": labels.source(item.source_kind),
        "source_link": source,
        "own_submission": item.state == "submitted" and item.submitted_by_id == request.user.pk,
        "documents": documents_of("desk.action", item.pk),
        "made": registry.referring(request.user, "desk.action", str(item.pk)),
        "offers": registry.offered(request.user, "desk.action", str(item.pk)),
        "events": [
            (event, labels.EVENTS[event.kind])
            for event in item.events.select_related("by", "owner")
        ],
    }


def _blank(kind: type[StepForm], item: ActionItem, name: str, *, origin: bool) -> StepForm:
    return kind(item=item, origin=origin, auto_id=f"id_{name}_%s")


def _taken(request: HttpRequest, item: ActionItem, go: str, form: StepForm) -> bool:
    """Take the step; what the service refuses goes beside its field, or on top."""
    step = SHOWN[go]
    try:
        step.call(request.user, item, form.cleaned_data)
    except Refusal as refusal:
        if refusal.where in form.fields:
            form.add_error(refusal.where, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    messages.success(request, step.said)
    return True
