"""Pages to arrange one's desk: put off, hand over, deputy, and the secret calendar link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.desk import labels
from sucharit.desk.forms_work import DeputyForm, HandOverForm, SnoozeForm
from sucharit.desk.models import Deputy, FeedToken, Handover, Snooze
from sucharit.desk.queries import arranged, people, sources
from sucharit.desk.services import feed, work
from sucharit.orgs.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest) -> HttpResponse:
    """One item of one's own desk: put it off, or hand it over."""
    key = request.POST.get("key") or request.GET.get("key", "")
    today, user = clock.today(), request.user
    handed = arranged.taken(user, today).get(key)
    shown = handed.item if handed else sources.found(user, [key]).get(key)
    if shown is None:
        raise NotFoundInScope(_("There is no such item on your desk."))
    go = request.POST.get("go", "")
    unit = shown.unit if isinstance(shown.unit, Unit) else None
    colleagues = people.with_scope(unit).exclude(pk=user.pk or 0) if unit else None
    snooze = SnoozeForm(request.POST if go == "snooze" else None)
    over = None
    if colleagues is not None:
        over = HandOverForm(request.POST if go == "hand_over" else None, colleagues=colleagues)
    actor: Any = user
    steps: dict[str, tuple[Any, Any, str]] = {
        "snooze": (snooze, work.snooze, _("Put off. It comes back by itself.")),
        "hand_over": (over, work.hand_over, _("Handed over.")),
    }
    form, service, said = steps.get(go, (None, None, ""))
    if form is not None and _done(form, service, actor=actor, key=key):
        messages.success(request, said)
        return redirect("desk:home")
    return render(
        request,
        "desk/item.html",
        {
            "item": shown,
            "unit": labels.unit_name(unit) if unit else shown.unit,
            "snooze": snooze,
            "over": over,
            "wrong": form if form is not None and form.errors else None,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Who looks after one's desk, and whose desks one looks after."""
    actor: Any = request.user
    form = DeputyForm(request.POST or None, colleagues=people.stand_ins(actor))
    if request.method == "POST" and _done(form, work.set_deputy, actor=request.user):
        messages.success(request, _("The deputy was named."))
        return redirect("desk:away")
    today = clock.today()
    return render(
        request,
        "desk/away.html",
        {
            "form": form,
            "mine": arranged.deputies(request.user, today),
            "others": arranged.principals(request.user, today),
            "today": today,
        },
    )


@require_POST
@login_required
def end(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take back what was put off or handed over, decline it, or end a deputy's time."""
    actor: Any = request.user
    model: Any = {"snooze": Snooze, "handover": Handover, "deputy": Deputy}.get(what)
    found = model.objects.filter(pk=pk).first() if model else None
    if found is None:
        raise NotFoundInScope(_("There is no such item."))
    if what == "snooze":
        work.end_snooze(actor=actor, snooze=found)
        messages.success(request, _("The item is back on your desk."))
    elif what == "handover":
        work.end_handover(actor=actor, handover=found)
        messages.success(request, _("The item lies on the desk of who gave it again."))
    else:
        work.end_deputy(actor=actor, deputy=found)
        messages.success(request, _("The deputy's time has ended."))
    return redirect("desk:away" if what == "deputy" else "desk:home")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def feed_link(request: HttpRequest) -> HttpResponse:
    """The secret calendar link: make, renew, end. The link is in this one answer and nowhere else."""
    actor: Any = request.user
    token = ""
    if request.POST.get("go") == "make":
        token = feed.make_link(actor=actor)
    elif request.POST.get("go") == "end":
        feed.end_link(actor=actor)
        messages.success(
            request, _("The link is closed: nobody reads your calendar by it any more.")
        )
        return redirect("desk:feed")
    held = FeedToken.objects.filter(user=actor, ended_at=None).first()
    return render(request, "desk/feed.html", {"token": token, "held": held})


def _done(form: forms.Form, service: Any, **given: Any) -> bool:
    """Call the service with what the form holds; a refusal goes beside its field, or on top."""
    if not form.is_valid():
        return False
    try:
        service(**given, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, str(refusal))
        return False
    return True
